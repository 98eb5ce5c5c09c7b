"""Columns and cells of who and with which twin, the same in every table that names them."""

from twin_tui.analytics.answers import Person, TwinRef
from twin_tui.reports.sections import Cell, Column

PERSON = (
    Column("id", "Id"),
    Column("name", "Name"),
    Column("email", "E-mail"),
    Column("company", "Company"),
    Column("department", "Department"),
)
"""A table of people."""
TWIN = (
    Column("id", "Id"),
    Column("name", "Twin"),
    Column("owner", "Owner"),
    Column("owner_id", brief=False),
    Column("owner_email", brief=False),
)
"""A table of twins."""
WHOM = (
    Column("user_id", brief=False),
    Column("user_name", "User"),
    Column("user_email", brief=False),
    Column("twin_id", brief=False),
    Column("twin_name", "Twin"),
    Column("twin_owner", brief=False),
)
"""A table of what somebody did with a twin."""
AMOUNTS = (
    Column("conversations", "Conversations"),
    Column("messages", "Messages"),
    Column("documents", "Documents"),
    Column("queries", "Queries"),
)
"""How much of each."""


def person(of: Person, company: str | None, department: str | None) -> tuple[Cell, ...]:
    """Return the cells of `PERSON`."""
    return Cell(of.id), Cell(of.name), Cell(of.email), Cell(company), Cell(department)


def twin(of: TwinRef) -> tuple[Cell, ...]:
    """Return the cells of `TWIN`."""
    return Cell(of.id), Cell(of.name), Cell(of.owner.name), Cell(of.owner.id), Cell(of.owner.email)


def whom(user: Person, with_twin: TwinRef) -> tuple[Cell, ...]:
    """Return the cells of `WHOM`."""
    own = Cell(user.id), Cell(user.name), Cell(user.email)
    return *own, Cell(with_twin.id), Cell(with_twin.name), Cell(with_twin.owner.name)


def amounts(conversations: int, messages: int, documents: int, queries: int) -> tuple[Cell, ...]:
    """Return the cells of `AMOUNTS`."""
    counts = (conversations, messages, documents, queries)
    return tuple(Cell(count, column.key) for count, column in zip(counts, AMOUNTS, strict=True))
