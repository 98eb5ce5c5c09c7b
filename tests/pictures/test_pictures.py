"""Every screen with data, without and failing, at the two sizes people have; SVG and text of one run.

Accept a wanted change with ``scripts/test tests/pictures --snapshot-update``, after a look at the SVG.
"""

from collections.abc import Callable
from typing import Any

import pytest

from twin_tui.analytics.guard import Guard

Picture = Callable[..., None]

SMALL, MIDDLE, LARGE = (80, 24), (120, 40), (200, 60)


def sizes(*wanted: tuple[int, int]) -> pytest.MarkDecorator:
    """Run a test at each of these terminal sizes."""
    return pytest.mark.parametrize("size", wanted, ids=[f"{width}x{height}" for width, height in wanted])


both_sizes = sizes(SMALL, MIDDLE)
every_state = pytest.mark.parametrize("state", ["full", "empty", "error"])


@both_sizes
@every_state
def test_overview(twin_picture: Picture, state: str, size: tuple[int, int]):
    """Full: cards with value, change and sparkline, the chart uncut below; six of them at 80x24.

    Empty: how to fill the database. Error: the reason in one sentence, and F5.
    """
    twin_picture("overview", state=state, size=size)


@both_sizes
@every_state
def test_chart(twin_picture: Picture, state: str, size: tuple[int, int]):
    """The chart alone under the filter line: legend, mean line with its value, today marked as unfinished."""
    twin_picture("chart", state=state, size=size)


@both_sizes
@every_state
def test_activity(twin_picture: Picture, state: str, size: tuple[int, int]):
    """Newest first, ages beside times, the cursor on the first line, the pager's totals at the bottom.

    Empty: what to do about it. Error: the reason in one sentence, and F5.
    """
    twin_picture("activity", state=state, size=size)


@both_sizes
@every_state
def test_activity_searched(twin_picture: Picture, state: str, size: tuple[int, int]):
    """The search stays visible with its count; only what holds "travel" is listed, two of nine when full."""
    twin_picture("activity", state=state, size=size, search="travel")


@both_sizes
@every_state
def test_search(twin_picture: Picture, state: str, size: tuple[int, int]):
    """Titles above texts, each under its group's name, the word marked in every line and whole below.

    Empty: that nothing holds the word, and what helps. Error: the reason, and F5.
    """
    twin_picture("search", state=state, size=size, search="travel")


@both_sizes
@every_state
def test_conversation(twin_picture: Picture, state: str, size: tuple[int, int]):
    """Opened at the document without a message: Japanese and Arabic stand in their own lines, nothing shifts.

    Empty: the header, and that no message is stored. Error: the reason, esc and F5.
    """
    at = {"session": "s5", "event": "d3"} if state != "empty" else {}
    twin_picture("conversation", state=state, size=size, **at)


@both_sizes
@every_state
def test_document(twin_picture: Picture, state: str, size: tuple[int, int]):
    """A Markdown heading over one paragraph; above it title, type, words, who, when.

    Empty: the text is not stored. Error: the reason, and esc.
    """
    at = {"session": "s1", "event": "d1"} if state != "empty" else {}
    twin_picture("document", state=state, size=size, **at)


@both_sizes
@every_state
def test_people(twin_picture: Picture, state: str, size: tuple[int, int]):
    """Last seen first; who is active, dormant and never came is counted above. Empty, error: what to do."""
    twin_picture("people", state=state, size=size)


@both_sizes
@every_state
@pytest.mark.parametrize("tab", ["retention", "engagement", "quality"])
def test_studies(twin_picture: Picture, tab: str, state: str, size: tuple[int, int]):
    """Cards with value, change and course. Empty, error: as the overview's."""
    twin_picture(tab, state=state, size=size)


@both_sizes
@pytest.mark.parametrize("panel", ["cohorts", "lifecycle"])
def test_retention_further_down(twin_picture: Picture, panel: str, size: tuple[int, int]):
    """Cohorts: the grid whole, its cursor on a cell, read out below; weeks that are not over carry a dot.

    Lifecycle: bars in which five states differ by their signs, one of them read out at the cursor.
    """
    keys = {"cohorts": ["tab"] * 4 + ["left"], "lifecycle": ["tab"] * 5 + ["left", "left", "down"]}[panel]
    twin_picture("retention", size=size, press=keys)


@both_sizes
@pytest.mark.parametrize("privacy", ["open", "masked"])
def test_people_behind_a_number(twin_picture: Picture, privacy: str, size: tuple[int, int]):
    """What the number is and how many they are above names and e-mails; masked, marks stand for both."""
    guard = Guard("support", masking_key=b"a key for pictures") if privacy == "masked" else None
    twin_picture("retention", size=size, press=("right", "enter"), guard=guard)


