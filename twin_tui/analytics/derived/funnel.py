"""The funnel's steps from the numbered people; whether others may use a twin is read from the twin itself."""

from datetime import datetime
from typing import Any

from peewee import Value

from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import selection
from twin_tui.analytics.filters import Filters
from twin_tui.data.models import Twin
from twin_tui.rollups import tables
from twin_tui.rollups.bitset import bitset
from twin_tui.rollups.calendar import micros

_IS_THERE = "p.is_there = 1 AND (p.created_us IS NULL OR p.created_us < ?)"
_WITHOUT_ACCOUNT = ("p.created_us >= ?", "p.created_us IS NULL AND p.is_there = 0")
"""Who has none at an instant: those who came later, and those who are not there and so have no date."""


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
    end_us, chosen = micros(end), _of_person(layer, people)
    if not chosen:
        return _all_owners(layer, end_us)
    owning = f"SELECT 1 FROM {tables.TWIN} t WHERE t.owner_id = p.user_id AND t.created_us < ?"
    ((count,),) = layer.run(
        f"SELECT COUNT(*) FROM {tables.PERSON} p WHERE {_IS_THERE}{chosen} AND EXISTS ({owning})",
        (end_us, end_us),
    )
    return int(count)


def _all_owners(layer: Layer, end_us: int) -> int:
    """Return the owners of any twin, counted in the order of an index, without those who came too late.

    Whoever owns a twin has a row among the people, without an account, too.
    """
    late_twins = (
        f"SELECT t.owner_id FROM {tables.TWIN} t WHERE (t.created_us IS NULL OR t.created_us >= ?)"
        f" AND t.owner_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {tables.TWIN} e"
        " WHERE e.owner_id = t.owner_id AND e.created_us < ?)"
    )
    late_people = " UNION ".join(
        f"SELECT p.user_id FROM {tables.PERSON} p WHERE {condition}"
        f" AND EXISTS (SELECT 1 FROM {tables.TWIN} t WHERE t.owner_id = p.user_id)"
        for condition in _WITHOUT_ACCOUNT
    )
    ((everyone, late),) = layer.run(
        f"SELECT (SELECT COUNT(DISTINCT owner_id) FROM {tables.TWIN}),"
        f" (SELECT COUNT(*) FROM ({late_twins} UNION {late_people}) late)",
        (end_us, end_us, end_us),
    )
    return int(everyone) - int(late)


def shared_owners(layer: Layer, people: Filters, end: datetime) -> int:
    """Return the people with an account at an instant who own a twin then that others may use."""
    end_us, chosen = micros(end), _of_person(layer, people)
    number = "CAST(t.owner_no AS TEXT)"
    joined = f"group_concat({number})" if layer.source.is_sqlite else f"string_agg({number}, ',')"
    among = f" JOIN {tables.PERSON} p ON p.no = t.owner_no" if chosen else ""
    ((listed,),) = layer.run(
        f"SELECT {joined} FROM {tables.TWIN} t{among} WHERE t.is_shared = 1 AND t.created_us < ?{chosen}",
        (end_us,),
    )
    found = bitset(map(int, listed.split(","))) if listed else 0
    return found & ~_without_account(layer, end_us)


def without_account(layer: Layer) -> int:
    """Return the people that have no account now."""
    return _without_account(layer, layer.now_us)


def _without_account(layer: Layer, end_us: int) -> int:
    late = layer.run(
        " UNION ALL ".join(f"SELECT no FROM {tables.PERSON} p WHERE {each}" for each in _WITHOUT_ACCOUNT),
        (end_us,),
    )
    return bitset(who for (who,) in late)


def is_shared(context: Context) -> Any:
    """Return the condition that a twin is open to others; an unknown flag is not."""
    return context.source.column(Twin.is_shared) == Value(True)


def _of_person(layer: Layer, people: Filters) -> str:
    conditions = selection(layer, people).conditions
    return "".join(f" AND p.{condition.replace('user_no', 'no')}" for condition in conditions)
