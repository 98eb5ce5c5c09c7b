"""How many conversations each active person started: how they spread, and who started most.

The numbers of all people are a pile of sets, one per binary digit; they are told apart without looking at
anybody alone.
"""

from functools import cached_property

from twin_tui.analytics.answers import TOP_PERCENTS, Concentration
from twin_tui.analytics.order import ratio
from twin_tui.analytics.people_sets import at_least, levels


class Counts:
    """Conversations started by the people of a set, most of them or none."""

    def __init__(self, active: int, planes: tuple[int, ...]) -> None:
        """``active`` are the people; ``planes`` the binary digits of what they started, lowest first."""
        self.active, self._planes = active, planes
        self.people = active.bit_count()

    @cached_property
    def levels(self) -> list[tuple[int, int]]:
        """Each number of conversations with the set of people who started so many, the highest first."""
        return list(levels(self._planes, self.active))

    @cached_property
    def sizes(self) -> list[tuple[int, int]]:
        """Each number of conversations with how many people started so many, the highest first."""
        return [(number, people.bit_count()) for number, people in self.levels]

    @property
    def conversations(self) -> int:
        """All of them."""
        return sum(number * people for number, people in self.sizes)

    def below(self, stop: int) -> int:
        """Return how many people started fewer than ``stop`` conversations."""
        return sum(people for number, people in self.sizes if number < stop)

    def between(self, start: int, stop: int | None) -> int:
        """Return the set of people who started ``[start, stop)`` conversations."""
        chosen = self.active if start <= 0 else at_least(self._planes, start) & self.active
        return chosen if stop is None or stop <= 0 else chosen & ~at_least(self._planes, stop)

    def most(self, people: int) -> int:
        """Return how many conversations the so many busiest people started together.

        >>> Counts(0b111, (0b101, 0b100)).most(2)
        4
        """
        left, started = people, 0
        for number, size in self.sizes:
            taken = min(left, size)
            started, left = started + number * taken, left - taken
            if not left:
                break
        return started

    @property
    def median(self) -> float | None:
        """The middle number of conversations, or the mean of the middle two."""
        if not self.people:
            return None
        return (self._at((self.people - 1) // 2) + self._at(self.people // 2)) / 2

    @property
    def p90(self) -> int | None:
        """The 90th percentile by nearest rank."""
        return self._at(-(-9 * self.people // 10) - 1) if self.people else None

    def concentration(self) -> tuple[Concentration, ...]:
        """Return the share of the conversations that the busiest 1, 10 and 20 % of the people started."""
        whole = self.conversations
        return tuple(self._of_top(percent, whole) for percent in TOP_PERCENTS)

    def top(self, percent: int) -> int:
        """Return how many people so many percent of them are, rounded up."""
        return -(-self.people * percent // 100)

    def _of_top(self, percent: int, whole: int) -> Concentration:
        people = self.top(percent)
        started = self.most(people)
        return Concentration(percent, people, started, ratio(started, whole))

    def _at(self, rank: int) -> int:
        """Return the number at a place, the smallest at 0."""
        left = self.people - rank
        for number, people in self.sizes:
            left -= people
            if left <= 0:
                return number
        raise IndexError(rank)
