"""What people did with twins, by person or by person and twin, from months of pairs and sessions by day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from peewee import JOIN, SQL, Select, Table, fn

from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.newest import Among
from twin_tui.analytics.derived.selection import selection
from twin_tui.analytics.filters import Filters
from twin_tui.rollups import tables
from twin_tui.rollups.local_days import local_day

COLUMNS = ("latest", "ever", "begun", "shared", "written", "told", "drafted", "searched")
"""What is told of each; ``latest`` in microseconds since 1970."""
_EVER = f"SUM(CASE WHEN started_us IS NULL THEN 0 ELSE 1 END + user_messages) AS ever FROM {tables.SESSION}"
_LAST = f"MAX(last_us) AS latest, SUM(conversations + user_messages) AS ever FROM {tables.PAIR_MONTH}"
_WINDOW = (
    "SUM(begun) AS begun, SUM(begun * shared) AS shared, SUM(user_messages) AS written,"
    f" SUM(messages) AS told, SUM(documents) AS drafted, SUM(queries) AS searched FROM {tables.SESSION_DAY}"
)
_NUMBER = "CAST({0} AS BIGINT) AS {1}"
_OF_USER, _OF_TWIN = (tables.PERSON, "user_id", "user_no"), (tables.TWIN, "twin_id", "+twin_no")


def conversations(layer: Layer) -> tuple[Counter[str], Counter[str]]:
    """Return the conversations of all time by user id and by twin id, in two statements.

    For tables that hold nothing at or after now, as are the two below.
    """
    by_user, by_twin = (layer.run(f"{_held(*keys)} WHERE s.held > 0") for keys in (_OF_USER, _OF_TWIN))
    return _counter(by_user), _counter(by_twin)


def conversations_by_platform(layer: Layer) -> Counter[str]:
    """Return the conversations of all time by platform, in one statement."""
    return _counter(
        layer.run(
            f"SELECT c.first, SUM(d.conversations) FROM {tables.DAY} d JOIN {tables.CELL} c ON c.no = d.cell"
            " WHERE c.kind = 'platform' GROUP BY c.first HAVING SUM(d.conversations) > 0"
        )
    )


def with_conversations(people: Select, user_id: Any) -> tuple[Select, Any]:
    """Return a select of users joined to their conversations of all time, and those: NULL for none."""
    person, month = Table(tables.PERSON), Table(tables.PAIR_MONTH)
    held = month.select(month.c.user_no, fn.SUM(month.c.conversations).alias("held")).group_by(
        month.c.user_no
    )
    sums = held.alias("sums")
    joined = people.join(person, JOIN.LEFT_OUTER, on=(person.c.user_id == user_id))
    return joined.join(sums, JOIN.LEFT_OUTER, on=(sums.c.user_no == person.c.no)), sums.c.held


def _held(table: str, key: str, number: str) -> str:
    """Return the select of ids with their conversations of all time."""
    return (
        f"SELECT k.{key}, s.held FROM (SELECT {number} AS no, SUM(conversations) AS held"
        f" FROM {tables.PAIR_MONTH} GROUP BY 1) s JOIN {table} k ON k.no = s.no"
    )


def _counter(rows: Iterable[tuple[str, int]]) -> Counter[str]:
    return Counter({key: int(count) for key, count in rows})


def uses(
    context: Context,
    layer: Layer,
    filters: Filters,
    *,
    is_by_pair: bool,
    among: Among | None = None,
) -> Select:
    """Select ``by_person``, with ``is_by_pair`` also ``of_twin``, and `COLUMNS`, several rows of each.

    Company and department are left to whoever knows the people; ``latest`` obeys no filter. ``among``
    are those asked for, else everybody is. For tables that hold nothing at or after now.
    """
    chosen = selection(layer, replace(filters, company=None, department=None))
    window = context.window(filters.period)
    first = 1 if window.start is None else local_day(window.start, context.zone).toordinal()
    last = local_day(window.end - timedelta(microseconds=1), context.zone).toordinal()
    if window.start is not None and window.start >= window.end:
        last = first - 1
    whose = "" if among is None else f" AND {among.condition}"
    within = f"WHERE day BETWEEN {first:d} AND {last:d}{chosen.where}{whose}"
    anyone = f"WHERE 1 = 1{whose}" if whose else ""
    parts = [_part(_WINDOW, within, COLUMNS[2:], is_by_pair=is_by_pair)]
    params = [*chosen.params]
    if chosen.conditions:
        parts.append(_part(_LAST, anyone, COLUMNS[:1], is_by_pair=is_by_pair))
        parts.append(_part(_EVER, f"WHERE 1 = 1{chosen.where}{whose}", COLUMNS[1:2], is_by_pair=is_by_pair))
        params += chosen.params
    else:
        parts.append(_part(_LAST, anyone, COLUMNS[:2], is_by_pair=is_by_pair))
    text = " UNION ALL ".join(parts).replace("?", context.source.db.param)
    names = ("by_person", *(("of_twin",) if is_by_pair else ()), *COLUMNS)
    return Select([SQL(f"({text}) AS moved", params)], [SQL(f"moved.{name} AS {name}") for name in names])


def _part(sums: str, where: str, told: tuple[str, ...], *, is_by_pair: bool) -> str:
    """Return the select of some columns by numbers of people and twins, joined to their ids."""
    values = [
        _NUMBER.format(f"s.{name}" if name in told else "NULL" if name == "latest" else "0", name)
        for name in COLUMNS
    ]
    keys, joined, named = "+user_no AS user_no", "", "p.user_id AS by_person"
    if is_by_pair:
        keys += ", +twin_no AS twin_no"
        joined = f" JOIN {tables.TWIN} t ON t.no = s.twin_no"
        named += ", t.twin_id AS of_twin"
    grouped = f"SELECT {keys}, {sums} {where} GROUP BY {'1, 2' if is_by_pair else '1'}"
    people = f"JOIN {tables.PERSON} p ON p.no = s.user_no"
    return f"SELECT {named}, {', '.join(values)} FROM ({grouped}) s {people}{joined}"
