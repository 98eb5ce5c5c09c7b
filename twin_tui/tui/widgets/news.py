"""What is new since a list was last drawn, and the sign it gets."""

from collections.abc import Hashable, Sequence

NEW_MARK = "✦"
"""Stands beside what another process wrote since the last key was pressed."""


def newcomers(
    before: Sequence[Hashable], after: Sequence[Hashable], room: int, *, is_first: bool
) -> set[int]:
    """Return the places in ``after`` of what was not there ``before``, newest first, on a page of ``room``.

    What merely moved in from another page is not new: at the end because something vanished, on a later page
    at the beginning because something was put before it.

    >>> newcomers(["b", "c"], ["a", "b"], 2, is_first=True)
    {0}
    >>> newcomers(["d", "e"], ["c", "d"], 2, is_first=False)
    set()
    >>> newcomers(["b", "c", "d"], ["b", "d", "e"], 3, is_first=True)
    set()
    """
    known = set(before)
    kept = [place for place, one in enumerate(after) if one in known]
    if not kept:
        return set(range(len(after))) if is_first else set()
    first = 0 if is_first else kept[0]
    last = kept[-1] if len(before) >= room else len(after)
    return {place for place, one in enumerate(after) if first <= place < last and one not in known}
