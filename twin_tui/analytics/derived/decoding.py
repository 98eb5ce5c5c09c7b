"""Days as they are stored become facts; those asked for again and again are kept decoded."""

from collections import OrderedDict
from functools import lru_cache
from typing import TypeAlias

from twin_tui.rollups.day_facts import DayFacts

_SMALL, _LARGE = 4_096, 65_536
"""Bytes of days that are kept decoded: days long past are asked for again and again, and do not change."""
_small = lru_cache(maxsize=1_500)(DayFacts.decode)
_Key: TypeAlias = tuple[int, int, int, int]


class _Large:
    """Large days, the latest used, known by lengths and hashes of their bytes.

    The bytes themselves would be nearly as much as what they say. Two days are mixed up where both lengths
    are equal and a hash of 64 bits, keyed anew by each process, does not tell them apart: one in 10^19.
    """

    def __init__(self, most: int = 80) -> None:
        self._most = most
        self._kept: OrderedDict[_Key, DayFacts] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def decode(self, active: bytes, detail: bytes) -> DayFacts:
        """Return a day from its bytes."""
        key = (hash(active), hash(detail), len(active), len(detail))
        # Taken out and put in again: two threads may do so at once.
        day = self._kept.pop(key, None) or DayFacts.decode(active, detail)
        self._kept[key] = day
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return day

    def clear(self) -> None:
        """Keep none."""
        self._kept.clear()


_large = _Large()


def decoded(active: bytes, detail: bytes) -> DayFacts:
    """Return a day from its bytes: what it is kept by, so that no old one is ever told."""
    length = len(active) + len(detail)
    if length > _LARGE:
        return DayFacts.decode(active, detail)
    return (_small if length <= _SMALL else _large.decode)(bytes(active), bytes(detail))


def forget_large_days() -> None:
    """Keep no large day decoded: those of an overview of 100,000 people are 5 MiB."""
    _large.clear()
