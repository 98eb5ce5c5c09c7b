"""What everybody did with twins on one local day: whose twins, whom with, about what, and what came of it.

A function of the rows of sessions alone. Numbers by twin are piles of sets of twins, one for each binary
digit: those of a month are added up, and twins ranked by them, without looking at any twin alone.
"""

import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twin_tui.rollups import bitset
from twin_tui.rollups.day_facts import added, planes_of, subtracted
from twin_tui.rollups.details import documents_by_type
from twin_tui.rollups.multiset import Multiset
from twin_tui.rollups.rows import Detail

COUNTS = (
    "conversations", "user_messages", "queries_known", "queries_empty", "dead_ends", "unanswered_messages",
)  # fmt: skip
"""What is counted by twin."""
_USED = 2
"""So many of them, the first, tell that somebody used a twin."""
_DEAD, _OPEN = 4, 5
PAIR_BITS = 32
"""A pair is the person's number, moved by so many bits, and the twin's."""
Held = tuple[int, int, int, int, int, int, int, Detail]
"""Of a session on a day: person, twin, whether shared, whether begun, messages of the person, documents,
queries, detail."""
Columns = tuple[str, bytes, bytes]
"""Sums, numbers by twin and pairs, as they are stored."""
Planes = tuple[int, ...]
"""Numbers by twin: the k-th set holds the twins whose number has the k-th binary digit."""
Documents = tuple[int, int, int]
"""Documents, those with a known number of words, and the words."""
_NO_DOCUMENTS: Documents = (0, 0, 0)


class Tally:
    """What rows add up to."""

    __slots__ = ("documents", "ends", "pairs", "topics", "twins")

    def __init__(self) -> None:
        self.twins: tuple[dict[int, int], ...] = tuple({} for _ in COUNTS)
        """Each of `COUNTS` by the number of the twin."""
        self.pairs: list[int] = []
        """Conversations with the twin of somebody else, each as person and twin."""
        self.ends: dict[int, int] = {}
        """Dead ends by the bits of their reasons."""
        self.topics: dict[int, int] = {}
        """Conversations by the number of their topic."""
        self.documents: dict[str, Documents] = {}
        """By type."""

    def add_sessions(self, rows: Iterable[Held]) -> None:
        """Add what sessions hold on the day."""
        conversations, asked, known, empty = self.twins[:4]
        for user, twin, shared, begun, user_messages, documents, queries, detail in rows:
            if begun:
                conversations[twin] = conversations.get(twin, 0) + 1
                if shared:
                    self.pairs.append(user << PAIR_BITS | twin)
            if user_messages:
                asked[twin] = asked.get(twin, 0) + user_messages
            if queries:
                if "qk" in detail:
                    known[twin] = known.get(twin, 0) + detail["qk"]
                if "qe" in detail:
                    empty[twin] = empty.get(twin, 0) + detail["qe"]
            if documents:
                for name, *numbers in documents_by_type(detail):
                    held = self.documents.get(name, _NO_DOCUMENTS)
                    self.documents[name] = (held[0] + numbers[0], held[1] + numbers[1], held[2] + numbers[2])

    def add_dead_ends(self, twin: int, reasons: int, count: int = 1) -> None:
        """Add conversations of the day that led nowhere."""
        _count(self.twins[_DEAD], twin, count)
        _count(self.ends, reasons, count)

    def add_open(self, twin: int, count: int = 1) -> None:
        """Add messages of the day that the twin said nothing after."""
        _count(self.twins[_OPEN], twin, count)

    def add_topic(self, topic: int, count: int = 1) -> None:
        """Add conversations of the day about a topic."""
        _count(self.topics, topic, count)

    @property
    def is_empty(self) -> bool:
        """Whether nobody did anything."""
        return not (any(self.twins) or self.ends or self.topics or self.documents)

    def encode(self) -> Columns:
        """Return what `Doings.encode` does of it, sooner."""
        by_twin = _packed([_encoded(numbers) for numbers in self.twins])
        sums = Sums(self.ends, sum(self.twins[_OPEN].values()), self.topics, self.documents)
        return sums.encode(), by_twin, Multiset(self.pairs).encode()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tally) and self._told() == other._told()

    __hash__ = None  # type: ignore[assignment]

    def _told(self) -> tuple[Any, ...]:
        return self.twins, sorted(self.pairs), self.ends, self.topics, self.documents


