"""One walk: changes and refreshes in any order, by two refreshers, some of them cut off in the middle.

Whenever a refresh says that it is done, every derived table must be what a fresh build makes of the rows.
"""

import contextlib
from collections.abc import Callable, Iterator
from itertools import count
from random import Random
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from tests.rollups.contents import contents
from tests.rollups.fuzz.scene import ZONE, Scene
from tests.rollups.fuzz.steps import STEPS, UNTOLD, begin, step
from twin_tui.data.database import Source, open_database
from twin_tui.rollups import build_steps
from twin_tui.rollups import rebuild as rebuilding
from twin_tui.rollups import refresh as refreshing
from twin_tui.rollups.audit import audit
from twin_tui.rollups.capture import changes as capture
from twin_tui.rollups.others import Others
from twin_tui.rollups.rebuild import rebuild
from twin_tui.rollups.refresh import Refresher, refresh


class CrashError(Exception):
    """Ends a transaction in the middle."""


class DifferenceError(AssertionError):
    """The derived tables are not what a fresh build makes."""


class Walk:
    """A database on which things happen; ``log`` holds what happened since the last comparison."""

    def __init__(self, url: str, seed: int) -> None:
        self.draw = Random(seed)
        self.scene = Scene(url, self.draw)
        self.sources = (open_database(url, "write"), open_database(url, "write"))
        self.refreshers = tuple(Refresher(source, ZoneInfo(ZONE)) for source in self.sources)
        self.log: list[str] = []
        self.compared = 0
        begin(self.scene)
        rebuild(self.sources[0], ZONE)

    def close(self) -> None:
        self.scene.close()
        for source in self.sources:
            source.close()

    def step(self) -> None:
        """Let one change happen, and whatever else may."""
        self.log.append(step(self.scene, STEPS + UNTOLD))
        for likely, act in self.acts():
            if self.draw.random() < likely:
                self.log.append(act.__name__)
                act()

    def acts(self) -> Iterator[tuple[float, Callable[[], None]]]:
        yield 0.15, self.part
        yield 0.10, self.crash
        yield 0.02, self.build_in_pieces
        yield 0.02, self.crash_while_building
        yield 0.25, self.compare

    def part(self) -> None:
        """One transaction of one refresher, which may leave much to do."""
        with patch.object(refreshing, "LIMIT", self.draw.choice((1, 2, 500))), hurried(self.draw):
            self.draw.choice(self.refreshers).step()

    def crash(self) -> None:
        """One transaction that ends after some of its statements."""
        source, refresher = self.draw.choice(tuple(zip(self.sources, self.refreshers, strict=True)))
        with contextlib.suppress(CrashError), crashing(source, self.draw.randint(1, 60)):
            refresher.step()

    def build_in_pieces(self) -> None:
        """A rebuild that is stopped somewhere; the next refresh goes on with it."""
        turns = count()
        last = self.draw.randint(0, 90)
        with accompanied(self.draw):
            rebuild(self.draw.choice(self.sources), ZONE, should_stop=lambda: next(turns) > last)

    def crash_while_building(self) -> None:
        source = self.draw.choice(self.sources)
        with (
            contextlib.suppress(CrashError),
            accompanied(self.draw),
            crashing(source, self.draw.randint(1, 1_200)),
        ):
            rebuild(source, ZONE)

    def compare(self) -> None:
        """Refresh until done, then compare every table with a fresh build, which is undone."""
        source = self.draw.choice(self.sources)
        was_building = "build" in "".join(self.log)
        with hurried(self.draw):
            done = refresh(source, pause=lambda _: None)
            if "untold" in "".join(self.log) and audit(source):
                done = refresh(source, pause=lambda _: None)
        if not done.is_current or (done.is_rebuilt and not was_building):
            raise DifferenceError(f"{done} after {self.log}")
        if waiting := capture.behind(source):
            raise DifferenceError(f"{waiting} changes still wait after {self.log}")
        found, wanted = contents(source), fresh(source)
        for table, rows in wanted.items():
            if found[table] != rows:
                raise DifferenceError(f"{table} after {self.log}: {difference(found[table], rows)}")
        self.compared += 1
        self.log.clear()


def fresh(source: Source) -> dict[str, dict[Any, Any]]:
    """Return what a build from nothing makes, and undo it."""
    with contextlib.suppress(CrashError), source.writing():
        assert rebuild(source, ZONE)
        made = contents(source)
        raise CrashError
    return made


def difference(found: dict[Any, Any], wanted: dict[Any, Any]) -> str:
    """Return the first few rows that differ, as found and as wanted."""
    keys = [key for key in found.keys() | wanted.keys() if found.get(key) != wanted.get(key)]
    return "; ".join(f"{key}: {found.get(key)} is not {wanted.get(key)}" for key in sorted(keys, key=str)[:3])


@contextlib.contextmanager
def hurried(draw: Random) -> Iterator[None]:
    """Let transactions end after one or two sessions, now and then."""
    with patch.object(refreshing, "BATCH", draw.choice((1, 2, 10))):
        if draw.random() < 0.5:
            yield
        else:
            with patch.object(refreshing, "CHUNK_SECONDS", 0):
                yield


@contextlib.contextmanager
def accompanied(draw: Random) -> Iterator[None]:
    """Let a build go on in small pieces, now and then as if others wrote beside it."""
    are_writing = draw.random() < 0.5
    with (
        patch.object(Others, "are_writing", lambda _: are_writing),
        patch.object(build_steps, "MOST_INDEXED_AT_ONCE", 0),
        patch.object(rebuilding, "FEWEST", draw.choice((1, 3))),
        patch.object(rebuilding, "MOST", draw.choice((3, 2_000))),
    ):
        yield


@contextlib.contextmanager
def crashing(source: Source, after: int) -> Iterator[None]:
    """Raise `CrashError` instead of the statement that follows so many."""
    numbers, run = count(), source.run

    def run_or_crash(*args: Any) -> Any:
        if next(numbers) >= after:
            raise CrashError
        return run(*args)

    with patch.object(source, "run", run_or_crash):
        yield
