"""The people of chosen companies and departments, where they are few enough to be looked up one by one."""

from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.newest import Among
from twin_tui.analytics.derived.selection import Selection, numbers
from twin_tui.rollups import tables

_MOST = 15_000
"""People who are looked up one by one."""


def people_of_departments(layer: Layer, chosen: Selection) -> Among | None:
    """Return the people of the departments of a selection; ``None`` for everybody, or where they are many."""
    if chosen.departments is None or layer.reaches_beyond_now:
        return None
    rows = layer.run(
        f"SELECT no, user_id FROM {tables.PERSON} WHERE department_cell {numbers(chosen.departments)}"
        " AND is_there = 1 LIMIT ?",
        (_MOST + 1,),
    )
    if len(rows) > _MOST:
        return None
    return Among("user", tuple(no for no, _ in rows), tuple(user_id for _, user_id in rows))
