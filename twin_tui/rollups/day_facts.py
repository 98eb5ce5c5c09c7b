"""Everything that figures ask of one local day in one cell, exact: a function of its session rows alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import zip_longest
from operator import or_
from typing import Any

from twin_tui.rollups import bitset, day_codec
from twin_tui.rollups.details import parsed
from twin_tui.rollups.multiset import Multiset
from twin_tui.rollups.rows import SessionDay

SUMS = (
    "conversations",
    "shared",
    "by_user",
    "by_twin",
    "words_known",
    "words",
    "results_known",
    "empty",
    "found",
)
"""Fields of `DayFacts` that are plain sums over its rows."""
_NAMED = ("types", "documents", "queries", "platforms")
COUNTERS = (*_NAMED, "hours")
"""Fields that are sums by some name, or by hour."""


@dataclass(frozen=True, slots=True)
class DayFacts:
    """One day of one cell; sets of people have bit ``no`` of the person's row."""

    active: int
    """People who started a session or wrote a message."""
    begun: tuple[int, ...]
    """Sessions started per person: the k-th set holds those whose number has the k-th binary digit."""
    conversations: int
    """Sessions started; below, those with someone else's twin."""
    shared: int
    by_user: int
    """Messages by sender; other senders' are only in ``types``."""
    by_twin: int
    types: Counter[str]
    """Messages by ``message_type`` as stored, "" for none."""
    documents: Counter[str]
    """Documents by type; below, those with a known number of words, and their words."""
    words_known: int
    words: int
    queries: Counter[str]
    """Queries by type; below, those with a known number of results, with none, and the results."""
    results_known: int
    empty: int
    found: int
    lengths: Multiset
    """Active microseconds of the sessions started that have at least two messages."""
    counts: Multiset
    """Messages of the sessions started that have any."""
    replies: Multiset
    """Microseconds until the twin's reply, of the day's user messages that got one."""
    hours: Counter[int]
    """User messages by hour of the week, Monday 0:00 first."""
    platforms: Counter[str]
    """Sessions started by platform, "" for none."""

    @property
    def starters(self) -> int:
        """The set of people who started a session."""
        return reduce(or_, self.begun, 0)

    @property
    def messages(self) -> int:
        """Messages of any sender."""
        return self.types.total()

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened."""
        return not (self.conversations or self.types or self.documents or self.queries)

    @classmethod
    def of(cls, rows: Iterable[SessionDay]) -> "DayFacts":
        """Return the facts of a day's rows."""
        tally = _Tally(rows)
        sums_and_counters: dict[str, Any] = {**tally.sums}
        for name, counts in tally.counters.items():
            sums_and_counters[name] = _counter(counts)
        return cls(
            active=bitset.bitset(tally.active),
            begun=planes_of(tally.begun),
            lengths=Multiset(tally.lengths),
            counts=Multiset(tally.counts),
            replies=Multiset(tally.replies),
            **sums_and_counters,
        )

    @classmethod
    def merged(cls, parts: Iterable["DayFacts"]) -> "DayFacts":
        """Return the facts of several cells that share no session, or of several days."""
        held = list(parts)
        if len(held) == 1:
            return held[0]
        begun: tuple[int, ...] = ()
        for part in held:
            begun = added(begun, part.begun)
        return cls(
            active=reduce(or_, (part.active for part in held), 0),
            begun=begun,
            lengths=Multiset.merged(part.lengths for part in held),
            counts=Multiset.merged(part.counts for part in held),
            replies=Multiset.merged(part.replies for part in held),
            **_each(
                lambda name: sum(getattr(part, name) for part in held),
                lambda name: _together(getattr(part, name) for part in held),
            ),
        )

    def changed(self, gone: Iterable[SessionDay], new: Iterable[SessionDay], still: int) -> "DayFacts":
        """Return the facts without some of the rows they were made of, and with others.

        ``still`` is the set of people active by rows that stay. Raises `ValueError` when a row to take away
        was not among them.
        """
        minus, plus = _Tally(gone), _Tally(new)
        return DayFacts(
            active=self.active & ~bitset.bitset(minus.active) | still | bitset.bitset(plus.active),
            begun=added(subtracted(self.begun, planes_of(minus.begun)), planes_of(plus.begun)),
            lengths=self.lengths.changed(minus.lengths, plus.lengths),
            counts=self.counts.changed(minus.counts, plus.counts),
            replies=self.replies.changed(minus.replies, plus.replies),
            **_each(
                lambda name: getattr(self, name) - minus.sums[name] + plus.sums[name],
                lambda name: _moved(getattr(self, name), minus.counters[name], plus.counters[name]),
            ),
        )

    def encode(self) -> bytes:
        """Return all but ``active`` as bytes."""
        sections = [self.lengths.encode(), self.counts.encode(), self.replies.encode()]
        sections += map(bitset.encode, self.begun)
        named = [getattr(self, name) for name in _NAMED]
        return day_codec.encode([getattr(self, name) for name in SUMS], named, self.hours, sections)

    @classmethod
    def decode(cls, active: bytes, detail: bytes) -> "DayFacts":
        """Return what was stored in the columns of those names."""
        stored = day_codec.decode(detail)
        sums, sections = dict(zip(SUMS, stored.sums, strict=True)), stored.sections
        counters = dict(zip(COUNTERS, (*stored.named, stored.hours), strict=True))
        return cls(
            active=bitset.decode(active),
            begun=tuple(map(bitset.decode, sections[3:])),
            lengths=Multiset.decode(sections[0]),
            counts=Multiset.decode(sections[1]),
            replies=Multiset.decode(sections[2]),
            **_each(sums.__getitem__, lambda name: _counter(counters[name])),
        )


