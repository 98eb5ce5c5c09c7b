"""The people of a plan and their twins: a pure function of the plan, one by one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from random import Random

from twin_tui.sample.companies import (
    COMPANIES,
    DEPARTMENTS,
    HOURS_EAST,
    NATIVE_SHARE,
    company_count,
    company_of,
)
from twin_tui.sample.identity import PERSON, TWIN, random_id, stream, user_id
from twin_tui.sample.names import Name, make_name
from twin_tui.sample.options import Plan
from twin_tui.sample.roles import role_names

Naming = Callable[["Person", Random], tuple[str, str | None]]

DAY = 86_400
NEVER = 5
"""Of every seventeen people the one at this place was invited and never came."""


@dataclass(frozen=True, slots=True)
class Person:
    """A user, and the habits that decide what they do when."""

    place: int
    id: str
    email: str
    name: Name
    company: int
    department: str
    language: str
    created: int
    """Second since day 0 of the proleptic calendar, as every instant of the sample."""
    arrives: int
    """First day of any activity."""
    leaves: int
    """First day without any, or a day that never comes."""
    away: range
    """Days of a holiday."""
    diligence: float
    """Chance to be active on a working day, when use has grown up."""
    intensity: float
    """Above 1: rather many conversations on such a day."""
    native: float
    """Share of conversations in the own language."""
    style: str
    """plain, casual, formal or emoji."""
    elsewhere: float
    """Share of conversations not on Slack."""
    rhythm: tuple[float, ...]
    """Running weights of the 48 half hours of a UTC day."""


@dataclass(frozen=True, slots=True)
class TwinOf:
    """A twin and its owner."""

    id: str
    owner: Person
    name: str
    description: str | None
    is_shared: bool
    created: int
    blindness: float
    """Chance that its searches find nothing."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone of a plan."""

    plan: Plan
    people: tuple[Person, ...]
    twins: tuple[TwinOf, ...]
    choices: tuple[tuple[TwinOf, ...], ...]
    """For each person the twins they turn to, the favourite more than once."""
    members: tuple[tuple[Person, ...], ...]
    """The people of each company."""


def working_hours(rng: Random, east: float) -> tuple[float, ...]:
    """Return the running weights of the 48 half hours of a UTC day, of someone so many hours east."""
    start = rng.choice((7.5, 8.0, 8.5, 9.0, 9.0, 9.5, 10.0))
    end = start + rng.choice((8.0, 8.5, 9.0, 9.5))
    peak = rng.choice((start + 1.5, start + 2.0, 14.5, 15.5))
    lunch = rng.choice((12.0, 12.0, 12.5, 13.0))
    owl = rng.random() < 0.25
    weights = [0.0] * 48
    for half in range(48):
        hour = half / 2
        weight = 0.0
        if start <= hour < end:
            weight = 1.0 + 1.2 * max(0.0, 1 - abs(hour - peak) / 2)
        elif start - 1 <= hour < end + 1:
            weight = 0.15
        elif owl and 20 <= hour < 22.5:
            weight = 0.4
        if lunch <= hour < lunch + 1:
            weight *= 0.12
        weights[int(half - 2 * east) % 48] = weight
    return tuple(accumulate(weights))


