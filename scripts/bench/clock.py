"""Medians of processor time from interleaved rounds: what is compared is measured side by side."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Ask = Callable[[], Any]


@dataclass(frozen=True)
class Timed:
    """An answer and the processor seconds it took, all threads of this process counted."""

    answer: Any
    cpu: float


def timed_once(ask: Ask) -> Timed:
    """Ask once."""
    begin = time.process_time()
    answer = ask()
    return Timed(answer, time.process_time() - begin)


def rounds(ways: Mapping[str, Ask], count: int) -> dict[str, float]:
    """Return the median processor seconds of each way over ``count`` rounds.

    Every round asks each way in turn; a quick way is asked many times in a row, and the time shared.
    """
    repeats = {name: _repeats(ask) for name, ask in ways.items()}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(count):
        for name, ask in ways.items():
            taken[name].append(_cpu(ask, repeats[name]))
    return {name: statistics.median(done) for name, done in taken.items()}


def _repeats(ask: Ask) -> int:
    """Return how often to ask so that the processor's clock can tell; this also warms what is cached."""
    return max(1, min(200, int(0.05 / max(_cpu(ask, 1), 1e-6))))


def _cpu(ask: Ask, repeats: int) -> float:
    gc.collect()
    gc.disable()
    try:
        begin = time.process_time()
        for _ in range(repeats):
            ask()
        return (time.process_time() - begin) / repeats
    finally:
        gc.enable()


def percentile(values: list[float], share: float) -> float:
    """Return the value below which that share of them lies, by nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, round(share * len(ordered)) - 1))]
