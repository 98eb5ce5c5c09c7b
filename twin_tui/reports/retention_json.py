"""Retention as JSON: rates are fractions, unknown is null, days are local."""

from twin_tui.analytics.answers import LIFECYCLE, Cohort, Lifecycle, Retained, Retention
from twin_tui.reports.about import About
from twin_tui.reports.json_form import Json, figure_json, frame, window_json

_FIGURES = ("dau", "wau", "mau", "dau_mau")


def retention_json(found: Retention, about: About) -> Json:
    """Return the whole answer under keys frozen by a test."""
    return {
        **frame(about),
        "window": window_json(found.window),
        "previous_window": window_json(found.previous_window),
        "unbounded": found.is_unbounded,
        "unfiltered": list(found.unfiltered),
        "cohort_days": {"start": found.cohort_start.isoformat(), "end": found.cohort_end.isoformat()},
        **{
            figure.key: {**_retained(each.retained), "previous": figure.previous, "change": figure.change}
            for each, figure in zip(found.days, found.returned, strict=True)
        },
        **{figure.key: figure_json(figure) for figure in found.figures if figure.key in _FIGURES},
        "series_days": [day.isoformat() for day in found.series_days],
        "cohorts": [_cohort(cohort) for cohort in found.cohorts],
        "states": {
            state: {"users": figure.value, "previous": figure.previous, "change": figure.change}
            for state, figure in zip(LIFECYCLE, found.states, strict=True)
        },
        "lifecycle": [_lifecycle(step) for step in (found.lifecycle, *found.steps)],
        "active_days": [{"days": each.days, "users": each.people} for each in found.active_days],
    }


def _retained(retained: Retained) -> Json:
    return {"retained": retained.retained, "eligible": retained.eligible, "rate": retained.rate}


def _cohort(cohort: Cohort) -> Json:
    weeks = [None if cell is None else _retained(cell) for cell in cohort.cells]
    return {"week": cohort.week.isoformat(), "size": cohort.size, "weeks": weeks}


def _lifecycle(step: Lifecycle) -> Json:
    return {
        "start": step.start.isoformat(),
        "end": step.end.isoformat(),
        "new": step.new,
        "returning": step.returning,
        "resurrected": step.resurrected,
        "dormant": step.dormant,
        "never": step.never,
        "complete": step.is_complete,
    }