def _person(plan: Plan, place: int) -> Person:
    rng = stream(plan.seed, PERSON, place)
    company = company_of(place, plan.users)
    tongues = COMPANIES[company].languages
    turn = (
        sum(1 for other in range(place) if company_of(other, plan.users) == company) if place < 64 else place
    )
    language = tongues[turn % len(tongues)]
    name = make_name(language, rng)
    start, last = plan.start, plan.start + plan.horizon - 1
    founder = place < max(8, company_count(plan.users)) or place % 17 == NEVER or rng.random() < 0.35
    if founder or plan.horizon < 4:
        created = (start - rng.randint(3, 220)) * DAY
        arrives = start
    else:
        joined = start + int(plan.horizon * (0.05 + 0.75 * rng.random()))
        created = joined * DAY
        arrives = min(last, joined + rng.choice((0, 0, 1, 2)))
    created += int(DAY * (8.5 - HOURS_EAST[language] + 8 * rng.random()) / 24)
    created = max(created, created // DAY * DAY)
    leaves = 10**9
    if place % 17 == NEVER:
        arrives = leaves
    elif place % 12 == 9 or (place > 4 and rng.random() < 0.06):
        leaves = max(arrives + 1, start + int(plan.horizon * (0.5 + 0.35 * rng.random())))
    away_from = start + int(plan.horizon * rng.random())
    away = range(away_from, away_from + (rng.choice((5, 8, 12)) if rng.random() < 0.4 else 0))
    skew = rng.random()
    plain_latin = language.startswith("en")
    return Person(
        place=place,
        id=user_id(plan, place),
        email=f"{name.mailbox}@{COMPANIES[company].domain}",
        name=name,
        company=company,
        department=DEPARTMENTS[(place if place < 4 else place + rng.randrange(3)) % len(DEPARTMENTS)],
        language="en" if plain_latin else language,
        created=created,
        arrives=arrives,
        leaves=leaves,
        away=away,
        diligence=0.98 - 0.55 * skew**2,
        intensity=rng.uniform(0.6, 2.4),
        native=0.0 if plain_latin else rng.uniform(0.8, 1.2) * NATIVE_SHARE[language],
        style=rng.choice(("plain", "plain", "casual", "formal", "emoji")),
        elsewhere=rng.uniform(0.1, 0.5) if COMPANIES[company].other_platform else 0.0,
        rhythm=working_hours(rng, HOURS_EAST[language]),
    )


def _different(people: list[Person]) -> list[Person]:
    """Return the people with unique addresses: a namesake's gets a number."""
    seen: dict[str, int] = {}
    result = []
    for person in people:
        count = seen[person.email] = seen.get(person.email, 0) + 1
        if count > 1:
            mailbox, _, domain = person.email.partition("@")
            person = replace(person, email=f"{mailbox}{count}@{domain}")  # noqa: PLW2901
        result.append(person)
    return result


def twin_count(users: int) -> int:
    """Return how many twins so many people own: nine for a dozen."""
    return max(company_count(users), users * 3 // 4)


def _twin(plan: Plan, number: int, people: list[Person], naming: Naming) -> TwinOf:
    rng = stream(plan.seed, TWIN, number)
    first = number < company_count(plan.users)
    if first:
        owner = next(person for person in people if person.company == number)
    else:
        owner = people[int(len(people) * rng.random() ** 1.5)]
        if owner.place % 17 == NEVER:
            owner = people[0]
    name, description = naming(owner, rng)
    if first or plan.horizon < 4 or rng.random() < 0.35:
        created = owner.created + rng.randint(600, 2 * DAY)
    else:
        created = max(owner.created, plan.start * DAY) + int(0.5 * plan.horizon * DAY * rng.random() ** 1.3)
    return TwinOf(
        id=random_id(rng.getrandbits),
        owner=owner,
        name=name,
        description=description,
        is_shared=first or rng.random() < 0.3,
        created=created,
        blindness=rng.choice((0.04, 0.08, 0.12, 0.3)),
    )


@lru_cache(maxsize=4)
def cast_of(plan: Plan) -> Cast:
    """Return everyone of a plan."""
    people = _different([_person(plan, place) for place in range(plan.users)])
    taken: set[tuple[int, str]] = set()

    def naming(owner: Person, rng: Random) -> tuple[str, str | None]:
        offers = role_names(owner.department, owner.name.latin, rng)
        chosen = next(offer for offer in offers if (owner.company, offer[0]) not in taken)
        taken.add((owner.company, chosen[0]))
        return chosen

    twins = [_twin(plan, number, people, naming) for number in range(twin_count(plan.users))]
    owned: dict[int, list[TwinOf]] = {}
    shared: dict[int, list[TwinOf]] = {}
    for twin in twins:
        owned.setdefault(twin.owner.place, []).append(twin)
        if twin.is_shared:
            shared.setdefault(twin.owner.company, []).append(twin)
    choices = []
    for person in people:
        rng = stream(plan.seed, TWIN, person.place, 1)
        common = shared[person.company]
        others = [common[0], *(rng.choice(common) for _ in range(2))]
        choices.append((*owned.get(person.place, []) * 3, *others))
    members: list[list[Person]] = [[] for _ in COMPANIES]
    for person in people:
        members[person.company].append(person)
    return Cast(plan, tuple(people), tuple(twins), tuple(choices), tuple(map(tuple, members)))
