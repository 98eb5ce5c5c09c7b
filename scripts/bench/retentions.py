"""Who came back in 30 days and in a year, asked of the product, of plain SQL, and of DuckDB.

DuckDB answers less than the product shows: D1, D7 and D30, daily, weekly and monthly users, and the states of
the whole period; no cohorts by week, no series. Its half of what is compared must agree all the same.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from bench.questions import DUCK, PLAIN, PRODUCT, Programs, Question
from bench.world import NOW
from twin_tui.analytics.answers import LIFECYCLE, RETENTION_DAYS, Retention
from twin_tui.analytics.filters import Filters, Period

_ACTIVE = """
WITH active AS (
SELECT user_id, CAST(started_at AS DATE) AS day FROM sessions WHERE started_at < :now
UNION
SELECT s.user_id, CAST(m.created_at AS DATE) FROM messages m JOIN sessions s ON s.id = m.session_id
WHERE m.sender_type = 'user' AND m.created_at < :now
), firsts AS (
SELECT user_id, min(day) AS first_day FROM active GROUP BY user_id
)
"""


def retentions(programs: Programs) -> Iterator[Question]:
    """Yield the retention of a month and of a year."""
    for days in (30, 365):
        filters = Filters(Period.parse(f"{days}d", NOW.date()))
        ask: dict[str, Callable[[], Any]] = {
            name: lambda service=service, filters=filters: service.retention(filters)
            for name, service in ((PRODUCT, programs.product), (PLAIN, programs.plain))
        }
        ways = {name: lambda way=way: values(way()) for name, way in ask.items()}
        if programs.duck is not None:
            ways[DUCK] = ask[DUCK] = lambda days=days: duck_values(programs.duck, days)
        yield Question(f"retention_{days}", f"retention, {days} days", (), ways, ask)


def values(found: Retention) -> dict[str, Any]:
    """Return everything that retention shows, by name."""
    told: dict[str, Any] = {}
    for figure in (*found.figures, *found.returned, *found.states):
        told[figure.key] = figure.value
        told[f"{figure.key}.before"] = figure.previous
        told[f"{figure.key}.series"] = figure.series
    for each in found.days:
        told[f"back_{each.day}"] = (each.retained.retained, each.retained.eligible)
    told["states"] = tuple(found.lifecycle.of(state) for state in LIFECYCLE)
    told["steps"] = tuple(tuple(step.of(state) for state in LIFECYCLE) for step in found.steps)
    told["cohorts"] = tuple(
        (each.size, *(cell and cell.retained for cell in each.cells)) for each in found.cohorts
    )
    told["active_days"] = tuple((each.days, each.people) for each in found.active_days)
    return told


def duck_values(duck: Any, days: int) -> dict[str, Any]:
    """Return DuckDB's answers, by the names of `values`."""
    today = NOW.date()
    start = today - timedelta(days=days - 1)

    def row(sql: str) -> tuple[Any, ...]:
        moment = f"TIMESTAMP '{NOW.replace(tzinfo=None)}'"
        found: tuple[Any, ...] = duck.execute((_ACTIVE + sql).replace(":now", moment)).fetchone()
        return found

    found: dict[str, Any] = {}
    for number in RETENTION_DAYS:
        found[f"back_{number}"] = row(
            f"SELECT count(a.user_id), count(*) FROM firsts f LEFT JOIN active a ON a.user_id = f.user_id"
            f" AND a.day = f.first_day + {number} WHERE f.first_day >= DATE '{start}'"
            f" AND f.first_day + {number} < DATE '{today}'"
        )
    for key, length in (("dau", 1), ("wau", 7), ("mau", 30)):
        (found[key],) = row(
            f"SELECT count(DISTINCT user_id) FROM active WHERE day < DATE '{today}'"
            f" AND day >= DATE '{today - timedelta(days=length)}'"
        )
    found["states"] = row(
        f", states AS (SELECT f.user_id, f.first_day, bool_or(a.day >= DATE '{start}') AS now,"
        f" bool_or(a.day < DATE '{start}' AND a.day >= DATE '{start - timedelta(days=days)}') AS before"
        " FROM firsts f JOIN active a ON a.user_id = f.user_id GROUP BY ALL)"
        f" SELECT count(*) FILTER (first_day >= DATE '{start}'), count(*) FILTER (now AND before),"
        f" count(*) FILTER (now AND NOT before AND first_day < DATE '{start}'), count(*) FILTER (NOT now),"
        " (SELECT count(*) FROM users WHERE (created_at IS NULL OR created_at < :now)"
        " AND id NOT IN (SELECT user_id FROM firsts)) FROM states"
    )
    return found
