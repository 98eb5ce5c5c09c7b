"""What a check is, and the words it is written in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import SQL, Value

from twin_tui.data.dialect import Dialect
from twin_tui.data.models import Document, Message, Query, Row, Session, Twin, User
from twin_tui.data.source import Source
from twin_tui.operations.findings import Severity

ROW, SESSION, ABOUT = "row_id", "in_session", "about_it"
"""Names of the three columns every check selects."""
DATED: tuple[tuple[type[Row], Any], ...] = (
    (User, User.created_at),
    (Twin, Twin.created_at),
    (Session, Session.started_at),
    (Message, Message.created_at),
    (Document, Document.created_at),
    (Query, Query.created_at),
)
"""The six tables, each with the column that dates its rows."""
CHILDREN: tuple[Any, ...] = (Message, Document, Query)
"""The tables whose rows lie in a session."""


@dataclass(frozen=True, slots=True)
class Case:
    """The database under examination, at one instant."""

    source: Source
    now: datetime

    def column(self, field: Any, of: Any = None) -> Any:
        """Return the expression of a column, as `Source.column` does."""
        return self.source.column(field, of)

    @property
    def instant(self) -> Value:
        """Now as a parameter to compare times with."""
        return Value(self.source.dialect.instant(self.now), converter=False)

    def columns(self, row: Any, session: Any = None, about: Any = None) -> tuple[Any, ...]:
        """Return the three columns of a check's select, from fields or expressions."""
        null = self.source.dialect.null("text")
        return (
            _node(self, row).alias(ROW),
            (null if session is None else _node(self, session)).alias(SESSION),
            (null if about is None else _node(self, about)).alias(ABOUT),
        )


def _node(case: Case, node: Any) -> Any:
    return case.column(node) if hasattr(node, "column_name") else node


Words = Callable[[Any, Dialect], str | None]


def as_time(value: Any, dialect: Dialect) -> str | None:
    """Return a selected time as ISO 8601 in UTC."""
    when = dialect.parse_time(value)
    return None if when is None else when.isoformat(" ").replace("+00:00", "Z")


def as_text(value: Any, dialect: Dialect) -> str | None:  # noqa: ARG001
    """Return a selected value as text."""
    return None if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Check:
    """One question to the data: which rows are not as they should be."""

    key: str
    table: str
    sentence: str
    severity: Severity
    rows: Callable[[Case], Any]
    """The select of those rows: id, session id, and what is odd; ``None`` where nothing can be."""
    needs: tuple[str, ...] = ()
    """Optional columns without which it cannot be asked, as ``table.column``."""
    words: Words = as_text
    """How the third column is told."""


def name_of(model: type[Row]) -> str:
    """Return a model's table.

    >>> name_of(User)
    'users'
    """
    return str(model._meta.table_name)


ALL = SQL("*")
