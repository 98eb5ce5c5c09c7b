"""The document or query at the cursor, or nearest to it, as far as there is room beside the transcript."""

from rich.text import Text
from textual.widgets import Static

from twin_tui.text.safe_text import safe_text
from twin_tui.tui.widgets.transcript.entries import EntryMemory, SafeEntry
from twin_tui.tui.widgets.transcript.nearby import Near, Where
from twin_tui.tui.widgets.transcript.wrap import wrap

_TITLES: dict[Where, str] = {
    "here": "here",
    "before": "nearest, before this entry",
    "after": "nearest, after this entry",
}


class EntryDetail(Static):
    """What it is, then its text."""

    def __init__(self) -> None:
        super().__init__("", markup=False)

    def show(self, near: Near, memory: EntryMemory, *, is_at_cursor: bool) -> None:
        """Show the first of what is near, once it is loaded; ``is_at_cursor``: enter opens it."""
        safe = memory.get(near.positions[0]) if near.positions else None
        size = self.content_size
        lines = [] if safe is None else detail_lines(safe, size.width, size.height, can_open=is_at_cursor)
        title = _TITLES[near.where] if near.positions else ""
        if len(near.positions) > 1:
            title = f"here, 1 of {len(near.positions)} · right goes there"
        if self.border_title != title:
            self.border_title = title
        told = Text("\n".join(lines), no_wrap=True)
        if self.content != told:
            self.update(told, layout=False)


def detail_lines(safe: SafeEntry, width: int, height: int, *, can_open: bool) -> list[str]:
    """Return at most ``height`` safe lines of at most ``width`` cells: what it is, a blank one, its text."""
    width, height = max(10, width), max(3, height)
    entry = safe.entry
    label = safe.label or entry.kind
    text = safe_text(entry.text[: width * height * 2]).strip("\n") or "(no text stored)"
    lines = [*(label[start:end] for start, end in wrap(label, width)), ""]
    lines += [text[start:end] for start, end in wrap(text, width)]
    if len(lines) > height:
        more = "⋯ enter opens" if entry.kind == "document" and can_open else "⋯"
        lines = [*lines[: height - 1], more]
    return lines