@both_sizes
def test_conversations_behind_a_number(twin_picture: Picture, size: tuple[int, int]):
    """The number's name above the filters; one conversation, why it is there, and that it is the only one."""
    twin_picture("quality", size=size, press=("tab", "tab", "enter"))


@both_sizes
@every_state
def test_person(twin_picture: Picture, state: str, size: tuple[int, int]):
    """Ann: figures of the period, her sessions by last message, her documents and queries, who uses her twin.

    Empty: somebody who did nothing, each list says so. Error: the reason, and F5.
    """
    twin_picture("person", state=state, size=size, subject=None if state == "empty" else "u-ann")


@both_sizes
@every_state
def test_twin(twin_picture: Picture, state: str, size: tuple[int, int]):
    """Ann's twin: its owner, that it is shared, who uses it, its sessions. Empty, error: as a person's."""
    twin_picture("twin", state=state, size=size, subject=None if state == "empty" else "t-ann")


@both_sizes
@pytest.mark.parametrize("state", ["full", "empty"])
def test_start(twin_picture: Picture, state: str, size: tuple[int, int]):
    """The ways to a database, each with its key; full: with those opened lately."""
    twin_picture("start", state=state, size=size)


@both_sizes
@pytest.mark.parametrize("state", ["full", "empty"])
def test_explain(twin_picture: Picture, state: str, size: tuple[int, int]):
    """Over the overview: definition, value, change, n, both windows in UTC and report time.

    Empty: a figure that is 0, and why it has no change.
    """
    twin_picture("explain", state=state, size=size)


@both_sizes
@every_state
def test_filters(twin_picture: Picture, state: str, size: tuple[int, int]):
    """Fields at the left, the companies with their counts at the right. Error: the reason in the dialog."""
    twin_picture("filters", state=state, size=size)


@both_sizes
@every_state
def test_period(twin_picture: Picture, state: str, size: tuple[int, int]):
    """Every preset with its dates, the one in force under the cursor, two days to type below."""
    twin_picture("period", state=state, size=size)


@both_sizes
def test_compare(twin_picture: Picture, size: tuple[int, int]):
    """What there is to compare with, the cursor on what is in force; companies below."""
    twin_picture("compare", size=size)


@both_sizes
def test_compared(twin_picture: Picture, size: tuple[int, int]):
    """A second line beside the first, named in the legend; the filter line says what it is of."""
    twin_picture("compare", size=size, press=("down", "enter"), period="7d")


@both_sizes
@pytest.mark.parametrize("typed", ["", "acme"], ids=["empty", "typed"])
def test_save_view(twin_picture: Picture, typed: str, size: tuple[int, int]):
    """What is kept and in which file, the line to type its name in; the keys below."""
    twin_picture("save", size=size, press=typed, views="views.toml")


@both_sizes
def test_columns(twin_picture: Picture, size: tuple[int, int]):
    """Every column with its name and what it tells; those shown are ticked and come first."""
    twin_picture("columns", size=size)


@both_sizes
def test_chosen_columns(twin_picture: Picture, size: tuple[int, int]):
    """The feed without times, the person first: what is left takes the room."""
    twin_picture("columns", size=size, press=("space", "down", "space", "down", "K", "K", "enter"))


@both_sizes
@pytest.mark.parametrize("press", [(), ("end",)], ids=["top", "bottom"])
def test_help(twin_picture: Picture, press: tuple[str, ...], size: tuple[int, int]):
    """Every key by place, the asking tab's first; at the bottom how the numbers are defined."""
    twin_picture("help", size=size, press=press)


@pytest.mark.parametrize("screen", ["overview", "activity", "people", "person"])
def test_large(twin_picture: Picture, screen: str):
    """The room of 200x60 is used: nothing is merely stretched, nothing hangs in the middle of nowhere."""
    twin_picture(screen, size=LARGE)


@sizes((59, 24), (80, 15))
def test_too_small(twin_picture: Picture, size: tuple[int, int]):
    """One line says what is needed, and nothing else is drawn."""
    twin_picture("overview", size=size)


@both_sizes
@pytest.mark.parametrize(
    "look",
    [{"theme": "twin-light"}, {"theme": "twin-terminal"}, {"no_color": True}],
    ids=["light", "terminal", "no-color"],
)
def test_overview_in_other_colours(twin_picture: Picture, look: dict[str, Any], size: tuple[int, int]):
    """The same words at the same places; light is legible, without colour glyphs tell series apart."""
    twin_picture("overview", size=size, **look)


def test_a_week(twin_picture: Picture):
    """Seven days: the world's whole week, a point per day, counts as its module writes them out."""
    twin_picture("overview", size=MIDDLE, period="7d")
