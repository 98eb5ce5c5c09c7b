"""Which documents and queries of a conversation belong to where the cursor is, or are nearest to it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from twin_tui.tui.widgets.transcript.layout import Plan

Where = Literal["here", "before", "after"]


@dataclass(frozen=True, slots=True)
class Near:
    """Documents and queries at the cursor, or the nearest one."""

    positions: tuple[int, ...] = ()
    """In order; the first is the one to show."""
    where: Where = "here"
    """Whether they belong to the entry at the cursor, or are the nearest before it or after it."""


def items_of(plan: Plan) -> list[int]:
    """Return the positions of all documents and queries."""
    return [at for at, kind in enumerate(plan.index.kinds()) if kind != "message"]


def near(plan: Plan, items: Sequence[int], position: int) -> Near:
    """Return what is at a position: itself, what belongs to the message there, else the nearest before it.

    Where there is none before, it is the nearest after; ``items`` are those of `items_of`.
    """
    if not items:
        return Near()
    if plan.index[position].kind != "message":
        return Near((position,))
    if linked := plan.children.get(position, ()):
        return Near(linked)
    at = bisect_left(items, position)
    return Near((items[at - 1],), "before") if at else Near((items[0],), "after")
