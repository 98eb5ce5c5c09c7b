"""The engagement tab as a question to the three programs."""

from collections.abc import Callable, Iterator
from typing import Any

from bench.duck_engagement import DuckEngagement
from bench.questions import DUCK, PLAIN, PRODUCT, Programs, Question
from bench.world import NOW
from twin_tui.analytics.answers import Engagement
from twin_tui.analytics.filters import Filters, Period

DAYS = 30


def engagements(programs: Programs) -> Iterator[Question]:
    """Yield the engagement of 30 days."""
    asked = Filters(Period.parse(f"{DAYS}d", NOW.date()))
    services = {PRODUCT: programs.product, PLAIN: programs.plain}
    ask: dict[str, Callable[[], Any]] = {
        name: lambda service=service: service.engagement(asked) for name, service in services.items()
    }
    ways: dict[str, Callable[[], Any]] = {
        name: lambda way=way: engagement_values(way()) for name, way in ask.items()
    }
    if programs.duck is not None:
        compared = programs.product.engagement(asked).previous_window is not None
        ways[DUCK] = ask[DUCK] = lambda: DuckEngagement(
            programs.duck, NOW.replace(tzinfo=None), DAYS, is_compared=compared
        ).values()
    yield Question(f"engagement_{DAYS}", f"engagement, {DAYS} days", ("tab",), ways, ask)


def engagement_values(found: Engagement) -> dict[str, Any]:
    """Return everything the tab shows, by name."""
    values: dict[str, Any] = {}
    for figure in found.figures:
        values[figure.key] = (figure.value, figure.previous)
        values[f"{figure.key}.series"] = figure.series
        for label, value, _ in figure.parts:
            values[f"{figure.key}.{label}"] = value
    for spread in found.distributions:
        values[f"spread.{spread.key}"] = tuple(each.count for each in spread.buckets)
    values["funnel"] = tuple(step.people for step in found.funnel)
    values["concentration"] = tuple((top.people, top.conversations) for top in found.concentration)
    values["busiest"] = tuple((busy.person.id, busy.conversations) for busy in found.busiest)
    pairs = tuple((pair.person.id, pair.twin.id, pair.conversations) for pair in found.pairs.rows)
    values["pairs"] = (found.pairs.total, found.pairs.people, found.pairs.twins, pairs)
    topics = tuple((topic.name, topic.count) for topic in found.topics.rows)
    values["topics"] = (found.topics.total, topics)
    for name in ("message_types", "platforms", "document_types", "query_types"):
        values[name] = tuple(sorted((share.name, share.count) for share in getattr(found, name)))
    values["hours"] = found.hourly.counts
    return values
