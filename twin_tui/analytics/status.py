"""What is open, and from when to when it holds data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import Value, fn

from twin_tui.analytics.answers import DatabaseStatus
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.layer import why_plain
from twin_tui.analytics.windows import local_day
from twin_tui.data.models import Document, Message, Query, Session, Twin, User

_TIMES: tuple[Any, ...] = (
    User.created_at,
    Twin.created_at,
    Session.started_at,
    Message.created_at,
    Document.created_at,
    Query.created_at,
)
"""The column that dates a row, table by table."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """First and last instant of any visible row, whole database, unfiltered."""

    first: datetime | None
    last: datetime | None


def bounds(context: Context) -> Bounds:
    """Return from when to when there is data, in one statement."""
    now = context.source.dialect.instant(context.now)
    rows = context.again("bounds", lambda until: _ends(context, until), now)
    ends = [context.source.dialect.parse_time(moment) for (moment,) in rows]
    known = [end for end in ends if end is not None]
    return Bounds(min(known, default=None), max(known, default=None))


def _ends(context: Context, until: Any) -> Any:
    source = context.source
    branches: list[Any] = []
    for field in _TIMES:
        column = source.column(field)
        visible = column < until
        branches += [
            field.model.select(end(column).alias("moment")).where(visible) for end in (fn.MIN, fn.MAX)
        ]
    union = branches[0]
    for branch in branches[1:]:
        union = union.union_all(branch)
    return union


def status(context: Context, known: Bounds | None = None) -> DatabaseStatus:
    """Return what is open; ``known`` bounds are not read again."""
    held = known or bounds(context)
    source = context.source
    sessions = context.again("any session", lambda: Session.select(Value(1).alias("one")).limit(1))
    return DatabaseStatus(
        name=source.name,
        is_ours=source.is_ours,
        is_read_only=source.is_read_only,
        missing=tuple(sorted(source.missing)),
        is_empty=not sessions,
        first_day=None if held.first is None else local_day(held.first, context.zone),
        last_day=None if held.last is None else local_day(held.last, context.zone),
        as_of=held.last,
        is_derived=context.layer is not None,
        behind=0 if context.layer is None else context.layer.behind(),
        plain_reason="" if context.layer is not None else why_plain(context.state, context.zone),
    )