class _Tally:
    """What rows add up to."""

    def __init__(self, rows: Iterable[SessionDay] = ()) -> None:
        self.active: set[int] = set()
        self.begun: dict[int, int] = {}
        self.lengths: list[int] = []
        self.counts: list[int] = []
        self.replies: list[int] = []
        self.sums = dict.fromkeys(SUMS, 0)
        self.counters: dict[str, dict[Any, int]] = {name: {} for name in COUNTERS}
        for row in rows:
            self._add(row)

    def _add(self, row: SessionDay) -> None:
        detail = parsed(row.detail)
        sums, counters = self.sums, self.counters
        if row.begun:
            self.begun[row.user_no] = self.begun.get(row.user_no, 0) + 1
            sums["conversations"] += 1
            sums["shared"] += row.shared
            counters["platforms"][row.platform] = counters["platforms"].get(row.platform, 0) + 1
            if "l" in detail:
                self.lengths.append(detail["l"])
            if "n" in detail:
                self.counts.append(detail["n"])
        if row.is_active:
            self.active.add(row.user_no)
        if row.messages:
            sums["by_user"] += row.user_messages
            sums["by_twin"] += row.twin_messages
            if "t" in detail:
                _add(counters["types"], detail["t"].items())
            if "h" in detail:
                _add(counters["hours"], detail["h"])
            self.replies += detail.get("r", ())
        if row.documents:
            _add(counters["documents"], detail.get("d", {}).items())
            sums["words_known"] += detail.get("dk", 0)
            sums["words"] += detail.get("dw", 0)
        if row.queries:
            _add(counters["queries"], detail.get("q", {}).items())
            sums["results_known"] += detail.get("qk", 0)
            sums["empty"] += detail.get("qe", 0)
            sums["found"] += detail.get("qf", 0)


def added(some: Sequence[int], others: Sequence[int]) -> tuple[int, ...]:
    """Return per-person numbers, as sets by binary digit, added up.

    >>> added((0b01, 0b10), (0b11,)) == (0b10, 0b11)
    True
    """
    planes, carry, digit = list(some), 0, 0
    while carry or digit < len(others):
        one = planes[digit] if digit < len(planes) else 0
        other = others[digit] if digit < len(others) else 0
        differs = one ^ other
        planes[digit : digit + 1] = (differs ^ carry,)
        carry = one & other | carry & differs
        digit += 1
    return _trimmed(planes)


def subtracted(some: Sequence[int], others: Sequence[int]) -> tuple[int, ...]:
    """Return the difference of such numbers; raises `ValueError` when one would fall below zero."""
    planes, borrow = [], 0
    for one, other in zip_longest(some, others, fillvalue=0):
        planes.append(one ^ other ^ borrow)
        borrow = ~one & (other | borrow) | other & borrow
    if borrow:
        raise ValueError("more was to be taken away than there is")
    return _trimmed(planes)


def _each(of_sum: Callable[[str], int], of_counter: Callable[[str], Counter[Any]]) -> dict[str, Any]:
    sums: dict[str, Any] = {name: of_sum(name) for name in SUMS}
    return sums | {name: of_counter(name) for name in COUNTERS}


def _trimmed(planes: list[int]) -> tuple[int, ...]:
    while planes and not planes[-1]:
        planes.pop()
    return tuple(planes)


def planes_of(numbers: Mapping[int, int]) -> tuple[int, ...]:
    """Return numbers per person, or twin, as sets by binary digit.

    >>> planes_of({0: 3, 2: 1})
    (5, 1)
    """
    digits = max(numbers.values(), default=0).bit_length()
    if digits == 1:
        return (bitset.bitset(numbers),)
    return tuple(
        bitset.bitset(person for person, number in numbers.items() if number >> digit & 1)
        for digit in range(digits)
    )


def _add(counts: dict[Any, int], items: Iterable[Any]) -> None:
    for name, count in items:
        counts[name] = counts.get(name, 0) + count


def _counter(items: Mapping[Any, int] | Iterable[tuple[Any, int]]) -> Counter[Any]:
    """Return what `Counter` makes of pairs, without its look at what it is given."""
    counts: Counter[Any] = Counter.__new__(Counter)
    if items:
        dict.update(counts, items)
    return counts


def _together(counters: Iterable[Counter[Any]]) -> Counter[Any]:
    counts: dict[Any, int] = {}
    for counter in counters:
        _add(counts, counter.items())
    return _counter(counts)


def _moved(counts: Counter[Any], minus: Mapping[Any, int], plus: Mapping[Any, int]) -> Counter[Any]:
    moved = Counter(counts)
    moved.subtract(minus)
    moved.update(plus)
    if any(count < 0 for count in moved.values()):
        raise ValueError("more was to be taken away than there is")
    return +moved


NOTHING = DayFacts.of(())
"""The facts of a day without anything."""
