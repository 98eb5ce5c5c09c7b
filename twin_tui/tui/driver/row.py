"""One line of cells: what shall stand there, and what stands there."""

from twin_tui.tui.driver.sgr import PLAIN, Style, blanks_alike

ERASE_FROM = 13
"""Blanks in a row that are shorter as an erasure and a move than as themselves."""
ERASE_REST_FROM = 4
"""The same for blanks that reach the right edge."""


class Row:
    """One line: each cell's text and style, ``None`` where unknown."""

    __slots__ = ("is_volatile", "known", "shown_styles", "shown_texts", "styles", "texts")

    def __init__(self, width: int) -> None:
        self.texts: list[str | None] = [None] * width
        """What shall stand there; an empty text is the second cell of a wide character."""
        self.styles: list[Style] = [PLAIN] * width
        self.shown_texts: list[str | None] = [None] * width
        self.shown_styles: list[Style] = [PLAIN] * width
        self.is_volatile = False
        """Whether it holds what terminals place differently: then everything goes through as it is."""
        self.known = 0
        """Cells from the left that are sure again, while volatile."""

    def forget(self, *, is_volatile: bool = False) -> None:
        """Know nothing of any cell."""
        width = len(self.texts)
        self.texts, self.shown_texts = [None] * width, [None] * width
        self.is_volatile, self.known = is_volatile, 0

    def spoil(self, x: int | None) -> None:
        """Know nothing of the cells from just before ``x`` on, where something unsure is written.

        What joins the character before it changes that one, too. ``None``: after what was unsure already.
        """
        known = self.known if self.is_volatile else len(self.texts) if x is not None else 0
        if x is not None:
            known = min(known, max(0, x - 1))
        rest = len(self.texts) - known
        self.texts[known:] = self.shown_texts[known:] = [None] * rest
        self.is_volatile, self.known = True, known

    def stands(self, x: int, texts: list[str], style: Style) -> bool:
        """Return whether exactly that is known to stand from ``x`` on."""
        end = x + len(texts)
        is_there = end <= self.known and self.shown_texts[x:end] == texts
        return is_there and all(shown == style for shown in self.shown_styles[x:end])

    @property
    def is_pending(self) -> bool:
        """Whether something else shall stand there than stands there."""
        return self.texts != self.shown_texts or self.styles != self.shown_styles

    def put(self, x: int, texts: list[str], style: Style) -> None:
        """Have ``texts`` stand from ``x`` on; a wide character cut in half is unknown from then on."""
        end = x + len(texts)
        if self.texts[x] == "":
            self.texts[x - 1] = self.shown_texts[x - 1] = None
        if end < len(self.texts) and self.texts[end] == "":
            self.texts[end] = self.shown_texts[end] = None
        self.texts[x:end] = texts
        self.styles[x:end] = [style] * len(texts)

    def cuts(self, x: int, end: int) -> bool:
        """Return whether writing the cells from ``x`` to before ``end`` leaves half a wide character."""
        return self.texts[x] == "" or (end < len(self.texts) and self.texts[end] == "")

    def runs(self) -> list[tuple[int, int]]:
        """Return the spans [start, end) of cells that must be written."""
        found: list[tuple[int, int]] = []
        start = -1
        texts, shown, styles, shown_styles = self.texts, self.shown_texts, self.styles, self.shown_styles
        for x, text in enumerate(texts):
            differs = text is not None and (
                text != shown[x]
                or (
                    styles[x] != shown_styles[x]
                    and not (text == " " and blanks_alike(styles[x], shown_styles[x]))
                )
            )
            if differs and start < 0:
                start = x - 1 if text == "" else x
            elif not differs and start >= 0:
                if text == "" and texts[x - 1] != "":
                    continue
                found.append((start, x))
                start = -1
        if start >= 0:
            found.append((start, len(texts)))
        return found
