"""What groups did becomes a leaderboard: ranks with ties, shares of the whole, places won or lost."""

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from twin_tui.analytics.answers import Group, Leaderboard, LeaderboardRow, Measure
from twin_tui.analytics.order import ratio

PAIR = "\x1f"
"""Joins company and department in a department's id."""
Key = TypeVar("Key", bound=Hashable)


@dataclass(slots=True)
class Tally:
    """What one group did in one window."""

    conversations: int = 0
    messages: int = 0
    documents: int = 0
    queries: int = 0
    active: set[Any] = field(default_factory=set)
    """Who was active, by whatever tells people apart."""
    others: int = 0
    """Active people who are known by their number alone."""

    def add(self, conversations: int, messages: int, documents: int, queries: int) -> None:
        """Add counts."""
        self.conversations += conversations
        self.messages += messages
        self.documents += documents
        self.queries += queries

    @property
    def active_users(self) -> int:
        """The number of active people."""
        return len(self.active) + self.others

    @property
    def per_user(self) -> float | None:
        """Conversations per active person."""
        return ratio(self.conversations, self.active_users)

    def of(self, measure: Measure) -> float | None:
        """Return the value that groups are ranked by."""
        value: float | None = getattr(self, measure)
        return value


@dataclass(frozen=True, slots=True)
class Name:
    """What a row goes by."""

    id: str
    name: str
    detail: str = ""


def answered(
    tallies: Mapping[Key, Tally],
    before: Mapping[Key, Tally],
    names: Callable[[Collection[Key]], Mapping[Key, Name]],
    *,
    group: Group,
    measure: Measure,
    limit: int | None,
    hides_names: bool,
) -> Leaderboard:
    """Return the first ``limit`` groups; ``names`` is asked only for those that may be among them.

    Ties stand by name, then id; people and twins whose names are hidden by id.
    """
    places, places_before = _places(tallies, measure), _places(before, measure)
    whole = sum(tally.of(measure) or 0 for tally in tallies.values())
    likely = [key for key, place in places.items() if limit is None or place <= limit]
    named = names(likely)
    is_by_id = hides_names and group in ("user", "twin")
    ordered = sorted(
        likely, key=lambda key: (places[key], "" if is_by_id else named[key].name, named[key].id)
    )
    rows = tuple(
        _row(
            named[key],
            tallies[key],
            places[key],
            places_before.get(key),
            _share(tallies[key], measure, whole),
        )
        for key in ordered[:limit]
    )
    return Leaderboard(group, measure, len(tallies), rows)


def _share(tally: Tally, measure: Measure, whole: float) -> float | None:
    return None if measure == "per_user" else ratio(tally.of(measure) or 0, whole)


def _row(name: Name, tally: Tally, place: int, before: int | None, share: float | None) -> LeaderboardRow:
    return LeaderboardRow(
        rank=place,
        id=name.id,
        name=name.name,
        detail=name.detail,
        conversations=tally.conversations,
        active_users=tally.active_users,
        messages=tally.messages,
        documents=tally.documents,
        queries=tally.queries,
        per_user=tally.per_user,
        share=share,
        rank_change=None if before is None else before - place,
    )


def _places(tallies: Mapping[Key, Tally], measure: Measure) -> dict[Key, int]:
    """Return each group's rank: one more than the number of groups that are ahead; unknown is last."""
    values = {key: tally.of(measure) for key, tally in tallies.items()}
    ahead: dict[float, int] = {}
    ordered = sorted((-1.0 if value is None else value for value in values.values()), reverse=True)
    for place, value in enumerate(ordered, 1):
        ahead.setdefault(value, place)
    return {key: ahead[-1.0 if value is None else value] for key, value in values.items()}
