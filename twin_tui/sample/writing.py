"""Writes a sample into a database of ours, and continues one that is there."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from peewee import fn

from twin_tui.data.models import MODELS, Document, Message, Query, Row, Session, Twin, User
from twin_tui.data.source import Source
from twin_tui.sample.identity import read_user_id
from twin_tui.sample.options import Plan, SampleError, SampleOptions, last_second_of
from twin_tui.sample.people import DAY, Cast, cast_of
from twin_tui.sample.rhythm import LOOK_BACK
from twin_tui.sample.world import COLUMNS, Batch, days_of, generate, last_login, stamp

Progress = Callable[[int, int, str], None]
"""Called with the days done, all days, and the day as ISO text."""

_TABLES: tuple[tuple[str, type[Row]], ...] = (
    ("users", User),
    ("twins", Twin),
    ("sessions", Session),
    ("messages", Message),
    ("documents", Document),
    ("queries", Query),
)


class ForeignDatabaseError(SampleError):
    """The database belongs to another system."""


class NotEmptyError(SampleError):
    """The database holds rows that only an explicit wish may remove."""


class NotASampleError(SampleError):
    """The database holds nobody a sample has made, so there is nothing to continue."""


def write_sample(
    source: Source, options: SampleOptions, *, force: bool = False, progress: Progress | None = None
) -> dict[str, int]:
    """Write a sample in one transaction and return the number of rows per table.

    ``force`` first empties the six tables of a database of ours. Raises `ForeignDatabaseError`,
    `NotEmptyError` without ``force``, and `DatabaseError`; then nothing has changed.
    """
    check_ours(source)
    with source.writing():
        make_room(source, force=force)
        return _write(source, generate(options), options.days, progress)


def top_up(
    source: Source, until: date, progress: Progress | None = None, *, now: datetime | None = None
) -> dict[str, int]:
    """Continue a sample up to and including the UTC day ``until``; return the number of new rows per table.

    Where that is the day of ``now``, up to now. The same people go on as they would have in a longer sample,
    and so do threads that the old end cut off. What is there stays as it is; doing it twice adds nothing;
    who was deleted stays deleted.
    Raises `ForeignDatabaseError`, `NotASampleError` and `DatabaseError`.
    """
    check_ours(source)
    with source.writing():
        plan, here = _find_plan(source)
        after, last = _newest(source, here, plan), last_second_of(until, now)
        if after >= last:
            return dict.fromkeys(COLUMNS, 0)
        allowed = _Allowed(source, cast_of(plan), here, after)
        days = last // DAY - max(plan.start, after // DAY - LOOK_BACK) + 1
        batches = (allowed.only(batch) for batch in days_of(plan, after, last))
        counts = _write(source, batches, days, progress)
        _move_logins(source, plan, here, last)
        return counts


class _Allowed:
    """What of a plan's new rows has its parents in the database: people and twins may have been deleted."""

    def __init__(self, source: Source, cast: Cast, here: set[str], after: int) -> None:
        self.users = here | {person.id for person in cast.people if person.created > after}
        self.twins = {text_id for (text_id,) in source.rows(Twin.select(source.column(Twin.id)))}
        self.twins |= {twin.id for twin in cast.twins if twin.created > after and twin.owner.id in self.users}
        oldest = datetime.combine(date.fromordinal(after // DAY - LOOK_BACK), time.min, UTC)
        recent = Session.select(source.column(Session.id)).where(
            source.column(Session.started_at) >= source.dialect.instant(oldest)
        )
        self.sessions = {text_id for (text_id,) in source.rows(recent)}

    def only(self, batch: Batch) -> Batch:
        """Return the batch without rows that would have no parent."""
        rows = batch.rows
        rows["users"] = [row for row in rows["users"] if row[0] in self.users]
        rows["twins"] = [row for row in rows["twins"] if row[0] in self.twins]
        rows["sessions"] = [row for row in rows["sessions"] if row[1] in self.users and row[2] in self.twins]
        sessions = self.sessions | {row[0] for row in rows["sessions"]}
        for table in ("messages", "documents", "queries"):
            rows[table] = [row for row in rows[table] if row[1] in sessions]
        return batch


def make_room(source: Source, *, force: bool) -> None:
    """Leave the six tables empty, in the caller's transaction; raises `NotEmptyError` without ``force``."""
    if _is_empty(source):
        return
    if not force:
        raise NotEmptyError(
            f"{source.name} already holds data: choose another file, or empty this one with --force."
        )
    for model in reversed(MODELS):
        with source.failures():
            model.delete().execute(source.db)


def check_ours(source: Source) -> None:
    """Raise `ForeignDatabaseError` for another system's database."""
    if not source.is_ours:
        raise ForeignDatabaseError(
            f"{source.name} was written by another system: a sample goes only into a database of our own."
        )


def _is_empty(source: Source) -> bool:
    return not any(source.rows(model.select(source.column(model.id)).limit(1)) for model in MODELS)


def _write(source: Source, batches: Iterable[Batch], days: int, progress: Progress | None) -> dict[str, int]:
    counts = dict.fromkeys(COLUMNS, 0)
    for done, batch in enumerate(batches, 1):
        for table, model in _TABLES:
            rows = batch.rows[table]
            if rows:
                counts[table] += source.insert_rows(model, COLUMNS[table], rows)
        if progress:
            progress(done, days, batch.day.isoformat())
    return counts


def _find_plan(source: Source) -> tuple[Plan, set[str]]:
    """Return the plan most users were made from, and their ids; raises `NotASampleError`."""
    found: dict[Plan, set[str]] = {}
    for (text_id,) in source.rows(User.select(source.column(User.id))):
        told = read_user_id(text_id)
        if told:
            found.setdefault(told[0], set()).add(text_id)
    if not found:
        raise NotASampleError(f"{source.name} holds nobody a sample has made: there is nothing to continue.")
    return max(found.items(), key=lambda item: len(item[1]))


def _newest(source: Source, here: set[str], plan: Plan) -> int:
    """Return the last second, from day 0, in which any of these users did or got anything."""
    owner = source.column(Session.user)
    newest: list[datetime] = []
    selects: list[Any] = [Session.select(owner, fn.MAX(source.column(Session.started_at))).group_by(owner)]
    for model in (Message, Document, Query):
        latest = fn.MAX(source.column(model.created_at))
        selects.append(model.select(owner, latest).join(Session).group_by(owner))
    selects.append(User.select(source.column(User.id), source.column(User.created_at)))
    selects.append(Twin.select(source.column(Twin.user), source.column(Twin.created_at)))
    for select in selects:
        for user, value in source.rows(select):
            when = source.dialect.parse_time(value) if user in here else None
            if when:
                newest.append(when)
    if not newest:
        return plan.start * DAY - 1
    end = max(newest)
    return end.toordinal() * DAY + end.hour * 3_600 + end.minute * 60 + end.second


def _move_logins(source: Source, plan: Plan, here: set[str], last: int) -> None:
    """Write when these users were last seen, never earlier than what is there."""
    cast = cast_of(plan)
    for person in cast.people:
        seen = last_login(plan, cast, person, last) if person.id in here else None
        if seen is not None:
            text = stamp(seen)
            is_older = User.last_login_at.is_null() | (User.last_login_at < text)
            with source.failures():
                User.update(last_login_at=text).where((User.id == person.id) & is_older).execute(source.db)
