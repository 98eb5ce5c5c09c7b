"""Monthly statistics per person: sessions, events and mean session length of every local month.

A session counts in the month it starts in, a document or query in its own; a session's length is that of the
whole session. A month of which the period holds a part counts that part only.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import reduce
from typing import Any, get_args

from peewee import CTE, JOIN, SQL, Select, fn

from twin_tui.analytics import status
from twin_tui.analytics.answers import MonthlyPage, MonthlyRequest, MonthlySort, MonthRow, Person
from twin_tui.analytics.columns import brief, words
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.months import SUMS, Span, summed
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.people.paging import Listing
from twin_tui.analytics.reading import IDLE_US
from twin_tui.analytics.windows import day_start, local_day
from twin_tui.data.models import Document, Message, Query, Session, User

_COLUMNS = ("month_key", "person_key", "person_name", "person_email", *SUMS)
_SORTS: dict[MonthlySort, str] = {
    "month": "month_key",
    "name": "folded",
    "sessions": "sessions",
    "events": "events",
    "length": "mean_length",
}
_WHO, _MONTH = "by_person", "in_month"


def monthly(context: Context, filters: Filters, request: MonthlyRequest) -> MonthlyPage:
    """Return one page of the statistics, page and limit brought within bounds.

    Two statements, three where the page does not exist. Raises `BadFilterError` for an unknown order.
    """
    if request.sort not in get_args(MonthlySort):
        raise BadFilterError(
            f"Monthly statistics know no order {request.sort!r}: use {', '.join(get_args(MonthlySort))}."
        )
    window = context.window(filters.period)
    first = status.bounds(context).first
    months = tuple(_months(context, first, window.start, window.end))
    layer = context.layer
    if layer is None or layer.reaches_beyond_now:
        parts = _summed(context, filters, months)
    else:
        parts = (summed(layer, filters, months, first, context.now),)
    names = _names(context, parts[-1])
    table = _named(parts[-1], names)
    listing = Listing((*parts, names, table), table, _COLUMNS, _order(context, table, request))
    found = listing.read(context, request.page, request.limit)
    return MonthlyPage(
        request=replace(request, page=found.page, limit=found.limit),
        window=window,
        total=found.total,
        pages=found.pages,
        items=tuple(_row(row) for row in found.rows),
    )


def month_number(day: date) -> int:
    """Return a month as a number that grows by one.

    >>> month_number(date(2026, 12, 31)), month_number(date(2027, 1, 1))
    (24323, 24324)
    """
    return day.year * 12 + day.month - 1


def first_day(number: int) -> date:
    """Return the first day of a month given as a number.

    >>> first_day(24323)
    datetime.date(2026, 12, 1)
    """
    return date(number // 12, number % 12 + 1, 1)


def _months(
    context: Context, first: datetime | None, start: datetime | None, end: datetime
) -> Iterator[Span]:
    """Yield number, start and end of the months of a window, each cut to it; none before the first data."""
    if first is None:
        return
    begin = first if start is None else max(first, start)
    while begin < end:
        number = month_number(local_day(begin, context.zone))
        stop = end if number + 1 >= month_number(date.max) else day_start(first_day(number + 1), context.zone)
        stop = min(stop, end)
        yield number, begin, stop
        begin = stop


def _summed(context: Context, filters: Filters, months: tuple[Span, ...]) -> tuple[CTE, ...]:
    """Return the months, the sessions' lengths, and the sums of both and of documents and queries."""
    scope, column = context.scope(filters), context.source.column
    spans = context.source.dialect.spans("months", months)
    who = column(Session.user).alias(_WHO)
    key = spans.c.key.alias(_MONTH)

    def in_month(time: Any) -> Any:
        return (column(time) >= spans.c.lo) & (column(time) < spans.c.hi)

    def counted(select: Any, time: Any, name: str) -> Any:
        rows = select(key, who, *_values(**{name: fn.COUNT(SQL("*"))}))
        return rows.join(spans, on=in_month(time)).group_by(SQL(_MONTH), SQL(_WHO))

    sent = column(Message.created_at)
    moment = context.source.dialect.micros(sent)
    pause = (moment - fn.LAG(moment).over(partition_by=[Message.session], order_by=[sent])).alias("pause")
    pauses = (
        scope.messages(key, who, column(Message.session).alias("in_session"), pause)
        .join(spans, on=in_month(Session.started_at))
        .where(scope.within(Message.created_at, None, context.now))
        .alias("pauses")
    )
    active = fn.COALESCE(fn.SUM(pauses.c.pause).filter(pauses.c.pause <= IDLE_US), 0)
    talks = Select(
        [pauses],
        [pauses.c[_MONTH], pauses.c[_WHO], fn.COUNT(SQL("*")).alias("said"), active.alias("active_us")],
    ).group_by(pauses.c[_MONTH], pauses.c[_WHO], pauses.c.in_session)
    talks = talks.alias("talks")
    known = talks.c.said > 1
    lengths = Select(
        [talks],
        [
            talks.c[_MONTH],
            talks.c[_WHO],
            *_values(
                lengths=fn.COUNT(SQL("*")).filter(known),
                active_us=fn.COALESCE(fn.SUM(talks.c.active_us).filter(known), 0),
            ),
        ],
    ).group_by(talks.c[_MONTH], talks.c[_WHO])
    branches = [
        counted(scope.sessions, Session.started_at, "sessions"),
        counted(scope.documents, Document.created_at, "documents"),
        counted(scope.queries, Query.created_at, "queries"),
        lengths,
    ]
    union = reduce(lambda one, other: one.union_all(other), branches).alias("parts")
    sums = [fn.SUM(union.c[name]).alias(name) for name in SUMS]
    whole = Select([union], [union.c[_MONTH], union.c[_WHO], *sums]).group_by(union.c[_MONTH], union.c[_WHO])
    return spans, whole.cte("summed")


