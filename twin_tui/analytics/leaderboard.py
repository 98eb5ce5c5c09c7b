"""Companies, departments, users or twins in the order of one measure, with the places won or lost."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from peewee import JOIN, SQL, Case, Value, fn

from twin_tui.analytics import status
from twin_tui.analytics.answers import Group, Leaderboard, LeaderboardRow, Measure
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.order import ratio
from twin_tui.analytics.scope import Scope
from twin_tui.data.models import Document, Message, Query, Session, Twin, User

PAIR = "\x1f"
"""Joins company and department in a department's id."""
_NOW, _BEFORE, _NEITHER = range(3)
_COUNTS = ("conversations", "messages", "documents", "queries")


@dataclass(slots=True)
class _Tally:
    """What one group did in one window."""

    counts: Counter[str] = field(default_factory=Counter)
    active: set[str] = field(default_factory=set)

    @property
    def per_user(self) -> float | None:
        return ratio(self.counts["conversations"], len(self.active))

    def of(self, measure: Measure) -> float | None:
        if measure == "per_user":
            return self.per_user
        return len(self.active) if measure == "active_users" else self.counts[measure]


@dataclass(frozen=True, slots=True)
class _Name:
    id: str
    name: str
    detail: str = ""


def leaderboard(
    context: Context, filters: Filters, group: Group, measure: Measure, limit: int | None = None
) -> Leaderboard:
    """Return the groups with anything in the window, ranked by ``measure``; ``limit`` cuts the rows."""
    held = status.bounds(context)
    frame = Frame(filters.period, context.now, context.zone, held.first, held.last)
    return ranked(context, context.scope(filters), frame, group, measure, limit=limit)


def ranked(
    context: Context, scope: Scope, frame: Frame, group: Group, measure: Measure, *, limit: int | None
) -> Leaderboard:
    """Return the same for a frame at hand, in two statements."""
    names = _names(context, scope, group)
    windows: tuple[dict[_Name, _Tally], ...] = tuple(defaultdict(_Tally) for _ in range(3))
    for row in context.rows(_events(scope, frame, by_twin=group == "twin")):
        side, who, key, *counts, active = row
        tally = windows[side][names.get(key, _Name("" if group in ("company", "department") else key, ""))]
        tally.counts.update(dict(zip(_COUNTS, counts, strict=True)))
        if active:
            tally.active.add(who)
    places = _places(windows[_BEFORE], measure) if frame.previous_window is not None else {}
    return _answer(windows[_NOW], places, group, measure, limit)


def _answer(
    tallies: dict[_Name, _Tally], before: dict[_Name, int], group: Group, measure: Measure, limit: int | None
) -> Leaderboard:
    places = _places(tallies, measure)
    whole = sum(tally.of(measure) or 0 for tally in tallies.values())
    ordered = sorted(tallies, key=lambda name: (places[name], name.name, name.id))
    rows = tuple(
        _row(name, tallies[name], places[name], before.get(name), _share(tallies[name], measure, whole))
        for name in ordered[:limit]
    )
    return Leaderboard(group, measure, len(tallies), rows)


def _share(tally: _Tally, measure: Measure, whole: float) -> float | None:
    return None if measure == "per_user" else ratio(tally.of(measure) or 0, whole)


def _row(name: _Name, tally: _Tally, place: int, before: int | None, share: float | None) -> LeaderboardRow:
    return LeaderboardRow(
        rank=place,
        id=name.id,
        name=name.name,
        detail=name.detail,
        conversations=tally.counts["conversations"],
        active_users=len(tally.active),
        messages=tally.counts["messages"],
        documents=tally.counts["documents"],
        queries=tally.counts["queries"],
        per_user=tally.per_user,
        share=share,
        rank_change=None if before is None else before - place,
    )


def _places(tallies: dict[_Name, _Tally], measure: Measure) -> dict[_Name, int]:
    """Return each group's rank: one more than the number of groups that are ahead; unknown is last."""
    values = {name: tally.of(measure) for name, tally in tallies.items()}
    ahead: dict[float, int] = {}
    ordered = sorted((-1.0 if value is None else value for value in values.values()), reverse=True)
    for place, value in enumerate(ordered, 1):
        ahead.setdefault(value, place)
    return {name: ahead[-1.0 if value is None else value] for name, value in values.items()}


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


def _names(context: Context, scope: Scope, group: Group) -> dict[str, _Name]:
    """Return the group of each person, or of each twin, by id."""
    column = scope.column
    if group == "twin":
        twins = Twin.select(column(Twin.id), column(Twin.name), column(User.full_name), column(User.email))
        rows = context.rows(twins.join(User, JOIN.LEFT_OUTER, on=(Twin.user == User.id)))
        return {id_: _Name(id_, name or "", owner or email or "") for id_, name, owner, email in rows}
    fields = (User.id, User.full_name, User.email, User.company, User.department)
    people = context.rows(scope.of_people.users(*map(column, fields)))
    return {row[0]: _group_of(group, tuple(text or "" for text in row)) for row in people}


def _group_of(group: Group, person: tuple[str, ...]) -> _Name:
    id_, name, email, company, department = person
    if group == "company":
        return _Name(company, company)
    if group == "department":
        return _Name(f"{company}{PAIR}{department}", department, company)
    return _Name(id_, name, email)
