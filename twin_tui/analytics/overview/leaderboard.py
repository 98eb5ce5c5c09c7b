"""Companies, departments, users or twins in the order of one measure, with the places won or lost."""

from collections import defaultdict
from typing import Any

from peewee import JOIN, SQL, Case, Value, fn

from twin_tui.analytics import status
from twin_tui.analytics.answers import Group, Leaderboard, Measure
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.facts import is_served
from twin_tui.analytics.derived.leaders import Leaders
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.overview.ranking import PAIR, Name, Tally, answered
from twin_tui.analytics.scope import Scope
from twin_tui.data.models import Document, Message, Query, Session, Twin, User

_NOW, _BEFORE, _NEITHER = range(3)
_COUNTS = ("conversations", "messages", "documents", "queries")


def leaderboard(
    context: Context, filters: Filters, group: Group, measure: Measure, limit: int | None = None
) -> Leaderboard:
    """Return the groups with anything in the window, ranked by ``measure``; ``limit`` cuts the rows."""
    held = status.bounds(context)
    frame = Frame(filters.period, context.now, context.zone, held.first, held.last, shift=filters.shift)
    return ranked(context, filters, frame, group, measure, limit=limit)


def ranked(
    context: Context, filters: Filters, frame: Frame, group: Group, measure: Measure, *, limit: int | None
) -> Leaderboard:
    """Return the same for a frame at hand."""
    if context.layer is not None and is_served(frame):
        leaders = Leaders(context, context.layer, filters, frame, group=group, measure=measure)
        return answered(
            leaders.now(),
            leaders.before(),
            leaders.names,
            group=group,
            measure=measure,
            limit=limit,
            hides_names=context.hides_names,
        )
    scope = context.scope(filters)
    names = _names(context, scope, group)
    windows: tuple[dict[Name, Tally], ...] = tuple(defaultdict(Tally) for _ in range(3))
    for row in context.rows(_events(scope, frame, by_twin=group == "twin")):
        side, who, key, *counts, active = row
        tally = windows[side][names.get(key, Name("" if group in ("company", "department") else key, ""))]
        tally.add(*counts)
        if active:
            tally.active.add(who)
    before = windows[_BEFORE] if frame.previous_window is not None else {}
    return answered(
        windows[_NOW],
        before,
        lambda keys: {key: key for key in keys},
        group=group,
        measure=measure,
        limit=limit,
        hides_names=context.hides_names,
    )


def _events(scope: Scope, frame: Frame, *, by_twin: bool) -> Any:
    """Select counts per window, person and group key; each branch is aggregated by itself."""
    who = scope.column(Session.user).alias("by_person")
    key = scope.column(Session.twin if by_twin else Session.user).alias("of_group")
    from_user = fn.COUNT(Case(None, [(scope.column(Message.sender_type) == "user", 1)]))
    branches = (
        (scope.sessions, Session.started_at, fn.COUNT(SQL("*"))),
        (scope.messages, Message.created_at, from_user),
        (scope.documents, Document.created_at, Value(0)),
        (scope.queries, Query.created_at, Value(0)),
    )
    union: Any = None
    for place, (select, time, active) in enumerate(branches):
        counts = [
            (fn.COUNT(SQL("*")) if place == other else Value(0)).alias(f"number_of_{name}")
            for other, name in enumerate(_COUNTS)
        ]
        rows = select(_side(scope, time, frame), who, key, *counts, active.alias("acts"))
        rows = rows.where(scope.within(time, frame.compared_from, frame.upper))
        rows = rows.group_by(SQL("in_window"), SQL("by_person"), SQL("of_group"))
        union = rows if union is None else union.union_all(rows)
    return union


def _side(scope: Scope, time: Any, frame: Frame) -> Any:
    """Return which window a row is in: this one, the one before, or the gap between them."""
    windows = [(scope.in_window(time, frame.window), _NOW)]
    if frame.previous_window is not None:
        windows.append((scope.in_window(time, frame.previous_window), _BEFORE))
    return Case(None, windows, _NEITHER).alias("in_window")


def _names(context: Context, scope: Scope, group: Group) -> dict[str, Name]:
    """Return the group of each person, or of each twin, by id."""
    column = scope.column
    if group == "twin":
        twins = Twin.select(column(Twin.id), column(Twin.name), column(User.full_name), column(User.email))
        rows = context.rows(twins.join(User, JOIN.LEFT_OUTER, on=(Twin.user == User.id)))
        return {id_: Name(id_, name or "", owner or email or "") for id_, name, owner, email in rows}
    fields = (User.id, User.full_name, User.email, User.company, User.department)
    people = context.rows(scope.of_people.users(*map(column, fields)))
    return {row[0]: _group_of(group, tuple(text or "" for text in row)) for row in people}


def _group_of(group: Group, person: tuple[str, ...]) -> Name:
    id_, name, email, company, department = person
    if group == "company":
        return Name(company, company)
    if group == "department":
        return Name(f"{company}{PAIR}{department}", department, company)
    return Name(id_, name, email)
