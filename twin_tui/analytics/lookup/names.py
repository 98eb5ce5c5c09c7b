"""From what a person types to the one row that is meant: sessions, users, twins."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from peewee import JOIN, Value

from twin_tui.analytics.answers import Person
from twin_tui.analytics.columns import brief, is_storable, is_visible, words
from twin_tui.analytics.context import Context
from twin_tui.analytics.errors import AmbiguousError, NotFoundError
from twin_tui.data.models import Twin, User
from twin_tui.text.safe_text import safe_line

MOST_CANDIDATES = 10
"""Candidates that an `AmbiguousError` names."""
MOST_SIMILAR = 3
"""Similar names that a `NotFoundError` offers."""

_LINE = 120


@dataclass(frozen=True, slots=True)
class _Asked:
    """What kind of row is meant and how it is named."""

    noun: str
    ways: str
    select: Any
    """Starts with ``columns``."""
    columns: tuple[Any, ...]
    """What a row may be named by, first the one that counts most, last its id."""
    line: Callable[[tuple[Any, ...]], str]
    """A row as a candidate's line."""


def find_user(context: Context, text: str) -> str:
    """Return the id of the user with that e-mail, else name, else id, in any case; at most two statements.

    ``""`` is "(none)" and stays so. Raises `NotFoundError`, naming similar users, and `AmbiguousError`.
    """
    if not text:
        return ""
    column = context.source.column
    columns = (column(User.email), column(User.full_name), column(User.id))
    select = User.select(*columns).where(is_visible(context, User.created_at))
    return _one(context, text, _Asked("user", "e-mail, name or id", select, columns, _user_line))


def find_twin(context: Context, text: str) -> str:
    """Return the id of the twin with that name, else id, in any case; at most two statements.

    ``""`` is "(none)" and stays so. Raises `NotFoundError`, naming similar twins, and `AmbiguousError`.
    """
    if not text:
        return ""
    column = context.source.column
    columns = (column(Twin.name), column(Twin.id))
    owner = (brief(column(User.full_name)), brief(column(User.email)))
    select = Twin.select(*columns, *owner).join(User, JOIN.LEFT_OUTER, on=(Twin.user == User.id))
    select = select.where(is_visible(context, Twin.created_at))
    return _one(context, text, _Asked("twin", "name or id", select, columns, _twin_line))


def person_of(context: Context, user_id: str) -> Person:
    """Return the person with exactly that id; raises `NotFoundError`."""
    column = context.source.column
    columns = (column(User.id), brief(column(User.full_name)), brief(column(User.email)))
    asked = User.select(*columns).where((column(User.id) == user_id) & is_visible(context, User.created_at))
    rows = context.rows(asked) if is_storable(user_id) else []
    if not rows:
        raise NotFoundError(f"There is no user {safe_line(user_id, 60)!r}.")
    return Person(*map(words, rows[0]))


def candidates(lines: Iterable[str]) -> tuple[str, ...]:
    """Return up to ten lines that are safe to draw, the same ones in the same order every time."""
    return tuple(safe_line(line, _LINE) for line in sorted(lines)[:MOST_CANDIDATES])


def _one(context: Context, text: str, asked: _Asked) -> str:
    """Return the id of the only row that ``text`` names, by the first column in which any row is so named."""
    wanted = text.strip()
    folded = wanted.casefold()
    rows: list[tuple[Any, ...]] = []
    if folded and is_storable(wanted):
        fold = context.source.dialect.casefold
        named = reduce(or_, (fold(column) == Value(folded) for column in asked.columns))
        rows = context.rows(asked.select.where(named))
    id_at = len(asked.columns) - 1
    for at in range(len(asked.columns)):
        found = [row for row in rows if words(row[at]).casefold() == folded]
        if at == id_at:
            found = [row for row in found if words(row[at]) == wanted] or found
        if len(found) > 1:
            raise AmbiguousError(
                f"{len(found)} {asked.noun}s answer to {safe_line(wanted, 60)!r}: say which by its id.",
                candidates(map(asked.line, found)),
            )
        if found:
            return words(found[0][id_at])
    raise NotFoundError(
        f"There is no {asked.noun} with the {asked.ways} {safe_line(wanted, 60)!r}."
        f"{_similar(context, wanted, asked)}"
    )


def _similar(context: Context, wanted: str, asked: _Asked) -> str:
    if not wanted or not is_storable(wanted):
        return ""
    dialect = context.source.dialect
    holds = reduce(or_, (dialect.contains(column, wanted) for column in asked.columns))
    order = map(dialect.ordered_text, asked.columns[-1:] if context.hides_names else asked.columns)
    rows = context.rows(asked.select.where(holds).order_by(*order).limit(MOST_SIMILAR))
    return f" Similar: {'; '.join(safe_line(asked.line(row), _LINE) for row in rows)}." if rows else ""


def _user_line(row: tuple[Any, ...]) -> str:
    email, name, key = map(words, row)
    return f"{name} <{email}> ({key})"


def _twin_line(row: tuple[Any, ...]) -> str:
    name, key, owner, email = map(words, row)
    return f"{name} of {owner or email or 'nobody'} ({key})"
