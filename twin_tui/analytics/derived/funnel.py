"""The funnel's steps from the numbered people; whether others may use a twin is read from the twin itself."""

from datetime import datetime
from typing import Any

from peewee import Table, Value

from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import selection
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.scope import bound
from twin_tui.data.dialect import expression
from twin_tui.data.models import Twin
from twin_tui.rollups import tables
from twin_tui.rollups.bitset import bitset
from twin_tui.rollups.calendar import micros

_IS_THERE = "p.is_there = 1 AND (p.created_us IS NULL OR p.created_us < ?)"
_PERSON = Table(tables.PERSON)


def accounts(layer: Layer, people: Filters, end: datetime) -> int:
    """Return how many people have an account at an instant (aware); ``people`` filters people only."""
    chosen, end_us = _of_person(layer, people), micros(end)
    if chosen:
        ((count,),) = layer.run(
            f"SELECT COUNT(*) FROM {tables.PERSON} p WHERE {_IS_THERE}{chosen}", (end_us,)
        )
        return int(count)
    # Those that are not there have no date; the others with one are counted in the order of an index.
    ((dated, undated),) = layer.run(
        f"SELECT (SELECT COUNT(*) FROM {tables.PERSON} WHERE created_us < ?),"
        f" (SELECT COUNT(*) FROM {tables.PERSON} WHERE created_us IS NULL AND is_there = 1)",
        (end_us,),
    )
    return int(dated) + int(undated)


def owners(layer: Layer, people: Filters, end: datetime) -> int:
    """Return how many people with an account at an instant (aware) own a twin then.

    ``people`` filters people only.
    """
    end_us = micros(end)
    if people == Filters(people.period) and _has_account_for_every_owner(layer):
        return _all_owners(layer, end_us)
    chosen = _of_person(layer, people)
    owning = f"SELECT 1 FROM {tables.TWIN} t WHERE t.owner_id = p.user_id AND t.created_us < ?"
    ((count,),) = layer.run(
        f"SELECT COUNT(*) FROM {tables.PERSON} p WHERE {_IS_THERE}{chosen} AND EXISTS ({owning})",
        (end_us, end_us),
    )
    return int(count)


def _has_account_for_every_owner(layer: Layer) -> bool:
    """Return whether no twin with a date of creation belongs to nobody: such are in no company's days."""
    rows = layer.run(
        f"SELECT c.kind, SUM(d.new_twins) FROM {tables.CELL} c JOIN {tables.DAY} d ON d.cell = c.no"
        " WHERE c.kind IN ('all', 'company') AND d.new_twins <> 0 GROUP BY c.kind"
    )
    sums = dict(rows)
    return bool(sums.get("all", 0) == sums.get("company", 0))


def _all_owners(layer: Layer, end_us: int) -> int:
    """Return the owners of any twin, counted in the order of an index, without those who came too late."""
    late_twins = (
        f"SELECT t.owner_id FROM {tables.TWIN} t WHERE (t.created_us IS NULL OR t.created_us >= ?)"
        f" AND t.owner_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {tables.TWIN} e"
        " WHERE e.owner_id = t.owner_id AND e.created_us < ?)"
    )
    late_people = (
        f"SELECT p.user_id FROM {tables.PERSON} p WHERE p.created_us >= ?"
        f" AND EXISTS (SELECT 1 FROM {tables.TWIN} t WHERE t.owner_id = p.user_id)"
    )
    ((everyone, late),) = layer.run(
        f"SELECT (SELECT COUNT(DISTINCT owner_id) FROM {tables.TWIN}),"
        f" (SELECT COUNT(*) FROM ({late_twins} UNION {late_people}) late)",
        (end_us, end_us, end_us),
    )
    return int(everyone) - int(late)


def shared_owners(context: Context, people: Filters, end: datetime) -> int:
    """Return the people with an account at an instant who own a twin then that others may use."""
    column, ends = context.source.column, bound(context.source.dialect, end)
    person = _PERSON.alias("p")
    joined = "group_concat({0})" if context.source.is_sqlite else "string_agg(CAST({0} AS TEXT), ',')"
    select = context.scope(people).twins(expression(joined, person.c.no))
    select = select.switch(Twin).join(person, on=(column(Twin.user) == person.c.user_id))
    made = person.c.created_us
    # Said so that no index by date is chosen before the few that are shared.
    select = select.where(is_shared(context) & ~(column(Twin.created_at) >= ends))
    select = select.where((person.c.is_there == 1) & (made.is_null() | (made < micros(end))))
    ((listed,),) = context.rows(select)
    return bitset(map(int, listed.split(","))) if listed else 0


def is_shared(context: Context) -> Any:
    """Return the condition that a twin is open to others; an unknown flag is not."""
    return context.source.column(Twin.is_shared) == Value(True)


def _of_person(layer: Layer, people: Filters) -> str:
    conditions = selection(layer, people).conditions
    return "".join(f" AND p.{condition.replace('user_no', 'no')}" for condition in conditions)
