"""The lists on the page of one person or twin: who used which twin, and the days it happened on."""

from collections import Counter
from datetime import date
from functools import reduce
from operator import and_
from typing import Any, TypeVar

from peewee import JOIN, SQL, Select, Value, fn

from twin_tui.analytics import status
from twin_tui.analytics.answers import PagedList, Person, TwinRef, TwinRow, TwinUse, UseDay
from twin_tui.analytics.columns import brief, words
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.people.paging import Listed, Listing
from twin_tui.analytics.people.tables import TWIN_COLUMNS, in_order, twin_row, twins
from twin_tui.analytics.people.uses import PERSON, RECENT, TWIN, Part, Uses
from twin_tui.data.models import Message, Session, Twin, User

Item = TypeVar("Item")

_COLUMNS = (
    "person_key", "person_name", "person_email", "twin_key", "twin_name", "owner_key", "owner_name",
    "owner_email", "begun", "written", "drafted", "searched", "recent",
)  # fmt: skip
_DAILY = ("conversations", "messages")
_OWNER = User.alias("owner")
_ACTOR = User.alias("actor")


def pairs(
    context: Context, filters: Filters, part: Part, key: str, *, is_marked: bool, page: int, limit: int
) -> PagedList[TwinUse]:
    """Return who did something with which twin in the period, most conversations first.

    Of one user, one twin or one owner's twins; ``is_marked`` looks only at sessions marked as shared. Ties
    stand by names, then ids.
    """
    uses = Uses(context, filters, part, key, is_marked=is_marked).by_pair()
    column = context.source.column
    name, twin_name = brief(column(User.full_name, _ACTOR)), brief(column(Twin.name))
    values = (
        uses.c[PERSON],
        name,
        brief(column(User.email, _ACTOR)),
        uses.c[TWIN],
        twin_name,
        column(Twin.user),
        brief(column(User.full_name, _OWNER)),
        brief(column(User.email, _OWNER)),
        *(uses.c[count] for count in _COLUMNS[8:12]),
        uses.c[RECENT],
    )
    joined = (
        uses.join(_ACTOR, JOIN.LEFT_OUTER, on=(uses.c[PERSON] == column(User.id, _ACTOR)))
        .join(Twin, JOIN.LEFT_OUTER, on=(uses.c[TWIN] == column(Twin.id)))
        .join(_OWNER, JOIN.LEFT_OUTER, on=(Twin.user == _OWNER.id))
    )
    conditions = [uses.c["begun"] + uses.c["written"] + uses.c["drafted"] + uses.c["searched"] > 0]
    asked = context.scope(filters).person_conditions(_ACTOR)
    if asked is not None:
        conditions.append(asked)
    select = Select([joined], [value.alias(key) for value, key in zip(values, _COLUMNS, strict=True)])
    table = select.where(reduce(and_, conditions)).cte("pairs")
    ordered = context.source.dialect.ordered_text
    names = () if context.hides_names else ("person_name", "twin_name")
    order = [
        *(table.c[count].desc() for count in ("begun", "written")),
        *(ordered(fn.COALESCE(table.c[text], "")) for text in names),
        *(ordered(table.c[each]) for each in ("person_key", "twin_key")),
    ]
    found = Listing((uses, table), table, _COLUMNS, order).read(context, page, limit)
    return _paged(found, tuple(_use(context, row) for row in found.rows))


def owned_twins(context: Context, filters: Filters, owner: str, page: int, limit: int) -> PagedList[TwinRow]:
    """Return the twins of one owner with what anyone did with them, most conversations first."""
    uses = Uses(context, filters, "owner", owner).by_pair()
    ctes = twins(context, filters, uses, context.source.column(Twin.user) == owner)
    order = in_order(context, ctes[-1], "twin_key", "begun", is_descending=True)
    found = Listing(ctes, ctes[-1], TWIN_COLUMNS, order).read(context, page, limit)
    return _paged(found, tuple(twin_row(context, row) for row in found.rows))


def days(context: Context, filters: Filters, *, of_people: bool) -> tuple[UseDay, ...]:
    """Return every local day of the period that has begun; ``of_people`` leaves out messages of twins.

    Two statements.
    """
    held = status.bounds(context)
    frame = Frame(filters.period, context.now, context.zone, held.first, held.last)
    scope, dialect = context.scope(filters), context.source.dialect

    def per_bucket(select: Any, time: Any, place: str) -> Any:
        bucket = frame.key(dialect, scope.column(time)).alias("in_bucket")
        counts = [
            (fn.COUNT(SQL("*")) if name == place else SQL("0")).alias(f"number_of_{name}") for name in _DAILY
        ]
        return select(bucket, *counts).where(scope.in_window(time, frame.window)).group_by(SQL("in_bucket"))

    sent = per_bucket(scope.messages, Message.created_at, "messages")
    if of_people:
        sent = sent.where(scope.column(Message.sender_type) == Value("user"))
    begun = per_bucket(scope.sessions, Session.started_at, "conversations")
    conversations: Counter[date] = Counter()
    messages: Counter[date] = Counter()
    for bucket, started, written in context.rows(begun.union_all(sent)):
        day = frame.buckets[bucket].day
        conversations[day] += started
        messages[day] += written
    return tuple(UseDay(day, conversations[day], messages[day]) for day in frame.days)


def _use(context: Context, row: tuple[Any, ...]) -> TwinUse:
    *names, begun, written, drafted, searched, recent = row
    user, name, email, twin, twin_name, owner, owner_name, owner_email = map(words, names)
    return TwinUse(
        user=Person(user, name, email),
        twin=TwinRef(twin, twin_name, Person(owner, owner_name, owner_email)),
        conversations=int(begun),
        messages=int(written),
        documents=int(drafted),
        queries=int(searched),
        last_used=context.source.dialect.parse_time(recent),
    )


def _paged(found: Listed, items: tuple[Item, ...]) -> PagedList[Item]:
    return PagedList(found.page, found.limit, found.total, found.pages, items)
