"""The entries of a conversation in reading order, packed: fifty thousand of them take 3 MiB."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, overload

EntryKind = Literal["message", "document", "query"]
Sender = Literal["user", "twin"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNTIMED = -(1 << 63)
_BLOCK = 1024
"""Entries compared at once."""
_WHO: tuple[tuple[EntryKind, Sender | None], ...] = (
    ("message", "user"),
    ("message", "twin"),
    ("document", None),
    ("query", None),
)
_CODES = {who: code for code, who in enumerate(_WHO)}


@dataclass(frozen=True, slots=True)
class EntryRef:
    """One line of a conversation's index: enough to lay it out and to jump, no text."""

    kind: EntryKind
    id: str
    time: datetime | None
    sender: Sender | None
    """Of a message; ``None`` for documents and queries."""
    size: int
    """Characters of its text."""
    message_id: str | None
    """The triggering message of a document or query; ``None``: an orphan."""
    results_count: int | None = None
    """Of a query; ``None``: unknown."""

    @property
    def found_nothing(self) -> bool:
        """Whether this is a query without a result."""
        return self.kind == "query" and self.results_count == 0


class EntryIndex(Sequence[EntryRef]):
    """What an `EntryRef` tells of every entry, in a column each; the references are made when asked for.

    >>> one = EntryRef("message", "m1", None, "user", 5, None)
    >>> EntryIndex([one])[0] == one
    True
    """

    def __init__(self, entries: Iterable[EntryRef] = ()) -> None:
        """Pack entries one by one: they may come from a database's cursor."""
        self._ids = bytearray()
        self._ends = array("q", [0])
        self._who = bytearray()
        self._moments = array("q")
        self._sizes = array("q")
        self._messages: dict[int, str] = {}
        self._results: dict[int, int] = {}
        for at, entry in enumerate(entries):
            self._ids += entry.id.encode("utf-8", "surrogatepass")
            self._ends.append(len(self._ids))
            self._who.append(_CODES[entry.kind, entry.sender])
            self._moments.append(_UNTIMED if entry.time is None else (entry.time - _EPOCH) // _MICROSECOND)
            self._sizes.append(entry.size)
            if entry.message_id is not None:
                self._messages[at] = entry.message_id
            if entry.results_count is not None:
                self._results[at] = entry.results_count

    def __len__(self) -> int:
        return len(self._who)

    @overload
    def __getitem__(self, at: int) -> EntryRef: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[EntryRef, ...]: ...

    def __getitem__(self, at: int | slice) -> EntryRef | tuple[EntryRef, ...]:
        if isinstance(at, slice):
            return tuple(map(self._entry, range(*at.indices(len(self)))))
        return self._entry(range(len(self))[at])

    def __iter__(self) -> Iterator[EntryRef]:
        return map(self._entry, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EntryIndex) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"EntryIndex({list(self)})"

    def ids(self) -> Iterator[str]:
        """Yield the id of each entry."""
        return map(self.id_at, range(len(self)))

    def kinds(self) -> Iterator[EntryKind]:
        """Yield the kind of each entry."""
        return (_WHO[code][0] for code in self._who)

    def senders(self) -> Iterator[Sender | None]:
        """Yield who sent each entry, ``None`` for documents and queries."""
        return (_WHO[code][1] for code in self._who)

    def times(self) -> Iterator[datetime | None]:
        """Yield the time of each entry, in UTC; ``None`` where it is unknown."""
        return map(_time, self._moments)

    def sizes(self) -> Iterator[int]:
        """Yield the characters of each entry's text."""
        return iter(self._sizes)

    @property
    def message_ids(self) -> Mapping[int, str]:
        """Position of a document or query → id of the message it belongs to; orphans are missing."""
        return self._messages

    def empty_queries(self) -> list[int]:
        """Return the positions of the queries that found nothing."""
        query = _CODES["query", None]
        return [at for at, found in self._results.items() if found == 0 and self._who[at] == query]

    def id_at(self, at: int) -> str:
        """Return the id of the entry at a position from 0 on."""
        return self._ids[self._ends[at] : self._ends[at + 1]].decode("utf-8", "surrogatepass")

    def alike(self, other: "EntryIndex") -> int:
        """Return how many entries from the beginning on have the same ids in both."""
        count = min(len(self), len(other))
        for first in range(0, count, _BLOCK):
            last = min(first + _BLOCK, count)
            if self._block(first, last) != other._block(first, last):
                return next(at for at in range(first, last) if self.id_at(at) != other.id_at(at))
        return count

    def _block(self, first: int, last: int) -> tuple["array[int]", bytearray]:
        ends = self._ends[first : last + 1]
        return ends, self._ids[ends[0] : ends[-1]]

    def _entry(self, at: int) -> EntryRef:
        kind, sender = _WHO[self._who[at]]
        return EntryRef(
            kind,
            self.id_at(at),
            _time(self._moments[at]),
            sender,
            self._sizes[at],
            self._messages.get(at),
            self._results.get(at),
        )


class Positions:
    """Where in an index an id stands: the first of its places."""

    def __init__(self, index: EntryIndex) -> None:
        self._index = index
        hashes = list(map(hash, index.ids()))
        self._places = array("q", sorted(range(len(hashes)), key=hashes.__getitem__))
        self._hashes = array("q", map(hashes.__getitem__, self._places))

    def get(self, entry_id: str) -> int | None:
        """Return the position of an entry, ``None`` where it is not in the index."""
        wanted = hash(entry_id)
        at = bisect_left(self._hashes, wanted)
        while at < len(self._hashes) and self._hashes[at] == wanted:
            if self._index.id_at(self._places[at]) == entry_id:
                return self._places[at]
            at += 1
        return None


def _time(moment: int) -> datetime | None:
    return None if moment == _UNTIMED else _EPOCH + timedelta(microseconds=moment)
