"""What support sees: masked screens, notes, marks, the search as a way back, the dialogs on the way.

Accept a wanted change with ``scripts/test tests/pictures --snapshot-update``, after a look at the SVG.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.pictures.test_pictures import Picture, both_sizes
from tests.world import NOW
from twin_tui.analytics.guard import Guard
from twin_tui.store import annotations
from twin_tui.store import desk as desk_module
from twin_tui.store.desk import Desk
from twin_tui.store.file import StoreFile

KEY = b"a key that stands still"
PRIVATE = ("Ann Berg", "north.example", "Ben", "south.example")


def masked() -> Guard:
    return Guard("support", masking_key=KEY)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Two conversations with notes, one reviewed, one pinned, two opened lately; written by sam."""
    monkeypatch.setattr(desk_module, "os_user", lambda: "sam")
    clock = minutes()
    kept = Desk(StoreFile(tmp_path / "state" / "world.db"), lambda: next(clock))
    kept.add_note("s7", "Ann Berg asked who got the summary: ann@north.example.\nIt went to the other Ann.")
    kept.add_note("s7", "Told her; solved.")
    kept.add_note("s8", "Look at the second query again.")
    kept.mark("s7", "reviewed")
    kept.mark("s5", "pinned")
    kept.mark("s1", "opened")
    kept.mark("s7", "opened")
    return kept


def minutes() -> Iterator[datetime]:
    moment = NOW - timedelta(hours=2)
    while True:
        moment += timedelta(minutes=1)
        yield moment


@both_sizes
@pytest.mark.parametrize("screen", ["overview", "activity", "people", "person"])
def test_masked(twin_picture: Picture, screen: str, size: tuple[int, int]):
    """People are marks and addresses under masked.invalid, the same person the same mark; figures stay."""
    twin_picture(screen, size=size, guard=masked(), subject="u-ann" if screen == "person" else None)


@both_sizes
def test_masked_leaderboard(twin_picture: Picture, size: tuple[int, int]):
    """Ranked by user: the marks, no name."""
    twin_picture("overview", size=size, guard=masked(), press=("b", "b"))


@both_sizes
def test_masked_conversation(twin_picture: Picture, size: tuple[int, int]):
    """Heading, transcript and side pane name nobody; the bottom line offers what reveals."""
    twin_picture("conversation", size=size, session="s1", guard=masked())


@both_sizes
def test_masked_search(twin_picture: Picture, size: tuple[int, int]):
    """A person who was sought by name is found by a mark; names in snippets are marks, too."""
    twin_picture("search", size=size, search="ann", guard=masked())


@both_sizes
def test_masked_notes(twin_picture: Picture, desk: Desk, size: tuple[int, int]):
    """Who wrote what and when; the name and the address in the first note are marks. Writing has the keys."""
    twin_picture("conversation", size=size, session="s7", press=("M",), guard=masked(), desk=desk)


@both_sizes
def test_marks_in_the_feed(twin_picture: Picture, desk: Desk, size: tuple[int, int]):
    """A narrow column tells reviewed, notes, pinned, each at its own place; its head is the legend."""
    twin_picture("activity", size=size, desk=desk)


@both_sizes
def test_nothing_left_to_review(twin_picture: Picture, desk: Desk, size: tuple[int, int]):
    """The switch is on, what was reviewed is gone from the lines and from the total."""
    twin_picture("activity", size=size, press=("n",), desk=desk)


@both_sizes
def test_marks_of_a_conversation(twin_picture: Picture, desk: Desk, size: tuple[int, int]):
    """At the right of the title: reviewed, two notes."""
    twin_picture("conversation", size=size, session="s7", desk=desk)


@both_sizes
def test_search_as_a_way_back(twin_picture: Picture, desk: Desk, size: tuple[int, int]):
    """Nothing is typed: the pinned conversation, below it those opened lately."""
    twin_picture("search", size=size, desk=desk)


@both_sizes
def test_no_notes_yet(twin_picture: Picture, desk: Desk, size: tuple[int, int]):
    """The dialog says so, and the line to write in has the keys."""
    twin_picture("conversation", size=size, session="s1", press=("M",), desk=desk)


@both_sizes
@pytest.mark.parametrize("state", ["empty", "full"])
def test_annotations(
    twin_picture: Picture, desk: Desk, monkeypatch: pytest.MonkeyPatch, state: str, size: tuple[int, int]
):
    """Days in their order, the cursor's day stands out; the line to write in has that day. Empty says so."""
    monkeypatch.setattr(annotations, "os_user", lambda: "sam")
    if state == "full":
        desk.annotations.add(date(2026, 11, 20), "twin 2.0 released")
        desk.annotations.add(
            date(2026, 11, 22), "Outage of the Slack bridge: for 40 minutes nobody could ask"
        )
        desk.annotations.add(date(2026, 11, 3), "public holiday")
    twin_picture("overview", size=size, desk=desk, press=("tab", "left", "left", "A"))


@both_sizes
def test_annotated_chart(
    twin_picture: Picture, desk: Desk, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
):
    """Under the chart's days a mark each; what happened last is named beside the legend."""
    monkeypatch.setattr(annotations, "os_user", lambda: "sam")
    desk.annotations.add(date(2026, 11, 9), "twin 2.0 released")
    twin_picture("overview", size=size, desk=desk)


@both_sizes
def test_day(twin_picture: Picture, size: tuple[int, int]):
    """Two weeks, the letters beside the last of each weekday, the cursor on yesterday."""
    twin_picture("day", size=size)


@both_sizes
def test_active_on_a_day(twin_picture: Picture, size: tuple[int, int]):
    """The filter line says which day and how to get back; the switch says active."""
    twin_picture("day", size=size, press=("f",))


@both_sizes
def test_ticket(twin_picture: Picture, size: tuple[int, int]):
    """Why it is asked for, and what escape does."""
    closed = Guard("support", masking_key=KEY, closed="Content stays closed without a ticket.")
    twin_picture("activity", size=size, guard=closed)


@both_sizes
def test_revealed(twin_picture: Picture, size: tuple[int, int]):
    """One entry as it is stored, in a box that says it is recorded and for how long it stays."""
    twin_picture("conversation", size=size, session="s1", press=("r",), guard=masked())


def test_no_masked_picture_that_was_accepted_names_anybody():
    accepted = sorted(Path(__file__).parent.glob("__snapshots__/test_desk/test_masked*.txt"))
    assert len(accepted) == 16
    for file in accepted:
        assert not any(name in file.read_text("utf-8") for name in PRIVATE), file.name
