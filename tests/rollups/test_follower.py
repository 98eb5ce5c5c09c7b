"""Following a database: tables made where there are none, changes taken in, an end when told."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.data.foreign import make_sqlite
from tests.rollups.plain import Writer
from twin_tui.data.database import open_database
from twin_tui.data.errors import DatabaseError
from twin_tui.data.models import Message, Session
from twin_tui.data.source import Source
from twin_tui.rollups import tables
from twin_tui.rollups.capture import changes as capture
from twin_tui.rollups.capture.lock import alone
from twin_tui.rollups.follower import Follower
from twin_tui.rollups.search import index as search_index
from twin_tui.rollups.state import read_state
from twin_tui.rollups.verify import verify

PATIENCE = 20


@pytest.fixture
def source(world_url: str) -> Iterator[Source]:
    with closing(open_database(world_url, "write")) as opened:
        yield opened


@contextmanager
def following(url: str, told: list[str]) -> Iterator[Follower]:
    with closing(open_database(url, "write")) as own:
        follower = Follower(own, "UTC", told.append, lambda: open_database(url, "write"))
        thread = threading.Thread(target=follower.run)
        thread.start()
        try:
            yield follower
        finally:
            follower.stop()
            thread.join(PATIENCE)
            assert not thread.is_alive()
            follower.close()


def eventually(check: object) -> None:
    deadline = time.monotonic() + PATIENCE
    while not check():  # type: ignore[operator]
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def messages_taken_in(source: Source) -> int:
    if not tables.are_there(source):
        return -1
    return int(source.run(f"SELECT coalesce(sum(messages), 0) FROM {tables.SESSION}")[0][0])


def is_up_to_date(source: Source) -> bool:
    state = read_state(source)
    return state is not None and state.status == "current" and capture.behind(source) == 0


def test_once_makes_what_is_missing_and_takes_in_what_is_new(source: Source) -> None:
    told: list[str] = []
    follower = Follower(source, "Europe/Berlin", told.append)
    follower.once()
    state = read_state(source)
    assert state is not None
    assert state.serves("Europe/Berlin")
    assert search_index.behind(source) == 0
    before = messages_taken_in(source)
    add_message(source, "late-1")
    assert capture.behind(source) > 0
    follower.once()
    assert (messages_taken_in(source), capture.behind(source)) == (before + 1, 0)
    assert told == ["The derived tables were made.", "1 session taken in."]


def test_what_another_connection_writes_is_taken_in_until_told_to_stop(
    world_url: str, source: Source
) -> None:
    with following(world_url, []):
        eventually(lambda: is_up_to_date(source))
        before = messages_taken_in(source)
        for number in range(3):
            add_message(source, f"late-{number}")
            eventually(lambda: is_up_to_date(source))
    add_message(source, "too-late")
    assert messages_taken_in(source) == before + 3
    assert not is_up_to_date(source)


def test_a_second_follower_waits_for_the_first_and_takes_over(world_url: str, source: Source) -> None:
    told: list[str] = []
    with alone(source), following(world_url, told):
        eventually(lambda: told != [])
        assert "is being refreshed by another twin-tui" in told[0]
        assert messages_taken_in(source) == -1


def add_message(source: Source, key: str) -> None:
    session = source.rows(Session.select(Session.id).order_by(Session.id).limit(1))[0][0]
    moment = datetime(2026, 11, 20, 10, tzinfo=UTC)
    columns = ("id", "session_id", "sender_type", "content", "created_at")
    source.insert_rows(Message, columns, [(key, session, "user", "hello", moment)])


def test_rows_that_replace_hides_are_found_once_it_is_quiet(
    world_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twin_tui.rollups.follower.AUDIT_SECONDS", 0.0)
    columns = "id, session_id, sender_type, content, created_at"
    told: list[str] = []
    with closing(open_database(world_sqlite, "write")) as source, Writer(world_sqlite) as writer:
        Follower(source, "UTC").once()
        # The message leaves its session s2 for s3, and no trigger is told of s2.
        moved = "SELECT id, 's3', 'user', '', created_at FROM messages WHERE id = 'm05'"
        writer.run(f"REPLACE INTO messages ({columns}) {moved}")
        with following(world_sqlite, told):
            eventually(lambda: any("nobody had told of" in sentence for sentence in told))
            eventually(lambda: is_up_to_date(source) and not verify(source).differences)


def test_another_file_in_its_place_is_followed_from_then_on(world_sqlite: str, tmp_path: Path) -> None:
    path = Path(world_sqlite.removeprefix("sqlite:///"))
    other = tmp_path / "other.db"
    shutil.copy(path, other)
    with following(world_sqlite, []), closing(open_database(world_sqlite, "write")) as before:
        eventually(lambda: is_up_to_date(before))
        other.replace(path)
        for log in ("-wal", "-shm"):
            path.with_name(path.name + log).unlink(missing_ok=True)
        with closing(open_database(world_sqlite, "write")) as now:
            eventually(lambda: is_up_to_date(now))
            add_message(now, "in-the-other")
            eventually(lambda: is_up_to_date(now))


def test_tables_are_never_made_in_another_systems_file_unasked(tmp_path: Path) -> None:
    path = make_sqlite(tmp_path / "theirs.db")
    with closing(open_database(path, "adopt")) as source:
        with pytest.raises(DatabaseError, match="has no derived tables"):
            Follower(source, "UTC").once()
        assert not tables.are_there(source)
