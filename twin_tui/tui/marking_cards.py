"""What the rules in force say of the figures on the cards."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from twin_tui.analytics.answers import Figure
from twin_tui.analytics.asked import meant
from twin_tui.analytics.errors import AnalyticsError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.windows import window

if TYPE_CHECKING:
    from twin_tui.analytics.service import AnalyticsService
    from twin_tui.rules.rule import Rule, State


def states_of(
    path: Path, service: "AnalyticsService", filters: Filters, figures: tuple[Figure, ...]
) -> "Mapping[str, State]":
    """Return, by figure, the gravest that any rule says of it; called in a thread.

    A rule speaks where its period and filters are those looked at; without a period, of whatever period is.
    A file that is not there, or cannot be used, says nothing here: ``twin-tui check`` tells what is wrong.
    """
    if not path.is_file():
        return {}
    from twin_tui.rules.errors import RulesError  # noqa: PLC0415 - few have rules
    from twin_tui.rules.readings import BY_KEY, is_there, of_figure  # noqa: PLC0415
    from twin_tui.rules.rule import gravest, judge  # noqa: PLC0415

    try:
        rules = _rules(path, path.stat().st_mtime_ns)
    except (RulesError, OSError):
        return {}
    shown = {figure.key: figure for figure in figures if figure.key in BY_KEY}
    verdicts: dict[str, list[State]] = {}
    days = window(filters.period, service.now(), service.timezone)
    try:
        has_data = is_there(days, service.status())
    except AnalyticsError:
        return {}
    for rule in rules:
        figure = shown.get(rule.figure.key)
        if figure is not None and _is_about(rule, service, filters):
            verdict = judge(rule, of_figure(figure, is_there=has_data))
            verdicts.setdefault(figure.key, []).append(verdict.state)
    return {key: gravest(states) for key, states in verdicts.items()}


@lru_cache(maxsize=4)
def _rules(path: Path, changed: int) -> "tuple[Rule, ...]":  # noqa: ARG001 - read anew once it is changed
    from twin_tui.rules.file import read_rules  # noqa: PLC0415

    return read_rules(path)


def _is_about(rule: "Rule", service: "AnalyticsService", filters: Filters) -> bool:
    try:
        wanted = meant(service, rule.asked, "30d")
    except AnalyticsError:
        return False
    period = filters.period if rule.asked.period is None else replace(wanted.period, preset=None)
    looked_at = replace(filters.period, preset=None)
    if rule.asked.period is not None and period != looked_at:
        return False
    return replace(wanted, period=looked_at) == replace(filters, period=looked_at)
