"""Monthly sums per person from the derived tables: whole months from theirs, parts of months from days."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from peewee import CTE, Value

from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import Selection, numbers, selection
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.windows import day_start, local_day
from twin_tui.data.dialect import expression
from twin_tui.rollups import tables
from twin_tui.rollups.calendar import micros
from twin_tui.rollups.pair_months import month_bounds

Span = tuple[int, datetime, datetime]
"""Number, start and end of a month or of the part of it that is asked for."""
SUMS = ("sessions", "documents", "queries", "lengths", "active_us")
"""What is summed; the last in microseconds."""


def summed(
    layer: Layer, filters: Filters, months: Sequence[Span], first: datetime | None, now: datetime
) -> CTE:
    """Return the table ``summed``: month, person's id and `SUMS`, of everyone who did something.

    ``first`` is the first instant of any data. Nothing may be dated at ``now`` or later.
    """
    chosen = selection(layer, filters)
    has_months = filters.platform is None and filters.shared is None
    whole = [span for span in months if has_months and _is_whole(layer, span, first, now)]
    parts = [_months(whole, chosen)] if whole else []
    for span in months:
        if span not in whole:
            parts += _part(layer, span, chosen)
    nothing = ", ".join(f"0 AS {name}" for name in ("in_month", "user_no", *SUMS))
    body = " UNION ALL ".join(parts) or f"SELECT {nothing} WHERE 1 = 0"
    sums = ", ".join(f"SUM(p.{name})" for name in SUMS)
    asked = (
        f"SELECT p.in_month, n.user_id, {sums} FROM ({body}) AS p"
        f" JOIN {tables.PERSON} AS n ON n.no = p.user_no GROUP BY p.in_month, n.user_id"
        " HAVING SUM(p.sessions) + SUM(p.documents) + SUM(p.queries) > 0"
    )
    values = [Value(text, converter=False) for text in chosen.params]
    sql = expression(_numbered(asked, len(values)), *values)
    return CTE("summed", sql, columns=("in_month", "by_person", *SUMS))


def _numbered(sql: str, count: int) -> str:
    """Return the text with ``{0}``, ``{1}`` … for its question marks, anew after every ``count``."""
    pieces = sql.split("?")
    marked = (f"{piece}{{{place % count}}}" for place, piece in enumerate(pieces[:-1]))
    return "".join(marked) + pieces[-1]


def _is_whole(layer: Layer, span: Span, first: datetime | None, now: datetime) -> bool:
    """Return whether nothing that the month holds lies outside the span."""
    number, start, end = span
    begin, following = (_start(layer, day) for day in month_bounds(number))
    return start in (begin, first) and end in (following, now)


def _start(layer: Layer, ordinal: int) -> datetime:
    return day_start(datetime.fromordinal(ordinal).date(), layer.zone)


def _months(spans: Sequence[Span], chosen: Selection) -> str:
    conditions = [f"month {numbers(tuple(number for number, _, _ in spans))}"]
    for condition in chosen.conditions:
        if condition.startswith("department_cell"):
            condition = f"user_no IN (SELECT no FROM {tables.PERSON} WHERE {condition})"  # noqa: PLW2901
        conditions.append(condition)
    return (
        "SELECT month AS in_month, user_no, SUM(conversations) AS sessions, SUM(documents) AS documents,"
        " SUM(queries) AS queries, SUM(lengths) AS lengths, SUM(length_us) AS active_us"
        f" FROM {tables.PAIR_MONTH} WHERE {' AND '.join(conditions)} GROUP BY month, user_no"
    )


def _part(layer: Layer, span: Span, chosen: Selection) -> Iterator[str]:
    number, start, end = span
    last = local_day(end - timedelta(microseconds=1), layer.zone)
    days = f"day BETWEEN {local_day(start, layer.zone).toordinal()} AND {last.toordinal()}"
    begun = f"started_us >= {micros(start)} AND started_us < {micros(end)}"
    yield (
        f"SELECT {number} AS in_month, user_no, COUNT(*) AS sessions, 0 AS documents, 0 AS queries,"
        " COUNT(length_us) AS lengths, COALESCE(SUM(length_us), 0) AS active_us"
        f" FROM {tables.SESSION} WHERE {begun}{chosen.where} GROUP BY user_no"
    )
    yield (
        f"SELECT {number}, user_no, 0, SUM(documents), SUM(queries), 0, 0"
        f" FROM {tables.SESSION_DAY} WHERE {days}{chosen.where} GROUP BY user_no"
    )
