"""What a search index does on each kind of database, and what a reader gets from it."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from twin_tui.data.source import Source
from twin_tui.rollups.search.items import Item, Key
from twin_tui.rollups.search.numbers import PERSONS, TEXTS, TITLES, TWINS
from twin_tui.rollups.search.tables import SESSION, TWIN, USER
from twin_tui.text.search_terms import Terms

EARLIEST_US, LATEST_US = -(1 << 62), 1 << 62
REGION_OF = {SESSION: TITLES, USER: PERSONS, TWIN: TWINS}
"""Where an item of a kind stands; all others are `TEXTS`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the index; what it finds is to be compared with the rows themselves."""

    terms: Terms
    tags: tuple[str, ...]
    region: int = TEXTS
    since_us: int = EARLIEST_US
    until_us: int = LATEST_US
    """Half-open: items at or after it are left out where that is cheap."""
    first: int = 60
    """Places of the first batch; later ones hold more and more."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of the places found, going back in time."""

    places: tuple[tuple[int, Key, str], ...]
    """Kind, key, and session id where the index knows it."""
    settled_us: int
    """Every place at or after this instant was given by now."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Rows that the index takes in, or in anew."""

    items: tuple[Item, ...] = ()
    gone: tuple[tuple[int, Key], ...] = ()
    """What is to be forgotten first, by kind and key."""
    is_more: bool = False
    is_spoilt: bool = False
    """Whether the index has to be made anew: it no longer fits the rows."""
    words: tuple[str, ...] = ()
    """What is written of each item, where it is known already."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """New rows that were read before the write transaction they are taken in."""

    kind: int
    keys: tuple[Key, ...]
    last_id: str
    """The id of the last of them: a number that was given anew bears another."""
    marks: Any
    """How far the index had come."""
    items: tuple[Item, ...]
    words: tuple[str, ...]


class Store(ABC):
    """The index of one database, its tables there and current."""

    step_seconds = 0.03
    """What a step is meant to take: on SQLite other writers wait that long, on PostgreSQL they do not."""
    most_rows = 5_000
    """Rows of a step at most."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def ahead(self, limit: int) -> Ahead | None:  # noqa: ARG002 - of use where writers wait for one another
        """Return up to ``limit`` new rows for `take`, inside `Source.reading`; ``None`` for none."""
        return None

    @abstractmethod
    def take(self, limit: int, ahead: Ahead | None = None) -> Taken:
        """Return up to about ``limit`` rows that are not in yet; in the caller's write transaction.

        Those read before are what it returns, if nothing has changed since.
        """

    def take_away(self, limit: int) -> bool:  # noqa: ARG002 - only where writers wait for one another
        """Take away a part of an index that is no longer current; return whether there was any.

        In the caller's write transaction.
        """
        return False

    @abstractmethod
    def put(self, taken: Taken) -> None:
        """Write what was taken; in the caller's write transaction."""

    @abstractmethod
    def complete(self) -> None:
        """Do what is worth doing once, when everything is in; in the caller's write transaction."""

    @abstractmethod
    def behind(self) -> int:
        """Return how many rows are not in yet."""

    @abstractmethod
    def missing(self, limit: int) -> list[tuple[int, Key]]:
        """Return up to ``limit`` rows, by kind and key, that are not in yet, or not as they are now."""

    @abstractmethod
    def found(self, asked: Asked) -> Iterator[Batch]:
        """Yield places that may answer, the newest first, one statement a batch; the last one settles all."""


def sizes(first: int, most: int = 4_000) -> Iterator[int]:
    """Yield how many places each batch asks for: few at first, then more and more."""
    size = first
    while True:
        yield size
        size = min(most, size * 4)


def every_word(asked: Asked) -> Sequence[tuple[str, bool]]:
    """Return all words that an item must hold, each with whether it is only a beginning."""
    words: dict[str, bool] = {}
    for term in asked.terms.all:
        for at, word in enumerate(term.words):
            is_open = term.is_open and at == len(term.words) - 1
            words[word] = words.get(word, True) and is_open
    return [*words.items(), *((tag, False) for tag in asked.tags)]
