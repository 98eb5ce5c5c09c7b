"""The feed's search: part of a name, e-mail, title, topic or session id, in any case."""

from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL

from twin_tui.analytics.columns import is_storable
from twin_tui.data.database import Source
from twin_tui.data.models import Document, Session, User


def sought(source: Source, search: str, *, in_documents: bool) -> Any:
    """Return the condition on sessions, or on documents joined to them; ``None`` when nothing is sought.

    A document is found by its own title too. Blanks around the words do not count.
    """
    text = search.strip()
    if not text:
        return None
    if not is_storable(text):
        return SQL("1 = 0")
    persons = User.select(User.id).where(_any(source, (User.full_name, User.email), text))
    titled = (Document.title,) if in_documents else ()
    return Session.user.in_(persons) | _any(source, (*titled, Session.title, Session.topic, Session.id), text)


def _any(source: Source, fields: tuple[Any, ...], text: str) -> Any:
    return reduce(or_, (source.dialect.contains(source.column(field), text) for field in fields))
