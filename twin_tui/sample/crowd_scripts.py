"""Conversations told beforehand, with slots for what differs: names, customers, days.

A large sample tells each of them many times; a script is told once by the small sample's storytellers, with
marks in place of names, which become the ``%(slot)s`` of a format.
"""

import re
from dataclasses import dataclass
from random import Random

from twin_tui.sample.crowd_options import CrowdOptions
from twin_tui.sample.grammar import Facts
from twin_tui.sample.identity import SCRIPT, stream
from twin_tui.sample.names import Name
from twin_tui.sample.narration import Paper, Search, Teller, Turn
from twin_tui.sample.options import Plan
from twin_tui.sample.people import DAY, Person, TwinOf
from twin_tui.sample.rhythm import Visit, visit

SLOTS = (
    "me", "family", "peer", "other", "customer", "rival", "twin", "date", "past",
    "month", "last_month", "next_month", "quarter", "last_quarter",
)  # fmt: skip
"""What is filled in for every conversation."""
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([a-z_]+){_CLOSE}")
_LANGUAGES = ("en", "de", "fr", "es", "pt", "ja", "ar", "he", "hi")
_STYLES = ("plain", "plain", "casual", "formal", "emoji")
_DEPARTMENTS = ("Sales", "Engineering", "Finance", "Support", "People", "Product", "Legal", "Marketing")
MOST_SCRIPTS, FEWEST_SCRIPTS = 240, 12
"""Scripts for each language and length; English has twice as many."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text, and whether it has slots."""

    text: str
    has_slots: bool

    def told(self, facts: Facts) -> str:
        """Return the text with its slots filled."""
        return self.text % facts if self.has_slots else self.text


Line = tuple[str, str, bool, str]
"""One message: sender, text, whether the text has slots, message type."""


@dataclass(frozen=True, slots=True)
class Extra:
    """What one message triggers."""

    number: int
    """The message's place."""
    search: tuple[Words, str, int | None] | None
    """Text, type and number of results."""
    paper: tuple[str, Words, Words] | None
    """Type, title and content."""


@dataclass(frozen=True, slots=True)
class Script:
    """One conversation, to be told with any names on any day."""

    title: Words | None
    topic: Words | None
    lines: tuple[Line, ...]
    extras: tuple[Extra, ...]
    offsets: tuple[int, ...]
    """Seconds from the start to each message."""
    resumed: int
    """Number of the message that follows on the next working day; 0: none does."""
    last_said: int
    """Number of the person's last message."""


class Library:
    """The scripts of one sample, told when first asked for."""

    def __init__(self, options: CrowdOptions) -> None:
        self._seed = options.seed
        self._count = min(MOST_SCRIPTS, max(FEWEST_SCRIPTS, options.messages // 10_000))
        self._told: dict[tuple[str, int], tuple[Script, ...]] = {}

    def scripts(self, language: str, messages: int) -> tuple[Script, ...]:
        """Return the scripts of that language with so many messages; never empty."""
        key = (language, messages)
        found = self._told.get(key)
        if found is None:
            rng = stream(self._seed, SCRIPT, _LANGUAGES.index(language), messages)
            count = self._count * (2 if language == "en" else 1)
            found = self._told[key] = tuple(_script(language, messages, rng) for _ in range(count))
        return found


def _script(language: str, messages: int, rng: Random) -> Script:
    day = 739_000 + rng.randrange(365)
    plan = Plan(0, 1, day, 1, (1, 1), (messages, messages))
    person = _person(language, rng)
    blindness = rng.choice((0.04, 0.08, 0.12, 0.3))
    twin = TwinOf("", person, _mark("twin"), None, is_shared=True, created=0, blindness=blindness)
    course = visit(plan, twin, day * DAY + 36_000, rng.random)
    teller = Teller(course, person, (), day, rng.random)
    teller.facts |= {name: _mark(name) for name in SLOTS}
    told = teller.tell(set())
    return Script(
        _words(told.title) if told.title else None,
        _words(told.topic) if told.topic else None,
        tuple(map(_line, course.speakers, told.turns)),
        tuple(
            Extra(number, _search(turn.search), _paper(turn.paper))
            for number, turn in enumerate(told.turns)
            if turn.search or turn.paper
        ),
        tuple(instant - course.times[0] for instant in _same_day(course)),
        course.resumed if course.is_overnight and course.resumed > 0 else 0,
        course.speakers.rindex("u"),
    )


def _same_day(course: Visit) -> list[int]:
    """Return the instants of the messages as if nobody had slept over it."""
    times = list(course.times)
    if course.is_overnight and course.resumed > 0:
        night = times[course.resumed] - times[course.resumed - 1] - 60
        times[course.resumed :] = [instant - night for instant in times[course.resumed :]]
    return times


def _line(speaker: str, turn: Turn) -> Line:
    text = _words(turn.text)
    kind = "general"
    if turn.search or turn.paper:
        both = turn.search and turn.paper
        kind = "document,query" if both else "query" if turn.search else "document"
    return "user" if speaker == "u" else "twin", text.text, text.has_slots, kind


def _search(search: Search | None) -> tuple[Words, str, int | None] | None:
    return search and (_words(search.text), search.kind, search.results)


def _paper(paper: Paper | None) -> tuple[str, Words, Words] | None:
    return paper and (paper.kind, _words(paper.title), _words(paper.content))


def _mark(name: str) -> str:
    return f"{_OPEN}{name}{_CLOSE}"


def _words(text: str) -> Words:
    if _OPEN not in text:
        return Words(text, has_slots=False)
    return Words(_MARK.sub(r"%(\1)s", text.replace("%", "%%")), has_slots=True)


def _person(language: str, rng: Random) -> Person:
    return Person(
        place=0,
        id="",
        email="",
        name=Name(_mark("me"), _mark("me"), _mark("me"), ""),
        company=0,
        department=rng.choice(_DEPARTMENTS),
        language=language,
        created=0,
        arrives=0,
        leaves=0,
        away=range(0),
        diligence=1.0,
        intensity=1.0,
        native=1.0,
        style=rng.choice(_STYLES),
        elsewhere=0.0,
        rhythm=(1.0,),
    )
