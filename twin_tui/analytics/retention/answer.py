"""Retention, cohorts and lifecycle: who came back, who stopped, and who they are."""

from twin_tui.analytics import status
from twin_tui.analytics.answers import Lifecycle, Retention, RetentionCell
from twin_tui.analytics.compare import against, rivals_of
from twin_tui.analytics.context import Context
from twin_tui.analytics.fact_reading import ground, read_activity
from twin_tui.analytics.figures import compared_words, figures
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.retention.active import ACTIVITY, active_people
from twin_tui.analytics.retention.figures import Compared, returned_figures, state_figures
from twin_tui.analytics.retention.study import Study

FIGURES = ("dau", "wau", "mau", "dau_mau", "adoption", "new_users")
_UNFILTERED = ("twin", "platform", "shared")


def retention(context: Context, filters: Filters, *, is_unbounded: bool = False) -> Retention:
    """Return everything of a period; ``is_unbounded`` counts coming back on a later day, too."""
    on = ground(context, filters)
    frame, facts = on.frame, read_activity(context, filters, on)
    study = Study(context, filters, frame, is_unbounded=is_unbounded)
    cohort_start, cohort_end = study.cohort_days
    spans = [study.span, *study.steps]
    before = study.span_before
    states = study.lifecycles(spans if before is None else [*spans, before])
    compared = _compared(study, filters, None if before is None else states[-1])
    days = study.day_retention()
    return Retention(
        filters=filters,
        window=frame.window,
        previous_window=compared.window,
        timezone=context.zone.key,
        start=frame.start,
        end=frame.end,
        cohort_start=cohort_start,
        cohort_end=cohort_end,
        is_unbounded=is_unbounded,
        figures=against(figures(facts, filters, FIGURES), filters, rivals_of(context, filters, on, FIGURES)),
        series_days=frame.days,
        days=days,
        cohorts=tuple(study.cohorts()),
        lifecycle=states[0],
        steps=tuple(states[1 : len(spans)]),
        active_days=tuple(study.active_days()),
        returned=returned_figures(frame, days, compared, study.day_rates(), is_unbounded=is_unbounded),
        states=state_figures(frame, states[0], compared),
        status=status.status(context, on.held),
        unfiltered=tuple(name for name in _UNFILTERED if getattr(filters, name) is not None),
    )


def _compared(study: Study, filters: Filters, before: Lifecycle | None) -> Compared:
    """Return what coming back and the states are compared with; ``before``: the states of those days."""
    said, frame = compared_words(filters), study.frame
    if filters.other is not None:
        rival = Study(study.context, filters.other, frame, is_unbounded=study.is_unbounded)
        (states,) = rival.lifecycles([rival.span])
        return Compared(said, frame.window, rival.day_retention(), states, tuple(rival.day_rates()))
    if before is None or frame.previous_window is None:
        return Compared(said)
    days = study.day_retention((before.start, before.end))
    rates = () if filters.against is None else tuple(study.day_rates(frame.shift))
    return Compared(said, frame.previous_window, days, before, rates)


def people_behind(
    context: Context, filters: Filters, cell: RetentionCell, *, is_unbounded: bool
) -> list[str]:
    """Return the ids of the people that one number counts, in no order; raises `BadFilterError`."""
    frame = ground(context, filters).frame
    if cell.kind in ACTIVITY:
        return active_people(context, filters, frame, cell)
    study = Study(context, filters, frame, is_unbounded=is_unbounded)
    if cell.kind == "lifecycle" and cell.state == "never":
        return study.never(cell.start)
    return study.reader.ids(study.behind(cell))
