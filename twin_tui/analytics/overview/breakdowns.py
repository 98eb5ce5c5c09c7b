"""How the rows of a window divide: messages, documents and queries by type, sessions by platform."""

from collections import Counter

from peewee import SQL, fn

from twin_tui.analytics.answers import Share
from twin_tui.analytics.context import Context
from twin_tui.analytics.facts import Facts
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.order import ratio
from twin_tui.analytics.scope import Scope
from twin_tui.data.models import Session


def message_types(facts: Facts) -> tuple[Share, ...]:
    """Return messages by type; one of type ``document,query`` counts in both, so shares may exceed one."""
    stored = facts.types(lambda day: day.types, facts.frame.current)
    types: Counter[str] = Counter()
    for text, count in stored.items():
        for name in names_in(text):
            types[name] += count
    return _shares(types, stored.total())


def names_in(text: str) -> set[str]:
    """Return the types that a stored one stands for, "" for none.

    >>> sorted(names_in("document, query")), names_in("")
    (['document', 'query'], {''})
    """
    return {part.strip() for part in text.split(",")} - {""} or {""}


def document_types(facts: Facts) -> tuple[Share, ...]:
    """Return documents by type."""
    types = facts.types(lambda day: day.documents, facts.frame.current)
    return _shares(types, types.total())


def query_types(facts: Facts) -> tuple[Share, ...]:
    """Return queries by type."""
    types = facts.types(lambda day: day.queries, facts.frame.current)
    return _shares(types, types.total())


def platforms(counts: Counter[str]) -> tuple[Share, ...]:
    """Return sessions started by platform."""
    return _shares(counts, counts.total())


def platform_counts(context: Context, scope: Scope, frame: Frame) -> Counter[str]:
    """Read the sessions started in the frame's window by platform, "" for none."""
    name = fn.COALESCE(scope.column(Session.platform), "").alias("on_platform")
    select = scope.sessions(name, fn.COUNT(SQL("*"))).where(scope.in_window(Session.started_at, frame.window))
    return Counter(dict(context.rows(select.group_by(SQL("on_platform")))))


def _shares(counts: Counter[str], whole: int) -> tuple[Share, ...]:
    """Return the bars, longest first, equal ones by name."""
    ordered = sorted(counts.items(), key=lambda bar: (-bar[1], bar[0]))
    return tuple(Share(name, count, ratio(count, whole)) for name, count in ordered if count)
