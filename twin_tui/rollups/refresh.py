"""Brings derived tables up to date with what changed, in transactions so short that no writer waits long."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from twin_tui.data.source import Source
from twin_tui.rollups import days, doing_rows, tables
from twin_tui.rollups.build_steps import Tell
from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.capture import changes as capture
from twin_tui.rollups.cells import EVERYTHING
from twin_tui.rollups.portions import Rests
from twin_tui.rollups.rebuild import rebuild, resume
from twin_tui.rollups.spoilt import SpoiltError
from twin_tui.rollups.state import read_state
from twin_tui.rollups.statements import select_by
from twin_tui.rollups.writing import Writing

CHUNK_SECONDS = 0.04
"""How long one transaction takes sessions in, at most: a writer waits for it. Days cost less when shared."""
LIMIT = 500
"""Sessions, users and twins each that one transaction takes off the queue at most."""
FEWEST, CHOICE = 50, 8
"""So many it takes off at least, and so many times what one transaction had time for."""
BATCH, SMALLEST = 8, 4
"""Sessions taken in before the first look at the clock, and where even that took too long; then as many as
there seems to be time for."""
MOST_DIRTY = 0.2
"""Share of all messages above which making everything anew is quicker."""
FEW = 2_000
"""Changes that are always taken in one by one."""
_KEY_SECONDS = 0.000_5
"""What one day of one cell costs, about, until it is known."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did."""

    sessions: int = 0
    """Sessions whose rows were made anew."""
    days: int = 0
    """Rows by cell and day that changed."""
    is_rebuilt: bool = False
    """Whether everything was made anew instead."""
    is_current: bool = True
    """Whether nothing was left to do, at some instant."""


def refresh(
    source: Source,
    should_stop: Callable[[], bool] = lambda: False,
    pause: Callable[[float], object] = time.sleep,
    tell: Tell | None = None,
) -> Refreshed:
    """Take in what changed, until nothing is left or the caller wants no more.

    Where there are no derived tables nothing is done; where a build was interrupted it goes on; where the
    changes are too many or cannot be told, everything is made anew. Between two transactions ``pause`` lets
    writers go first; it is given seconds. ``tell`` hears of the progress of a build. Raises `DatabaseError`.
    """
    state = read_state(source)
    if state is None:
        return Refreshed(is_current=False)
    is_rebuilt, is_whole = False, True
    if state.status == "building" and state.version == tables.VERSION and capture.is_intact(source):
        is_rebuilt, is_whole = True, resume(source, tell, should_stop, pause)
    elif state.version != tables.VERSION or _is_beyond_repair(source):
        is_rebuilt, is_whole = True, rebuild(source, state.timezone, tell, should_stop, pause)
    refresher = Refresher(source, ZoneInfo(state.timezone))
    sessions, touched, rests = 0, 0, Rests(pause)
    while is_whole and not should_stop():
        rests.rest()
        try:
            step = refresher.step()
        except SpoiltError:
            is_rebuilt, is_whole = True, rebuild(source, state.timezone, tell, should_stop, pause)
            continue
        if step is None:
            break
        sessions, touched = sessions + step.sessions, touched + step.days
        if step.is_current:
            return Refreshed(sessions, touched, is_rebuilt)
        rests.ended()
    return Refreshed(sessions, touched, is_rebuilt, is_current=False)


def bring_up_to_date(source: Source, timezone: str, tell: Tell | None = None) -> None:
    """Make the derived tables where there are none, for that timezone; else take in what changed.

    For a program that has just written much and alone: it does not pause. Raises `DatabaseError`.
    """
    if read_state(source) is None:
        rebuild(source, timezone, tell, pause=lambda _: None)
    else:
        refresh(source, pause=lambda _: None, tell=tell)


class Refresher:
    """Takes changes in, step by step; keeps between them what steps have taught."""

    def __init__(self, source: Source, zone: ZoneInfo) -> None:
        self.source = source
        self.calendar = Calendar(zone)
        self._key_seconds = _KEY_SECONDS
        self._limit = CHOICE * BATCH
        self._batch = BATCH

    def step(self) -> Refreshed | None:
        """Take in as much as one transaction may; ``None`` when another program makes everything anew.

        Raises `DatabaseError`, and `SpoiltError` where only a rebuild helps.
        """
        with self.source.writing():
            begun = time.monotonic()
            capture.hold(self.source)
            state = read_state(self.source)
            if state is None or not state.serves(self.calendar.zone.key):
                return None
            taken = capture.take(self.source, min(LIMIT, self._limit))
            done, left = self.take_in(taken.sessions, taken.users, taken.twins, begun)
            if left:
                capture.put(self.source, left)
        was_long = time.monotonic() - begun > CHUNK_SECONDS
        self._batch = SMALLEST if was_long else BATCH
        # Some to choose from, so that days are shared, yet few that are only put back.
        self._limit = max(FEWEST, CHOICE * done.sessions) if left else min(LIMIT, 2 * self._limit)
        return Refreshed(done.sessions, done.days, is_current=not left and not taken.is_more)

    def take_in(
        self, sessions: Collection[str], users: Collection[str], twins: Collection[str], begun: float
    ) -> tuple[Refreshed, list[str]]:
        """Make the rows of these anew, inside a write transaction that began then (`time.monotonic`).

        Users and twins are taken in whole; returns the ids of the sessions there was no time for, too.
        """
        writing, changes = Writing(self.source, self.calendar), days.Changes()
        created, moved = writing.people.take_users(users)
        changes.created.add(created)
        changes.created.add(writing.people.take_twins(twins))
        theirs = select_by(self.source, tables.SESSION, ("session_id",), "user_no", moved) if moved else []
        waiting = list(dict.fromkeys((*sessions, *(session_id for (session_id,) in theirs))))
        if len(waiting) > BATCH:
            waiting = writing.in_time(waiting)
        done, size, spent = 0, min(BATCH, self._batch), time.monotonic() - begun
        while done < len(waiting) and size > 0:
            batch = waiting[done : done + size]
            writing.replace(batch, changes)
            done += len(batch)
            before, spent = spent, time.monotonic() - begun + len(changes.session_keys) * self._key_seconds
            each = max(spent - before, 1e-6) / len(batch)
            size = min(done, int((CHUNK_SECONDS - spent) / each))
        touched, before = len(changes.session_keys), time.monotonic()
        days.change(self.source, writing.cells, changes)
        doing_rows.change(self.source, changes.doings_gone, changes.doings_new)
        if touched:
            spent = (time.monotonic() - before) / touched
            self._key_seconds = (self._key_seconds + spent) / 2
        return Refreshed(done, len(changes.keys)), waiting[done:]


def _is_beyond_repair(source: Source) -> bool:
    """Return whether changes were lost, or are so many that a rebuild is quicker."""
    with source.reading():
        if not capture.is_intact(source):
            return True
        behind = capture.behind(source)
        return behind > FEW and behind > MOST_DIRTY * _messages(source)


def _messages(source: Source) -> int:
    """Return how many messages the derived tables have taken in."""
    ((count,),) = source.run(
        f"SELECT coalesce(sum(messages), 0) FROM {tables.DAY} WHERE cell ="
        f" (SELECT no FROM {tables.CELL} WHERE kind = ?)",
        (EVERYTHING.kind,),
    )
    return int(count)
