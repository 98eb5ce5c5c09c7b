"""What rules came to, as one line each and as JSON."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from twin_tui.analytics.answers import DatabaseStatus
from twin_tui.analytics.filters import Filters
from twin_tui.reports.json_form import Json, instant
from twin_tui.text.formatting import change, span, value
from twin_tui.text.safe_text import safe_line

if TYPE_CHECKING:
    from twin_tui.rules.rule import State, Verdict

WORDS: "dict[State, str]" = {"ok": "OK", "warn": "WARN", "alert": "ALERT", "no_data": "NO DATA"}


def check_line(verdict: "Verdict", filters: Filters) -> str:
    """Return a verdict in one safe line: state, figure, days, value, the limit that was broken."""
    rule, reading = verdict.rule, verdict.reading
    figure = rule.figure
    about = [figure.key]
    if not figure.is_timeless:
        about += [span(filters.period.start, filters.period.last_day), *_narrowed(verdict)]
    told = value(reading.value, figure.unit)
    if rule.change_alert or rule.change_warn:
        told += f" ({change(reading.change, is_points=figure.unit == 'ratio')})"
    if reading.n is not None and (verdict.is_few or figure.unit == "ratio"):
        told += f", n {reading.n:,}"
    reason = reason_of(verdict)
    why = f" – {reason}" if reason else ""
    return f"{WORDS[verdict.state]:<8}" + safe_line(f"{rule.name}: {told}{why} [{' · '.join(about)}]")


def reason_of(verdict: "Verdict") -> str:
    """Return why a verdict is what it is; "" for a rule that is kept."""
    if verdict.broken is not None:
        what = "change " if verdict.broken.unit in ("change", "points") else ""
        return f"{verdict.state} is {what}{verdict.broken}"
    if verdict.is_few:
        return f"too few to judge, fewer than {verdict.rule.min_n:,}"
    if verdict.reading.value is None:
        return "no data"
    return "" if verdict.state == "ok" else "nothing to compare with"


def check_json(
    judged: "Iterable[tuple[Verdict, Filters]]",
    ended: "tuple[State, int]",
    status: DatabaseStatus,
    now: datetime,
) -> Json:
    """Return everything under the keys that `check --json` promises."""
    return {
        "database": status.name,
        "now": instant(now),
        "as_of": instant(status.as_of),
        "state": ended[0],
        "exit_code": ended[1],
        "rules": [_rule(verdict, filters) for verdict, filters in judged],
    }


def _rule(verdict: "Verdict", filters: Filters) -> Json:
    rule, reading, period = verdict.rule, verdict.reading, filters.period
    return {
        "name": rule.name,
        "figure": rule.figure.key,
        "unit": rule.figure.unit,
        "state": verdict.state,
        "value": reading.value,
        "previous": reading.previous,
        "change": reading.change,
        "n": reading.n,
        "limit": None if verdict.broken is None else str(verdict.broken),
        "reason": reason_of(verdict) or None,
        "start": None if period.start is None else period.start.isoformat(),
        "end": None if period.end is None else period.end.isoformat(),
        "filters": {
            "company": rule.asked.company,
            "department": rule.asked.department,
            "user": rule.asked.user,
            "twin": rule.asked.twin,
            "platform": rule.asked.platform,
            "shared": rule.asked.shared,
            "compare": rule.asked.compare,
        },
    }


def _narrowed(verdict: "Verdict") -> Iterable[str]:
    asked = verdict.rule.asked
    named = (asked.company, asked.department, asked.user, asked.twin, asked.platform)
    yield from (name or "(none)" for name in named if name is not None)
    if asked.shared is not None:
        yield "shared" if asked.shared else "own"