def _values(**given: Any) -> list[Any]:
    return [given.get(name, SQL("0")).alias(name) for name in SUMS]


def _names(context: Context, summed: CTE) -> CTE:
    """Return what those people are called, and by what they are sorted; each name is folded once."""
    column = context.source.column
    name, email = brief(column(User.full_name)), brief(column(User.email))
    called = fn.COALESCE(fn.NULLIF(name, ""), fn.NULLIF(email, ""), "")
    folded = SQL("''") if context.hides_names else context.source.dialect.casefold(called)
    key = column(User.id)
    select = User.select(
        key.alias("key"), name.alias("name"), email.alias("email"), folded.alias("folded")
    ).where(key.in_(Select([summed], [summed.c[_WHO]])))
    return select.cte("names", materialized=True)


def _named(summed: CTE, names: CTE) -> CTE:
    """Return the sums with who they are of, and what they are sorted by."""
    values = {
        "month_key": summed.c[_MONTH],
        "person_key": summed.c[_WHO],
        "person_name": names.c.name,
        "person_email": names.c.email,
        **{each: summed.c[each] for each in SUMS},
        "folded": fn.COALESCE(names.c.folded, ""),
        "events": summed.c.sessions + summed.c.documents + summed.c.queries,
        "mean_length": summed.c.active_us * 1.0 / fn.NULLIF(summed.c.lengths, 0),
    }
    joined = summed.join(names, JOIN.LEFT_OUTER, on=(summed.c[_WHO] == names.c.key))
    return Select([joined], [value.alias(each) for each, value in values.items()]).cte("monthly")


def _order(context: Context, table: CTE, request: MonthlyRequest) -> list[Any]:
    ordered = context.source.dialect.ordered_text
    by: Any = table.c[_SORTS[request.sort]]
    by = ordered(by) if request.sort == "name" else by
    first = by.desc() if request.descending else by.asc()
    unknown_last = [table.c.mean_length.is_null().asc()] if request.sort == "length" else []
    ties = [table.c.month_key.desc(), ordered(table.c.folded), ordered(table.c.person_key)]
    return [*unknown_last, first, *ties]


def _row(row: tuple[Any, ...]) -> MonthRow:
    month, key, name, email, *counts = row
    sessions, documents, queries, lengths, active = map(int, counts)
    return MonthRow(
        month=first_day(int(month)),
        user=Person(words(key), words(name), words(email)),
        sessions=sessions,
        documents=documents,
        queries=queries,
        lengths=lengths,
        length=active / lengths / 1_000_000 if lengths else None,
    )
