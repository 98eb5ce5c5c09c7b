"""A series as a strip of little columns."""

from collections.abc import Sequence

BLOCKS = " ▁▂▃▄▅▆▇█"


def resampled(values: Sequence[float | None], width: int) -> list[float | None]:
    """Return ``width`` values: neighbours averaged where there are more, repeated where there are fewer.

    >>> resampled((1, 3, None, 5), 2), resampled((1, 2), 4)
    ([2.0, 5.0], [1.0, 1.0, 2.0, 2.0])
    """
    count, out = len(values), []
    if not count:
        return [None] * width
    for at in range(width):
        first = at * count // width
        stop = max(first + 1, (at + 1) * count // width)
        known = [value for value in values[first:stop] if value is not None]
        out.append(sum(known) / len(known) if known else None)
    return out


def sparkline(values: Sequence[float | None], width: int, rows: int = 1) -> tuple[str, ...]:
    """Return ``rows`` lines of ``width`` cells, top line first; unknown is blank, nothing the lowest block.

    >>> sparkline((0, 1, 2, None, 8), 5)
    ('▁▁▂ █',)
    >>> sparkline((0, 8), 2, rows=2)
    (' █', '▁█')
    """
    shown = resampled(values, width)
    largest = max((value for value in shown if value is not None), default=0.0)
    levels = [
        0 if value is None else max(1, round(8 * rows * max(0.0, value) / largest)) if largest > 0 else 1
        for value in shown
    ]
    return tuple(
        "".join(BLOCKS[min(8, max(0, level - 8 * row))] for level in levels)
        for row in range(rows - 1, -1, -1)
    )
