"""What is looked for in a transcript: where it stands, and which occurrence is the current one."""

from collections.abc import Mapping

from rich.style import Style

from twin_tui.tui.widgets.transcript.entries import SafeEntry
from twin_tui.tui.widgets.transcript.layout import Line, TranscriptLayout
from twin_tui.tui.widgets.transcript.paint import Run, overlaid, within
from twin_tui.tui.widgets.transcript.wrap import Span, occurrences


class Marks:
    """The occurrences of one needle, found once per entry."""

    def __init__(self) -> None:
        self.needle = ""
        """What is looked for; "" for nothing."""
        self.match: tuple[int, int] | None = None
        """The current match: position, and which occurrence there."""
        self._found: dict[int, list[Span]] = {}

    def look_for(self, needle: str, match: tuple[int, int] | None) -> None:
        """Look for ``needle``, standing at one of its matches."""
        if needle != self.needle:
            self._found.clear()
        self.needle, self.match = needle, match

    def forget(self, position: int) -> None:
        """Look again in an entry whose text changed."""
        self._found.pop(position, None)

    def occurrences(self, position: int, safe: SafeEntry) -> list[Span]:
        """Return where the needle stands in an entry's text."""
        found = self._found.get(position)
        if found is None:
            found = self._found[position] = occurrences(safe.text, self.needle)
        return found

    def on(
        self,
        line: Line,
        layout: TranscriptLayout,
        safe: SafeEntry | None,
        content: list[Run],
        styles: Mapping[str, Style],
    ) -> list[Run]:
        """Return a row's content with the needle marked: in texts, and in the titles of documents."""
        position = line.position
        if not self.needle:
            return content
        if line.part == "text" and safe is not None and (spans := layout.lines_of(position)):
            found = within(self.occurrences(position, safe), spans[line.number])
        elif line.part == "head" and layout.plan.index[position].kind == "document":
            words = "".join(text for text, _ in content)
            found = [(at, a, b) for at, (a, b) in enumerate(occurrences(words, self.needle))]
        else:
            return content
        current = [self.match == (position, at) for at, _, _ in found]
        return overlaid(
            content,
            [
                (a, b, styles["match-current" if is_current else "match"])
                for (_, a, b), is_current in zip(found, current, strict=True)
            ],
        )
