"""What an import would bring, or has brought: rows by table, and how the numbers add up."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from twin_tui.text.formatting import number
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.jobs import TALLY_NAMES, Imported, ImportWish
from twin_tui.tui.screens.dialogs.dialog import Dialog
from twin_tui.tui.screens.jobs.start import shortened
from twin_tui.tui.way import OnTheWay
from twin_tui.tui.widgets.too_small import TooSmall

TABLE_NAMES = {"users": "people", "sessions": "conversations"}


class OutcomeScreen(OnTheWay, Dialog[bool]):
    """Answers whether to go on: to write after a dry run, to the dashboard after an import."""

    STYLES: ClassVar[tuple[str, ...]] = ("start",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer(False)", "Back", show=False),
        Binding("enter", "go_on", "Go on", show=False),
        Binding("down,j", "scroll(1)", "A line down", show=False),
        Binding("up,k", "scroll(-1)", "A line up", show=False),
        Binding("pagedown", "scroll(10)", "Ten lines down", show=False),
        Binding("pageup", "scroll(-10)", "Ten lines up", show=False),
    ]

    def __init__(self, found: Imported, wish: ImportWish) -> None:
        super().__init__()
        self._found, self._wish = found, wish

    def compose(self) -> ComposeResult:
        """Yield the report."""
        found = self._found
        title = "What would come in · nothing is written yet" if found.is_dry_run else "Imported"
        with Vertical(classes="dialog"):
            yield Label(title, classes="title", markup=False)
            with VerticalScroll():
                yield Static(report(found, self._wish), markup=False)
            yield Static(self._keys(), classes="keys", markup=False)
        yield TooSmall()

    def on_mount(self) -> None:
        """Let the report be scrolled."""
        self.query_one(VerticalScroll).focus()

    def _keys(self) -> str:
        if not self._found.is_dry_run:
            return "enter open the dashboard · ↑↓ scroll · esc import another"
        if self._found.conversations:
            return "enter import this · ↑↓ scroll · esc back, nothing was written"
        return "↑↓ scroll · esc back, nothing was written"

    def action_scroll(self, lines: int) -> None:
        """Scroll the report."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_go_on(self) -> None:
        """Go on, unless there is nothing to import."""
        if self._found.conversations or not self._found.is_dry_run:
            self.dismiss(True)
        else:
            self.app.bell()

    def action_answer(self, answer: bool) -> None:
        """Go back."""
        self.dismiss(answer)


def report(found: Imported, wish: ImportWish) -> Content:
    """Return everything an import says, as safe lines."""
    lines = [
        Content.assemble(("from ", "$muted"), (shortened(safe_line(wish.path), 64), "$ink")),
        Content.assemble(("into ", "$muted"), (shortened(safe_line(wish.into), 64), "$ink")),
        Content(""),
    ]
    if not found.conversations:
        lines += [Content.styled("No conversation in it: see below why.", "bold $bad"), Content("")]
    counts = [tally for _, tally in found.rows]
    shown = [at for at in range(len(TALLY_NAMES)) if at == 0 or any(tally[at] for tally in counts)]
    head = "".join(f"{TALLY_NAMES[at]:>15}" for at in shown)
    lines.append(Content.styled(f"{'':<15}{head}", "$muted"))
    for table, tally in found.rows:
        cells = "".join(f"{number(tally[at]):>15}" for at in shown)
        lines.append(Content.assemble((f"{TABLE_NAMES.get(table, table):<15}", "$ink"), (cells, "bold $ink")))
    if found.rejected:
        words = f"\n{number(found.rejected)} could not be read; the rest is not concerned."
        lines.append(Content.styled(words, "$bad"))
    lines.append(Content(""))
    lines += [Content.styled(line, "$muted" if line.startswith("  ") else "$ink") for line in found.remarks]
    return Content("\n").join(lines)
