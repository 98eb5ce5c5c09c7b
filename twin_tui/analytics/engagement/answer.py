"""Engagement: how far people come, how much and how evenly they use twins, whose, and about what."""

from functools import cached_property

from twin_tui.analytics import status
from twin_tui.analytics.answers import BusyPerson, Engagement, EngagementCell, FunnelStep
from twin_tui.analytics.behind.people import people_of
from twin_tui.analytics.columns import words
from twin_tui.analytics.compare import against, rivals_of
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.selection import numbers
from twin_tui.analytics.engagement import funnel
from twin_tui.analytics.engagement.busiest import Counts
from twin_tui.analytics.engagement.distributions import distributions
from twin_tui.analytics.engagement.figures import (
    concentration_figure,
    funnel_figure,
    pairs_figure,
    topics_figure,
)
from twin_tui.analytics.engagement.sharing import pairs
from twin_tui.analytics.engagement.topics import topics
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.fact_reading import ground, read_numbered
from twin_tui.analytics.figures import figures
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.order import ratio
from twin_tui.analytics.overview import breakdowns
from twin_tui.analytics.overview.features import features
from twin_tui.analytics.overview.hourly import hour_counts, hourly
from twin_tui.analytics.overview.series import day_rows
from twin_tui.rollups import tables
from twin_tui.rollups.bitset import members

FIGURES = (
    "active_users",
    "conversations",
    "messages",
    "documents",
    "queries",
    "shared_conversations",
    "shared_share",
    "sessions_per_user",
    "power_users",
    "messages_per_conversation",
    "session_length_median",
    "reply_time_median",
)
"""The figures beside the lists, in their order."""
BUSIEST = 10
"""People that travel."""


def engagement(context: Context, filters: Filters) -> Engagement:
    """Return everything of a period, in a fixed number of statements."""
    study = _Study(context, filters)
    rivals = rivals_of(context, filters, study.on, FIGURES)
    facts, frame, counts = study.facts, study.frame, study.counts
    if study.layer is None:
        hours = hour_counts(context, context.scope(filters), frame)
        on_platforms = breakdowns.platform_counts(context, context.scope(filters), frame)
    else:
        hours = facts.types(lambda day: day.hours, frame.current)
        on_platforms = facts.types(lambda day: day.platforms, frame.current)
    window, shared = frame.window, facts.total("shared", frame.current)
    whole, steps, tops = counts.conversations, study.funnel(), counts.concentration()
    sharing, about = pairs(context, study.layer, filters, frame, shared), topics(context, filters, study.on)
    return Engagement(
        filters=filters,
        window=window,
        previous_window=frame.previous_window,
        timezone=context.zone.key,
        start=frame.start,
        end=frame.end,
        figures=against(figures(facts, filters, FIGURES), filters, rivals),
        days=day_rows(facts),
        features=features(facts),
        funnel=steps,
        distributions=distributions(facts, counts),
        concentration=tops,
        busiest=study.busiest(),
        pairs=sharing,
        topics=about,
        platforms=breakdowns.platforms(on_platforms),
        message_types=breakdowns.message_types(facts),
        document_types=breakdowns.document_types(facts),
        query_types=breakdowns.query_types(facts),
        hourly=hourly(frame, hours),
        studied=(
            funnel_figure(steps, window),
            concentration_figure(tops, whole, counts.people, window),
            pairs_figure(sharing, shared, window),
            topics_figure(about, whole, window),
        ),
        status=status.status(context, study.on.held),
    )


def people_behind(context: Context, filters: Filters, cell: EngagementCell) -> list[str]:
    """Return the ids of the people that one number counts, in no order; raises `BadFilterError`."""
    return _Study(context, filters).behind(cell)


class _Study:
    """What people did in one period."""

    def __init__(self, context: Context, filters: Filters) -> None:
        self.context, self.filters = context, filters
        self.on = ground(context, filters)
        self.frame, self.layer = self.on.frame, self.on.layer
        self.facts, self._numbers = read_numbered(context, filters, self.on)

    @cached_property
    def counts(self) -> Counts:
        """The conversations of each active person."""
        part = self.frame.current
        return Counts(self.facts.active(part), self.facts.begun(part))

    def ids(self, people: int) -> list[str]:
        """Return the ids of a set of people, in no order."""
        if self.layer is None:
            return [key for key, number in self._numbers.items() if people >> number & 1]
        found = tuple(members(people))
        rows = self.layer.run(f"SELECT user_id FROM {tables.PERSON} WHERE no {numbers(found)}")
        return [words(key) for (key,) in rows]

    def funnel(self) -> tuple[FunnelStep, ...]:
        """Return how far people came."""
        active = self.counts.active
        if self.layer is None:
            return funnel.counted(self.context, self.filters, self.frame, self.ids(active))
        return funnel.derived(self.layer, self.filters, self.frame, active)

    def busiest(self) -> tuple[BusyPerson, ...]:
        """Return those who started most conversations."""
        whole = self.counts.conversations
        first = self._first(BUSIEST)
        people = people_of(self.context, {key for key, _ in first})
        return tuple(BusyPerson(people[key], count, ratio(count, whole)) for key, count in first)

    def behind(self, cell: EngagementCell) -> list[str]:
        """Return the ids of the people that a number counts."""
        match cell.kind:
            case "active":
                return self.ids(self.counts.active)
            case "sessions_per_user" if cell.stop is None or cell.start < cell.stop:
                return self.ids(self.counts.between(cell.start, cell.stop))
            case "top" if 0 < cell.percent <= 100:
                return [key for key, _ in self._first(self.counts.top(cell.percent), is_any=True)]
            case "funnel" if cell.step is not None:
                return self._at_step(cell)
        raise BadFilterError(f"There is no such number of the kind {cell.kind!r}.")

    def _first(self, limit: int, *, is_any: bool = False) -> list[tuple[str, int]]:
        """Return so many of the busiest people with their conversations; equals in the order of their ids."""
        first: list[tuple[str, int]] = []
        for count, people in self.counts.levels:
            if len(first) >= limit or not (count or is_any):
                break
            first += [(key, count) for key in sorted(self.ids(people))]
        return first[:limit]

    def _at_step(self, cell: EngagementCell) -> list[str]:
        steps = funnel.people_by_step(self.context, self.filters, self.frame, self.ids(self.counts.active))
        keys = list(funnel.LABELS)
        place = keys.index(cell.step or "created")
        reached = steps[keys[place]]
        if cell.is_reached:
            return list(reached)
        return list(steps[keys[place - 1]] - reached) if place else []
