"""The rows of a sample, day by day, in the order a database takes them; nothing here knows a database.

Rows are tuples of plain values in the order of `COLUMNS`; times are naive UTC text as the tables hold it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from twin_tui.sample.companies import COMPANIES
from twin_tui.sample.identity import TEXT, random_id, stream
from twin_tui.sample.narration import Teller, Turn
from twin_tui.sample.options import Plan, SampleOptions
from twin_tui.sample.people import DAY, Cast, Person, cast_of
from twin_tui.sample.rhythm import LOOK_BACK, visits

Row = tuple[Any, ...]

COLUMNS: dict[str, tuple[str, ...]] = {
    "users": ("id", "email", "full_name", "company", "department", "created_at", "last_login_at"),
    "twins": ("id", "user_id", "name", "description", "is_shared", "created_at"),
    "sessions": ("id", "user_id", "twin_id", "platform", "title", "topic", "is_shared_twin", "started_at"),
    "messages": ("id", "session_id", "sender_type", "content", "message_type", "created_at"),
    "documents": (
        "id", "session_id", "message_id", "document_type", "title", "content", "word_count", "created_at"
    ),
    "queries": ("id", "session_id", "message_id", "query_text", "query_type", "results_count", "created_at"),
}  # fmt: skip
"""The six tables and their columns, parents before children."""

_CLOCK = tuple(f"{minute // 60:02d}:{minute % 60:02d}:" for minute in range(1440))
_SECONDS = tuple(f"{second:02d}" for second in range(60))


@cache
def _day_text(ordinal: int) -> str:
    return f"{date.fromordinal(ordinal).isoformat()} "


def stamp(instant: int) -> str:
    """Return an instant (seconds since day 0) as ``YYYY-MM-DD HH:MM:SS``."""
    ordinal, second = divmod(instant, DAY)
    return _day_text(ordinal) + _CLOCK[second // 60] + _SECONDS[second % 60]


@dataclass(slots=True)
class Batch:
    """The rows of one UTC day: what joined, and every conversation that started on it."""

    day: date
    rows: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in COLUMNS})


@dataclass(frozen=True, slots=True)
class _Window:
    """Rows belong to it that happen after ``after`` and until ``until``, both as seconds since day 0."""

    after: int
    until: int

    def __contains__(self, instant: object) -> bool:
        return isinstance(instant, int) and self.after < instant <= self.until


def generate(options: SampleOptions) -> Iterator[Batch]:
    """Yield the sample a day at a time; the first day also brings everyone who was there before.

    Memory holds the people and one day. The same options give the same rows, value for value.
    """
    return days_of(options.plan, None, options.last_second)


def days_of(plan: Plan, after: int | None, last: int) -> Iterator[Batch]:
    """Yield a plan's rows up to and including the second ``last``, without those up to ``after``.

    Both are counted from day 0 of the proleptic calendar.
    """
    cast = cast_of(plan)
    window = _Window(-1 if after is None else after, last)
    first = plan.start if after is None else max(plan.start, after // DAY - LOOK_BACK)
    for ordinal in range(first, max(first, last // DAY) + 1):
        batch = Batch(date.fromordinal(ordinal))
        earliest = window.after if ordinal == first else ordinal * DAY - 1
        joining = _Window(max(earliest, window.after), min((ordinal + 1) * DAY - 1, last))
        batch.rows["users"].extend(
            user_row(plan, cast, person, last) for person in cast.people if person.created in joining
        )
        batch.rows["twins"].extend(
            (twin.id, twin.owner.id, twin.name, twin.description, twin.is_shared, stamp(twin.created))
            for twin in cast.twins
            if twin.created in joining
        )
        for person in cast.people:
            _tell_day(batch, cast, person, ordinal, window)
        yield batch


def user_row(plan: Plan, cast: Cast, person: Person, last: int) -> Row:
    """Return a person's row as it stands after the second ``last``, counted from day 0."""
    seen = last_login(plan, cast, person, last)
    return (
        person.id,
        person.email,
        person.name.full,
        COMPANIES[person.company].name,
        person.department,
        stamp(person.created),
        None if seen is None else stamp(seen),
    )


def last_login(plan: Plan, cast: Cast, person: Person, last: int) -> int | None:
    """Return when the person last said something up to that second, both in seconds since day 0."""
    newest = min(last // DAY, person.leaves - 1)
    latest, deepest = None, max(plan.start, person.arrives)
    for ordinal in range(newest, deepest - 1, -1):
        for visit in visits(plan, person, cast.choices[person.place], ordinal):
            for instant, speaker in zip(visit.times, visit.speakers, strict=True):
                if speaker == "u" and instant <= last and (latest is None or instant > latest):
                    latest = instant
        if latest is not None and ordinal - 1 + LOOK_BACK < latest // DAY:
            break
    return latest


def _tell_day(batch: Batch, cast: Cast, person: Person, ordinal: int, window: _Window) -> None:
    plan = cast.plan
    meetings = visits(plan, person, cast.choices[person.place], ordinal)
    if not meetings or max(visit.times[-1] for visit in meetings) <= window.after:
        return
    rng = stream(plan.seed, TEXT, person.place, ordinal)
    told_today: set[str] = set()
    for visit in meetings:
        teller = Teller(visit, person, cast.members[person.company], ordinal, rng.random)
        told = teller.tell(told_today)
        session = random_id(rng.getrandbits)
        platform = "slack"
        if rng.random() < person.elsewhere:
            platform = COMPANIES[person.company].other_platform
        if visit.times[0] in window:
            batch.rows["sessions"].append(
                (
                    session,
                    person.id,
                    visit.twin.id,
                    platform,
                    told.title,
                    told.topic,
                    visit.twin.owner is not person,
                    stamp(visit.times[0]),
                )
            )
        lines = list(zip(visit.times, visit.speakers, told.turns, strict=True))
        _write_turns(batch, session, lines, rng.getrandbits, window)


def _write_turns(
    batch: Batch,
    session: str,
    lines: list[tuple[int, str, Turn]],
    bits: Callable[[int], int],
    window: _Window,
) -> None:
    """Add a conversation's messages, and its documents and queries between the question and the answer."""
    messages, documents, queries = (batch.rows[table] for table in ("messages", "documents", "queries"))
    for number, (instant, speaker, turn) in enumerate(lines, 1):
        message, search, paper = random_id(bits), turn.search, turn.paper
        kind = "general"
        if search or paper:
            kind = "document,query" if search and paper else "query" if search else "document"
        if instant in window:
            sender = "user" if speaker == "u" else "twin"
            messages.append((message, session, sender, turn.text, kind, stamp(instant)))
        wait = lines[number][0] - instant if number < len(lines) else 3
        if search:
            query, asked = random_id(bits), instant + max(1, min(wait // 3, 9))
            if asked in window:
                queries.append(
                    (query, session, message, search.text, search.kind, search.results, stamp(asked))
                )
        if paper:
            document, drafted = random_id(bits), instant + max(2, wait - 2)
            if drafted in window:
                documents.append((document, session, message, *paper, stamp(drafted)))
