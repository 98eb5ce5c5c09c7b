"""Facts of several cells of one day put together as they are stored: nothing is made of any of them alone."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from twin_tui.rollups import bitset, day_codec
from twin_tui.rollups.day_facts import COUNTERS, SUMS, DayFacts, added, planes_of
from twin_tui.rollups.multiset import Multiset

_LISTS = 3
"""Sections before those of who began: lengths, counts, replies."""


def together(stored: Iterable[tuple[bytes, bytes]]) -> DayFacts:
    """Return what `DayFacts.merged` makes of cells that share no session, given their two columns.

    Raises what `DayFacts.decode` does.
    """
    sums = [0] * len(SUMS)
    counts: tuple[dict[Any, int], ...] = tuple({} for _ in COUNTERS)
    people: list[bytes] = []
    begun: list[tuple[int, bytes]] = []
    lists: tuple[list[bytes], ...] = tuple([] for _ in range(_LISTS))
    for active, detail in stored:
        day = day_codec.decode(bytes(detail))
        people.append(bytes(active))
        sums = [held + more for held, more in zip(sums, day.sums, strict=True)]
        for held, pairs in zip(counts, (*day.named, day.hours), strict=True):
            for name, count in pairs:
                held[name] = held.get(name, 0) + count
        for values, section in zip(lists, day.sections, strict=False):
            if section:
                values.append(section)
        begun += enumerate(day.sections[_LISTS:])
    lengths, numbers, replies = (Multiset.merged(map(Multiset.decode, values)) for values in lists)
    sums_and_counters: dict[str, Any] = dict(zip(SUMS, sums, strict=True))
    sums_and_counters |= {name: Counter(held) for name, held in zip(COUNTERS, counts, strict=True)}
    return DayFacts(
        active=bitset.union(people),
        begun=_begun(begun),
        lengths=lengths,
        counts=numbers,
        replies=replies,
        **sums_and_counters,
    )


def _begun(stored: Iterable[tuple[int, bytes]]) -> tuple[int, ...]:
    """Return conversations per person as sets by binary digit, given such sets with their digits."""
    few: dict[int, int] = {}
    planes: tuple[int, ...] = ()
    for digit, people in stored:
        listed = bitset.listed(people)
        if listed is None:
            planes = added(planes, (*(0,) * digit, bitset.decode(people)))
            continue
        for person in listed:
            few[person] = few.get(person, 0) + (1 << digit)
    return added(planes, planes_of(few)) if planes else planes_of(few)
