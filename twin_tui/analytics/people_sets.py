"""Sets of people as whole numbers with one bit each, and what is asked of many of them.

Union is ``|``, the size ``bit_count``. How often each person did something is a pile of such sets, one per
binary digit of the number, lowest first: its bit planes.
"""

from collections.abc import Iterable, Iterator, Sequence

from twin_tui.rollups.bitset import bitset


def union(sets: Iterable[int]) -> int:
    """Return everyone in any of the sets.

    >>> bin(union((0b001, 0b100)))
    '0b101'
    """
    everyone = 0
    for members in sets:
        everyone |= members
    return everyone


def rolling_unions(sets: Sequence[int], length: int) -> list[int]:
    """Return for each place the union of the ``length`` sets that end there, fewer at the beginning.

    Three unions per place, whatever the length: what a stretch shares with the block it begins in and with
    the one it ends in has been united before.

    >>> rolling_unions((1, 2, 4, 8), 2)
    [1, 3, 6, 12]
    """
    from_block_start: list[int] = []
    to_block_end = list(sets)
    for place, members in enumerate(sets):
        from_block_start.append(members if place % length == 0 else from_block_start[-1] | members)
    for place in range(len(sets) - 2, -1, -1):
        if (place + 1) % length:
            to_block_end[place] |= to_block_end[place + 1]
    return [
        whole if place < length else whole | to_block_end[place - length + 1]
        for place, whole in enumerate(from_block_start)
    ]


def planes_of(numbers: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Return the bit planes of (person, number) pairs; a person named twice counts with the sum.

    >>> planes_of([(0, 3), (2, 1)])
    (5, 1)
    """
    sums: dict[int, int] = {}
    for person, number in numbers:
        sums[person] = sums.get(person, 0) + number
    height = max(sums.values(), default=0).bit_length()
    return tuple(
        bitset(person for person, number in sums.items() if number >> place & 1) for place in range(height)
    )


def added_up(piles: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return the bit planes of the sums of numbers given as such, by person.

    Three sets of one digit at a time become one of it and one of the next (carry-save addition).

    >>> added_up([(0b01, 0b10), (0b11,), (0b11,)]) == (0b01, 0b01, 0b10)
    True
    """
    if len(piles) == 1:
        return tuple(piles[0])
    columns: list[list[int]] = []
    for pile in piles:
        columns += [[] for _ in range(len(pile) - len(columns))]
        for column, plane in zip(columns, pile, strict=False):
            column.append(plane)
    planes: list[int] = []
    while len(planes) < len(columns):
        column, carries = columns[len(planes)], []
        while len(column) > 2:
            one, other, third = column.pop(), column.pop(), column.pop()
            differs = one ^ other
            column.append(differs ^ third)
            carries.append(one & other | third & differs)
        if len(column) == 2:
            carries.append(column[0] & column[1])
            column = [column[0] ^ column[1]]
        planes += column
        if any(carries):
            if len(planes) == len(columns):
                columns.append([])
            columns[len(planes)] += filter(None, carries)
    while planes and not planes[-1]:
        planes.pop()
    return tuple(planes)


def at_least(planes: Sequence[int], least: int) -> int:
    """Return the set of people whose number is at least ``least``, which is positive.

    >>> at_least((0b101, 0b001), 2), at_least((0b101, 0b001), 1), at_least((0b101,), 4)
    (1, 5, 0)
    """
    if len(planes) < least.bit_length():
        return 0
    reached = -1
    for place in range(len(planes)):
        plane = planes[place]
        reached = reached & plane if least >> place & 1 else reached | plane
    return reached


def levels(planes: Sequence[int], people: int) -> Iterator[tuple[int, int]]:
    """Yield each number that people of a set have, the highest first, with the set of those who have it.

    >>> list(levels((0b101, 0b001), 0b111))
    [(3, 1), (1, 4), (0, 2)]
    """
    yield from _levels(planes, len(planes), people, 0)


def _levels(planes: Sequence[int], height: int, people: int, number: int) -> Iterator[tuple[int, int]]:
    """Yield what the people of a set come to by their digits below ``height``, highest first."""
    if not people:
        return
    if not height:
        yield number, people
        return
    ones = people & planes[height - 1]
    yield from _levels(planes, height - 1, ones, number | 1 << height - 1)
    yield from _levels(planes, height - 1, people ^ ones, number)
