"""Notes and marks on sessions, kept beside the database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from twin_tui.store.desk import LONGEST_NOTE, MOST_OPENED, Desk
from twin_tui.store.errors import StoreError
from twin_tui.store.file import StoreFile
from twin_tui.store.kept import Marks


def ticking() -> Iterator[datetime]:
    moment = datetime(2026, 11, 23, 12, tzinfo=UTC)
    while True:
        yield moment
        moment += timedelta(minutes=1)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    clock = ticking()
    return Desk(StoreFile(tmp_path / "state" / "world.db"), lambda: next(clock))


def test_notes_stand_in_the_order_they_were_written(desk: Desk) -> None:
    desk.add_note("s1", "  wrong summary, sent to the author ")
    desk.add_note("s2", "other")
    desk.add_note("s1", "solved")
    assert [note.text for note in desk.notes("s1")] == ["wrong summary, sent to the author", "solved"]
    assert all(note.author for note in desk.notes("s1"))


def test_a_note_can_be_taken_away_once(desk: Desk) -> None:
    note = desk.add_note("s1", "mistake")
    desk.remove_note("s1", note.id)
    assert desk.notes("s1") == ()
    with pytest.raises(StoreError, match="no note"):
        desk.remove_note("s1", note.id)


@pytest.mark.parametrize("text", ["", "  \n", "x" * (LONGEST_NOTE + 1)])
def test_a_note_that_says_nothing_or_far_too_much_is_refused(desk: Desk, text: str) -> None:
    with pytest.raises(StoreError):
        desk.add_note("s1", text)


def test_a_note_may_hold_any_character(desk: Desk) -> None:
    desk.add_note("s1", "日本語 \ud800 \x1b[2J [/nope]")
    assert desk.notes("s1")[0].text == "日本語 ? \x1b[2J [/nope]"


def test_a_mark_is_set_renewed_and_taken_away(desk: Desk) -> None:
    first, second = desk.mark("s1", "reviewed"), desk.mark("s1", "reviewed")
    assert second.at > first.at
    desk.mark("s1", "pinned")
    assert [mark.kind for mark in desk.marks("s1")] == ["pinned", "reviewed"]
    desk.unmark("s1", "reviewed")
    desk.unmark("s1", "reviewed")
    assert [mark.kind for mark in desk.marks("s1")] == ["pinned"]


def test_sessions_opened_lately_stand_latest_first_and_are_not_kept_for_ever(desk: Desk) -> None:
    for number in range(MOST_OPENED + 5):
        desk.mark(f"s{number}", "opened")
    desk.mark("s20", "opened")
    opened = [mark.session_id for mark in desk.marked("opened")]
    assert opened[:2] == ["s20", f"s{MOST_OPENED + 4}"]
    assert len(opened) == MOST_OPENED


def test_a_note_is_taken_away_from_its_own_session_only(desk: Desk) -> None:
    note = desk.add_note("s1", "mistake")
    with pytest.raises(StoreError, match="no note 1 about this session"):
        desk.remove_note("s2", note.id)
    assert desk.notes("s1") == (note,)


def test_what_is_kept_is_told_in_brief_and_opening_is_no_part_of_it(desk: Desk) -> None:
    assert not desk.holds_any()
    desk.mark("s1", "opened")
    assert not desk.holds_any()
    desk.add_note("s2", "first")
    desk.add_note("s2", "second")
    desk.mark("s2", "reviewed")
    desk.mark("s3", "pinned")
    desk.mark("s4", "reviewed")
    assert desk.holds_any()
    assert desk.brief(["s1", "s2", "s3", 'odd "id"']) == {
        "s2": Marks(reviewed=True, notes=2),
        "s3": Marks(pinned=True),
    }


def test_looking_makes_nothing(desk: Desk, tmp_path: Path) -> None:
    assert desk.notes("s1") == desk.marks("s1") == desk.marked("pinned") == ()
    assert desk.brief(["s1"]) == {}
    assert list(tmp_path.iterdir()) == []
