"""The start screen: a demo, an import, a database to open, and those opened lately."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from twin_tui import __version__
from twin_tui.text.safe_text import cut, pad, safe_line
from twin_tui.tui.dressed import Dressed
from twin_tui.tui.jobs import Jobs
from twin_tui.tui.way import Way
from twin_tui.tui.widgets.too_small import TooSmall

NAME = 26
"""Cells of a way's name."""


class StartScreen(Dressed, Screen[None]):
    """A list of ways, each with a key; posts the one that was chosen."""

    STYLES: ClassVar[tuple[str, ...]] = ("start",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back, or quit", show=False),
        Binding("d", "way('d')", "The demo", show=False),
        Binding("i", "way('i')", "Import an export", show=False),
        Binding("o", "way('o')", "Open a database", show=False),
        *(Binding(str(n), f"way('{n}')", "A recent database", show=False) for n in range(1, 10)),
    ]

    @dataclass
    class WayChosen(Message):
        """A way was chosen."""

        way: Way

    def __init__(self, jobs: Jobs, *, is_first: bool) -> None:
        """``is_first``: no database was found; else the screen covers one that stays open."""
        super().__init__()
        self._jobs, self._is_first = jobs, is_first
        self._ways: list[tuple[str, str, str, Way]] = []
        """Key, name, what is behind it, and the way."""
        self._first_recent = 0
        """Where in them those opened lately begin."""

    def compose(self) -> ComposeResult:
        """Yield the words and the list."""
        with Vertical(id="start"):
            yield Static(self._heading(), id="heading")
            yield OptionList(markup=False)
            yield Static(id="about", markup=False)
        leave = "q quit" if self._is_first else "esc back to the dashboard · q quit"
        yield Static(f" ↑↓ move · enter choose · or its key · {leave}", id="keys", markup=False)
        yield TooSmall()

    def _heading(self) -> Content:
        state = "There is no database yet. Ways to one:" if self._is_first else "Ways to another database:"
        return Content.assemble(
            ("◈ twin-tui ", "bold $accent"),
            (f"{__version__}\n", "$muted"),
            ("Conversations of people and their AI twins: figures, and every word.\n\n", "$ink"),
            (state, "bold $ink"),
        )

    def on_mount(self) -> None:
        """List the ways; those opened lately below."""
        self._list()
        self.query_one(OptionList).focus()

    def on_resize(self) -> None:
        """Fit the lines to the room."""
        self.call_after_refresh(self._list)

    def _list(self) -> None:
        formats = self._jobs.formats()
        self._ways = [("d", "Look around in a demo", "an invented company, always up to today", Way("demo"))]
        for at, each in enumerate(formats):
            named = f"Import from {each.label.partition(' ')[0]}"
            self._ways.append(("i" if at == 0 else " ", named, each.label, Way("import", each.name)))
        self._ways.append(("o", "Open a database", "a file, or postgresql://user@host/name", Way("open")))
        first = len(self._ways)
        for at, place in enumerate(self._jobs.recent()):
            self._ways.append((str(at + 1) if at < 9 else " ", "", place, Way("recent", place)))
        ways = self.query_one(OptionList)
        at = ways.highlighted or 0
        room = max(40, ways.scrollable_content_region.width - 1)
        options: list[Option | None] = [Option(self._line(way, room)) for way in self._ways[:first]]
        if len(self._ways) > first:
            options += [
                Option(Content.styled("\nOpened lately", "$muted"), disabled=True),
                *(Option(self._line(way, room)) for way in self._ways[first:]),
            ]
        self._first_recent = first
        with self.app.batch_update():
            ways.clear_options()
            ways.add_options(options)
            ways.highlighted = at

    def _line(self, way: tuple[str, str, str, Way], room: int) -> Content:
        key, name, about, _ = way
        if name:
            left = Content.assemble((f" {key} ", "bold $accent"), (pad(f" {name}", NAME), "$ink"))
            return left + Content.styled(cut(about, room - NAME - 3), "$muted")
        return Content.assemble(
            (f" {key} ", "bold $accent"), (" " + shortened(safe_line(about), room - 5), "$ink")
        )

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell more of the way under the cursor."""
        event.stop()
        self.query_one("#about", Static).update(self._told(self._way_at(event.option_index)))

    def _told(self, way: Way) -> str:
        jobs = self._jobs
        if way.kind == "demo":
            return f"Made once, then continued to today, in {safe_line(jobs.demo_place)}"
        if way.kind == "import":
            label = next(each.label for each in jobs.formats() if each.name == way.value)
            return f"{label}. A dry run shows what would come in before anything is written."
        if way.kind == "recent":
            return safe_line(way.value)
        looked = (
            " Looked for: --db, TWIN_TUI_DB, the configuration file, ./ai_twin_analytics.db, the data folder."
        )
        return "Looking changes nothing in it." + (looked if self._is_first else "")

    def _way_at(self, option: int) -> Way:
        return self._ways[option if option < self._first_recent else option - 1][3]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go the chosen way."""
        event.stop()
        self.post_message(self.WayChosen(self._way_at(event.option_index)))

    def action_way(self, key: str) -> None:
        """Go the way of that key."""
        for name, _, _, way in self._ways:
            if name == key:
                self.post_message(self.WayChosen(way))
                return

    def action_leave(self) -> None:
        """Go back to the dashboard, or leave."""
        if self._is_first:
            self.app.exit()
        else:
            self.dismiss()


def shortened(path: str, width: int) -> str:
    """Return a safe path cut to ``width`` cells at its beginning: its end tells more.

    >>> shortened("/a/long/way/to/conversations.db", 20)
    '…to/conversations.db'
    """
    return path if len(path) <= width else "…" + path[len(path) - width + 1 :]
