"""Numbers of items in SQLite: they rise with time, so that the newest hits are those of highest number.

A number is a region, a block of a quarter of an hour, and a place inside the block. Within a block the order
is that of arrival: who reads sorts by time there. Where a block is full, items go to older ones, and how far
they went is noted.
"""

from collections.abc import Callable

PLACE_BITS = 13
BLOCK_US = 900 * 1_000_000
_REGION_BITS = 60
_FIRST = 1 << 14
"""The first block of dated items; those below take what spills from it."""
_LAST = (1 << 40) - 1
_EPOCH_US = 946_684_800 * 1_000_000
"""2000-01-01; what is older stands in the first block."""
_MOST_REMEMBERED = 200_000
TEXTS, TITLES, PERSONS, TWINS = range(4)
"""Regions: messages, documents and queries; sessions; people; twins."""


def block_of(at_us: int | None) -> int:
    """Return the block of an instant in microseconds since 1970; people and twins, without one, have 0.

    >>> block_of(None), block_of(0), block_of(946_685_700_000_000) - block_of(0)
    (0, 16384, 1)
    """
    if at_us is None:
        return 0
    return min(_LAST, _FIRST + max(0, (at_us - _EPOCH_US) // BLOCK_US))


def start_of(block: int) -> int:
    """Return the instant that a block begins with; the first block has no beginning, nor have those below."""
    return -(1 << 62) if block <= _FIRST else _EPOCH_US + (block - _FIRST) * BLOCK_US


def first_number(region: int, block: int) -> int:
    """Return the lowest number of a block."""
    return region << _REGION_BITS | block << PLACE_BITS


def block_of_number(number: int) -> int:
    """Return the block that a number belongs to.

    >>> block_of_number(first_number(TITLES, 77) + 5)
    77
    """
    return (number & (1 << _REGION_BITS) - 1) >> PLACE_BITS


def end_of_region(region: int) -> int:
    """Return the number after the last of a region."""
    return first_number(region, _LAST + 1)


class Numbers:
    """Hands out numbers after those in use."""

    def __init__(self, highest: Callable[[int, int], int | None]) -> None:
        """``highest(low, end)`` returns the highest number in use within ``[low, end)``."""
        self._highest = highest
        self._next: dict[tuple[int, int], int] = {}
        self._spilt: dict[tuple[int, int], int] = {}
        self.spill = 0
        """Blocks between an item's own block and the one it stands in, at most."""

    def take(self, region: int, at_us: int | None) -> int:
        """Return a number that was never used for another item."""
        own = block_of(at_us)
        if not own:
            return self._after(region, 0, end_of_region(region))
        block = self._spilt.get((region, own), own)
        while True:
            end = first_number(region, block + 1)
            number = self._after(region, block, end)
            if number < end:
                self.spill = max(self.spill, own - block)
                return number
            block = self._spilt[region, own] = block - 1

    @property
    def is_full(self) -> bool:
        """Whether it remembers so many blocks that it is better to begin anew."""
        return len(self._next) > _MOST_REMEMBERED

    def _after(self, region: int, block: int, end: int) -> int:
        key = region, block
        number = self._next.get(key)
        if number is None:
            first = first_number(region, block)
            highest = self._highest(first, end)
            number = first if highest is None else highest + 1
        if number < end:
            self._next[key] = number + 1
        return number
