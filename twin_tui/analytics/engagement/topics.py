"""What conversations are about: those started in a window, by topic."""

from collections import Counter
from hashlib import blake2b
from typing import Any

from peewee import SQL, Select, fn

from twin_tui.analytics.answers import Topic, Topics, Window
from twin_tui.analytics.columns import brief, words
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.doings import days_of, is_kept, topics_of
from twin_tui.analytics.derived.doings import topics as kept
from twin_tui.analytics.derived.selection import selection
from twin_tui.analytics.fact_reading import Ground
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.order import ratio
from twin_tui.data.models import Session

TOPICS = 12
"""Topics that travel."""


def topics(context: Context, filters: Filters, on: Ground) -> Topics:
    """Return the topics with most conversations, none among them; one or two statements."""
    if on.layer is None:
        counts = _counts(context, filters, on.frame.window)
    elif is_kept(on.layer, chosen := selection(on.layer, filters)):
        counts = kept(on.layer, days_of(on.frame))
    else:
        counts = topics_of(on.layer, chosen, on.frame.window)
    first = sorted(counts.items(), key=lambda topic: (-topic[1], topic[0]))[:TOPICS]
    whole = counts.total()
    rows = (Topic(_key(topic), topic, count, ratio(count, whole)) for topic, count in first)
    return Topics(len(counts), counts.get("", 0), tuple(rows))


def topic_of(context: Context, filters: Filters, window: Window, key: str) -> str | None:
    """Return the topic of a key, ``None`` where no conversation of the window has it."""
    return next((topic for topic in _counts(context, filters, window) if _key(topic) == key), None)


def stored(context: Context) -> Any:
    """Return the expression of a session's topic, "" for none."""
    return fn.COALESCE(brief(context.source.column(Session.topic)), "")


def _counts(context: Context, filters: Filters, window: Window) -> Counter[str]:
    scope, topic = context.scope(filters), context.source.column(Session.topic)
    grouped = scope.sessions(topic.alias("of_topic"), fn.COUNT(SQL("*")).alias("begun"))
    grouped = grouped.where(scope.in_window(Session.started_at, window)).group_by(topic).alias("grouped")
    rows = context.rows(Select([grouped], [brief(grouped.c.of_topic), grouped.c.begun]))
    counts: Counter[str] = Counter()
    for name, count in rows:
        counts[words(name)] += count
    return counts


def _key(topic: str) -> str:
    return blake2b(topic.encode("utf-8", "replace"), digest_size=12).hexdigest()
