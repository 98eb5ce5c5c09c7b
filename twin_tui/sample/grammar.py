"""The small language the sample's stories are written in: templates with choices and slots.

``‹customer›`` is a slot, ``‹Can¦Could› you`` a choice, ``‹¦, please›`` an optional piece; they nest. The
marks are rare in prose, so Markdown, code and tables stand in a template as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeVar

T = TypeVar("T")

Facts = dict[str, str]
"""What is true in one conversation: the values of its slots."""


class Slot(NamedTuple):
    """A place that takes a fact."""

    name: str


Part = str | Slot | tuple[tuple["Part", ...], ...]
"""A literal, a slot, or a choice of sequences."""


class TemplateError(ValueError):
    """A template's marks do not match; the sentence shows where."""


@cache
def parse(template: str) -> tuple[Part, ...]:
    """Return the parts of a template; raises `TemplateError`."""
    parts, at = _sequence(template, 0, nested=False)
    if at != len(template):
        raise TemplateError(f"unexpected {template[at]!r} in {template[max(0, at - 30) : at + 10]!r}")
    return parts


def _sequence(text: str, at: int, *, nested: bool) -> tuple[tuple[Part, ...], int]:
    parts: list[Part] = []
    begin = at
    while at < len(text):
        char = text[at]
        if char == "‹":
            if at > begin:
                parts.append(text[begin:at])
            part, at = _mark(text, at + 1)
            parts.append(part)
            begin = at
        elif char == "›" or (nested and char == "¦"):
            break
        else:
            at += 1
    if at > begin:
        parts.append(text[begin:at])
    return tuple(parts), at


def _mark(text: str, at: int) -> tuple[Part, int]:
    choices: list[tuple[Part, ...]] = []
    start = at
    while True:
        parts, at = _sequence(text, at, nested=True)
        choices.append(parts)
        if at >= len(text):
            raise TemplateError(f"unclosed mark in {text[max(0, start - 30) : start + 30]!r}")
        at += 1
        if text[at - 1] == "›":
            break
    if len(choices) == 1:
        only = choices[0]
        if len(only) != 1 or not isinstance(only[0], str) or not only[0].isidentifier():
            raise TemplateError(f"neither a slot nor a choice: {text[start - 1 : at]!r}")
        return Slot(only[0]), at
    return tuple(choices), at


def render(template: str, facts: Mapping[str, str], rnd: Callable[[], float]) -> str:
    """Return the template with its choices made and its slots filled; a missing fact raises `KeyError`."""
    parts = parse(template)
    if len(parts) == 1 and parts[0].__class__ is str:
        return template
    out: list[str] = []
    _render(parts, facts, rnd, out)
    return "".join(out)


def _render(
    parts: tuple[Part, ...], facts: Mapping[str, str], rnd: Callable[[], float], out: list[str]
) -> None:
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, Slot):
            out.append(facts[part.name])
        else:
            _render(part[int(rnd() * len(part))], facts, rnd, out)


class Pick:
    """Seeded choices for a story's facts."""

    __slots__ = ("language", "rnd")

    def __init__(self, rnd: Callable[[], float], language: str = "en") -> None:
        self.rnd = rnd
        self.language = language

    def num(self, low: int, high: int, step: int = 1) -> int:
        """Return a number between ``low`` and ``high``, both possible, on a grid of ``step``."""
        return low + int(self.rnd() * ((high - low) // step + 1)) * step

    def one(self, choices: Sequence[T]) -> T:
        """Return one of the choices."""
        return choices[int(self.rnd() * len(choices))]

    def some(self, choices: Sequence[T], count: int) -> list[T]:
        """Return ``count`` different choices, in random order."""
        left = list(choices)
        return [left.pop(int(self.rnd() * len(left))) for _ in range(min(count, len(left)))]


@dataclass(frozen=True, slots=True)
class Draft:
    """A document a beat asks for."""

    kind: str
    """email, report, proposal or summary."""
    titles: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """A search a beat asks for."""

    kind: str
    """email_search, document_search or general."""
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beat:
    """One thing said and answered."""

    asks: tuple[str, ...]
    replies: tuple[str, ...]
    lookup: Lookup | None = None
    draft: Draft | None = None
    is_fix: bool = False
    """Only sensible after something was drafted."""

    @property
    def kind(self) -> str:
        """What it triggers: ``""``, ``"q"``, ``"d"`` or ``"dq"``."""
        return ("d" if self.draft else "") + ("q" if self.lookup else "")


@dataclass(frozen=True, slots=True)
class Story:
    """An arc that a conversation can follow: openings, what may come next, how it ends."""

    name: str
    language: str
    departments: tuple[str, ...]
    """Where it is told most; empty: everywhere."""
    facts: Callable[[Pick, Facts], None]
    """Adds the story's facts, ``subject`` among them."""
    titles: tuple[str, ...]
    topics: tuple[str, ...]
    opens: tuple[Beat, ...]
    beats: tuple[Beat, ...]
    lists: Mapping[str, tuple[str, ...]]
    """What may be said besides: ``thanks`` to end with, an ``aside`` of the person before the answer, an
    ``extra`` of the twin after it; in a language's own phrases also greetings and the like."""
