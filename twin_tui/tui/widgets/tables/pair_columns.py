"""The columns of who uses whose twin."""

from twin_tui.analytics.answers import Pair
from twin_tui.text.formatting import compact, percent
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.widgets.tables.columns import Column, filling
from twin_tui.tui.widgets.transcript.heading import person


def pairs(width: int) -> tuple[Column[Pair], ...]:
    """Return the columns of pairs that fill ``width`` cells exactly.

    >>> [sum(column.width + 1 for column in pairs(width)) - 1 for width in (38, 57, 76, 116)]
    [38, 57, 76, 116]
    """
    names = max(10, min(26, (width - 14) // 3))
    owner: Column[Pair] = Column("of", names, lambda pair, _: person(pair.twin.owner), style="quiet")
    share: Column[Pair] = Column(
        "share", 6, lambda pair, _: percent(pair.share, 0), is_number=True, style="quiet"
    )
    columns: tuple[Column[Pair], ...] = (
        Column("person", 0, lambda pair, _: person(pair.person), style="what"),
        Column("twin", names, lambda pair, _: safe_line(pair.twin.name or pair.twin.id, 60)),
        *((owner,) if width >= 46 else ()),
        Column("convs", 6, lambda pair, _: compact(pair.conversations), is_number=True),
        *((share,) if width >= 56 else ()),
    )
    return filling(columns, width)


def identity(pair: Pair) -> str:
    """Return what knows a pair again."""
    return f"{pair.person.id}\x1f{pair.twin.id}"
