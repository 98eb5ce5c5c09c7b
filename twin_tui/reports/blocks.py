"""Pictures of block characters: sparklines, bars and columns that any UTF-8 terminal shows."""

import math
from collections.abc import Sequence
from itertools import pairwise

STEPS = "▁▂▃▄▅▆▇█"
SHADES = "░▒▓█"


def resampled(values: Sequence[float | None], width: int) -> list[float | None]:
    """Return at most ``width`` values, neighbours averaged; a group of unknowns stays unknown.

    >>> resampled([1, 3, None, None, 5], 3)
    [2.0, None, 5]
    """
    if len(values) <= width:
        return list(values)
    edges = [-(-at * len(values) // width) for at in range(width + 1)]
    groups = [[v for v in values[a:b] if v is not None] for a, b in pairwise(edges)]
    return [group[0] if len(group) == 1 else sum(group) / len(group) if group else None for group in groups]


def sparkline(values: Sequence[float | None], width: int) -> str:
    """Return one row of steps from 0 to the highest value; unknown is a blank.

    >>> sparkline([0, 1, 2, None, 4], 9)
    '▁▃▅ █'
    """
    shrunk = resampled(values, width)
    top = max((value for value in shrunk if value is not None), default=0)
    return "".join(
        " " if value is None else STEPS[round(max(0.0, value) / top * 7) if top > 0 else 0]
        for value in shrunk
    )


def bar(fraction: float | None, width: int) -> str:
    """Return a horizontal bar of at most ``width`` cells in eighths; something is never drawn as nothing.

    >>> bar(0.5, 4), bar(0.001, 4), bar(0, 4), bar(None, 4)
    ('██', '▏', '', '')
    """
    if not fraction or fraction < 0:
        return ""
    eighths = max(1, round(min(fraction, 1.0) * width * 8))
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def columns(values: Sequence[float | None], height: int, thickness: int) -> list[str]:
    """Return ``height`` rows of upright columns from 0 to the highest value, the top row first.

    >>> columns([1, 2, 0], 2, 1)
    [' █ ', '██ ']
    """
    top = max((value for value in values if value is not None), default=0)
    rows = []
    for level in range(height - 1, -1, -1):
        row = ""
        for value in values:
            eighths = 0 if not value or top <= 0 else max(1, round(max(0.0, value) / top * height * 8))
            part = min(8, max(0, eighths - level * 8))
            cell = STEPS[part - 1] if part else " "
            row += cell if thickness == 1 else cell * (thickness - 1) + " "
        rows.append(row)
    return rows


def shade(value: float | None, top: float) -> str:
    """Return one cell whose darkness tells a value's share of ``top``; "·" for 0, blank for unknown.

    >>> "".join(shade(value, 4) for value in (None, 0, 1, 2, 3, 4))
    ' ·░▒▓█'
    """
    if value is None:
        return " "
    return SHADES[min(3, math.ceil(value / top * 4) - 1)] if value > 0 and top > 0 else "·"
