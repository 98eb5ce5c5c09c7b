"""The rows of a large sample, a UTC day at a time: as many messages as asked, in memory that does not grow.

Memory holds the people, the scripts (`crowd_scripts`) and the days under way. Rows are written in the order
they would have come in, day by day: what a conversation goes on with tomorrow stands among tomorrow's rows.
Users come last, since they carry when they were last seen.
"""

from bisect import bisect
from collections.abc import Iterator
from datetime import date
from random import Random

from twin_tui.sample.companies import HOURS_EAST
from twin_tui.sample.crowd_options import CrowdOptions
from twin_tui.sample.crowd_people import Crowd, Helper, Member, crowd_of
from twin_tui.sample.crowd_telling import Telling
from twin_tui.sample.identity import COURSE, CROWD, stream
from twin_tui.sample.people import DAY, working_hours
from twin_tui.sample.rhythm import is_working_day
from twin_tui.sample.world import Batch, stamp

_WEEKEND = 0.13
"""Use on a day off, against a working day."""
_STARTS = 4_096
"""Half hours drawn beforehand for each part of the world."""
_STALE = 7
"""Days after which those who have left are taken off the list."""


def generate_crowd(options: CrowdOptions) -> Iterator[Batch]:
    """Yield a large sample a day at a time; the same options give the same rows, value for value.

    The first day also brings the twins that were there before, the last batch the users.
    """
    crowd = crowd_of(options)
    last = options.last_second
    start = last // DAY - options.day_count + 1
    calendar = _Calendar(options, start)
    telling = Telling(options, crowd)
    rng = stream(options.seed, COURSE)
    present = _Present(crowd.members)
    helpers = iter(crowd.helpers)
    waiting = next(helpers, None)
    for ordinal in range(start, last // DAY + 1):
        day = telling.day(ordinal)
        end = (ordinal + 1) * DAY
        while waiting is not None and waiting.created < end:
            day.batch.rows["twins"].append(_twin_row(waiting))
            waiting = next(helpers, None)
        present.move_to(ordinal)
        for begin, member, size in _meetings(calendar, present, ordinal, options, rng):
            telling.tell(day, member, begin, size)
        yield day.batch
    final = Batch(date.fromordinal(last // DAY))
    final.rows["users"].extend(_user_row(crowd, member) for member in crowd.members)
    yield final


def _meetings(
    calendar: "_Calendar", present: "_Present", ordinal: int, options: CrowdOptions, rng: Random
) -> list[tuple[int, Member, int]]:
    """Return who talks on a day: second, member and number of messages, in the order of time."""
    left, found = calendar.messages(ordinal), list[tuple[int, Member, int]]()
    low, high = options.messages_per_session
    rnd, latest = rng.random, options.last_second
    while left > 0:
        for member in present.drawn(rng, 1 + left // high):
            size = min(left, low + int((high - low + 1) * rnd()))
            begin = ordinal * DAY + calendar.clock(member.clock, rnd())
            if begin > latest:
                begin = ordinal * DAY + int((latest % DAY) * rnd())
            found.append((begin, member, size))
            left -= size
            if left <= 0:
                break
    found.sort(key=_begin)
    return found


def _begin(meeting: tuple[int, Member, int]) -> int:
    return meeting[0]


class _Calendar:
    """How many messages belong to each day, and at what time of day conversations begin."""

    def __init__(self, options: CrowdOptions, start: int) -> None:
        self._start = start
        last = options.last_second
        days = range(start, last // DAY + 1)
        weights = [_day_weight(ordinal, (ordinal - start + 1) / len(days)) for ordinal in days]
        weights[-1] *= (last % DAY + 1) / DAY
        whole, so_far = sum(weights), 0.0
        self._until = [0]
        for weight in weights:
            so_far += weight
            self._until.append(round(options.messages * so_far / whole))
        rng = stream(options.seed, CROWD, 31)
        self._halves = {tongue: _halves(rng, east) for tongue, east in HOURS_EAST.items()}

    def messages(self, ordinal: int) -> int:
        """Return how many messages the conversations of a day have; the days add up to what was asked."""
        place = ordinal - self._start
        return self._until[place + 1] - self._until[place]

    def clock(self, tongue: str, chance: float) -> int:
        """Return a second of the UTC day at which someone there begins to talk."""
        place = chance * _STARTS
        half = self._halves[tongue][int(place)]
        return half * 1_800 + int(place % 1 * 1_800)


def _day_weight(ordinal: int, grown: float) -> float:
    mood = 0.9 + 0.2 * (ordinal // 7 * 7919 % 13) / 12
    return (0.25 + 0.75 * grown) * mood * (1.0 if is_working_day(ordinal) else _WEEKEND)


def _halves(rng: Random, east: float) -> tuple[int, ...]:
    drawn: list[int] = []
    while len(drawn) < _STARTS:
        weights = working_hours(rng, east)
        drawn.extend(min(47, bisect(weights, rng.random() * weights[-1])) for _ in range(64))
    return tuple(drawn[:_STARTS])


class _Present:
    """Who may talk on a day: those who came the day before or earlier and have not left."""

    def __init__(self, members: list[Member]) -> None:
        self._coming = iter(members)
        self._next = next(self._coming, None)
        self._here: list[Member] = []
        self._weights: list[float] = []
        self._fresh = 0

    def move_to(self, ordinal: int) -> None:
        """Let in who has come by that day; once a week take off the list who has left."""
        if ordinal >= self._fresh:
            self._fresh = ordinal + _STALE
            self._here = [member for member in self._here if member.leaves > ordinal]
            self._weights, so_far = [], 0.0
            for member in self._here:
                so_far += member.weight
                self._weights.append(so_far)
        while self._next is not None and self._next.created < ordinal * DAY:
            if self._next.weight:
                before = self._weights[-1] if self._weights else 0.0
                self._here.append(self._next)
                self._weights.append(before + self._next.weight)
            self._next = next(self._coming, None)

    def drawn(self, rng: Random, count: int) -> list[Member]:
        """Return so many of them, the busier ones more often."""
        return rng.choices(self._here, cum_weights=self._weights, k=count)


def _twin_row(helper: Helper) -> tuple[object, ...]:
    owner = helper.owner.id
    return (helper.id, owner, helper.name, helper.description, helper.is_shared, stamp(helper.created))


def _user_row(crowd: Crowd, member: Member) -> tuple[object, ...]:
    return (
        member.id,
        member.email,
        member.name,
        crowd.places[member.company].company.name,
        member.department,
        stamp(member.created),
        stamp(member.last_said) if member.last_said >= 0 else None,
    )
