"""Statements that are asked again and again: built once per opened database, then run as text."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from peewee import Query as Select
from peewee import Value

from twin_tui.data.source import Source

MOST_TEXTS = 500
"""Statements kept by an opened database: filters are part of some names."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a value of a statement that is run again goes."""

    place: int


def again(source: Source, name: str, build: Callable[..., Select], *values: Any) -> list[tuple[Any, ...]]:
    """Run a select that is built once per database: those of one name differ in ``values`` only.

    ``build`` gets a node for each of them, to put wherever the value belongs. Raises `DatabaseError`.
    """
    texts = source.texts
    if name not in texts:
        if len(texts) >= MOST_TEXTS:
            texts.clear()
        slots = [Value(_Slot(place), converter=False) for place in range(len(values))]
        text, params = source.db.get_sql_context().sql(build(*slots)).query()
        texts[name] = text.replace(source.db.param, "?"), params
    text, params = texts[name]
    return source.run(text, [values[each.place] if isinstance(each, _Slot) else each for each in params])
