"""Makes the derived tables from nothing, in pieces that never keep a writer waiting, resumable anywhere."""

import gc
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from secrets import token_hex
from zoneinfo import ZoneInfo

from twin_tui.data.source import Source
from twin_tui.rollups import tables
from twin_tui.rollups.build_steps import STEPS, Steps, Tell
from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.capture import changes as capture
from twin_tui.rollups.others import Others
from twin_tui.rollups.portions import HOLD_SECONDS, Portion, Rests
from twin_tui.rollups.state import note, notes

FEWEST, MOST = 100, 2_000
"""Rows one transaction takes at least, and at most."""
PIECE_SECONDS = HOLD_SECONDS
"""How long one transaction goes on, about: a writer waits for it."""
_Place = tuple[str | None, str, str | None]


def rebuild(
    source: Source,
    timezone: str,
    tell: Tell | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    pause: Callable[[float], object] = time.sleep,
) -> bool:
    """Make the derived tables anew for the local days of a timezone; return whether they are complete.

    Until they are, they answer nothing. Stopped or interrupted, `resume` goes on from there. Between two
    transactions ``pause`` lets writers go first; it is given seconds. Raises `DatabaseError`.
    """
    with source.writing():
        capture.hold(source)
        version = notes(source).get("version") if tables.are_there(source) else None
        if version is None:
            tables.create(source)
        capture.install(source)
        capture.reset(source)
        note(source, {"version": str(tables.VERSION), "timezone": timezone, "status": "building"})
        note(source, {"step": None, "cursor": None, "indexed": None, "build": token_hex(8)})
        if version not in (None, str(tables.VERSION)):
            note(source, {"replaces": version})
    return resume(source, tell, should_stop, pause)


def resume(
    source: Source,
    tell: Tell | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    pause: Callable[[float], object] = time.sleep,
) -> bool:
    """Go on with a build; return whether the tables are complete by now. Raises `DatabaseError`."""
    build = _Build(source, tell, pause)
    with build.others.minded():
        while not should_stop():
            with _uncollected():
                is_done = build.piece()
            if is_done:
                return True
    return False


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for reference cycles among rows that have none: up to a tenth of the work."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Build:
    """One build, in whatever state its notes are; what two at once do, one of them throws away."""

    def __init__(self, source: Source, tell: Tell | None, pause: Callable[[float], object]) -> None:
        self.source = source
        calendar = Calendar(ZoneInfo(notes(source)["timezone"]))
        self.others = Others(source)
        self._steps = Steps(source, calendar, tell or (lambda *_: None), self.others)
        self._portions: defaultdict[str, Portion] = defaultdict(lambda: Portion(FEWEST, MOST, PIECE_SECONDS))
        """By step: a row of one costs much more than one of another."""
        self._rests = Rests(pause, is_needed=source.is_sqlite)
        self._reached: _Place | None = None
        """How far the build had come when this wrote last."""

    def piece(self) -> bool:
        """Do as much as one transaction may take; return whether everything is done.

        What can be worked out beforehand is, so that writers wait for the writing alone.
        """
        if self.others.are_writing():
            self._rests.stay_away()
        noted = notes(self.source)
        if noted["status"] == "current":
            return True
        place = _place(noted)
        if self._reached != place:
            # At the beginning, and when another program went on with it.
            self._steps.begin()
        _, step, cursor = place
        portion = self._portions[step]
        with self.source.reading():
            prepared = self._steps.read(step, cursor, portion.size)
        self._rests.rest()
        with self.source.writing():
            started = time.monotonic()
            capture.hold(self.source)
            now = notes(self.source)
            if now["status"] == "current" or _place(now) != place:
                return now["status"] == "current"
            following = self._steps.write(step, prepared)
            is_done = following is None and step == STEPS[-1]
            if following is not None:
                note(self.source, {"cursor": following})
            elif not is_done:
                note(self.source, {"step": STEPS[STEPS.index(step) + 1], "cursor": None})
            else:
                note(self.source, {"step": None, "cursor": None, "indexed": None, "status": "current"})
            self._reached = _place(notes(self.source))
        self._rests.ended()
        portion.took(time.monotonic() - started)
        return is_done


def _place(noted: Mapping[str, str]) -> _Place:
    """Return which build it is, and how far it has come."""
    return noted.get("build"), noted.get("step", STEPS[0]), noted.get("cursor")
