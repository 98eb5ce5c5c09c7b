"""Days as they are stored become facts; those asked for again and again are kept decoded."""

from functools import lru_cache

from twin_tui.rollups.day_facts import DayFacts

_SMALL, _LARGE = 4_096, 65_536
"""Bytes of days that are kept decoded: days long past are asked for again and again, and do not change."""
_small = lru_cache(maxsize=1_500)(DayFacts.decode)
_large = lru_cache(maxsize=80)(DayFacts.decode)


def decoded(active: bytes, detail: bytes) -> DayFacts:
    """Return a day from its bytes; they are the key it is kept by, so that no old one is ever told."""
    length = len(active) + len(detail)
    if length > _LARGE:
        return DayFacts.decode(active, detail)
    return (_small if length <= _SMALL else _large)(bytes(active), bytes(detail))
