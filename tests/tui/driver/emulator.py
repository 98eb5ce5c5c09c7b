"""A terminal emulator that also tells apart what pyte alone would not: dim, hidden and rare attributes."""

from typing import Any

import pyte

MISSING = {2: "dim", 6: "fast", 8: "hidden", 21: "double", 51: "framed", 53: "overlined"}
"""Attributes pyte forgets; here they become part of the foreground's name."""
ENDS = {22: {2}, 24: {21}, 25: {6}, 28: {8}, 54: {51}, 55: {53}}


class Emulator(pyte.Screen):
    """A screen of cells; private sequences that pyte would print are swallowed."""

    def __init__(self, columns: int, lines: int) -> None:
        self._more: set[int] = set()
        self._ink = "default"
        super().__init__(columns, lines)
        self._stream = pyte.Stream(self)

    def show(self, data: str) -> None:
        """Print what a program writes, as a line in raw input and cooked output does."""
        self._stream.feed(data.replace("\n", "\r\n"))

    def reset(self) -> None:
        """Begin anew."""
        self._more, self._ink = set(), "default"
        super().reset()

    def draw(self, data: str) -> None:
        """Draw each character for itself: pyte drops what follows one it cannot print."""
        for part in (data,) if data.isascii() else data:
            super().draw(part)

    def select_graphic_rendition(self, *attributes: int, **private: Any) -> None:
        """Follow SGR, the missing attributes included."""
        if private:
            return
        self.cursor.attrs = self.cursor.attrs._replace(fg=self._ink)
        super().select_graphic_rendition(*attributes)
        self._ink = self.cursor.attrs.fg
        rest = list(attributes or (0,))
        while rest:
            code = rest.pop(0)
            if code in (38, 48):
                del rest[: 2 if rest[:1] == [5] else 4]
            elif code == 0:
                self._more.clear()
            elif code in MISSING:
                self._more.add(code)
            else:
                self._more -= ENDS.get(code, set())
        marks = "".join(f"+{MISSING[code]}" for code in sorted(self._more))
        self.cursor.attrs = self.cursor.attrs._replace(fg=self._ink + marks)

    def cells(self) -> list[list[Any]]:
        """Return every cell: its text, colours and attributes, but what nobody sees on a blank."""
        return [[_seen(self.buffer[y][x]) for x in range(self.columns)] for y in range(self.lines)]


def _seen(cell: Any) -> Any:
    """Return a cell without the ink and weight of letters where there are none."""
    shows = cell.underscore or cell.strikethrough or cell.reverse or cell.blink
    if cell.data != " " or shows or set(cell.fg.split("+")[1:]) - {"dim"}:
        return cell
    return cell._replace(fg="default", bold=False, italics=False)
