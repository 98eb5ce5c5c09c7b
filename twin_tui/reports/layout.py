"""Plain text laid out in cells: rules, tables and wrapped paragraphs, all of it already safe text."""

from collections.abc import Iterator, Sequence

from twin_tui.text.safe_text import cell_width, cut, pad, safe_text
from twin_tui.text.widths import char_width

WIDTH = 80
"""Cells of a report's line where nobody asked for another width."""
NARROWEST = 60


def rule(title: str, width: int) -> str:
    """Return a titled line across the page; ``title`` is safe text.

    >>> rule("Key figures", 20)
    '── Key figures ─────'
    """
    title = cut(title, max(1, width - 4))
    return f"── {title} " + "─" * (width - 4 - cell_width(title))


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: frozenset[int],
    flexible: int,
    width: int,
) -> list[str]:
    """Return aligned lines of at most ``width`` cells.

    ``right``: columns aligned to the right; ``flexible``: the column that gets, and gives, what is left.
    """
    widths = [max(map(cell_width, column)) for column in zip(heads, *rows, strict=True)]
    room = width - 2 * (len(heads) - 1) - sum(widths) + widths[flexible]
    widths[flexible] = max(6, min(room, widths[flexible]))
    return [
        cut(
            "  ".join(pad(cell, widths[at], right=at in right) for at, cell in enumerate(row)).rstrip(), width
        )
        for row in (heads, *rows)
    ]


def wrapped(text: str, width: int) -> Iterator[str]:
    r"""Yield stored text as safe lines of at most ``width`` cells, broken at spaces where there are any.

    >>> list(wrapped("one two three\nfour", 8))
    ['one two', 'three', 'four']
    """
    for line in safe_text(text).split("\n"):
        yield from _broken(line.rstrip(), width)


def _broken(line: str, width: int) -> Iterator[str]:
    start = used = 0
    space = -1
    for at, char in enumerate(line):
        size = max(0, char_width(char))
        if used + size > width:
            if char == " ":
                yield line[start:at].rstrip()
                start, used, space = at + 1, 0, -1
                continue
            end = space if space > start else at
            yield line[start:end].rstrip()
            start = end + 1 if space > start else at
            used, space = cell_width(line[start:at]), -1
        if char == " ":
            space = at
        used += size
    yield line[start:]
