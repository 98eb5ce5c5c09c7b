"""Columns cut to what one line shows, the people of a session, and what counts as visible."""

from collections.abc import Sequence
from typing import Any

from peewee import JOIN, fn

from twin_tui.analytics.answers import Person, TwinRef
from twin_tui.analytics.context import Context
from twin_tui.data.database import Source
from twin_tui.data.models import Session, Twin, User
from twin_tui.rollups.base_rows import LINE_LIMIT

_OWNER = User.alias("owner")


def brief(column: Any) -> Any:
    """Return the expression of a text's first `LINE_LIMIT` characters."""
    return fn.SUBSTR(column, 1, LINE_LIMIT)


def words(value: Any) -> str:
    r"""Return a selected text, whatever another system stored in its place; NULL is empty.

    >>> words(None), words("Ada"), words(7), words(b"caf\xc3\xa9")
    ('', 'Ada', '7', 'café')
    """
    if type(value) is str:
        return value
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return "" if value is None else str(value)


def words_or_none(value: Any) -> str | None:
    """Return a selected text, `None` for NULL."""
    return None if value is None else words(value)


def whole(value: Any) -> int | None:
    """Return a selected whole number, `None` for NULL and for what is no number.

    >>> whole(None), whole(3), whole("12"), whole("many")
    (None, 3, 12, None)
    """
    try:
        return None if value is None else int(value)
    except (TypeError, ValueError, OverflowError):
        return None


def is_storable(text: str) -> bool:
    r"""Return whether a database can hold ``text``: what it cannot hold is found nowhere.

    >>> is_storable("plain"), is_storable("a\0b"), is_storable("\ud800")
    (True, False, False)
    """
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def is_visible(context: Context, field: Any, now: Any = None) -> Any:
    """Return the condition that a row is not of the future; rows without a time are visible by name.

    ``now`` is a node for the instant, where a statement is built for another time than this.
    """
    column = context.source.column(field)
    return column.is_null() | (column < (context.source.dialect.instant(context.now) if now is None else now))


def people_columns(source: Source) -> tuple[Any, ...]:
    """Return the columns that `people` reads, for a select made with `with_people`."""
    return (
        source.column(Session.user),
        brief(source.column(User.full_name)),
        brief(source.column(User.email)),
        source.column(Session.twin),
        brief(source.column(Twin.name)),
        source.column(Twin.user),
        brief(source.column(User.full_name, _OWNER)),
        brief(source.column(User.email, _OWNER)),
    )


def with_people(select: Any) -> Any:
    """Return a select of sessions joined to user, twin and owner, also where one of them is missing."""
    return (
        select.join(User, JOIN.LEFT_OUTER, on=(Session.user == User.id))
        .switch(Session)
        .join(Twin, JOIN.LEFT_OUTER, on=(Session.twin == Twin.id))
        .join(_OWNER, JOIN.LEFT_OUTER, on=(Twin.user == _OWNER.id))
    )


def people(row: Sequence[Any]) -> tuple[Person, TwinRef]:
    """Return who and with which twin from the columns of `people_columns`."""
    user, name, email, twin, twin_name, owner, owner_name, owner_email = map(words, row)
    return Person(user, name, email), TwinRef(twin, twin_name, Person(owner, owner_name, owner_email))
