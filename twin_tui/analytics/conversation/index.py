"""A conversation's entries in reading order, without their texts.

Messages by time, then as they were inserted where the database knows it, else by id; those without a time
last. Each message is followed by its documents and queries, by time, then id. One whose message is not there
(an orphan) stands by its own time, after what is of the same instant.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from threading import Lock
from typing import Any, Literal
from weakref import WeakKeyDictionary

from peewee import SQL, fn

from twin_tui.analytics.answers import EntryIndex, EntryKind, EntryRef
from twin_tui.analytics.columns import is_visible, whole, words
from twin_tui.analytics.context import Context
from twin_tui.data.database import Source
from twin_tui.data.models import Document, Message, Query

_KEPT_INDEXES = 2
_NEVER = datetime.max.replace(tzinfo=UTC)

_kept: "WeakKeyDictionary[Source, OrderedDict[str, EntryIndex]]" = WeakKeyDictionary()
_lock = Lock()


def read_index(context: Context, session_id: str) -> EntryIndex:
    """Return the index of a session as it is now, and keep it for `kept_index`; three statements."""
    parts = _parts(context, session_id, "document", Document, Document.content)
    parts += _parts(context, session_id, "query", Query, Query.query_text)
    index = EntryIndex(_messages(context, session_id))
    if parts:
        index = EntryIndex(_in_order(index, parts))
    with _lock:
        kept = _kept.setdefault(context.source, OrderedDict())
        kept[session_id] = index
        kept.move_to_end(session_id)
        while len(kept) > _KEPT_INDEXES:
            kept.popitem(last=False)
    return index


def kept_index(context: Context, session_id: str) -> EntryIndex:
    """Return the index last read of a session, so that positions mean what the reader saw; else read it."""
    with _lock:
        kept = _kept.get(context.source)
        index = None if kept is None else kept.get(session_id)
    return read_index(context, session_id) if index is None else index


def sender_of(stored: Any) -> Literal["user", "twin"]:
    """Return who speaks: whoever is not the user is the twin."""
    return "user" if stored == "user" else "twin"


def _messages(context: Context, session_id: str) -> Iterator[EntryRef]:
    source = context.source
    sent, key = source.column(Message.created_at), source.column(Message.id)
    inserted = source.dialect.insertion_order(Message)
    order = source.dialect.ordered_text(key) if inserted is None else inserted
    select = (
        Message.select(key, sent, source.column(Message.sender_type), _size(source.column(Message.content)))
        .where((source.column(Message.session) == session_id) & is_visible(context, Message.created_at))
        .order_by(SQL("2"), order)
    )
    untimed: list[EntryRef] = []
    for message, moment, sender, size in chain.from_iterable(context.pieces(select)):
        time = source.dialect.parse_time(moment)
        ref = EntryRef("message", words(message), time, sender_of(sender), whole(size) or 0, None)
        if time is None:
            untimed.append(ref)
        else:
            yield ref
    yield from untimed


def _parts(context: Context, session_id: str, kind: EntryKind, model: Any, text: Any) -> list[EntryRef]:
    source = context.source
    results = source.column(Query.results_count) if model is Query else SQL("NULL")
    columns = (*map(source.column, (model.id, model.message, model.created_at)), results)
    select = model.select(*columns, _size(source.column(text))).where(
        (source.column(model.session) == session_id) & is_visible(context, model.created_at)
    )
    return [
        EntryRef(
            kind,
            words(part),
            source.dialect.parse_time(moment),
            None,
            whole(size) or 0,
            None if message is None else words(message),
            whole(found),
        )
        for part, message, moment, found, size in context.rows(select)
    ]


def _size(text: Any) -> Any:
    return fn.COALESCE(fn.LENGTH(text), 0)


def _in_order(messages: EntryIndex, parts: Sequence[EntryRef]) -> Iterator[EntryRef]:
    known = {part.message_id for part in parts}.intersection(messages.ids())
    of_message: defaultdict[str, list[EntryRef]] = defaultdict(list)
    orphans = []
    for part in sorted(parts, key=_part_order):
        if part.message_id is not None and part.message_id in known:
            of_message[part.message_id].append(part)
        else:
            orphans.append(replace(part, message_id=None))
    waiting = iter(orphans)
    orphan = next(waiting, None)
    for message in messages:
        while orphan is not None and (orphan.time or _NEVER) < (message.time or _NEVER):
            yield orphan
            orphan = next(waiting, None)
        yield message
        yield from of_message[message.id]
    if orphan is not None:
        yield orphan
        yield from waiting


def _part_order(part: EntryRef) -> tuple[datetime, str, str]:
    return (part.time or _NEVER, part.id, part.kind)
