"""Random small worlds of texts in several scripts, and what a search of them must find, worked out plainly.

A text is a row of pieces: words of spaced scripts, each a plain form and the way it is written, and whole
sentences of scripts without blanks. What is sought is compared with the pieces, never with the text.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from tests.analytics.sought import Piece, Sought
from twin_tui.analytics.filters import Filters, Period
from twin_tui.data.models import Document, Message, Query, Session, Twin, User
from twin_tui.data.source import Source

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WRITTEN = {
    "refund": ("refund", "Refund", "REFUND", "réfund", "ＲＥＦＵＮＤ"),
    "refunds": ("refunds", "Refunds"),
    "credit": ("credit", "Crédit"),
    "note": ("note", "NOTE"),
    "strasse": ("Straße", "STRASSE", "strasse"),
    "lodz": ("Łódź", "lodz"),
    "привет": ("Привет", "привет"),
    "ελλας": ("ΕΛΛΆΣ", "Ελλάς"),
    "हिन्दी": ("हिन्दी",),
    "שלום": ("שלום", "שָׁלוֹם"),
    "2291": ("2291", "２２９１"),
    "and": ("and", "AND"),
    "near": ("near", "NEAR"),
}
"""Plain forms and the ways they are written; the last two are words of query languages."""
SENTENCES = (
    "商品の返金をお願いします",
    "返品と返金",
    "請求書が届かない",
    "환불을요청합니다",
    "ภาษาไทยง่าย",
    "ガス料金",
)
GAPS = (" ", ", ", " — ", "\n", " (", ". ", "\t", '" ', "' ", " * ", ": ")
COMPANIES = ("Acme", "ACME", "", None, "Straße")
PLATFORMS = ("slack", "", None)


@dataclass
class Text:
    """One message, document or query."""

    kind: str
    id: str
    session: str
    at: datetime | None
    pieces: list[Piece]
    gaps: list[str]

    @property
    def written(self) -> str:
        return "".join(written + gap for (_, written), gap in zip(self.pieces, self.gaps, strict=True))


@dataclass
class World:
    """Rows by id."""

    users: dict[str, str | None] = field(default_factory=dict)
    """Company by id."""
    twins: dict[str, str] = field(default_factory=dict)
    """Owner by id."""
    sessions: dict[str, tuple[str, str, str | None, bool | None]] = field(default_factory=dict)
    """User, twin, platform, sharing."""
    texts: dict[tuple[str, str], Text] = field(default_factory=dict)

    def found(self, sought: Sought, filters: Filters, now: datetime = NOW) -> list[tuple[str, str]]:
        """Return kind and id of the texts found, the newest first."""
        kinds = ("message", "document", "query")
        hits = [
            (text.at, kinds.index(text.kind), text.id, text.kind)
            for text in self.texts.values()
            if text.at is not None and self._is_let_through(text, filters, now) and sought.is_in(text.pieces)
        ]
        return [(kind, key) for _, _, key, kind in sorted(hits, reverse=True)]

    def _is_let_through(self, text: Text, filters: Filters, now: datetime) -> bool:
        if text.session not in self.sessions or text.at is None or text.at >= now:
            return False
        user, twin, platform, shared = self.sessions[text.session]
        day, period = text.at.date(), filters.period
        if period.start is not None and period.end is not None and not period.start <= day < period.end:
            return False
        return (
            (filters.user is None or filters.user == user)
            and (filters.twin is None or filters.twin == twin)
            and (filters.shared is None or filters.shared == bool(shared))
            and (filters.platform is None or filters.platform.casefold() == (platform or "").casefold())
            and (
                filters.company is None
                or (user in self.users and filters.company.casefold() == (self.users[user] or "").casefold())
            )
        )


class Author:
    """Writes worlds, and changes to them, into a database."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)
        self.world = World()
        self.count = 0

    def begin(self, source: Source) -> None:
        for _ in range(4):
            self.add_user(source)
        for _ in range(8):
            self.add_session(source)
        for _ in range(60):
            self.add_text(source)

    def change(self, source: Source) -> None:
        """Make one random change of rows that the search must follow."""
        draw, world = self.draw, self.world
        key = draw.choice(sorted(world.texts)) if world.texts else None
        match draw.choice(
            ("text", "text", "rewrite", "redate", "delete", "session", "company", "drop", "user")
        ):
            case "text":
                self.add_text(source)
            case "rewrite" if key:
                world.texts[key] = replace(world.texts[key], **self._pieces())
                self._update(source, world.texts[key])
            case "redate" if key:
                world.texts[key] = replace(world.texts[key], at=self._moment())
                self._update(source, world.texts[key])
            case "delete" if key:
                del world.texts[key]
                _run(source, f"DELETE FROM {_TABLE[key[0]]} WHERE id = ?", key[1])
            case "session":
                session = draw.choice(sorted(world.sessions))
                _, _, platform, shared = world.sessions[session]
                user, twin = draw.choice(sorted(world.users)), draw.choice(sorted(world.twins))
                world.sessions[session] = (user, twin, platform, shared)
                _run(source, "UPDATE sessions SET user_id = ?, twin_id = ? WHERE id = ?", user, twin, session)
            case "company":
                user = draw.choice(sorted(world.users))
                world.users[user] = draw.choice(COMPANIES)
                _run(source, "UPDATE users SET company = ? WHERE id = ?", world.users[user], user)
            case "drop" if len(world.sessions) > 3:
                session = draw.choice(sorted(world.sessions))
                del world.sessions[session]
                world.texts = {key: text for key, text in world.texts.items() if text.session != session}
                _run(source, "DELETE FROM sessions WHERE id = ?", session)
            case "user":
                self.add_user(source)
                self.add_session(source)
            case _:
                pass

    def filters(self) -> Filters:
        draw, world = self.draw, self.world
        first = NOW.date() - timedelta(days=draw.randint(0, 6))
        period = draw.choice((Period(), Period(), Period(first, first + timedelta(days=draw.randint(1, 4)))))
        return Filters(
            period,
            company=draw.choice((None, None, "acme", "", "STRASSE")),
            user=draw.choice((None, None, None, draw.choice(sorted(world.users)))),
            twin=draw.choice((None, None, None, draw.choice(sorted(world.twins)))),
            platform=draw.choice((None, None, None, "Slack", "")),
            shared=draw.choice((None, None, None, True, False)),
        )

    def add_user(self, source: Source) -> None:
        user, twin, company = self._id("u"), self._id("t"), self.draw.choice(COMPANIES)
        self.world.users[user], self.world.twins[twin] = company, user
        source.insert_rows(
            User,
            ("id", "email", "full_name", "company"),
            [(user, f"{user}@a.example", f"Person {user}", company)],
        )
        source.insert_rows(Twin, ("id", "user_id", "name"), [(twin, user, f"Twin {twin}")])

    def add_session(self, source: Source) -> None:
        draw, session = self.draw, self._id("s")
        user, twin = draw.choice(sorted(self.world.users)), draw.choice(sorted(self.world.twins))
        platform, shared = draw.choice(PLATFORMS), draw.choice((True, False, None))
        self.world.sessions[session] = (user, twin, platform, shared)
        columns = ("id", "user_id", "twin_id", "platform", "is_shared_twin", "started_at")
        source.insert_rows(Session, columns, [(session, user, twin, platform, shared, self._moment())])

    def add_text(self, source: Source) -> None:
        kind = self.draw.choice(("message", "message", "message", "document", "query"))
        session = self.draw.choice(sorted(self.world.sessions))
        text = Text(kind, self._id(kind[0]), session, self._moment(), **self._pieces())
        self.world.texts[kind, text.id] = text
        match kind:
            case "message":
                columns: tuple[str, ...] = ("id", "session_id", "sender_type", "content", "created_at")
                row: tuple[Any, ...] = (text.id, session, "user", text.written, text.at)
                source.insert_rows(Message, columns, [row])
            case "document":
                title, body = _halves(text)
                columns = ("id", "session_id", "title", "content", "created_at")
                source.insert_rows(Document, columns, [(text.id, session, title, body, text.at)])
            case _:
                columns = ("id", "session_id", "query_text", "created_at")
                source.insert_rows(Query, columns, [(text.id, session, text.written, text.at)])

    def _update(self, source: Source, text: Text) -> None:
        at = None if text.at is None else source.dialect.instant(text.at)
        match text.kind:
            case "document":
                title, body = _halves(text)
                _run(
                    source,
                    "UPDATE documents SET title = ?, content = ?, created_at = ? WHERE id = ?",
                    *(title, body, at, text.id),
                )
            case kind:
                column = "content" if kind == "message" else "query_text"
                table = _TABLE[kind]
                statement = f"UPDATE {table} SET {column} = ?, created_at = ? WHERE id = ?"
                _run(source, statement, text.written, at, text.id)

    def _id(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.draw.choice('aZ0')}{self.count}"

    def _moment(self) -> datetime | None:
        draw = self.draw
        if draw.random() < 0.04:
            return None
        if draw.random() < 0.1:
            return draw.choice((datetime(1999, 5, 1, tzinfo=UTC), NOW, NOW - timedelta(microseconds=1)))
        minutes = draw.choice((0, 0, 1, 5, draw.randint(-60, 9_000)))
        return NOW - timedelta(minutes=minutes, microseconds=draw.choice((0, 0, 1, 500_000)))

    def _pieces(self) -> dict[str, Any]:
        draw, pieces = self.draw, []
        for _ in range(draw.randint(0, 6)):
            if draw.random() < 0.25:
                pieces.append(("", draw.choice(SENTENCES)))
            else:
                plain = draw.choice(sorted(WRITTEN))
                pieces.append((plain, draw.choice(WRITTEN[plain])))
        return {"pieces": pieces, "gaps": [draw.choice(GAPS) for _ in pieces]}


_TABLE = {"message": "messages", "document": "documents", "query": "queries"}


def _halves(text: Text) -> tuple[str, str]:
    """Return a document's title, its first piece, and its content, the rest."""
    if not text.pieces:
        return "", ""
    head = Text("", "", "", None, text.pieces[:1], text.gaps[:1])
    rest = Text("", "", "", None, text.pieces[1:], text.gaps[1:])
    return head.written, rest.written


def _run(source: Source, statement: str, *values: Any) -> None:
    with source.writing():
        source.run(statement, values)
