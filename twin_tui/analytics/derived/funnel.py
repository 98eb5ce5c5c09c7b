"""The funnel's steps from the numbered people; whether others may use a twin is read from the twin itself."""

from datetime import datetime
from typing import Any

from peewee import Table, Value, fn

from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import selection
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.scope import bound
from twin_tui.data.models import Twin
from twin_tui.rollups import tables
from twin_tui.rollups.bitset import bitset
from twin_tui.rollups.calendar import micros

_IS_THERE = "p.is_there = 1 AND (p.created_us IS NULL OR p.created_us < ?)"
_PERSON = Table(tables.PERSON)


def sizes(layer: Layer, owners: Filters, end: datetime) -> tuple[int, int]:
    """Return how many people have an account at an instant (aware), and how many of them own a twin then.

    ``owners`` filters people only.
    """
    chosen = _of_person(layer, owners)
    end_us = micros(end)
    ((accounts,),) = layer.run(f"SELECT COUNT(*) FROM {tables.PERSON} p WHERE {_IS_THERE}{chosen}", (end_us,))
    owning = f"SELECT DISTINCT owner_id FROM {tables.TWIN} WHERE is_there = 1 AND created_us < ?"
    ((own,),) = layer.run(
        f"SELECT COUNT(*) FROM ({owning}) t JOIN {tables.PERSON} p ON p.user_id = t.owner_id"
        f" WHERE {_IS_THERE}{chosen}",
        (end_us, end_us),
    )
    return int(accounts), int(own)


def shared_owners(context: Context, owners: Filters, end: datetime) -> int:
    """Return the people with an account at an instant who own a twin then that others may use."""
    column, ends = context.source.column, bound(context.source.dialect, end)
    person = _PERSON.alias("p")
    select = context.scope(owners).twins(person.c.no).distinct()
    select = select.switch(Twin).join(person, on=(column(Twin.user) == person.c.user_id))
    made = person.c.created_us
    select = select.where((column(Twin.created_at) < ends) & is_shared(context))
    select = select.where((person.c.is_there == 1) & (made.is_null() | (made < micros(end))))
    return bitset(no for (no,) in context.rows(select))


def is_shared(context: Context) -> Any:
    """Return the condition that a twin is open to others; an unknown flag is not."""
    return fn.COALESCE(context.source.column(Twin.is_shared), Value(False))


def _of_person(layer: Layer, owners: Filters) -> str:
    conditions = selection(layer, owners).conditions
    return "".join(f" AND p.{condition.replace('user_no', 'no')}" for condition in conditions)
