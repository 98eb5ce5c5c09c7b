"""Users and twins by the bucket they were created in, from the days of cells and the rows of people."""

from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import Selection, numbers
from twin_tui.analytics.facts import Created
from twin_tui.analytics.frame import Frame
from twin_tui.rollups import tables
from twin_tui.rollups.calendar import micros

_PEOPLE = f"FROM {tables.PERSON} p WHERE p.is_there = 1"
_TWINS = f"FROM {tables.TWIN} t JOIN {tables.PERSON} p ON p.user_id = t.owner_id WHERE t.is_there = 1"
_FEW_TWINS = f"FROM {tables.TWIN} t JOIN {tables.PERSON} p ON p.no = t.owner_no WHERE t.is_there = 1"
"""Read twin by twin, rather than person by person."""
_FEW = 2
"""Departments whose people are gone through for less."""
_ALL_TWINS = f"FROM {tables.TWIN} t WHERE t.is_there = 1"


def created(layer: Layer, of_people: Selection, frame: Frame) -> Created:
    """Return who and what was created, obeying company and department only; no user is asked for."""
    if frame.lower == frame.upper:
        return _all_before(layer, of_people, frame)
    places = {bucket.day.toordinal(): place for place, bucket in reversed(list(enumerate(frame.buckets)))}
    first, last = frame.buckets[0].day.toordinal(), frame.buckets[-1].day.toordinal()
    users, twins = [0] * len(frame.buckets), [0] * len(frame.buckets)
    ((users_before, twins_before),) = _days(
        layer, of_people, "COALESCE(SUM(new_users), 0), COALESCE(SUM(new_twins), 0)", "day < ?", (first,)
    )
    for day, new_users, new_twins in _days(
        layer, of_people, "day, new_users, new_twins", "day BETWEEN ? AND ?", (first, last)
    ):
        if day in places:
            users[places[day]] += new_users
            twins[places[day]] += new_twins
    _divide(layer, of_people, frame, users, twins)
    return Created(users, twins, int(twins_before), users, int(users_before))


def _all_before(layer: Layer, of_people: Selection, frame: Frame) -> Created:
    """Return the same for a frame that holds no time."""
    ends = frame.upper
    users = _count(layer, of_people, "users", "(p.created_us IS NULL OR p.created_us < ?)", (micros(ends),))
    twins = _count(layer, of_people, "twins", "t.created_us < ?", (micros(ends),))
    nobody = [0] * len(frame.buckets)
    return Created(nobody, nobody, twins, nobody, users)


def _days(
    layer: Layer, of_people: Selection, columns: str, within: str, params: tuple[int, ...]
) -> list[tuple[int, ...]]:
    return layer.run(
        f"SELECT {columns} FROM {tables.DAY} WHERE cell {numbers(of_people.cells or ())}"
        f" AND {within} AND (new_users <> 0 OR new_twins <> 0)",
        params,
    )


def _divide(layer: Layer, of_people: Selection, frame: Frame, users: list[int], twins: list[int]) -> None:
    """Take what was created at or after the end of a bucket that ends early out of it, into the next one."""
    for place, bucket in enumerate(frame.buckets):
        is_cut = place + 1 < len(frame.buckets) and frame.buckets[place + 1].day == bucket.day
        is_now = place + 1 == len(frame.buckets) and micros(bucket.end) == layer.now_us
        for counts, rows in ((users, "users"), (twins, "twins")):
            if counts[place] and (is_cut or is_now):
                owner = "p" if rows == "users" else "t"
                within = f"{owner}.created_us >= ? AND {owner}.created_us < ?"
                span = micros(bucket.start), micros(bucket.end)
                early = _count(layer, of_people, rows, within, span, are_few=True)
                if is_cut:
                    counts[place + 1] = counts[place] - early
                counts[place] = early


def _count(
    layer: Layer,
    of_people: Selection,
    rows: str,
    condition: str,
    params: tuple[int, ...],
    *,
    are_few: bool = False,
) -> int:
    """Count users or twins; ``are_few`` says that fewer answer to the condition than departments hold."""
    source, departments = _PEOPLE, ""
    if of_people.departments is not None:
        # A plus keeps a database from going through everybody of departments.
        is_through_time = are_few and len(of_people.departments) > _FEW
        cell = "+p.department_cell" if is_through_time else "p.department_cell"
        departments = f" AND p.is_there = 1 AND {cell} {numbers(of_people.departments)}"
        if rows == "twins":
            source = _FEW_TWINS if is_through_time else _TWINS
    elif rows == "twins":
        source = _ALL_TWINS
    ((count,),) = layer.run(f"SELECT COUNT(*) {source} AND {condition}{departments}", params)
    return int(count)
