"""The conversations behind how twins are used: by length, messages, waits, topic, pair, type and hour."""

from collections.abc import Callable
from typing import Any

from peewee import JOIN, Select, Window, fn

from twin_tui.analytics import status
from twin_tui.analytics.answers import SessionsCell
from twin_tui.analytics.behind.places import Places, Selected
from twin_tui.analytics.columns import words
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.behind import Sessions
from twin_tui.analytics.engagement.topics import stored, topic_of
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.overview.breakdowns import names_in
from twin_tui.analytics.overview.hourly import HOURS, local_hours
from twin_tui.analytics.reading import IDLE_US
from twin_tui.data.dialect import expression
from twin_tui.data.models import Message, Query, Session

PAIR = "\x1f"
"""Stands between the ids of a person and of a twin."""
_SECOND = 1_000_000


def by_messages(context: Context, filters: Filters, cell: SessionsCell) -> Places:
    """Return the conversations started in the period that have so many messages."""
    layer = context.layer
    if layer is not None and not layer.reaches_beyond_now:
        return Sessions(layer, filters, context.window(filters.period), "messages", _bounds(cell, 1))
    scope = context.scope(filters)
    sent = scope.column(Message.created_at)
    is_seen = (Message.session == Session.id) & (sent < context.source.dialect.instant(context.now))
    select = _started(context, filters).join(Message, JOIN.LEFT_OUTER, on=is_seen)
    count = fn.COUNT(context.source.column(Message.id))
    return Selected(context, _having(select, count, cell, 1))


def by_length(context: Context, filters: Filters, cell: SessionsCell) -> Places:
    """Return the conversations started in the period that took so many seconds."""
    layer = context.layer
    window = context.window(filters.period)
    if layer is not None and not layer.reaches_beyond_now:
        return Sessions(layer, filters, window, "length_us", _bounds(cell, _SECOND))
    scope = context.scope(filters)
    sent = scope.column(Message.created_at)
    moment = context.source.dialect.micros(sent)
    earlier = fn.LAG(moment).over(partition_by=[Message.session], order_by=[sent])
    pauses = (
        scope.messages(
            scope.column(Session.id).alias("thread"),
            scope.column(Session.started_at).alias("moment"),
            (moment - earlier).alias("pause"),
        )
        .where(scope.in_window(Session.started_at, window))
        .where(scope.within(Message.created_at, None, context.now))
        .alias("pauses")
    )
    length = fn.COALESCE(fn.SUM(pauses.c.pause).filter(pauses.c.pause <= IDLE_US), 0)
    select = Select([pauses], [pauses.c.thread, pauses.c.moment]).group_by(pauses.c.thread, pauses.c.moment)
    many = fn.COUNT(pauses.c.pause) >= 1
    return Selected(context, _having(select, length, cell, _SECOND, many))


def by_reply(context: Context, filters: Filters, cell: SessionsCell) -> Places:
    """Return the conversations with a message of the period that was answered after so many seconds."""
    scope, dialect = context.scope(filters), context.source.dialect
    window = context.window(filters.period)
    sent, sender = scope.column(Message.created_at), scope.column(Message.sender_type)
    moment = dialect.micros(sent)
    last = dialect.insertion_order(Message)
    if last is None:
        last = dialect.ordered_text(scope.column(Message.id))
    order = Window(partition_by=[Message.session], order_by=[sent, last], alias="in_order")
    turns = (
        scope.messages(
            scope.column(Session.id).alias("thread"),
            sent.alias("moment"),
            sender.alias("sender"),
            fn.LEAD(sender).over(order).alias("next_sender"),
            (fn.LEAD(moment).over(order) - moment).alias("wait"),
        )
        .where(scope.within(Message.created_at, window.start, context.now))
        .where(sender.in_(["user", "twin"]))
        .window(order)
        .alias("turns")
    )
    low, high = _bounds(cell, _SECOND)
    is_meant = (turns.c.sender == "user") & (turns.c.next_sender == "twin") & (turns.c.wait >= low)
    if high is not None:
        is_meant &= turns.c.wait <= high
    is_meant &= turns.c.moment < dialect.instant(window.end)
    select = Select([turns], [turns.c.thread, fn.MAX(turns.c.moment).alias("moment")])
    return Selected(context, select.where(is_meant).group_by(turns.c.thread))


def by_topic(context: Context, filters: Filters, cell: SessionsCell) -> Places:
    """Return the conversations started in the period about the topic of a key."""
    topic = topic_of(context, filters, context.window(filters.period), cell.key)
    if topic is None:
        raise BadFilterError("No conversation of these days has that topic.")
    return Selected(context, _started(context, filters).where(stored(context) == topic))


