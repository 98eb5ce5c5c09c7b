"""What people did with twins: one row per person, or per person and twin, from one scan of each table.

Every row also holds what is true whatever is filtered: the latest moment, and the twins owned. People and
twins that nothing was done by or with have a row of zeros.
"""

from functools import reduce
from operator import and_
from typing import Any, Literal

from peewee import CTE, SQL, Case, Select, Value, fn

from twin_tui.analytics.columns import is_visible
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.newest import Among
from twin_tui.analytics.derived.uses import uses
from twin_tui.analytics.filters import Filters
from twin_tui.data.models import Document, Message, Query, Session, Twin, User
from twin_tui.rollups.base_rows import Listed

PERSON, TWIN = "by_person", "of_twin"
"""The key columns."""
LATEST = "latest"
"""Last session start or message of a person; of people also the last login. Obeys no filter.

A time, or microseconds since 1970 where it comes from the derived tables.
"""
RECENT = "recent"
"""The same in the period, of what the filters let through."""
COUNTS = ("ever", "begun", "shared", "written", "told", "drafted", "searched", "owned")
"""Of what the filters let through: activity at any time; in the period sessions, shared ones, messages of
people, messages of anyone, documents, queries. Last the twins owned, whatever is filtered."""

Part = Literal["user", "twin", "owner"]


