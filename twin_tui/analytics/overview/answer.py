"""Everything the first tab shows, read in one transaction with a fixed number of statements."""

from twin_tui.analytics import status
from twin_tui.analytics.activity import page as activity
from twin_tui.analytics.answers import FigureSheet, Group, Measure, Overview
from twin_tui.analytics.compare import against, rivals_of
from twin_tui.analytics.context import Context
from twin_tui.analytics.fact_reading import ground, read_facts
from twin_tui.analytics.figures import figures
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.overview import breakdowns, leaderboard
from twin_tui.analytics.overview.features import features
from twin_tui.analytics.overview.hourly import hour_counts, hourly
from twin_tui.analytics.overview.series import day_rows

LEADERS = 100
"""Rows of the leaderboard that travel with it."""


def overview(context: Context, filters: Filters, group: Group, measure: Measure) -> Overview:
    """Return all figures, series and lists of a period."""
    on = ground(context, filters)
    frame, facts = on.frame, read_facts(context, filters, on)
    if on.layer is None:
        scope = context.scope(filters)
        hours = hour_counts(context, scope, frame)
        on_platforms = breakdowns.platform_counts(context, scope, frame)
    else:
        hours = facts.types(lambda day: day.hours, frame.current)
        on_platforms = facts.types(lambda day: day.platforms, frame.current)
    return Overview(
        filters=filters,
        window=frame.window,
        previous_window=frame.previous_window,
        timezone=context.zone.key,
        start=frame.start,
        end=frame.end,
        figures=against(figures(facts, filters), filters, rivals_of(context, filters, on)),
        days=day_rows(facts),
        features=features(facts),
        leaderboard=leaderboard.ranked(context, filters, frame, group, measure, limit=LEADERS),
        hourly=hourly(frame, hours),
        message_types=breakdowns.message_types(facts),
        platforms=breakdowns.platforms(on_platforms),
        latest=activity.latest(context, filters),
        status=status.status(context, on.held),
        document_types=breakdowns.document_types(facts),
        query_types=breakdowns.query_types(facts),
    )


def figure_sheet(context: Context, filters: Filters) -> FigureSheet:
    """Return every figure and the daily series of a period."""
    on = ground(context, filters)
    frame, facts = on.frame, read_facts(context, filters, on)
    return FigureSheet(
        filters=filters,
        window=frame.window,
        previous_window=frame.previous_window,
        timezone=context.zone.key,
        start=frame.start,
        end=frame.end,
        figures=against(figures(facts, filters), filters, rivals_of(context, filters, on)),
        days=day_rows(facts),
        status=status.status(context, on.held),
    )
