"""The texts of a conversation: a window of entries, and one entry's whole text."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from peewee import fn

from twin_tui.analytics.answers import TEXT_LIMIT, Entry, EntryIndex, EntryRef
from twin_tui.analytics.columns import (
    brief,
    is_storable,
    is_visible,
    whole,
    words,
    words_or_none,
)
from twin_tui.analytics.context import Context
from twin_tui.analytics.conversation.index import kept_index
from twin_tui.analytics.errors import NotFoundError
from twin_tui.data.models import Document, Message, Query
from twin_tui.text.safe_text import safe_line

_SECOND = timedelta(seconds=1)
_CHUNK = 500
"""Entries per statement."""

_MODELS: dict[str, tuple[Any, Any]] = {
    "message": (Message, Message.content),
    "document": (Document, Document.content),
    "query": (Query, Query.query_text),
}
"""The table of each kind of entry, and the column of its text."""

_SHOWN: dict[str, tuple[Any, ...]] = {
    "message": (None, Message.message_type, None, None),
    "document": (Document.title, Document.document_type, Document.word_count, None),
    "query": (None, Query.query_type, None, Query.results_count),
}
"""Title, type, word count and results count of each kind."""


def entries(context: Context, session_id: str, first: int, count: int) -> tuple[Entry, ...]:
    """Return up to ``count`` entries from position ``first`` of the index, texts cut at `TEXT_LIMIT`.

    Positions are those of the `conversation` last asked for; an entry deleted since then is empty. At most
    three statements per 500 entries.
    """
    index = kept_index(context, session_id) if is_storable(session_id) else EntryIndex()
    start = max(0, first)
    wanted = index[start : start + max(0, count)]
    shown: list[Entry] = []
    for at in range(0, len(wanted), _CHUNK):
        refs = wanted[at : at + _CHUNK]
        texts = dict(_texts(context, session_id, refs))
        shown += (_entry(ref, texts.get((ref.kind, ref.id))) for ref in refs)
    return tuple(shown)


def entry_text(context: Context, session_id: str, kind: str, entry_id: str) -> str:
    """Return the whole text of one entry, in one statement; raises `NotFoundError`."""
    rows = []
    if kind in _MODELS and is_storable(session_id) and is_storable(entry_id):
        model, text = _MODELS[kind]
        column = context.source.column
        wanted = (column(model.session) == session_id) & (column(model.id) == entry_id)
        rows = context.rows(model.select(column(text)).where(wanted & is_visible(context, model.created_at)))
    if not rows:
        asked, of_session = safe_line(entry_id, 60), safe_line(session_id, 60)
        raise NotFoundError(f"There is no {safe_line(kind, 20)} {asked!r} in session {of_session!r}.")
    return words(rows[0][0])


def _texts(
    context: Context, session_id: str, refs: Sequence[EntryRef]
) -> Iterator[tuple[tuple[str, str], tuple[Any, ...]]]:
    """Yield ((kind, id), text and what `_SHOWN` names) of those entries that are still there."""
    column, null = context.source.column, context.source.dialect.null("text")
    for kind, (model, text) in _MODELS.items():
        ids = [ref.id for ref in refs if ref.kind == kind]
        if not ids:
            continue
        shown = [null if field is None else column(field) for field in _SHOWN[kind]]
        title, type_, word_count, results = shown
        key, size = column(model.id), fn.LENGTH(column(text))
        columns = (
            fn.SUBSTR(column(text), 1, TEXT_LIMIT),
            size,
            brief(title),
            brief(type_),
            word_count,
            results,
        )
        wanted = (column(model.session) == session_id) & key.in_(ids) & _around(context, model, kind, refs)
        for found, *rest in context.rows(model.select(key, *columns).where(wanted)):
            yield (kind, words(found)), tuple(rest)


def _around(context: Context, model: Any, kind: str, refs: Sequence[EntryRef]) -> Any:
    """Return the condition on the time of entries: it spares reading all of a long session to find a few."""
    times = [ref.time for ref in refs if ref.kind == kind]
    known = [time for time in times if time is not None]
    if len(known) < len(times):
        return is_visible(context, model.created_at)
    sent, instant = context.source.column(model.created_at), context.source.dialect.instant
    end = min(max(known) + _SECOND, context.now)
    return (sent >= instant(min(known))) & (sent < instant(end))


def _entry(ref: EntryRef, row: tuple[Any, ...] | None) -> Entry:
    text, size, title, type_, word_count, results = row or ("", 0, None, None, None, None)
    size = whole(size) or 0
    return Entry(
        kind=ref.kind,
        id=ref.id,
        time=ref.time,
        sender=ref.sender,
        text=words(text),
        is_cut=size > TEXT_LIMIT,
        size=size,
        message_id=ref.message_id,
        message_type=words_or_none(type_) if ref.kind == "message" else None,
        title=words_or_none(title),
        type=None if ref.kind == "message" else words_or_none(type_),
        word_count=whole(word_count),
        results_count=whole(results),
    )