class Uses:
    """The activity of a set of sessions, counted by person or by person and twin."""

    def __init__(
        self,
        context: Context,
        filters: Filters,
        part: Part = "user",
        key: str | None = None,
        *,
        is_marked: bool = False,
        among: Among | None = None,
    ) -> None:
        """Look only at the sessions of one user, of one twin, or with the twins of one owner.

        No key looks at all of them; ``is_marked`` only at those marked as shared; ``among`` at those of some
        people or twins, where the derived tables tell. Company and department are left to whoever knows the
        people.
        """
        self._among = among
        self._context, self._part, self._key, self._is_marked = context, part, key, is_marked
        self._column = context.source.column
        self._scope = context.scope(filters)
        self._window = context.window(filters.period)
        self._every = context.scope(Filters())
        self._filters = filters
        layer = context.layer
        self._layer = layer if key is None and layer is not None and not layer.reaches_beyond_now else None

    def by_person(self) -> CTE:
        """Return one row per person, of everyone who has an account."""
        login = fn.MAX(self._visible_only(User.last_login_at))
        if self._layer is not None:
            login = self._context.source.dialect.micros(login)
        logins = self._branch(User.select, (User.id,), {LATEST: login})
        if self._key is not None:
            logins = logins.where(self._column(User.id) == self._key)
        if self._among is not None:
            logins = logins.where(self._is_among(User.id))
        return self._summed((Session.user,), (Twin.user,), [logins])

    def by_pair(self) -> CTE:
        """Return one row per person and twin; every twin has one with its owner."""
        return self._summed((Session.user, Session.twin), (Twin.user, Twin.id), [])

    def _summed(self, keys: tuple[Any, ...], owners: tuple[Any, ...], more: list[Any]) -> CTE:
        branches = [*self._done(keys), self._twins(owners), *more]
        union = reduce(lambda one, other: one.union_all(other), branches).alias("parts")
        names = (PERSON, TWIN)[: len(keys)]
        columns = [
            *(union.c[key] for key in names),
            *(fn.MAX(union.c[moment]).alias(moment) for moment in (LATEST, RECENT)),
            *(fn.SUM(union.c[count]).alias(count) for count in COUNTS),
        ]
        return Select([union], columns).group_by(*(union.c[key] for key in names)).cte("uses")

    def _done(self, keys: tuple[Any, ...]) -> list[Any]:
        """Return selects of what was done, from the derived tables where everyone is asked for."""
        if self._layer is None:
            return [self._sessions(keys), self._messages(keys), *self._made(keys)]
        moved = uses(
            self._context, self._layer, self._filters, is_by_pair=len(keys) > 1, among=self._among
        ).alias("done")
        unknown = self._context.source.dialect.null("time")
        columns = [
            *(moved.c[name] for name in (PERSON, TWIN)[: len(keys)]),
            moved.c[LATEST],
            unknown.alias(RECENT),
            *(moved.c[count] for count in COUNTS[:-1]),
            SQL("0").alias(COUNTS[-1]),
        ]
        return [Select([moved], columns)]

    def _sessions(self, keys: tuple[Any, ...]) -> Any:
        begun = self._column(Session.started_at)
        within = self._scope.in_window(Session.started_at, self._window)
        values = {
            LATEST: fn.MAX(begun),
            RECENT: fn.MAX(self._only(begun, within)),
            "ever": self._count(),
            "begun": self._count(within),
            "shared": self._count(within, self._every.is_shared()),
        }
        select = self._branch(self._every.sessions, keys, values)
        return self._seen(select, Session.started_at)

    def _messages(self, keys: tuple[Any, ...]) -> Any:
        by_person, sent = self._column(Message.sender_type) == "user", self._column(Message.created_at)
        within = self._scope.in_window(Message.created_at, self._window)
        values = {
            LATEST: fn.MAX(Case(None, [(by_person, sent)], None)),
            RECENT: fn.MAX(self._only(sent, within, by_person)),
            "ever": self._count(by_person),
            "written": self._count(within, by_person),
            "told": self._count(within),
        }
        return self._seen(self._branch(self._every.messages, keys, values), Message.created_at)

    def _made(self, keys: tuple[Any, ...]) -> list[Any]:
        made = (
            (self._every.documents, Document.created_at, "drafted"),
            (self._every.queries, Query.created_at, "searched"),
        )
        return [
            self._narrowed(self._branch(select, keys, {name: self._count()})).where(
                self._scope.in_window(time, self._window)
            )
            for select, time, name in made
        ]

    def _twins(self, keys: tuple[Any, ...]) -> Any:
        select = self._branch(Twin.select, keys, {"owned": fn.COUNT(SQL("*"))})
        select = select.where(is_visible(self._context, Twin.created_at))
        if self._among is not None:
            select = select.where(self._is_among(Twin.user if self._among.part == "user" else Twin.id))
        if self._key is None:
            return select
        return select.where(self._column(Twin.id if self._part == "twin" else Twin.user) == self._key)

    def _is_among(self, field: Any) -> Any:
        ids = () if self._among is None else self._among.ids
        return Listed(ids, is_sqlite=self._context.source.is_sqlite)(self._column(field))

    def _branch(self, select: Any, keys: tuple[Any, ...], values: dict[str, Any]) -> Any:
        names = (PERSON, TWIN)[: len(keys)]
        null = self._context.source.dialect.null
        unknown = {LATEST: null("time" if self._layer is None else "count"), RECENT: null("time")}
        rows = select(
            *(self._column(key).alias(name) for key, name in zip(keys, names, strict=True)),
            *(values.get(moment, unknown[moment]).alias(moment) for moment in (LATEST, RECENT)),
            *(values.get(count, SQL("0")).alias(count) for count in COUNTS),
        )
        return rows.group_by(*map(SQL, names))

    def _seen(self, select: Any, time: Any) -> Any:
        return self._narrowed(select).where(self._scope.within(time, None, self._context.now))

    def _narrowed(self, select: Any) -> Any:
        column, key = self._column, self._key
        if self._is_marked:
            select = select.where(self._every.is_shared() == Value(True))
        if key is None:
            return select
        if self._part == "owner":
            of_owner = Twin.select(column(Twin.id)).where(column(Twin.user) == key)
            return select.where(column(Session.twin).in_(of_owner))
        return select.where(column(Session.user if self._part == "user" else Session.twin) == key)

    def _visible_only(self, field: Any) -> Any:
        moment = self._column(field)
        return Case(None, [(moment < self._context.source.dialect.instant(self._context.now), moment)], None)

    def _only(self, moment: Any, *conditions: Any) -> Any:
        """Return a time where the filters let it through and it meets the conditions, else NULL."""
        return Case(None, [(reduce(and_, self._asked(*conditions)), moment)], None)

    def _count(self, *conditions: Any) -> Any:
        """Count the rows that the filters let through and that meet the conditions."""
        asked, counted = self._asked(*conditions), fn.COUNT(SQL("*"))
        return counted.filter(reduce(and_, asked)) if asked else counted

    def _asked(self, *conditions: Any) -> list[Any]:
        return [each for each in (self._scope.session_conditions(), *conditions) if each is not None]
