"""Find in a conversation: where a text occurs, and how often, counted inside the database."""

from functools import reduce
from operator import or_
from typing import Any

from peewee import fn

from twin_tui.analytics.answers import EntryIndex, Match
from twin_tui.analytics.columns import is_storable, is_visible, words
from twin_tui.analytics.context import Context
from twin_tui.analytics.conversation.index import kept_index
from twin_tui.data.models import Document, Message, Query

_SEARCHED: tuple[tuple[str, Any, tuple[Any, ...]], ...] = (
    ("message", Message, (Message.content,)),
    ("document", Document, (Document.title, Document.content)),
    ("query", Query, (Query.query_text,)),
)
"""Kind, table and the columns that are searched."""


def find_in_conversation(context: Context, session_id: str, text: str) -> tuple[Match, ...]:
    """Return the entries that hold ``text``, any case, in index order, with their occurrences.

    Occurrences do not overlap. Positions are those of the `conversation` last asked for. Three statements.
    """
    wanted = text.casefold()
    if not wanted or not is_storable(wanted) or not is_storable(session_id):
        return ()
    counts: dict[tuple[str, str], int] = {}
    for kind, model, fields in _SEARCHED:
        for key, *found in context.rows(_holding(context, session_id, model, fields, wanted)):
            counts[kind, words(key)] = max(1, sum(int(count or 0) for count in found))
    index = kept_index(context, session_id) if counts else EntryIndex()
    places = (counts.get(entry) for entry in zip(index.kinds(), index.ids(), strict=True))
    return tuple(Match(at, count) for at, count in enumerate(places) if count is not None)


def _holding(context: Context, session_id: str, model: Any, fields: tuple[Any, ...], wanted: str) -> Any:
    """Select id and occurrences per column; only counts leave the database."""
    source = context.source
    column, dialect = source.column, source.dialect
    of_session = (column(model.session) == session_id) & is_visible(context, model.created_at)
    holds = reduce(or_, (dialect.contains(column(field), wanted) for field in fields))
    counts = []
    for field in fields:
        folded = fn.COALESCE(dialect.casefold(column(field)), "")
        left = fn.LENGTH(fn.REPLACE(folded, wanted, ""))
        counts.append((fn.LENGTH(folded) - left) / len(wanted))
    return model.select(column(model.id), *counts).where(of_session & holds)
