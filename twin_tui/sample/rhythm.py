"""When someone talks to a twin and how the talk goes: the bare course of each day, before any words."""

from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from twin_tui.sample.identity import COURSE, stream
from twin_tui.sample.options import Plan
from twin_tui.sample.people import DAY, Person, TwinOf

LOOK_BACK = 5
"""No conversation reaches farther than so many days past the one it starts on."""
QUERY_SHARE = 0.51
DRAFT_SHARE = 0.31
"""Shares of conversations that look something up and that draft something (a few have no room for it)."""
_QUIET_DAYS = frozenset({(1, 1), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31)})


@dataclass(frozen=True, slots=True)
class Visit:
    """One conversation: when everything is said and what it is to contain."""

    twin: TwinOf
    times: tuple[int, ...]
    """Instant of each message."""
    speakers: str
    """``u`` or ``t`` for each message."""
    pairs: int
    """Questions that get their answer."""
    ending: str
    """thanks (of the person), close (the twin answers them), left (a question nobody answers) or empty."""
    aside: int
    """The pair in which the person adds something before the answer; -1: none."""
    extra: int
    """The pair in which the twin adds something to its answer; -1: none."""
    has_query: bool
    has_draft: bool
    is_blind: bool
    """Its first search finds nothing."""
    resumed: int
    """Number of the message after a long pause; -1: none."""
    is_overnight: bool


def is_working_day(ordinal: int) -> bool:
    """Return whether most people work on that day."""
    if (ordinal - 1) % 7 >= 5:
        return False
    day = date.fromordinal(ordinal)
    return (day.month, day.day) not in _QUIET_DAYS


def visits(plan: Plan, person: Person, twins: tuple[TwinOf, ...], ordinal: int) -> list[Visit]:
    """Return the person's conversations that start on that UTC day, in order; often none."""
    if ordinal < person.arrives or ordinal >= person.leaves or ordinal in person.away:
        return []
    if ordinal < plan.start:
        return []
    rnd = stream(plan.seed, COURSE, person.place, ordinal).random
    grown = 0.7 + 0.3 * min(1.0, (ordinal - plan.start + 1) / plan.horizon)
    working = is_working_day(ordinal)
    mood = 0.9 + 0.2 * (ordinal // 7 * 7919 % 13) / 12
    arriving = ordinal == person.arrives and working
    if not arriving and rnd() > person.diligence * grown * mood * (1.0 if working else 0.13):
        return []
    low, high = plan.sessions
    count = low + int((high - low + 1) * rnd() ** (1.0 / (person.intensity * grown)))
    count = min(count, high) if working else min(low, 1 + int(rnd() * 1.4))
    open_twins = [twin for twin in twins if twin.created < ordinal * DAY] or list(twins)
    total = person.rhythm[-1]
    starts = []
    for _ in range(count):
        half = bisect(person.rhythm, rnd() * total)
        starts.append(ordinal * DAY + min(half, 47) * 1800 + int(rnd() * 1800))
    starts.sort()
    starts = [max(start, person.created + 600 * turn) for turn, start in enumerate(starts, 1)]
    return [visit(plan, open_twins[int(rnd() * len(open_twins))], start, rnd) for start in starts]


def visit(plan: Plan, twin: TwinOf, start: int, rnd: Callable[[], float]) -> Visit:
    """Return one conversation that starts at that second, as long as the plan says."""
    low, high = plan.messages
    count = low + int((high - low + 1) * rnd())
    has_query = rnd() < QUERY_SHARE and count > 1
    has_draft = rnd() < DRAFT_SHARE and count > 1
    is_blind = has_query and rnd() < twin.blindness
    pairs, ending, aside, extra = count // 2, "", -1, -1
    if count % 2:
        turn = rnd()
        if count == 1 or turn > 0.9:
            ending = "left"
        elif turn < 0.55:
            ending = "thanks"
        elif turn < 0.75:
            aside = int(rnd() * pairs)
        else:
            extra = int(rnd() * pairs)
    elif pairs > 1 + has_query + has_draft and rnd() < 0.4:
        ending = "close"
        pairs -= 1
    speakers = ""
    for pair in range(pairs):
        speakers += ("uu" if pair == aside else "u") + ("tt" if pair == extra else "t")
    speakers += {"": "", "thanks": "u", "left": "u", "close": "ut"}[ending]
    resumed, is_overnight = -1, False
    if pairs > 1 and rnd() < 0.16:
        is_overnight = rnd() < 0.4
        pauses = [at for at in range(1, len(speakers)) if speakers[at - 1] == "t" and speakers[at] == "u"]
        resumed = pauses[int(rnd() * len(pauses))]
    times = [start]
    for at in range(1, len(speakers)):
        if at == resumed:
            times.append(
                next_morning(times[-1], rnd()) if is_overnight else times[-1] + 2_100 + int(12_000 * rnd())
            )
        else:
            times.append(times[-1] + _delay(speakers[at - 1 : at + 1], rnd))
    return Visit(
        twin,
        tuple(times),
        speakers,
        pairs,
        ending,
        aside,
        extra,
        has_query,
        has_draft,
        is_blind,
        resumed,
        is_overnight,
    )


def next_morning(left: int, chance: float) -> int:
    """Return the instant on the next working day (or, before a long weekend, the next day) a talk goes on."""
    tomorrow = left // DAY + 1
    day = next((day for day in range(tomorrow, tomorrow + 3) if is_working_day(day)), tomorrow)
    return max(day * DAY + 7 * 3_600 + int(10_800 * chance), left + 9 * 3_600)


def _delay(turn: str, rnd: Callable[[], float]) -> int:
    """Return the seconds between two messages, by who said the first and who says the second."""
    chance = rnd()
    if turn == "ut":
        return 5 + int(35 * chance + 260 * rnd() ** 4)
    if turn == "tt":
        return 20 + int(240 * chance * chance)
    if turn == "uu":
        return 8 + int(70 * chance)
    return 25 + int(1_300 * chance**3 + 150 * rnd())
