"""The people of a large sample and their twins: light enough to hold a hundred thousand in memory."""

from dataclasses import dataclass, field
from random import Random

from twin_tui.sample.companies import HOURS_EAST, NATIVE_SHARE
from twin_tui.sample.crowd_companies import Workplace, weights, workplaces
from twin_tui.sample.crowd_options import CrowdOptions
from twin_tui.sample.identity import CROWD, random_id, stream
from twin_tui.sample.names import Name, make_name
from twin_tui.sample.people import DAY
from twin_tui.sample.roles import role_names

_NAMES = 400
"""Names made for each language; given and family names of different ones are put together."""
_FROM_THE_START = 0.3
"""Share of the people who are there before the first day."""
_STRANGERS = 0.03
"""Share of those who were invited and never came."""
_LEAVERS = 0.15
NEVER = 10**9
"""A day that does not come."""


@dataclass(slots=True)
class Member:
    """A user, with the habits that decide how often they talk and in which language."""

    id: str
    email: str
    name: str
    called: str
    family: str
    company: int
    department: str
    language: str
    clock: str
    """The language's key in `HOURS_EAST`: when their day begins."""
    created: int
    """Second since day 0 of the proleptic calendar."""
    weight: float
    """How often they talk, compared with others; 0: never."""
    leaves: int
    """First day without any conversation, or `NEVER`."""
    native: float
    """Share of conversations in their own language."""
    elsewhere: float
    """Share of conversations on their company's other platform."""
    twins: "tuple[Helper, ...]" = ()
    """Whom they turn to, the favourites more than once; the last is their company's first."""
    last_said: int = -1
    """Second of their newest message so far; -1: none."""


@dataclass(slots=True)
class Helper:
    """A twin."""

    id: str
    owner: Member
    name: str
    description: str | None
    is_shared: bool
    created: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everyone of a large sample, oldest first."""

    places: tuple[Workplace, ...]
    members: list[Member]
    helpers: list[Helper]
    by_company: list[list[Member]] = field(default_factory=list)


def crowd_of(options: CrowdOptions) -> Crowd:
    """Return everyone; the same options give the same people."""
    rng = stream(options.seed, CROWD)
    places = workplaces(options.user_count)
    namer = _Namer(options.seed, options.user_count)
    members = _members(options, places, namer, rng)
    by_company: list[list[Member]] = [[] for _ in places]
    for member in members:
        by_company[member.company].append(member)
    helpers = _helpers(options, members, by_company, rng)
    return Crowd(places, members, helpers, by_company)


def _members(
    options: CrowdOptions, places: tuple[Workplace, ...], namer: "_Namer", rng: Random
) -> list[Member]:
    last, days = options.last_second, options.day_count
    start = last // DAY - days + 1
    rest = rng.choices(range(len(places)), weights(len(places)), k=options.user_count - len(places))
    members = []
    for number, company in enumerate([*range(len(places)), *rest]):
        is_founder = number < len(places) or rng.random() < _FROM_THE_START
        if is_founder:
            joined = start - 3 - int(217 * rng.random())
        else:
            joined = start + int((days - 1) * rng.random() ** 0.7)
        place = places[company]
        tongue = rng.choice(place.company.languages)
        created = joined * DAY + int((8.5 - HOURS_EAST[tongue] + 6 * rng.random()) * 3_600)
        is_stranger = number >= len(places) and rng.random() < _STRANGERS
        leaves = NEVER
        if number >= len(places) and rng.random() < _LEAVERS:
            leaves = max(joined, start) + 2 + int(days * rng.random())
        language = "en" if tongue.startswith("en") else tongue
        name = namer.name(tongue, rng)
        members.append(
            Member(
                id=random_id(rng.getrandbits),
                email=namer.address(name.mailbox, place.company.domain),
                name=name.full,
                called=name.called,
                family=name.full.partition(" ")[0],
                company=company,
                department=rng.choice(place.departments),
                language=language,
                clock=tongue,
                created=min(created, last),
                weight=0.0 if is_stranger else rng.lognormvariate(0, 1.2),
                leaves=leaves,
                native=0.0 if language == "en" else rng.uniform(0.8, 1.2) * NATIVE_SHARE[language],
                elsewhere=rng.uniform(0.1, 0.5) if place.company.other_platform else 0.0,
            )
        )
    members.sort(key=lambda member: (member.created, member.id))
    return members


def _helpers(
    options: CrowdOptions, members: list[Member], by_company: list[list[Member]], rng: Random
) -> list[Helper]:
    count, last = max(len(by_company), options.user_count * 3 // 4), options.last_second
    # The first of a company is the one who was there first: its twin is ready before anyone talks.
    owners = [group[0] for group in by_company]
    owners += [members[int(len(members) * rng.random() ** 1.3)] for _ in range(count - len(by_company))]
    helpers, owned = [], dict[str, list[Helper]]()
    shared: list[list[Helper]] = [[] for _ in by_company]
    for number, owner in enumerate(owners):
        is_first = number < len(by_company)
        delay = 600 + int(DAY * rng.random()) if is_first else 600 + int(90 * DAY * rng.random() ** 3)
        name, description = next(role_names(owner.department, owner.called, rng))
        helper = Helper(
            random_id(rng.getrandbits),
            owner,
            name,
            description,
            is_first or rng.random() < 0.3,
            min(owner.created + delay, last),
        )
        helpers.append(helper)
        owned.setdefault(owner.id, []).append(helper)
        if helper.is_shared:
            shared[owner.company].append(helper)
    for member in members:
        common = shared[member.company]
        others = (rng.choice(common), rng.choice(common), common[0])
        member.twins = (*owned.get(member.id, [])[:4] * 3, *others)
    helpers.sort(key=lambda helper: (helper.created, helper.id))
    return helpers


class _Namer:
    """Names and addresses; no two people share an address."""

    def __init__(self, seed: int, users: int) -> None:
        self._seed, self._count = seed, min(_NAMES, max(8, users))
        self._pools: dict[str, list[Name]] = {}
        self._addresses: dict[str, int] = {}

    def name(self, language: str, rng: Random) -> Name:
        """Return someone's name, the given name of one and the family name of another."""
        pool = self._pools.get(language)
        if pool is None:
            own = stream(self._seed, CROWD, 1 + list(HOURS_EAST).index(language))
            pool = self._pools[language] = [make_name(language, own) for _ in range(self._count)]
        one, two = rng.choice(pool), rng.choice(pool)
        if language == "ja":
            one, two = two, one  # The family name comes first.
        before, after = one.full.partition(" ")[0], two.full.partition(" ")[2]
        mail = (one, two) if language != "ja" else (two, one)
        mailbox = f"{mail[0].mailbox.partition('.')[0]}.{mail[1].mailbox.partition('.')[2]}"
        return Name(f"{before} {after}", one.called, one.latin, mailbox)

    def address(self, mailbox: str, domain: str) -> str:
        """Return an address nobody has."""
        address = f"{mailbox}@{domain}"
        count = self._addresses[address] = self._addresses.get(address, 0) + 1
        return address if count == 1 else f"{mailbox}{count}@{domain}"
