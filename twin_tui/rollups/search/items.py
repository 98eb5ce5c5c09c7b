"""Rows as items of the search index: their words, their instant, their tags."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, Value

from twin_tui.data.dialect import expression
from twin_tui.data.models import Document, Message, Query, Session, Twin, User
from twin_tui.data.source import Source
from twin_tui.rollups.search.tables import DOCUMENT, KIND_MODELS, MESSAGE, QUERY, SESSION, TWIN, USER
from twin_tui.rollups.search.tags import tag_words
from twin_tui.text.search_words import LONGEST, search_words

Key = int | str
"""What the index calls a row by: its number on SQLite, its id on PostgreSQL."""

FIELDS: dict[int, tuple[Any, ...]] = {
    MESSAGE: (Message.content,),
    DOCUMENT: (Document.title, Document.content),
    QUERY: (Query.query_text,),
    SESSION: (Session.title, Session.topic),
    USER: (User.full_name, User.email),
    TWIN: (Twin.name,),
}
"""The columns that are searched, by kind."""
DATED: dict[int, Any] = {
    MESSAGE: Message.created_at,
    DOCUMENT: Document.created_at,
    QUERY: Query.created_at,
    SESSION: Session.started_at,
}
"""The column that dates an item; people and twins have none here."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row to be found."""

    kind: int
    key: Key
    session_id: str
    """Of a message, document, query; the id itself of a session; "" of others."""
    at_us: int | None
    text: str
    tags: tuple[str, ...]


def joined(parts: Iterable[Any]) -> str:
    r"""Return the stored parts of an item as the one text that is searched.

    >>> joined(["Plan", None, b"caf\xc3\xa9"])
    'Plan\ncafé'
    """
    return "\n".join(part if type(part) is str else _text(part) for part in parts if part is not None)


def words_of(item: Item) -> str:
    """Return an item's words and tags with blanks between, for a tokenizer that knows ASCII only."""
    text = item.text
    if not text.isascii() or max(map(len, text.split()), default=0) > LONGEST:
        text = " ".join(search_words(text))
    return f"{text} {' '.join(item.tags)}"


def key_of(source: Source, model: Any) -> Any:
    """Return the expression of what the index calls a row by."""
    return source.dialect.insertion_order(model) if source.is_sqlite else source.column(model.id)


def is_one_of(source: Source, column: Any, values: Sequence[Key]) -> Any:
    """Return the condition that a column is one of many values, which cost one parameter."""
    if source.is_sqlite:
        given = Value(json.dumps(values), converter=False)
        return expression("{0} IN (SELECT value FROM json_each({1}))", column, given)
    return expression("{0} = ANY({1})", column, Value(list(values), converter=False, unpack=False))


def read_items(
    source: Source, kind: int, condition: Any, limit: int | None = None
) -> tuple[list[Item], list[Key]]:
    """Return the items of the rows that answer to ``condition``, by key, and the keys of all rows read.

    Rows of sessions that are not there, and rows without a time, are no items: they are in no figure either.
    Raises `DatabaseError`.
    """
    model: Any = KIND_MODELS[kind]
    column, key = source.column, key_of(source, model)
    dated = DATED.get(kind)
    owner = {SESSION: Session.id, TWIN: Twin.user, USER: User.id}.get(kind)
    parent = column(model.session if owner is None else owner)
    at = source.dialect.null("count") if dated is None else source.dialect.micros(column(dated))
    texts = [column(field) for field in FIELDS[kind]]
    select = model.select(key, parent, at, *texts).where(condition).order_by(key)
    rows = source.rows(select if limit is None else select.limit(limit))
    keys = [row[0] if source.is_sqlite else str(row[0]) for row in rows]
    parents = sorted({_text(row[1]) for row in rows if row[1] is not None})
    tags = _person_tags(source, parents) if kind in (USER, TWIN) else _session_tags(source, parents)
    items = []
    for key_found, (_, parent_id, at_us, *parts) in zip(keys, rows, strict=True):
        name = parent_id if type(parent_id) is str else _text(parent_id)
        if (name not in tags and kind != TWIN) or (dated is not None and at_us is None):
            continue
        items.append(
            Item(
                kind,
                key_found,
                "" if kind in (USER, TWIN) else name,
                at_us,
                joined(parts),
                tags.get(name) or tag_words(None, name, None),
            )
        )
    return items, keys


def _session_tags(source: Source, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    column = source.column
    select = (
        Session.select(
            column(Session.id),
            column(Session.user),
            column(Session.twin),
            column(User.id),
            column(User.company),
        )
        .join(User, JOIN.LEFT_OUTER, on=(Session.user == User.id))
        .where(is_one_of(source, column(Session.id), ids))
    )
    return {
        _text(key): tag_words(None if there is None else _text(company), _text(user), _text(twin))
        for key, user, twin, there, company in (source.rows(select) if ids else ())
    }


def _person_tags(source: Source, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    column = source.column
    select = User.select(column(User.id), column(User.company)).where(is_one_of(source, column(User.id), ids))
    return {
        _text(key): tag_words(_text(company), _text(key), None)
        for key, company in (source.rows(select) if ids else ())
    }


def _text(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return "" if value is None else str(value)
