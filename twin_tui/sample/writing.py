"""Writes a sample into a database of ours, and continues one that is there."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from peewee import fn

from twin_tui.data.models import MODELS, Document, Message, Query, Row, Session, Twin, User
from twin_tui.data.source import Source
from twin_tui.sample.identity import read_user_id
from twin_tui.sample.options import Plan, SampleError, SampleOptions
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
    _check_ours(source)
    with source.writing():
        if not _is_empty(source):
            if not force:
                raise NotEmptyError(
                    f"{source.name} already holds data: choose another file, or empty this one with --force."
                )
            for model in reversed(MODELS):
                with source.failures():
                    model.delete().execute(source.db)
        return _write(source, generate(options), options.days, progress)


def top_up(source: Source, until: date, progress: Progress | None = None) -> dict[str, int]:
    """Continue a sample up to and including the UTC day ``until``; return the number of new rows per table.

    The same people go on as they would have in a longer sample, and so do threads that the old end cut off.
    Days that are there stay as they are; doing it twice adds nothing; who was deleted stays deleted.
    Raises `ForeignDatabaseError`, `NotASampleError` and `DatabaseError`.
    """
    _check_ours(source)
    with source.writing():
        plan, here = _find_plan(source)
        after = _last_day(source, here, plan)
        if after >= until:
            return dict.fromkeys(COLUMNS, 0)
        allowed = _Allowed(source, cast_of(plan), here, after)
        first = max(plan.start, after.toordinal() + 1 - LOOK_BACK)
        days = until.toordinal() - first + 1
        batches = (allowed.only(batch) for batch in days_of(plan, after, until))
        counts = _write(source, batches, days, progress)
        _move_logins(source, plan, here, until)
        return counts


class _Allowed:
    """What of a plan's new rows has its parents in the database: people and twins may have been deleted."""

    def __init__(self, source: Source, cast: Cast, here: set[str], after: date) -> None:
        end = (after.toordinal() + 1) * DAY
        self.users = here | {person.id for person in cast.people if person.created >= end}
        self.twins = {text_id for (text_id,) in source.rows(Twin.select(source.column(Twin.id)))}
        self.twins |= {twin.id for twin in cast.twins if twin.created >= end and twin.owner.id in self.users}
        oldest = datetime.combine(after - timedelta(days=LOOK_BACK), time.min, UTC)
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


def _check_ours(source: Source) -> None:
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


def _last_day(source: Source, here: set[str], plan: Plan) -> date:
    """Return the last UTC day on which any of these users did or got anything."""
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
    return max((when.date() for when in newest), default=date.fromordinal(plan.start - 1))


def _move_logins(source: Source, plan: Plan, here: set[str], until: date) -> None:
    """Write when these users were last seen, never earlier than what is there."""
    cast = cast_of(plan)
    for person in cast.people:
        seen = last_login(plan, cast, person, until) if person.id in here else None
        if seen is not None:
            text = stamp(seen)
            is_older = User.last_login_at.is_null() | (User.last_login_at < text)
            with source.failures():
                User.update(last_login_at=text).where((User.id == person.id) & is_older).execute(source.db)
