"""Wrapping of safe text by terminal cells: lines as offsets into the text, so that nothing is copied."""

import re
from collections.abc import Iterator

from rich.cells import split_graphemes

Span = tuple[int, int]
"""Half-open character offsets of one line."""

_SINGLE = re.compile(
    "[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2015\u2018-\u2027\u2500-\u257f]*"
)
"""Characters that certainly take one cell; most paragraphs hold nothing else."""
_NOT_FIRST = frozenset("、。，．・：；！？）］｝」』】〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
"""Characters that do not begin a line in East Asian text."""


def wrap(text: str, width: int) -> list[Span]:
    """Return the lines of safe ``text`` at ``width`` cells.

    They break at spaces and between wide characters, inside a word only where it is wider than a line.
    Indentation and empty lines stay; the spaces at a break belong to no line.

    >>> [("one two three"[a:b]) for a, b in wrap("one two three", 8)]
    ['one two', 'three']
    """
    width = max(2, width)
    lines: list[Span] = []
    start, size = 0, len(text)
    while True:
        end = text.find("\n", start)
        end = size if end < 0 else end
        single = _SINGLE.match(text, start, end)
        if single and single.end() == end:
            lines.extend(_narrow(text, start, end, width))
        else:
            lines.extend(_mixed(text, start, end, width))
        if end >= size:
            return lines
        start = end + 1


def _narrow(text: str, start: int, end: int, width: int) -> Iterator[Span]:
    """Yield the lines of a paragraph in which every character takes one cell."""
    while end - start > width:
        space = text.rfind(" ", start, start + width + 1)
        if space <= start or text[start:space].isspace():
            yield start, start + width
            start += width
            continue
        yield start, _without_trailing(text, start, space)
        start = _after_spaces(text, space, end)
    yield start, end


def _mixed(text: str, start: int, end: int, width: int) -> Iterator[Span]:
    """Yield the lines of a paragraph with wide, joined or combining characters."""
    line = start
    used = used_at_gap = 0
    gap = line
    for first, last, cells in split_graphemes(text[start:end])[0]:
        at = start + first
        char = text[at]
        if cells == 2 and char not in _NOT_FIRST and at > line:
            gap, used_at_gap = at, used
        if used + cells > width and at > line:
            if char == " ":
                yield line, _without_trailing(text, line, at)
                line = gap = start + last
                used = used_at_gap = 0
                continue
            if gap > line and not text[line:gap].isspace():
                yield line, _without_trailing(text, line, gap)
                line, used = gap, used - used_at_gap
            if used + cells > width and at > line:
                yield line, at
                line, used = at, 0
            gap, used_at_gap = line, 0
        used += cells
        if char == " ":
            if at == line and line > start and not text[line - 1].isspace():
                line, used = start + last, 0
            gap, used_at_gap = start + last, used
    yield line, end


def _without_trailing(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] == " ":
        end -= 1
    return end


def _after_spaces(text: str, at: int, end: int) -> int:
    while at < end and text[at] == " ":
        at += 1
    return at


def occurrences(text: str, needle: str) -> list[Span]:
    """Return where ``needle`` stands in ``text``, any case (casefolded), not overlapping.

    >>> occurrences("Straße, STRASSE", "strasse")
    [(0, 6), (8, 15)]
    """
    folded_needle = needle.casefold()
    if not folded_needle:
        return []
    folded = text.casefold()
    found: list[Span] = []
    at = folded.find(folded_needle)
    if at < 0:
        return found
    origin = None if len(folded) == len(text) else _origins(text)
    while at >= 0:
        end = at + len(folded_needle)
        found.append((at, end) if origin is None else (origin[at], origin[end - 1] + 1))
        at = folded.find(folded_needle, end)
    return found


def _origins(text: str) -> list[int]:
    """Return for each character of the casefolded text the position it came from."""
    return [at for at, char in enumerate(text) for _ in char.casefold()]
