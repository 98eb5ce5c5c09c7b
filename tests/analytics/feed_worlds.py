"""Small random worlds for feed and conversation: ties in time, orphans, odd titles, rows of the future."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from twin_tui.analytics.context import Context
from twin_tui.data.models import MODELS
from twin_tui.data.source import Source

TABLES = ("users", "twins", "sessions", "messages", "documents", "queries")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 1)  # noqa: DTZ001
EARLY = datetime(2026, 11, 1)  # noqa: DTZ001
TITLES = (None, "", "  ", "Straße nach Köln", "STRASSE", "50%_off\\", "Ärger", "İstanbul", "日本語", "plan")
TEXTS = ("hello HELLO hello", "Straße strasse", "aaaa", "100% \\ _", "", "日本 日本", "İ i̇", "Ärger ärger")

Row = dict[str, Any]


@dataclass
class World:
    """Rows by table as dicts, times naive UTC, in the order they are inserted."""

    users: list[Row] = field(default_factory=list)
    twins: list[Row] = field(default_factory=list)
    sessions: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)
    documents: list[Row] = field(default_factory=list)
    queries: list[Row] = field(default_factory=list)


def load(source: Source, world: World) -> None:
    """Put exactly a world's rows into a database."""
    with source.writing():
        for model in reversed(MODELS):
            source.db.execute(model.delete())
        for model, table in zip(MODELS, TABLES, strict=True):
            rows = getattr(world, table)
            if rows:
                source.insert_rows(model, list(rows[0]), [tuple(row.values()) for row in rows])


def asked(source: Source, question: Callable[[Context], Any], now: datetime = NOW, zone: str = "UTC") -> Any:
    """Return an answer asked the way the service asks."""
    with source.reading():
        return question(Context(source, ZoneInfo(zone), now, lambda: None))


def user(key: str, name: str = "", email: str = "", **values: Any) -> Row:
    return {
        "id": key,
        "email": email or f"{key}@example.com",
        "full_name": name or key,
        "company": values.get("company"),
        "department": values.get("department"),
        "created_at": values.get("created_at", LONG_AGO),
    }


def twin(key: str, owner: str, name: str = "", **values: Any) -> Row:
    created = values.get("created_at", LONG_AGO)
    return {"id": key, "user_id": owner, "name": name or key, "created_at": created}


def session(key: str, who: str, with_twin: str, started: datetime | None, **values: Any) -> Row:
    return {
        "id": key,
        "user_id": who,
        "twin_id": with_twin,
        "platform": values.get("platform", "slack"),
        "title": values.get("title"),
        "topic": values.get("topic"),
        "is_shared_twin": values.get("shared"),
        "started_at": started,
    }


def message(key: str, of: str, sent: datetime | None, sender: str = "user", text: str = "text") -> Row:
    return {
        "id": key,
        "session_id": of,
        "sender_type": sender,
        "content": text,
        "message_type": "general",
        "created_at": sent,
    }


def document(key: str, of: str, made: datetime | None, to: str | None = None, **values: Any) -> Row:
    return {
        "id": key,
        "session_id": of,
        "message_id": to,
        "document_type": values.get("type"),
        "title": values.get("title"),
        "content": values.get("text", "text"),
        "word_count": values.get("words"),
        "created_at": made,
    }


def query(key: str, of: str, made: datetime | None, to: str | None = None, **values: Any) -> Row:
    return {
        "id": key,
        "session_id": of,
        "message_id": to,
        "query_text": values.get("text", "text"),
        "query_type": values.get("type"),
        "results_count": values.get("results"),
        "created_at": made,
    }


class RandomWorld:
    """Builds one world from a seed; a few instants are shared by many rows."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)
        self.count = 0
        here = NOW.replace(tzinfo=None)
        span = self.draw.choice((timedelta(hours=2), timedelta(days=3), timedelta(days=40)))
        self.instants = [here - span * self.draw.random() for _ in range(6)]
        self.instants += [
            here,
            here - timedelta(microseconds=1),
            here + timedelta(hours=1),
            EARLY,
        ]

    def build(self, sessions: int) -> World:
        """Return a world of that many sessions."""
        draw, world = self.draw, World()
        for at, name in enumerate(("Ada Weiß", "Bob", "Ada Weiß")[: draw.randint(1, 3)]):
            company = draw.choice(("Acme", "ACME", None))
            world.users.append(user(self.id(), name, f"U{at}@Example.org", company=company))
        world.twins += [twin(self.id(), draw.choice(world.users)["id"]) for _ in range(draw.randint(1, 2))]
        for _ in range(sessions):
            self._session(world)
        for table in TABLES[2:]:
            draw.shuffle(getattr(world, table))
        return world

    def id(self) -> str:
        """Return a new id; capitals and digits mixed, so that the order of code points shows."""
        self.count += 1
        return f"{self.draw.choice('0aAzZé')}{self.draw.randint(0, 99):02}-{self.count}"

    def moment(self) -> datetime | None:
        """Return a time that other rows share, sometimes none."""
        return None if self.draw.random() < 0.08 else self.draw.choice(self.instants)

    def _session(self, world: World) -> None:
        draw, key = self.draw, self.id()
        values = {"platform": draw.choice(("slack", "Web", None)), "shared": draw.choice((None, False, True))}
        values |= {"title": draw.choice(TITLES), "topic": draw.choice(TITLES)}
        who, with_twin = draw.choice(world.users)["id"], draw.choice(world.twins)["id"]
        world.sessions.append(session(key, who, with_twin, self.moment(), **values))
        anywhere = [row["id"] for row in world.messages]
        here = []
        for _ in range(draw.choice((0, 1, 2, 5))):
            here.append(self.id())
            sender = draw.choice(("user", "twin", "bot"))
            world.messages.append(message(here[-1], key, self._near(), sender, draw.choice(TEXTS)))
        for make, rows in ((document, world.documents), (query, world.queries)):
            for _ in range(draw.choice((0, 0, 1, 3))):
                to = draw.choice([None, *here, *here, *anywhere[-1:]])
                values = {
                    "title": draw.choice(TITLES),
                    "text": draw.choice(TEXTS),
                    "type": draw.choice((None, "memo")),
                }
                values |= {"words": draw.choice((None, 3)), "results": draw.choice((None, 0, 1, 1200))}
                rows.append(make(self.id(), key, self.moment(), to, **values))

    def _near(self) -> datetime | None:
        moment = self.moment()
        seconds = self.draw.choice((0, 0, 1, 1800, 1801))
        return (
            None
            if moment is None
            else moment + timedelta(seconds=seconds, microseconds=self.draw.choice((0, 1)))
        )
