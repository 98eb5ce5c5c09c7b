"""Filters become joins and conditions on the six tables, here and nowhere else.

Every select starts from a `Scope`, so no figure can forget a filter. Children are joined to their session by
``session_id`` alone, and rows without a session are in no figure.
"""

from dataclasses import replace
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from peewee import ModelSelect, Value, fn

from twin_tui.analytics.answers import Window
from twin_tui.analytics.filters import Filters
from twin_tui.data.dialect import Dialect
from twin_tui.data.models import Document, Message, Query, Row, Session, Twin, User
from twin_tui.data.source import Source


class Scope:
    """One set of filters over one database; the period's instants are added by `within`."""

    def __init__(self, source: Source, filters: Filters) -> None:
        self.source = source
        self.filters = filters

    @property
    def of_people(self) -> "Scope":
        """The same with company and department only: what adoption obeys."""
        return Scope(self.source, Filters(company=self.filters.company, department=self.filters.department))

    @property
    def of_rest(self) -> "Scope":
        """The same without company and department."""
        return Scope(self.source, replace(self.filters, company=None, department=None))

    def sessions(self, *columns: Any) -> "ModelSelect[Any]":
        """Select from the sessions let through."""
        return self._narrowed(Session.select(*columns))

    def messages(self, *columns: Any) -> "ModelSelect[Any]":
        """Select from the messages of the sessions let through, joined to them."""
        return self._children(Message, columns)

    def documents(self, *columns: Any) -> "ModelSelect[Any]":
        """Select from the documents of the sessions let through, joined to them."""
        return self._children(Document, columns)

    def queries(self, *columns: Any) -> "ModelSelect[Any]":
        """Select from the queries of the sessions let through, joined to them."""
        return self._children(Query, columns)

    def users(self, *columns: Any) -> "ModelSelect[Any]":
        """Select from users; twin, platform and shared do not apply to them."""
        conditions = self._people()
        if self.filters.user is not None:
            conditions.append(self.column(User.id) == self.filters.user)
        return _where(User.select(*columns), conditions)

    def twins(self, *columns: Any) -> "ModelSelect[Any]":
        """Select from twins by their owner; twin, platform and shared do not apply to them."""
        conditions = self._people()
        select = Twin.select(*columns)
        if conditions:
            select = select.join(User, on=(Twin.user == User.id))
        if self.filters.user is not None:
            conditions.append(self.column(Twin.user) == self.filters.user)
        return _where(select, conditions)

    def column(self, field: Any, of: Any = None) -> Any:
        """Return the expression of a column, as the database at hand stores it."""
        return self.source.column(field, of)

    def within(self, field: Any, start: datetime | None, end: datetime) -> Any:
        """Return the condition ``start <= field < end``; no start lets everything earlier through."""
        column, dialect = self.source.column(field), self.source.dialect
        before = column < bound(dialect, end)
        return before if start is None else (column >= bound(dialect, start)) & before

    def in_window(self, field: Any, window: Window) -> Any:
        """Return the condition that a time column lies in ``window``."""
        return self.within(field, window.start, window.end)

    def is_shared(self) -> Any:
        """Return the condition that a session is shared use; an unknown flag is not."""
        return fn.COALESCE(self.column(Session.is_shared_twin), Value(False))

    def session_conditions(self) -> Any | None:
        """Return what user, twin, platform and shared ask of a session; ``None`` when nothing."""
        filters, asked = self.filters, []
        if filters.user is not None:
            asked.append(self.column(Session.user) == filters.user)
        if filters.twin is not None:
            asked.append(self.column(Session.twin) == filters.twin)
        if filters.platform is not None:
            asked.append(self._same(Session.platform, filters.platform))
        if filters.shared is not None:
            asked.append(self.is_shared() == Value(filters.shared))
        return reduce(and_, asked) if asked else None

    def person_conditions(self, of: Any = None) -> Any | None:
        """Return what company and department ask of a person (an alias of `User`); ``None`` when nothing."""
        asked = self._people(of)
        return reduce(and_, asked) if asked else None

    def _people(self, of: Any = None) -> list[Any]:
        asked = ((User.company, self.filters.company), (User.department, self.filters.department))
        return [self._same(field, text, of) for field, text in asked if text is not None]

    def _same(self, field: Any, text: str, of: Any = None) -> Any:
        stored = fn.COALESCE(self.column(field, of), "")
        if not text:
            return stored == ""
        return self.source.dialect.casefold(stored) == text.casefold()

    def _children(self, model: type[Row], columns: tuple[Any, ...]) -> "ModelSelect[Any]":
        select = model.select(*columns)
        return self._narrowed(select.join(Session, on=(getattr(model, "session") == Session.id)))  # noqa: B009

    def _narrowed(self, select: "ModelSelect[Any]") -> "ModelSelect[Any]":
        conditions = self._people()
        if conditions:
            select = select.switch(Session).join(User, on=(Session.user == User.id))
        own = self.session_conditions()
        return _where(select, conditions if own is None else [*conditions, own])


def bound(dialect: Dialect, when: datetime) -> Value:
    """Return an aware instant as the parameter that time columns and expressions are compared with."""
    return Value(dialect.instant(when), converter=False)


def _where(select: "ModelSelect[Any]", conditions: list[Any]) -> "ModelSelect[Any]":
    return select.where(reduce(and_, conditions)) if conditions else select
