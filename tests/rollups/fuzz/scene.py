"""A small database with the programs that write to it, and what random rows look like."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.rollups.plain import Writer

ZONE = "Europe/Berlin"
TABLES = ("users", "twins", "sessions", "messages", "documents", "queries")
CHILDREN = TABLES[3:]
COLUMNS = {
    "users": ("email", "full_name", "company", "department", "created_at", "last_login_at"),
    "twins": ("user_id", "name", "is_shared", "created_at"),
    "sessions": ("user_id", "twin_id", "platform", "title", "topic", "is_shared_twin", "started_at"),
    "messages": ("session_id", "sender_type", "content", "message_type", "created_at"),
    "documents": ("session_id", "message_id", "document_type", "content", "word_count", "created_at"),
    "queries": ("session_id", "message_id", "query_text", "query_type", "results_count", "created_at"),
}
"""Every column but the id."""
_CLOCK_CHANGE = datetime(2026, 3, 29, 1)  # noqa: DTZ001
Row = dict[str, Any]


class Scene:
    """The database, its writers by name, and the luck of the draw."""

    def __init__(self, url: str, draw: Random) -> None:
        self.url, self.draw = url, draw
        self.is_sqlite = not url.startswith("postgresql")
        self.writers = {
            "plain": Writer(url),
            "careful": Writer(url),
            "loose": Writer(url, foreign_keys=False),
        }
        if self.is_sqlite:
            self.writers["careful"].run("PRAGMA recursive_triggers = 1")
        self._count = 0

    def close(self) -> None:
        for writer in self.writers.values():
            writer.close()

    def new_id(self, table: str) -> str:
        self._count += 1
        # Not in the order of insertion, as random ids are not.
        return f"{self.draw.choice('05aAzZ')}{table[0]}{self._count}"

    def ids(self, table: str) -> list[str]:
        order = "id" if self.is_sqlite else 'id COLLATE "C"'
        return [key for (key,) in self.writers["loose"].run(f"SELECT id FROM {table} ORDER BY {order}")]

    def any_id(self, table: str) -> str | None:
        ids = self.ids(table)
        return self.draw.choice(ids) if ids else None

    def moment(self) -> str | None:
        """A time near a change of the clock, a midnight or another month; often one that occurs again."""
        draw = self.draw
        if draw.random() < 0.06:
            return None
        days = draw.choice((0, 0, 0, -1, 1, 2, 3, -30, 33, draw.randint(-70, 40)))
        seconds = draw.choice((0, 0, -10_800, -7201, 60, 1800, 36_000, 36_001, draw.randint(-40_000, 40_000)))
        micro = draw.choice((0, 0, 0, 1, 999_999))
        when = _CLOCK_CHANGE + timedelta(days=days, seconds=seconds, microseconds=micro)
        return when.isoformat(" ")

    def value(self, table: str, column: str) -> Any:
        """A random value; parents are ones that exist."""
        draw = self.draw
        match column:
            case "user_id" | "twin_id" | "session_id":
                return self.any_id(f"{column.removesuffix('_id')}s")
            case "message_id":
                return draw.choice((None, self.any_id("messages")))
            case "created_at" | "started_at" | "last_login_at":
                return self.moment()
            case "email":
                return f"{draw.random()}@example.com"
        return draw.choice(
            {
                "company": (None, "", "Acme", "ACME", "Straße"),
                "department": (None, "", "Sales", "R&D"),
                "is_shared": (None, False, True),
                "is_shared_twin": (None, False, True),
                "topic": (None, "", "one", "another"),
                "platform": (None, "", "slack", "teams"),
                "sender_type": ("user", "user", "twin", "bot"),
                "message_type": (None, "general", "document,query"),
                "document_type": (None, "memo", "report"),
                "query_type": (None, "web"),
                "word_count": (None, 0, 120),
                "results_count": (None, 0, 3),
                "content": ("one", "another", " ONE\n", " "),
            }.get(column, ("one", "another"))
        )

    def row(self, table: str, **given: Any) -> Row:
        """A whole random row under a new id."""
        row = {column: self.value(table, column) for column in COLUMNS[table]}
        return {"id": self.new_id(table), **row, **given}

    def insert(self, writer: str, table: str, row: Row, verb: str = "INSERT", rest: str = "") -> None:
        columns, marks = ", ".join(row), ", ".join("?" * len(row))
        self.writers[writer].run(f"{verb} INTO {table} ({columns}) VALUES ({marks}) {rest}", *row.values())

    def stored(self, table: str, key: str) -> Row:
        columns = ("id", *COLUMNS[table])
        ((*values,),) = self.writers["loose"].run(
            f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", key
        )
        return dict(zip(columns, values, strict=True))
