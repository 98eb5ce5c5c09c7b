from datetime import UTC, datetime, timedelta

from twin_tui.store.file import StoreFile
from twin_tui.store.imported import ImportState

NOON = datetime(2026, 9, 21, 12, tzinfo=UTC)


def test_the_newest_moment_of_each_unit_is_kept_and_never_moves_back(tmp_path):
    state = ImportState(StoreFile(tmp_path / "state.db"))
    assert state.newest("slack/T1") is None
    assert not (tmp_path / "state.db").exists()
    later = NOON + timedelta(microseconds=1)
    state.remember({"slack/T1": NOON, "slack/T1/C1": later})
    state.remember({"slack/T1": later, "slack/T1/C1": NOON, "a\ud800": NOON})
    again = ImportState(StoreFile(tmp_path / "state.db"))
    assert [again.newest(unit) for unit in ("slack/T1", "slack/T1/C1", "a\ud800", "x")] == [
        later,
        later,
        NOON,
        None,
    ]
