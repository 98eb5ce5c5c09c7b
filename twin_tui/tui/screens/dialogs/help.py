"""Help: every key by place, from the bindings themselves, and how the numbers are defined."""

import sys
from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from twin_tui.tui.dressed import Dressed
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.status_line import StatusLine
from twin_tui.tui.widgets.too_small import TooSmall

KEY_NAMES = {
    "question_mark": "?",
    "equals_sign": "=",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "escape": "esc",
    "f5": "F5",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
KEY_WIDTH = 16
DEFINITIONS = (
    (
        "Period",
        "local days in the report timezone; last N days = today and the N−1 days before",
    ),
    (
        "Change",
        "against as many days just before, up to the same time; a dash where nothing can be compared",
    ),
    ("Active users", "people who started a session or wrote a message; a twin's reply makes nobody active"),
    ("Conversations", "sessions started in the period"),
    ("Messages …", "messages, documents, queries: each counted by its own time"),
    ("Shared use", "sessions with someone else's twin ÷ sessions"),
    ("Twin installations", "twins created up to the period's end"),
    ("Zero-result rate", "queries with no result ÷ queries whose count is known"),
    (
        "Dead ends",
        "conversations that end on a message without a reply or on a query without results, or ask twice",
    ),
    ("Unanswered", "messages of people after which the twin said nothing more; slow replies: over 60 s"),
    ("Session length", "pauses of at most 30 minutes between messages, added up; median, with p90 and mean"),
    (
        "Active people",
        "started a session or wrote a message in the period; dormant: at another time; never: at no time",
    ),
    ("Last seen", "the latest of login, session start and own message, whatever the period"),
    ("–", "unknown; never 0"),
)
HINTS: tuple[Hint, ...] = (("esc", "back", "escape"), ("↑↓", "scroll", ""))

Section = tuple[str, tuple[tuple[str, str], ...]]
"""A place and its keys: (keys as shown, what they do)."""


class HelpScreen(Dressed, Screen[None]):
    """Keys and definitions to scroll through; the place help was asked from comes first."""

    STYLES: ClassVar[tuple[str, ...]] = ("help",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q", "close", "Close", show=False),
        Binding("down,j", "scroll(1)", "A line down", show=False),
        Binding("up,k", "scroll(-1)", "A line up", show=False),
    ]

    def __init__(self, place: str = "") -> None:
        """Put the section called ``place`` first."""
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        """Yield the text."""
        with VerticalScroll(id="help"):
            yield Static()
        yield StatusLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Write the keys down."""
        sections = sorted(all_sections(), key=lambda section: section[0] != self._place)
        self.query_one("#help Static", Static).update(help_text(sections))
        self.query_one(StatusLine).hints = HINTS
        self.query_one(StatusLine).zone = getattr(self.app, "service").timezone  # noqa: B009
        self.query_one("#help").focus()

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one("#help").scroll_relative(y=lines, animate=False)

    def action_close(self) -> None:
        """Close."""
        self.dismiss()


def all_sections() -> list[Section]:
    """Return every place with its keys, read from the classes that own them."""
    # Screens import one another's ways in; only help knows them all, so it asks late.
    from twin_tui.tui.screens.answers.page import PageScreen  # noqa: PLC0415
    from twin_tui.tui.screens.answers.people_behind import PeopleBehindScreen  # noqa: PLC0415
    from twin_tui.tui.screens.answers.search import SearchScreen  # noqa: PLC0415
    from twin_tui.tui.screens.answers.sessions_behind import SessionsBehindScreen  # noqa: PLC0415
    from twin_tui.tui.screens.conversation.comparison import ComparisonScreen  # noqa: PLC0415
    from twin_tui.tui.screens.conversation.conversation import ConversationScreen  # noqa: PLC0415
    from twin_tui.tui.screens.conversation.document import DocumentScreen  # noqa: PLC0415
    from twin_tui.tui.screens.main.main import MainScreen  # noqa: PLC0415
    from twin_tui.tui.tabs import TABS  # noqa: PLC0415
    from twin_tui.tui.widgets.comparison_view import ComparisonView  # noqa: PLC0415
    from twin_tui.tui.widgets.parts.list_panel import ListPanel  # noqa: PLC0415
    from twin_tui.tui.widgets.transcript.transcript import Transcript  # noqa: PLC0415

    titles = ", ".join(room.title for room in TABS)
    tabs = (f"1 – {len(TABS)}" if len(TABS) > 1 else "1", f"Tabs: {titles}")
    main = [row for row in keys_of(bindings_of(MainScreen)) if not row[0].isdigit()]
    places: list[tuple[str, list[tuple[str, str]]]] = [("Everywhere", [tabs, *main, *_APP_KEYS])]
    tab_classes = [room.tab() for room in TABS]
    places += [(tab.TITLE, keys_of(bindings_of(tab)) + _keys_of_parts(tab)) for tab in tab_classes]
    conversation = keys_of(bindings_of(ConversationScreen)) + keys_of(bindings_of(Transcript))
    page = keys_of(bindings_of(PageScreen)) + _paired(keys_of(bindings_of(ListPanel)))
    places += [
        ("Person and twin", page),
        ("People behind a number", keys_of(bindings_of(PeopleBehindScreen))),
        ("Conversation", conversation),
        ("Document", keys_of(DocumentScreen.BINDINGS)),
        ("Drafts compared", keys_of((*ComparisonScreen.BINDINGS, *ComparisonView.BINDINGS))),
        ("Search", keys_of(bindings_of(SearchScreen))),
        ("Conversations behind a number", keys_of(bindings_of(SessionsBehindScreen))),
    ]
    return [(title, tuple(dict.fromkeys(rows))) for title, rows in places if rows]


def _keys_of_parts(tab: type[Widget]) -> list[tuple[str, str]]:
    """Return the keys of the widgets that a tab is made of."""
    parts = vars(sys.modules[tab.__module__]).values()
    own = [part for part in parts if isinstance(part, type) and issubclass(part, Widget) and part is not tab]
    return [row for part in own for row in _paired(keys_of(bindings_of(part)))]


def bindings_of(owner: type[Widget]) -> list[BindingType]:
    """Return the bindings a class declares, then those of its bases that are ours; Textual's are its own."""
    bases = (base for base in owner.__mro__ if base.__module__.startswith("twin_tui."))
    return [binding for base in bases for binding in vars(base).get("BINDINGS", ())]


def _paired(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Put the two arrows of a direction into one row."""
    found: list[tuple[str, str]] = []
    for keys, words in rows:
        if found and (found[-1][0], keys) in _ARROW_PAIRS:
            before, said = found.pop()
            found.append((f"{before} {keys}", f"{said}, {words[0].lower()}{words[1:]}"))
        else:
            found.append((keys, words))
    return found


_ARROW_PAIRS = {("↑", "↓"), ("←", "→"), ("↓", "↑"), ("→", "←")}
_APP_KEYS = (
    ("ctrl+p", "Command palette: themes, about this database, and more"),
    ("W", "The conversations active on a weekday: its letter, or arrows"),
    ("ctrl+o", "Another database: open, import, demo"),
    ("ctrl+l", "Paint the screen anew, when something else wrote over it"),
    ("ctrl+z", "Suspend, and be in the shell: fg comes back"),
    ("q", "Quit"),
    ("ctrl+c", "Copy what is selected with the mouse; without a selection quit (exit code 130)"),
)


def keys_of(bindings: Iterable[BindingType]) -> list[tuple[str, str]]:
    """Return the described bindings as (keys as shown, what they do).

    >>> keys_of([Binding("down,j", "x", "Next"), Binding("question_mark", "y", "Help")])
    [('↓ j', 'Next'), ('?', 'Help')]
    """
    rows = []
    for binding in bindings:
        if isinstance(binding, Binding) and binding.description:
            shown = " ".join(KEY_NAMES.get(key, key) for key in binding.key.split(","))
            rows.append((shown, binding.description))
    return rows


def help_text(sections: Sequence[Section]) -> Group:
    """Return the whole help."""
    parts: list[RenderableType] = []
    for title, rows in sections:
        parts += [Text(title, "bold"), _grid(rows), Text()]
    parts += [Text("How the numbers are defined", "bold"), _grid(DEFINITIONS), Text()]
    parts.append(Text("i on a figure tells its exact windows, numerator, denominator and n."))
    parts.append(Text("● user   ◆ twin   ▤ document   ⌕ query   ⇄ someone else's twin   ✦ new", "dim"))
    return Group(*parts)


def _grid(rows: Iterable[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(min_width=KEY_WIDTH, no_wrap=True)
    grid.add_column()
    for label, words in rows:
        grid.add_row(Text("  " + label, "bold"), Text(words))
    return grid
