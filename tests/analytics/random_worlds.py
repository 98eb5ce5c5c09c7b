"""Random small worlds, filters and instants, crowded around midnights, clock changes and ties."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from tests.analytics.plain_rows import TABLES, World
from twin_tui.analytics.filters import Filters, Period

T = TypeVar("T")
PLACES = (
    ("UTC", date(2026, 3, 15)),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 11, 1)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2018, 2, 18)),
    ("Asia/Kathmandu", date(2026, 6, 1)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Africa/Casablanca", date(2026, 3, 22)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
)
"""Timezones, each with a local day on or near which something odd happens to the clock."""
COMPANIES = (None, "", "Acme", "ACME", "Straße", "STRASSE", "Ümit")
DEPARTMENTS = (None, "", "Sales", "R&D")
PLATFORMS = (None, "", "slack", "Slack", "teams")
MESSAGE_TYPES = (None, "", "general", "document", "query", "document,query", "query, document,query")


@dataclass(frozen=True)
class Case:
    """What one example asks: of which rows, of what, when and where."""

    world: World
    filters: Filters
    now: datetime
    zone: str


def case(seed: int, sessions: int) -> Case:
    """Return the example of a seed; fewer sessions make a simpler one."""
    draw = Random(seed)
    name, day = draw.choice(PLACES)
    zone = ZoneInfo(name)
    now = _instant(draw, zone, day + timedelta(days=draw.choice((-20, -1, 0, 0, 1, 2, 5, 6, 9, 29, 40))))
    world = _Builder(draw, zone, now).world(sessions)
    return Case(world, _filters(draw, world, now, zone), now, name)


def some(items: Iterable[T], seed: int, count: int = 3) -> list[T]:
    """Return a few of many to ask about; other examples ask about the others."""
    many = list(items)
    return Random(seed).sample(many, min(count, len(many)))


def _instant(draw: Random, zone: ZoneInfo, day: date) -> datetime:
    """Return an aware UTC instant near some local hour of a day, often exactly on it."""
    clock = time(draw.choice((0, 0, 1, 2, 3, 9, 12, 17, 23)), draw.choice((0, 0, 30, 59)))
    moment = datetime.combine(day, clock, zone).replace(fold=draw.randint(0, 1)).astimezone(UTC)
    return moment + timedelta(microseconds=draw.choice((0, 0, 1, -1, 999_999, 60_000_000)))


class _Builder:
    def __init__(self, draw: Random, zone: ZoneInfo, now: datetime) -> None:
        self.draw, self.zone, self.now, self.count = draw, zone, now, 0
        self.span = draw.choice((3, 10, 40, 75))
        self.is_past = draw.random() < 0.5
        """Whether all lies before now, as it mostly does: then derived tables are read as they are."""

    def moment(self, *, may_be_unknown: bool = True) -> datetime | None:
        """A naive UTC time, mostly before now, in some worlds sometimes exactly now or after it, or NULL."""
        moment = self._moment(may_be_unknown=may_be_unknown)
        return None if moment is None else self._kept(moment)

    def _kept(self, moment: datetime) -> datetime:
        now = self.now.replace(tzinfo=None)
        return now - timedelta(microseconds=1) if self.is_past and moment >= now else moment

    def _moment(self, *, may_be_unknown: bool) -> datetime | None:
        draw = self.draw
        if may_be_unknown and draw.random() < 0.06:
            return None
        if draw.random() < 0.05:
            return self.now.replace(tzinfo=None) + timedelta(microseconds=draw.choice((-1, 0, 1)))
        back = draw.choice((0, 1, 6, 7, 8, 29, 30, draw.randint(-2, self.span)))
        day = self.now.astimezone(self.zone).date() - timedelta(days=min(back, self.span))
        return _instant(draw, self.zone, day).replace(tzinfo=None)

    def id(self) -> str:
        self.count += 1
        return f"{self.draw.choice('0aAz')}{self.draw.randint(0, 99):02}-{self.count}"

    def world(self, sessions: int) -> World:
        world, draw = World(), self.draw
        for number in range(draw.randint(1, 5)):
            world.users.append(
                {
                    "id": self.id(),
                    "email": f"u{number}@example.com",
                    "full_name": draw.choice(("Ada", "Ada", "Zoë", "bob")),
                    "company": draw.choice(COMPANIES),
                    "department": draw.choice(DEPARTMENTS),
                    "created_at": self.moment(),
                    "last_login_at": None,
                }
            )
        for _ in range(draw.randint(1, 4)):
            world.twins.append(
                {
                    "id": self.id(),
                    "user_id": draw.choice(world.users)["id"],
                    "name": draw.choice(("Bot", "Bot", "Émile")),
                    "is_shared": draw.choice((None, False, True)),
                    "created_at": self.moment(),
                }
            )
        busy = draw.choice(world.users)["id"] if draw.random() < 0.4 else None
        for _ in range(sessions):
            self.session(world, busy)
        for table in TABLES[2:]:
            draw.shuffle(getattr(world, table))
        return world

    def session(self, world: World, busy: str | None) -> None:
        draw = self.draw
        session = {
            "id": self.id(),
            "user_id": busy or draw.choice(world.users)["id"],
            "twin_id": draw.choice(world.twins)["id"],
            "platform": draw.choice(PLATFORMS),
            "title": None,
            "topic": None,
            "is_shared_twin": draw.choice((None, False, True)),
            "started_at": self.moment(),
        }
        world.sessions.append(session)
        moment = session["started_at"] or self.now.replace(tzinfo=None)
        for _ in range(draw.choice((0, 1, 2, 3, 6))):
            moment += timedelta(
                seconds=draw.choice((0, 0, 1, 40, 600, 1800, 1801, 90_000)), microseconds=draw.choice((0, 1))
            )
            known = draw.choice((self._kept(moment), self._kept(moment), self._kept(moment), self.moment()))
            self.child(
                world.messages, session, known, sender_type=draw.choice(("user", "user", "twin", "bot"))
            )
            world.messages[-1]["message_type"] = draw.choice(MESSAGE_TYPES)
        for _ in range(draw.choice((0, 0, 1, 2))):
            words = draw.choice((None, 0, 120))
            self.child(world.documents, session, self.moment(), document_type="memo", word_count=words)
            found = draw.choice((None, 0, 0, 3))
            self.child(world.queries, session, self.moment(), query_type=None, results_count=found)

    def child(self, rows: list[dict], session: dict, moment: datetime | None, **values: object) -> None:
        rows.append({"id": self.id(), "session_id": session["id"], "created_at": moment, **values})


def _filters(draw: Random, world: World, now: datetime, zone: ZoneInfo) -> Filters:
    today = now.astimezone(zone).date()
    period = Period.of_preset(draw.choice(("today", "7d", "30d", "90d", "all")), today)
    if draw.random() < 0.4:
        first = today - timedelta(days=draw.randint(-3, 40))
        period = Period.between(first, first + timedelta(days=draw.choice((0, 1, 6, 13, 30))))
    chosen = {
        "company": draw.choice(COMPANIES[1:]).swapcase(),
        "department": draw.choice(DEPARTMENTS[1:]).lower(),
        "user": draw.choice(world.users)["id"],
        "twin": draw.choice(world.twins)["id"],
        "platform": draw.choice(PLATFORMS[1:]).upper(),
        "shared": draw.choice((True, False)),
    }
    likely = draw.choice((0, 0, 0.2, 0.5))
    return Filters(period, **{name: value for name, value in chosen.items() if draw.random() < likely})