@dataclass(frozen=True, slots=True)
class Doings:
    """The same as it is stored; equal ones are stored equally."""

    twins: tuple[Planes, ...]
    pairs: Multiset
    ends: Mapping[int, int]
    topics: Mapping[int, int]
    documents: Mapping[str, Documents]

    @classmethod
    def of(cls, tally: Tally) -> "Doings":
        """Return what was added up."""
        return cls(
            tuple(map(planes_of, tally.twins)),
            Multiset(tally.pairs),
            tally.ends,
            tally.topics,
            tally.documents,
        )

    @property
    def is_empty(self) -> bool:
        """Whether nobody did anything."""
        return not (any(self.twins) or self.ends or self.topics or self.documents)

    @property
    def sums(self) -> "Sums":
        """What is told without looking at twins."""
        return Sums(self.ends, numbers_in(self.twins[_OPEN]), self.topics, self.documents)

    def changed(self, gone: Tally, new: Tally) -> "Doings":
        """Return it without what some rows came to, and with what others do.

        Raises `ValueError` when what is to be taken away was not in it.
        """
        return Doings(
            tuple(
                added(subtracted(held, planes_of(less)), planes_of(more))
                for held, less, more in zip(self.twins, gone.twins, new.twins, strict=True)
            ),
            self.pairs.changed(gone.pairs, new.pairs),
            _moved(self.ends, gone.ends, new.ends),
            _moved(self.topics, gone.topics, new.topics),
            _documents_moved(self.documents, gone.documents, new.documents),
        )

    def encode(self) -> Columns:
        """Return it as three columns hold it."""
        by_twin = _packed([list(map(bitset.encode, each)) for each in self.twins])
        return self.sums.encode(), by_twin, self.pairs.encode()

    @classmethod
    def decode(cls, sums: str, twins: bytes, pairs: bytes) -> "Doings":
        """Return what was stored; raises `ValueError`, `LookupError`, `TypeError` or `struct.error`."""
        told = Sums.decode(sums)
        return cls(decoded(twins), Multiset.decode(pairs), told.ends, told.topics, told.documents)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a day comes to without its twins."""

    ends: Mapping[int, int]
    open_messages: int
    topics: Mapping[int, int]
    documents: Mapping[str, Documents]

    def encode(self) -> str:
        """Return it as compact JSON."""
        told = (
            sorted(self.ends.items()),
            self.open_messages,
            sorted(self.topics.items()),
            [(name, *numbers) for name, numbers in sorted(self.documents.items())],
        )
        return json.dumps(told, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def decode(cls, stored: str) -> "Sums":
        """Return what `encode` wrote."""
        ends, open_messages, topics, documents = json.loads(stored)
        by_type = {name: (count, known, words) for name, count, known, words in documents}
        return cls(dict(ends), open_messages, dict(topics), by_type)


def _packed(stored: Sequence[Sequence[bytes]]) -> bytes:
    lengths = [len(plane) for each in stored for plane in each]
    head = struct.pack(f"<{len(COUNTS)}B{len(lengths)}I", *map(len, stored), *lengths)
    return b"".join((head, *(plane for each in stored for plane in each)))


def _encoded(numbers: Mapping[int, int]) -> list[bytes]:
    """Return the sets of `planes_of`, as they are stored."""
    height = max(numbers.values(), default=0).bit_length()
    if height == 1:
        return [bitset.encoded(numbers)]
    return [
        bitset.encoded([twin for twin, number in numbers.items() if number >> digit & 1])
        for digit in range(height)
    ]


def used(twins: bytes) -> int:
    """Return the twins that somebody began a conversation with, or wrote to, as `Doings.encode` stored them.

    >>> Doings.of(Tally()).encode()[1] == bytes(6), used(bytes(6))
    (True, 0)
    """
    everyone = 0
    for planes in decoded(twins, _USED):
        for plane in planes:
            everyone |= plane
    return everyone


def decoded(twins: bytes, first: int = len(COUNTS)) -> tuple[Planes, ...]:
    """Return the numbers by twin that `Doings.encode` stored, of the ``first`` of `COUNTS`."""
    heights = twins[: len(COUNTS)]
    lengths = iter(struct.unpack_from(f"<{sum(heights)}I", twins, len(COUNTS)))
    place, found = len(COUNTS) + 4 * sum(heights), []
    for height in heights[:first]:
        each = []
        for _ in range(height):
            stop = place + next(lengths)
            each.append(bitset.decode(twins[place:stop]))
            place = stop
        found.append(tuple(each))
    return tuple(found)


def together(many: Iterable[tuple[Planes, ...]]) -> tuple[Planes, ...]:
    """Return the numbers by twin of several days added up.

    >>> together([((0b1,),) * 6, ((0b11,),) * 6])[0] == (0b10, 0b1)
    True
    """
    whole: tuple[Planes, ...] = ((),) * len(COUNTS)
    for day in many:
        whole = tuple(added(held, more) for held, more in zip(whole, day, strict=True))
    return whole


def numbers_in(numbers: Planes) -> int:
    """Return the sum of all twins' numbers.

    >>> numbers_in((0b11, 0b10))
    4
    """
    return sum(plane.bit_count() << digit for digit, plane in enumerate(numbers))


def _count(counts: dict[Any, int], key: Any, number: int) -> None:
    counts[key] = counts.get(key, 0) + number


def _moved(held: Mapping[int, int], gone: Mapping[int, int], new: Mapping[int, int]) -> dict[int, int]:
    counts = dict(held)
    for key, number in gone.items():
        _count(counts, key, -number)
    for key, number in new.items():
        _count(counts, key, number)
    if any(number < 0 for number in counts.values()):
        raise ValueError("more was to be taken away than there is")
    return {key: number for key, number in counts.items() if number}


def _documents_moved(
    held: Mapping[str, Documents], gone: Mapping[str, Documents], new: Mapping[str, Documents]
) -> dict[str, Documents]:
    counts = {name: list(numbers) for name, numbers in held.items()}
    for sign, tally in ((-1, gone), (1, new)):
        for name, numbers in tally.items():
            before = counts.get(name, _NO_DOCUMENTS)
            counts[name] = [old + sign * number for old, number in zip(before, numbers, strict=True)]
    if any(number < 0 for numbers in counts.values() for number in numbers):
        raise ValueError("more was to be taken away than there is")
    return {name: (numbers[0], numbers[1], numbers[2]) for name, numbers in counts.items() if numbers[0]}
