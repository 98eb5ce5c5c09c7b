"""The directory as tables: a row per person, a row per twin, and what they become as answers."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import and_, or_
from typing import Any

from peewee import CTE, JOIN, SQL, Case, Select, fn

from twin_tui.analytics.answers import PeopleKind, PeopleStatus, Person, PersonRow, TwinRow
from twin_tui.analytics.columns import brief, is_visible, words, words_or_none
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.people.uses import COUNTS, LATEST, PERSON, TWIN
from twin_tui.data.models import Twin, User

PERSON_COLUMNS = (
    "person_key", "person_name", "person_email", "person_company", "person_department", "since", "latest",
    "status", "begun", "written", "drafted", "searched", "owned", "shared",
)  # fmt: skip
TWIN_COLUMNS = (
    "twin_key", "twin_name", "owner_key", "owner_name", "owner_email", "is_open", "since", "latest",
    "status", "people", "outsiders", "begun", "told", "drafted", "searched",
)  # fmt: skip
SORTS: dict[PeopleKind, dict[str, str | None]] = {
    "users": {
        "last_seen": "latest",
        "name": None,
        "conversations": "begun",
        "messages": "written",
        "documents": "drafted",
        "queries": "searched",
    },
    "twins": {
        "last_seen": "latest",
        "name": None,
        "conversations": "begun",
        "messages": "told",
        "documents": "drafted",
        "queries": "searched",
    },
}
"""The column that each directory is sorted by; ``None`` is the name."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OWNER = User.alias("owner")
_ACTOR = User.alias("actor")


def persons(context: Context, uses: CTE, condition: Any = None, search: str = "") -> tuple[CTE, ...]:
    """Return the tables that make `PERSON_COLUMNS`, the last of them; ``uses`` is by person."""
    column = context.source.column
    name, email = brief(column(User.full_name)), brief(column(User.email))
    values = (
        column(User.id),
        name,
        email,
        brief(column(User.company)),
        brief(column(User.department)),
        column(User.created_at),
        uses.c[LATEST],
        _status(uses),
        *(uses.c[count] for count in PERSON_COLUMNS[8:]),
        _folded(context, name, email),
    )
    named = zip(values, (*PERSON_COLUMNS, "folded"), strict=True)
    select = User.select(*(value.alias(key) for value, key in named))
    select = select.join(uses, on=(uses.c[PERSON] == column(User.id)))
    conditions = [is_visible(context, User.created_at)]
    if condition is not None:
        conditions.append(condition)
    if search.strip():
        names = (column(User.full_name), column(User.email), column(User.id))
        conditions.append(_holds(context, search, *names))
    return uses, select.where(reduce(and_, conditions)).cte("people")


def twins(
    context: Context, filters: Filters, uses: CTE, condition: Any = None, search: str = ""
) -> tuple[CTE, ...]:
    """Return the tables that make `TWIN_COLUMNS`, the last of them; ``uses`` is by pair.

    Company and department are asked of those who use a twin; ``condition`` may ask anything of the twin.
    """
    column = context.source.column
    tally = _by_twin(context, filters, uses)
    name = brief(column(Twin.name))
    values = (
        column(Twin.id),
        name,
        column(Twin.user),
        brief(column(User.full_name, _OWNER)),
        brief(column(User.email, _OWNER)),
        column(Twin.is_shared),
        column(Twin.created_at),
        tally.c[LATEST],
        _status(tally),
        *(tally.c[count] for count in TWIN_COLUMNS[9:]),
        _folded(context, name),
    )
    named = zip(values, (*TWIN_COLUMNS, "folded"), strict=True)
    select = Twin.select(*(value.alias(key) for value, key in named))
    select = select.join(tally, on=(tally.c[TWIN] == column(Twin.id))).switch(Twin)
    select = select.join(_OWNER, JOIN.LEFT_OUTER, on=(Twin.user == _OWNER.id))
    conditions = [is_visible(context, Twin.created_at)]
    if condition is not None:
        conditions.append(condition)
    if search.strip():
        owner = (column(User.full_name, _OWNER), column(User.email, _OWNER))
        conditions.append(_holds(context, search, column(Twin.name), column(Twin.id), *owner))
    return uses, tally, select.where(reduce(and_, conditions)).cte("people")


def owned_by(context: Context, filters: Filters) -> Any | None:
    """Return what company, department, user and twin ask of a twin in the directory: of its owner."""
    column = context.source.column
    asked = [context.scope(filters).person_conditions(_OWNER)]
    if filters.user is not None:
        asked.append(column(Twin.user) == filters.user)
    if filters.twin is not None:
        asked.append(column(Twin.id) == filters.twin)
    conditions = [each for each in asked if each is not None]
    return reduce(and_, conditions) if conditions else None