def by_pair(context: Context, filters: Filters, cell: SessionsCell) -> Places:
    """Return the conversations of the period of a person with the twin of another, ids joined by `PAIR`."""
    who, between, twin = cell.key.partition(PAIR)
    if not between:
        raise BadFilterError("A pair is named by the ids of a person and of a twin.")
    scope = context.scope(filters)
    is_theirs = (scope.column(Session.user) == who) & (scope.column(Session.twin) == twin)
    return Selected(context, _started(context, filters).where(is_theirs & scope.is_shared()))


def by_message_type(context: Context, filters: Filters, cell: SessionsCell) -> Places:
    """Return the conversations with a message of a type in the period; one may be of several."""
    kind = fn.COALESCE(context.source.column(Message.message_type), "")
    return _of_type(context, filters, cell, Message, kind)


def with_messages(context: Context, filters: Filters, _: SessionsCell) -> Places:
    """Return the conversations with a message in the period."""
    return _with_any(context, filters, Message)


def with_queries(context: Context, filters: Filters, _: SessionsCell) -> Places:
    """Return the conversations with a query in the period."""
    return _with_any(context, filters, Query)


def by_query_type(context: Context, filters: Filters, cell: SessionsCell) -> Places:
    """Return the conversations with a query of a type in the period."""
    kind = fn.COALESCE(context.source.column(Query.query_type), "")
    return _of_type(context, filters, cell, Query, kind)


def by_hour(context: Context, filters: Filters, cell: SessionsCell) -> Places:
    """Return the conversations with a person's message in the period at a local hour of the day, 0 to 23."""
    return _at_hour(context, filters, cell, HOURS, "day")


def by_hour_of_week(context: Context, filters: Filters, cell: SessionsCell) -> Places:
    """Return the same at a local hour of the week: 0 is Monday from 0 to 1 h, 167 the last of Sunday."""
    return _at_hour(context, filters, cell, 7 * HOURS, "week")


def _at_hour(context: Context, filters: Filters, cell: SessionsCell, hours: int, of: str) -> Places:
    if not (cell.key.isascii() and cell.key.isdigit() and int(cell.key) < hours):
        raise BadFilterError(f"A {of} has no hour {cell.key!r}.")
    held, scope = status.bounds(context), context.scope(filters)
    frame = Frame(filters.period, context.now, context.zone, held.first, held.last)
    number, is_meant = local_hours(context, scope, frame)
    thread, sent = scope.column(Session.id), scope.column(Message.created_at)
    select = scope.messages(thread.alias("thread"), fn.MAX(sent).alias("moment"))
    at_hour = expression(f"({{0}}) - ({{0}}) / {hours} * {hours}", number) == int(cell.key)
    return Selected(context, select.where(is_meant & at_hour).group_by(thread))


def by_platform(context: Context, filters: Filters, cell: SessionsCell) -> Places:
    """Return the conversations started in the period on a platform, written exactly so."""
    platform = fn.COALESCE(context.source.column(Session.platform), "")
    return Selected(context, _started(context, filters).where(platform == cell.key))


def _with_any(context: Context, filters: Filters, model: Any) -> Places:
    scope = context.scope(filters)
    children: Callable[..., Any] = getattr(scope, model._meta.table_name)
    thread, made = scope.column(Session.id), scope.column(model.created_at)
    within = scope.in_window(model.created_at, context.window(filters.period))
    select = children(thread.alias("thread"), fn.MAX(made).alias("moment"))
    return Selected(context, select.where(within).group_by(thread))


def _of_type(context: Context, filters: Filters, cell: SessionsCell, model: Any, kind: Any) -> Places:
    scope = context.scope(filters)
    children: Callable[..., Any] = getattr(scope, model._meta.table_name)
    within = scope.in_window(model.created_at, context.window(filters.period))
    kinds = [words(text) for (text,) in context.rows(children(kind).where(within).distinct())]
    if model is Message:
        wanted = [text for text in kinds if cell.key in names_in(text)]
    else:
        wanted = [text for text in kinds if text == cell.key]
    if not wanted:
        raise BadFilterError(f"Nothing of these days is of the type {cell.key!r}.")
    thread, made = scope.column(Session.id), scope.column(model.created_at)
    select = children(thread.alias("thread"), fn.MAX(made).alias("moment"))
    return Selected(context, select.where(within & kind.in_(wanted)).group_by(thread))


def _started(context: Context, filters: Filters) -> Any:
    scope = context.scope(filters)
    thread, started = scope.column(Session.id), scope.column(Session.started_at)
    select = scope.sessions(thread.alias("thread"), started.alias("moment"))
    return select.where(scope.in_window(Session.started_at, context.window(filters.period)))


def _having(select: Any, number: Any, cell: SessionsCell, unit: int, *others: Any) -> Any:
    low, high = _bounds(cell, unit)
    conditions = [number >= low, *others]
    if high is not None:
        conditions.append(number <= high)
    return select.group_by(*select._returning).having(*conditions)


def _bounds(cell: SessionsCell, unit: int) -> tuple[int, int | None]:
    """Return the bounds in whole units, both included."""
    return round((cell.low or 0) * unit), None if cell.high is None else round(cell.high * unit)
