"""Whatever writes rows leaves the derived tables current, in the report timezone they began with."""

from pathlib import Path

from tests.cli.conftest import Command
from twin_tui.data.database import open_database
from twin_tui.rollups.capture import changes as capture
from twin_tui.rollups.state import State, read_state
from twin_tui.rollups.tables import VERSION
from twin_tui.rollups.verify import verify

MADE = ("generate", "--users", "3", "--days", "5", "--until", "2026-03-01", "--db", "new.db")


def check_current(place: str | Path, timezone: str) -> int:
    """Hold that the tables are right and nothing waits; return how many sessions there are."""
    with open_database(str(place), "read") as source:
        assert read_state(source) == State(VERSION, timezone, "current")
        found = verify(source)
        assert found.differences == ()
        assert found.behind == 0
    return found.sessions


def test_a_sample_comes_with_its_derived_tables(twin_tui: Command) -> None:
    assert twin_tui(*MADE, "--tz", "Asia/Tokyo").code == 0
    assert check_current("new.db", "Asia/Tokyo") > 0


def test_another_sample_in_its_place_is_taken_in(twin_tui: Command) -> None:
    twin_tui(*MADE, "--tz", "Asia/Tokyo")
    assert twin_tui(*MADE, "--force", "--days", "9", "--tz", "Europe/Berlin").code == 0
    assert check_current("new.db", "Asia/Tokyo") > 0


def test_a_large_sample_comes_with_its_derived_tables(twin_tui: Command) -> None:
    assert twin_tui("generate", "--messages", "300", "--db", "large.db").code == 0
    assert check_current("large.db", "UTC") > 0


def test_the_demo_keeps_them_while_it_is_continued(twin_tui: Command) -> None:
    place = "demo.db"
    assert twin_tui("demo", "--db", place, "--now", "2026-03-01T12:00:00Z").code == 0
    before = check_current(place, "UTC")
    assert twin_tui("demo", "--db", place, "--now", "2026-03-03T12:00:00Z").code == 0
    assert check_current(place, "UTC") > before


def test_going_all_the_way_back_leaves_nothing(twin_tui: Command) -> None:
    twin_tui(*MADE)
    with open_database("new.db", "read") as source:
        steps = len(source.db.execute_sql("SELECT name FROM twin_tui_migration").fetchall())
    for _ in range(steps):
        assert twin_tui("migrate", "--db", "new.db", "--down", "--yes").code == 0
    with open_database("new.db", "write") as source:
        assert read_state(source) is None
    assert twin_tui("migrate", "--db", "new.db").code == 0
    assert twin_tui(*MADE).code == 0
    assert check_current("new.db", "UTC") > 0


def test_while_another_program_refreshes_the_changes_wait_for_it(twin_tui: Command) -> None:
    from twin_tui.rollups.capture.lock import alone

    twin_tui(*MADE)
    with open_database("new.db", "write") as other, alone(other):
        assert twin_tui(*MADE, "--force").code == 0
        assert capture.behind(other) > 0