def in_order(context: Context, table: CTE, key: str, value: str | None, *, is_descending: bool) -> list[Any]:
    """Return an order that is total: by ``value`` (``None``: the name), unknown last, then name, then id.

    Names that are hidden sort nothing.
    """
    ordered = context.source.dialect.ordered_text
    folded, last = ordered(table.c["folded"]), ordered(table.c[key])
    if value is None:
        return [folded.desc() if is_descending else folded.asc(), last.asc()]
    by = table.c[value]
    return [by.is_null().asc(), by.desc() if is_descending else by.asc(), folded.asc(), last.asc()]


def person_row(context: Context, row: Sequence[Any]) -> PersonRow:
    """Return a row of `PERSON_COLUMNS` as an answer."""
    key, name, email, company, department, since, latest, status, *counts = row
    begun, written, drafted, searched, owned, shared = map(int, counts)
    parse = context.source.dialect.parse_time
    return PersonRow(
        id=words(key),
        name=words(name),
        email=words(email),
        company=words_or_none(company),
        department=words_or_none(department),
        created_at=parse(since),
        last_seen=_moment(context, latest),
        status=_known(status),
        conversations=begun,
        messages=written,
        documents=drafted,
        queries=searched,
        twins=owned,
        shared_uses=shared,
    )


def twin_row(context: Context, row: Sequence[Any]) -> TwinRow:
    """Return a row of `TWIN_COLUMNS` as an answer."""
    key, name, owner, owner_name, owner_email, is_open, since, latest, status, *counts = row
    people, outsiders, begun, told, drafted, searched = map(int, counts)
    parse = context.source.dialect.parse_time
    return TwinRow(
        id=words(key),
        name=words(name),
        owner=Person(words(owner), words(owner_name), words(owner_email)),
        is_shared=None if is_open is None else bool(is_open),
        created_at=parse(since),
        last_used=_moment(context, latest),
        status=_known(status),
        users=people,
        outsiders=outsiders,
        conversations=begun,
        messages=told,
        documents=drafted,
        queries=searched,
    )


def _by_twin(context: Context, filters: Filters, uses: CTE) -> CTE:
    """Return one row per twin: the counts of those people that the filters let through, and their number."""
    let_through = context.scope(filters).person_conditions(_ACTOR)
    is_active = uses.c["begun"] + uses.c["written"] > 0
    everyone = fn.COUNT(SQL("*"))

    def of_let(value: Any, *conditions: Any) -> Any:
        asked = [each for each in (let_through, *conditions) if each is not None]
        return value.filter(reduce(and_, asked)) if asked else value

    columns = [
        uses.c[TWIN],
        fn.MAX(uses.c[LATEST]).alias(LATEST),
        *(fn.COALESCE(of_let(fn.SUM(uses.c[count])), 0).alias(count) for count in COUNTS),
        of_let(everyone, is_active).alias("people"),
        of_let(everyone, is_active, uses.c["owned"] == 0).alias("outsiders"),
    ]
    source: Any = uses
    if let_through is not None:
        source = uses.join(
            _ACTOR, JOIN.LEFT_OUTER, on=(uses.c[PERSON] == context.source.column(User.id, _ACTOR))
        )
    return Select([source], columns).group_by(uses.c[TWIN]).cte("tally")


def _status(table: CTE) -> Any:
    is_active = table.c["begun"] + table.c["written"] > 0
    return Case(None, [(is_active, "active"), (table.c["ever"] > 0, "dormant")], "never")


def _moment(context: Context, latest: Any) -> datetime | None:
    if isinstance(latest, int):
        return _EPOCH + timedelta(microseconds=latest)
    return context.source.dialect.parse_time(latest)


def _known(status: Any) -> PeopleStatus:
    named: dict[Any, PeopleStatus] = {"active": "active", "dormant": "dormant"}
    return named.get(status, "never")


def _folded(context: Context, *texts: Any) -> Any:
    """Return the first text that is not empty, case folded: what a list by name is sorted by.

    Where names are hidden the same for all, so that the id sorts them.
    """
    if context.hides_names:
        return SQL("''")
    filled = [fn.NULLIF(text, "") for text in texts]
    return context.source.dialect.casefold(fn.COALESCE(*filled, ""))


def _holds(context: Context, search: str, *columns: Any) -> Any:
    return reduce(or_, (context.source.dialect.contains(each, search.strip()) for each in columns))
