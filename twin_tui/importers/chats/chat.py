"""One conversation with an assistant, as ChatGPT's and claude.ai's exports have it once it is read."""

import marshal
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from twin_tui.data.times import parse_time
from twin_tui.importers.base import LAST_MICROS, SenderType

_MICROS = Decimal(1_000_000)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS = re.compile(r"[1-9]\d{9}\.\d{1,7}", re.ASCII)
_ZONES = ("Z", "+00:00")
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)


class OddItemError(Exception):
    """A conversation that cannot be understood as a whole; the text is the reason."""


Said = tuple[str, SenderType, str, int]
"""A message that the page shows: its native id, who wrote it, the text, microseconds.

A plain tuple, because there are millions of them.
"""


class Paper(NamedTuple):
    """One version of something drafted: a canvas, an artifact."""

    native: str
    kind: str | None
    title: str | None
    content: str
    micros: int
    asked_by: str | None
    """Native id of the person's message it answers; None where none stands before it."""


class Search(NamedTuple):
    """A search that was run; ``results`` is None where the export does not tell."""

    native: str
    kind: str | None
    text: str
    results: int | None
    micros: int
    asked_by: str | None


@dataclass(slots=True)
class Chat:
    """A conversation; its events stand in the order of the page, their times strictly increasing."""

    native: str
    account: str | None
    """Who had it, by the export's own id; None where it does not say."""
    title: str | None
    topic: str | None
    twin: str
    """Model or custom assistant, as the export calls it; "" where it does not say."""
    started: int
    """Microseconds since 1970, as all times here."""
    known_until: int
    """The newest moment the export knows of this conversation."""
    said: list[Said] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    searches: list[Search] = field(default_factory=list)

    def packed(self) -> bytes:
        """Return it as bytes that `unpacked` understands."""
        events = ([tuple(each) for each in events] for events in (self.papers, self.searches))
        head = (self.native, self.account, self.title, self.topic, self.twin, self.started, self.known_until)
        return marshal.dumps((*head, self.said, *events))

    @classmethod
    def unpacked(cls, data: bytes) -> "Chat":
        """Return it as it was packed, by this same process."""
        *head, papers, searches = marshal.loads(data)  # noqa: S302
        events: list[Any] = [[Paper(*each) for each in papers], [Search(*each) for each in searches]]
        values: list[Any] = [*head, *events]
        return cls(*values)


@dataclass(slots=True)
class Ledger:
    """What became of the messages of one conversation; nothing is lost without a word."""

    read: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    rejected: list[tuple[str, str, object]] = field(default_factory=list)
    """Position, reason and the message itself."""
    remarks: Counter[str] = field(default_factory=Counter)
    """What lost no message but should be known, counted over the import."""

    def leave(self, reason: str, count: int = 1) -> None:
        """Note messages that were understood and are no part of what the page shows."""
        self.left_out[reason] += count

    def reject(self, position: str, reason: str, item: object) -> None:
        """Note a message that could not be understood."""
        self.rejected.append((position, reason, item))


class Told(NamedTuple):
    """A conversation that was read at once."""

    chat: Chat | None
    """None: the page shows nothing of it."""
    ledger: Ledger


class Clock:
    """Hands out the times of one conversation, each later than the one before."""

    def __init__(self) -> None:
        self._last = 0

    def at(self, micros: int) -> int:
        """Return ``micros``, or the moment after the last one where that is not later."""
        self._last = max(micros, self._last + 1)
        return self._last


def moment(value: object) -> int | None:
    """Return a time, seconds since 1970 or ISO text, as microseconds; None for what is no time.

    >>> moment("1704629915.775304"), moment(1704629915), moment("2024-01-07T12:18:35.5Z"), moment(True)
    (1704629915775304, 1704629915000000, 1704629915500000, None)
    """
    if isinstance(value, str):
        if _SECONDS.fullmatch(value):
            tenths = int(value[:10] + value[11:].ljust(7, "0"))
            micros, rest = divmod(tenths, 10)
            return micros + (rest > 5 or (rest == 5 and micros & 1))  # half to even, as `round` does
        if "-" in value[1:] and "e-" not in value.lower():
            found = _usual_time(value) or parse_time(value)
            return None if found is None else _micros(found)
    if isinstance(value, str | int) and not isinstance(value, bool):
        try:
            number = Decimal(value[:40] if isinstance(value, str) else value)
            return _bounded(round(number * _MICROS)) if abs(number) < LAST_MICROS else None
        except (InvalidOperation, ValueError, OverflowError):
            return None
    return None


def _usual_time(text: str) -> datetime | None:
    """Return a time as assistants write it, None for any other text."""
    is_usual = (text[26:] in _ZONES and text[4:20:3] == "--T::.") or _ISO.fullmatch(text)
    try:
        return datetime.fromisoformat(text) if is_usual else None
    except ValueError:
        return None


def _micros(when: datetime) -> int | None:
    since = when - _EPOCH
    return _bounded((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


def _bounded(micros: int) -> int | None:
    return micros if 0 < micros <= LAST_MICROS else None


def said_text(text: str | None) -> str | None:
    """Return a text that holds more than white space, as it is; None for any other."""
    return text if text and not text.isspace() else None


def text_in(raw: Mapping[str, Any], key: str) -> str | None:
    """Return a text that holds more than white space, as it is; None for anything else."""
    value = raw.get(key)
    return value if isinstance(value, str) and value.strip() else None


def dict_in(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return an object's inner object, an empty one for anything else."""
    value = raw.get(key)
    return value if isinstance(value, dict) else {}


def dicts_in(raw: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """Return the objects of an inner list; none for anything else."""
    value = raw.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
