"""Where every line of two compared drafts stands: in two columns, or one below the other.

Signs tell what changed without any colour: ``-`` and ``+`` before lines that one draft alone has, ``~``
before those that changed, and in these ``[-words-]`` of the older draft and ``{+words+}`` of the newer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from twin_tui.text.comparing import Change, Comparison, Piece, Row
from twin_tui.tui.widgets.transcript.wrap import Span, wrap

BRACKETS: dict[Change, tuple[str, str]] = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
"""What stands around words that only one draft has."""
SIGNS = {"same": " ", "changed": "~", "removed": "-", "added": "+"}
GUTTER = 2
"""Cells before a line: its sign and a blank."""
BETWEEN = 3
"""Cells between two columns."""

Style = Literal["same", "changed", "removed", "added", "-", "+"]
"""A kind of line, or of words in a line that changed."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of one column: a sign, and text in runs."""

    sign: str = " "
    runs: tuple[tuple[str, Style], ...] = ()


@dataclass(frozen=True, slots=True)
class Laid:
    """All rows at one width, and which of them begin a place that differs."""

    rows: tuple[tuple[Cell, ...], ...]
    """Two cells each in two columns, else one."""
    places: tuple[int, ...]


def lay_out(found: Comparison, width: int, *, is_split: bool) -> Laid:
    """Return two drafts at ``width`` cells, in two columns where they are to be split."""
    begins = set(found.places)
    rows: list[tuple[Cell, ...]] = []
    places: list[int] = []
    for at, row in enumerate(found.rows):
        if at in begins:
            places.append(len(rows))
        rows += _split(row, column_width(width)) if is_split else _unified(row, width)
    return Laid(tuple(rows), tuple(places))


def column_width(width: int) -> int:
    """Return the cells of one of two columns."""
    return max(GUTTER + 2, (width - BETWEEN) // 2)


def unified_text(found: Comparison) -> str:
    """Return the comparison as text to copy."""
    lines = (SIGNS[row.kind] + " " + _bracketed(row.pieces, row.kind)[0] for row in found.rows)
    return "\n".join(line.rstrip() for line in lines)


def _split(row: Row, width: int) -> Iterator[tuple[Cell, ...]]:
    old, new = row.side("-"), row.side("+")
    left = [] if old is None else list(_cells(old, row, width))
    right = [] if new is None else list(_cells(new, row, width))
    yield from zip_longest(left, right, fillvalue=Cell())


def _unified(row: Row, width: int) -> Iterator[tuple[Cell, ...]]:
    yield from ((cell,) for cell in _cells(row.pieces, row, width))


def _cells(pieces: Iterable[Piece], row: Row, width: int) -> Iterator[Cell]:
    """Yield a line wrapped, its sign before every part of it."""
    text, marks = _bracketed(pieces, row.kind)
    for span in wrap(text, width - GUTTER):
        yield Cell(SIGNS[row.kind], tuple(_runs(text, span, marks, row.kind)))


def _bracketed(pieces: Iterable[Piece], kind: str) -> tuple[str, list[tuple[int, int, Change]]]:
    """Return a line's text, words of one draft alone in brackets, and where those stand."""
    text = ""
    marks: list[tuple[int, int, Change]] = []
    for change, words in pieces:
        before, after = BRACKETS[change] if kind == "changed" else ("", "")
        start = len(text)
        text += before + words + after
        if change != "=" and kind == "changed":
            marks.append((start, len(text), change))
    return text, marks


def _runs(
    text: str, span: Span, marks: list[tuple[int, int, Change]], kind: Style
) -> Iterator[tuple[str, Style]]:
    at, end = span
    for start, stop, change in marks:
        first, last = max(at, start), min(end, stop)
        if first >= last or change == "=":
            continue
        if at < first:
            yield text[at:first], kind
        yield text[first:last], change
        at = last
    if at < end:
        yield text[at:end], kind
