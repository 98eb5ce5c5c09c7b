"""What a refresher's write transactions are for, and how long each keeps other writers out."""

import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NamedTuple

from bench.clock import percentile
from twin_tui.data.source import Source

_ROOM = "twin_tui.rollups."
_FULLY_TOLD = ("indexes", "last_indexes")
"""Steps of a build whose cursor tells what they do."""


class Hold(NamedTuple):
    """One write transaction; seconds, instants of `time.perf_counter`, which all processes share."""

    what: str
    """The function that began it, and its step."""
    begun: float
    """When it had the lock; it waited for that long before."""
    waited: float
    ended: float
    cpu: float
    """Processor time of its thread until it was committed; the commit took that long by the clock."""
    commit: float
    changes: int
    """Rows it wrote, as SQLite counts them; 0 elsewhere."""

    @property
    def seconds(self) -> float:
        """How long others were kept out."""
        return self.ended - self.begun


@contextmanager
def noted(source: Source) -> Iterator[list[Hold]]:
    """Yield the list that every write transaction of ``source`` is added to, until the block ends."""
    found: list[Hold] = []
    here = threading.local()
    begin, end = source._begin_write, source._end_write

    def begin_noted() -> None:
        here.what = _what(sys._getframe(1))
        asked = time.perf_counter()
        begin()
        here.begun, here.cpu, here.changes = time.perf_counter(), time.thread_time(), _changes(source)
        here.waited = here.begun - asked

    def end_noted(*, is_good: bool) -> None:
        at, changes = time.perf_counter(), _changes(source) - here.changes
        end(is_good=is_good)
        ended = time.perf_counter()
        cpu = time.thread_time() - here.cpu
        found.append(Hold(here.what, here.begun, here.waited, ended, cpu, ended - at, changes))

    changed: Any = source
    changed._begin_write, changed._end_write = begin_noted, end_noted
    try:
        yield found
    finally:
        del changed._begin_write, changed._end_write


def _what(frame: FrameType | None) -> str:
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith(_ROOM):
            here, step = frame.f_locals, frame.f_locals.get("step", "")
            named = [step, str(here.get("cursor") or "first")] if step in _FULLY_TOLD else [step]
            return " ".join((f"{module.removeprefix(_ROOM)}.{frame.f_code.co_name}", *named)).rstrip()
        frame = frame.f_back
    return "?"


def _changes(source: Source) -> int:
    return int(source.running_connection().total_changes) if source.is_sqlite else 0


def told(holds: Iterable[Hold]) -> Iterator[str]:
    """Yield lines: by kind how many, and milliseconds by the clock, of the processor, of committing."""
    by_kind: defaultdict[str, list[Hold]] = defaultdict(list)
    for hold in holds:
        by_kind[hold.what].append(hold)
    yield f"{'held for':64}{'times':>7}{'median':>8}{'p99':>8}{'worst':>8}{'cpu':>8}{'commit':>8}{'rows':>8}"
    for what, some in sorted(by_kind.items(), key=lambda entry: -max(hold.seconds for hold in entry[1])):
        clock = [hold.seconds for hold in some]
        figures = (
            percentile(clock, 0.5),
            percentile(clock, 0.99),
            max(clock),
            max(hold.cpu for hold in some),
            max(hold.commit for hold in some),
        )
        numbers = "".join(f"{figure * 1000:8.1f}" for figure in figures)
        yield f"{what:64}{len(some):7}{numbers}{max(hold.changes for hold in some):8}"


def during(waits: Iterable[tuple[float, float]], holds: Iterable[Hold], least: float) -> Iterator[str]:
    """Yield a line for every wait, given as begin and end, of at least so many seconds: who held the lock."""
    holds = list(holds)
    for begun, ended in sorted(waits, key=lambda wait: wait[0] - wait[1]):
        if ended - begun < least:
            return
        over = [
            f"{hold.what} {hold.seconds * 1000:.0f} (cpu {hold.cpu * 1000:.0f}, {hold.changes} rows)"
            for hold in holds
            if hold.begun < ended and hold.ended > begun
        ]
        yield f"waited {(ended - begun) * 1000:6.1f}: {', '.join(over) or 'nobody of ours'}"
