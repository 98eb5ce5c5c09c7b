"""Help: every key by place, from the bindings themselves, and how the numbers are defined."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from twin_tui.text.safe_text import pad
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.status_line import StatusLine
from twin_tui.tui.widgets.too_small import TooSmall

KEY_NAMES = {
    "question_mark": "?",
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
KEY_WIDTH = 20
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
    ("Messages, documents, queries", "each counted by its own time"),
    ("Shared use", "sessions with someone else's twin ÷ sessions"),
    ("Twin installations", "twins created up to the period's end"),
    ("Zero-result rate", "queries with no result ÷ queries whose count is known"),
    ("Session length", "pauses of at most 30 minutes between messages, added up; median, with p90 and mean"),
    ("–", "unknown; never 0"),
)
HINTS: tuple[Hint, ...] = (("esc", "back", "escape"), ("↑↓", "scroll", ""))

Section = tuple[str, tuple[tuple[str, str], ...]]
"""A place and its keys: (keys as shown, what they do)."""


class HelpScreen(Screen[None]):
    """Keys and definitions to scroll through; the place help was asked from comes first."""

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
            yield Static(markup=False)
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
    from twin_tui.tui.screens.conversation import ConversationScreen  # noqa: PLC0415
    from twin_tui.tui.screens.document import DocumentScreen  # noqa: PLC0415
    from twin_tui.tui.screens.main import MainScreen  # noqa: PLC0415
    from twin_tui.tui.tabs import TABS  # noqa: PLC0415
    from twin_tui.tui.tabs.activity import ActivityTab  # noqa: PLC0415
    from twin_tui.tui.widgets.activity_table import ActivityTable  # noqa: PLC0415
    from twin_tui.tui.widgets.transcript import Transcript  # noqa: PLC0415

    titles = ", ".join(tab.TITLE for tab in TABS)
    count = len(TABS)
    tabs = (f"1 – {count}" if count > 1 else "1", f"tabs: {titles}")
    main = [row for row in keys_of(MainScreen.BINDINGS) if not row[0].isdigit()]
    sections: list[Section] = [("Everywhere", (tabs, *main, *_APP_KEYS))]
    for tab in TABS:
        own = list(keys_of(tab.BINDINGS))
        if tab is ActivityTab:
            own += keys_of(ActivityTable.BINDINGS)
        sections.append((tab.TITLE, tuple(own)))
    sections.append(("Conversation", (*keys_of(ConversationScreen.BINDINGS), *keys_of(Transcript.BINDINGS))))
    sections.append(("Document", tuple(keys_of(DocumentScreen.BINDINGS))))
    return [section for section in sections if section[1]]


_APP_KEYS = (
    ("ctrl+p", "Command palette: themes and more"),
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


def help_text(sections: Sequence[Section]) -> Text:
    """Return the whole help."""
    text = Text()
    for title, rows in sections:
        text.append(f"{title}\n", "bold")
        for keys, words in rows:
            text.append("  " + pad(keys, KEY_WIDTH), "bold")
            text.append(f"{words}\n")
        text.append("\n")
    text.append("How the numbers are defined\n", "bold")
    for name, words in DEFINITIONS:
        text.append(f"  {name}: ", "bold")
        text.append(f"{words}\n")
    text.append("\nPress i on a figure for its exact windows, numerator, denominator and n.\n")
    text.append("● user   ◆ twin   ▤ document   ⌕ query   ⇄ someone else's twin", "dim")
    return text
