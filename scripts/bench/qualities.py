"""What did not work in 30 days, asked of the product, of plain SQL, and of DuckDB.

DuckDB answers less than the product shows: figures of the window and the one before, texts, types and twins,
no daily series. Its half of what is compared must agree all the same.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from bench.questions import DUCK, PLAIN, PRODUCT, Programs, Question
from bench.world import NOW
from twin_tui.analytics.answers import Quality
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.inputs import INPUTS

DAYS = 30
_RATES = ("zero_result_rate", "dead_end_share", "unanswered_share")


def qualities(programs: Programs) -> Iterator[Question]:
    """Yield the quality of 30 days, of everybody and of one twin."""
    period = Period.parse(f"{DAYS}d", NOW.date())
    newest = "SELECT twin_id FROM sessions ORDER BY rowid DESC LIMIT 1"
    twin = programs.rows.execute(newest).fetchone()[0]
    for key, label, filters in (
        ("quality_30", "quality, 30 days", Filters(period)),
        ("quality_30_twin", "quality, 30 days, one twin", Filters(period, twin=twin)),
    ):
        ask: dict[str, Callable[[], Any]] = {
            name: lambda service=service, filters=filters: service.quality(filters)
            for name, service in ((PRODUCT, programs.product), (PLAIN, programs.plain))
        }
        ways = {name: lambda way=way: values(way()) for name, way in ask.items()}
        if programs.duck is not None and filters.twin is None:
            ways[DUCK] = ask[DUCK] = lambda: duck_values(programs.duck)
        yield Question(key, label, (), ways, ask)


def values(found: Quality) -> dict[str, Any]:
    """Return everything that quality shows, by name."""
    told: dict[str, Any] = {}
    for figure in found.figures:
        told[figure.key] = (figure.numerator, figure.denominator, figure.value)
        told[f"{figure.key}.before"] = figure.previous
        told[f"{figure.key}.series"] = figure.series
    told["counted"] = tuple(told[key][:2] for key in _RATES)
    told["reply"] = told["reply_time_median"][2]
    told["slow"] = told["slow_reply_share"][:2]
    told["days"] = tuple((day.dead_ends, day.unanswered_messages, day.slow_replies) for day in found.days)
    told["reasons"] = tuple(each.conversations for each in found.reasons)
    told["texts_total"] = found.texts_total
    told["texts"] = tuple((text.queries, text.people) for text in found.texts)
    told["types"] = tuple((each.name, each.documents, each.words) for each in found.document_types)
    told["twins_total"] = found.twins_total
    told["twins"] = tuple((row.twin.id, row.rank, row.dead_ends, row.replies) for row in found.twins)
    return told


def duck_values(duck: Any) -> dict[str, Any]:
    """Return DuckDB's answers, by the names of `values`; also those of the window before, to no use."""
    found: dict[str, Any] = {}
    end, start = NOW, (NOW - timedelta(days=DAYS - 1)).replace(hour=0, minute=0, second=0, microsecond=0)
    length = timedelta(days=DAYS)
    for lo, hi in ((start - length, end - length), (start, end)):
        run = _Runner(duck, lo, hi)
        found["counted"] = tuple(run.row(INPUTS[key]) for key in _RATES)
        found["reply"], replies, slow = run.row(
            "SELECT median(s), count(*), count(*) FILTER (s > 60) FROM (SELECT epoch_us(next_at - created_at)"
            f" / 1000000.0 AS s FROM ({INPUTS['reply_time_median']}\n) waits) waits"
        )
        found["slow"] = (slow, replies)
        (found["texts_total"],) = run.row(
            "SELECT count(DISTINCT lower(trim(query_text))) FROM queries WHERE results_count = 0"
            " AND created_at >= :start AND created_at < :end"
        )
        found["types"] = run.rows(
            "SELECT coalesce(document_type, '') AS kind, count(*) AS held, sum(word_count) FROM documents"
            " WHERE created_at >= :start AND created_at < :end GROUP BY kind ORDER BY held DESC, kind"
        )
        (found["twins_total"],) = run.row(
            "SELECT count(DISTINCT twin_id) FROM queries JOIN sessions ON sessions.id = session_id"
            " WHERE created_at >= :start AND created_at < :end AND results_count IS NOT NULL"
        )
    return found


class _Runner:
    def __init__(self, duck: Any, start: Any, end: Any) -> None:
        self._duck = duck
        self._instants = {":start": start, ":end": end, ":now": NOW}

    def rows(self, sql: str) -> tuple[tuple[Any, ...], ...]:
        for name, instant in self._instants.items():
            sql = sql.replace(name, f"TIMESTAMP '{instant.replace(tzinfo=None)}'")
        return tuple(self._duck.execute(sql.replace("'0001-01-01'", "TIMESTAMP '0001-01-01'")).fetchall())

    def row(self, sql: str) -> tuple[Any, ...]:
        return self.rows(sql)[0]
