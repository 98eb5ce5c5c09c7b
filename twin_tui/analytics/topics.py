"""What conversations are about: those started in a window, by topic."""

from collections import Counter

from peewee import SQL, fn

from twin_tui.analytics.answers import Share, Topics
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.lookup_columns import brief, words
from twin_tui.analytics.order import ratio
from twin_tui.data.models import Session

TOPICS = 12
"""Topics that travel."""


def topics(context: Context, filters: Filters, frame: Frame) -> Topics:
    """Return the topics with most conversations, "" for none among them; one statement."""
    scope = context.scope(filters)
    name = fn.COALESCE(brief(scope.column(Session.topic)), "").alias("of_topic")
    select = scope.sessions(name, fn.COUNT(SQL("*"))).where(scope.in_window(Session.started_at, frame.window))
    counts: Counter[str] = Counter()
    for topic, count in context.rows(select.group_by(SQL("of_topic"))):
        counts[words(topic)] += count
    first = sorted(counts.items(), key=lambda topic: (-topic[1], topic[0]))[:TOPICS]
    whole = counts.total()
    return Topics(len(counts), tuple(Share(topic, count, ratio(count, whole)) for topic, count in first))
