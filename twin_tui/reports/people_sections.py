"""The directory, and the page of one person or twin, as sections."""

from collections.abc import Sequence

from twin_tui.analytics.answers import (
    PeoplePage,
    Person,
    PersonPage,
    PersonRow,
    TwinPage,
    TwinRef,
    TwinRow,
    TwinUse,
    UseDay,
)
from twin_tui.reports import whom
from twin_tui.reports.feed_sections import items_section
from twin_tui.reports.sections import Cell, Column, Section

PERSON_SECTIONS = (
    "person", "series", "twins", "uses", "used_by", "sessions", "documents", "queries",
)  # fmt: skip
"""Keys of the sections of a person's page, in order."""
TWIN_SECTIONS = ("twin", "series", "users", "sessions", "documents", "queries")
"""Keys of the sections of a twin's page, in order."""


def people_section(page: PeoplePage) -> Section:
    """Return one page of the directory as a table."""
    if page.request.kind == "twins":
        return _twins("people", "Twins", [row for row in page.items if isinstance(row, TwinRow)])
    return _persons("people", "People", [row for row in page.items if isinstance(row, PersonRow)])


def person_sections(page: PersonPage) -> tuple[Section, ...]:
    """Return a person's page in the order of `PERSON_SECTIONS`."""
    return (
        _persons("person", "Person", [page.row]),
        _series(page.days),
        _twins("twins", "Own twins", page.twins.items),
        _uses("uses", "Others' twins used", page.uses.items),
        _uses("used_by", "Used by others", page.used_by.items),
        items_section("sessions", "Conversations", page.sessions.items),
        items_section("documents", "Documents", page.documents.items),
        items_section("queries", "Queries", page.queries.items),
    )


def twin_sections(page: TwinPage) -> tuple[Section, ...]:
    """Return a twin's page in the order of `TWIN_SECTIONS`."""
    one = _twins("twin", "Twin", [page.row])
    described = Section(
        one.key,
        one.title,
        (*one.columns, Column("description", "Description")),
        ((*one.rows[0], Cell(page.description)),),
    )
    return (
        described,
        _series(page.days),
        _uses("users", "Users", page.users.items),
        items_section("sessions", "Conversations", page.sessions.items),
        items_section("documents", "Documents", page.documents.items),
        items_section("queries", "Queries", page.queries.items),
    )


def _persons(key: str, title: str, rows: Sequence[PersonRow]) -> Section:
    columns = (
        *whom.PERSON,
        Column("created_at", brief=False),
        Column("last_seen", "Last seen"),
        Column("status", "Status"),
        *whom.AMOUNTS,
        Column("twins", "Twins"),
        Column("shared_uses", "Shared use"),
    )
    cells = tuple(
        (
            *whom.person(Person(row.id, row.name, row.email), row.company, row.department),
            Cell(row.created_at, "time"),
            Cell(row.last_seen, "time"),
            Cell(row.status),
            *_amounts(row),
            Cell(row.twins, "twins"),
            Cell(row.shared_uses, "conversations"),
        )
        for row in rows
    )
    return Section(key, title, columns, cells)


def _twins(key: str, title: str, rows: Sequence[TwinRow]) -> Section:
    columns = (
        *whom.TWIN,
        Column("is_shared", "Shared"),
        Column("created_at", brief=False),
        Column("last_used", "Last used"),
        Column("status", "Status"),
        Column("users", "Users"),
        Column("outsiders", "Not the owner"),
        *whom.AMOUNTS,
    )
    cells = tuple(
        (
            *whom.twin(TwinRef(row.id, row.name, row.owner)),
            Cell(row.is_shared, "flag"),
            Cell(row.created_at, "time"),
            Cell(row.last_used, "time"),
            Cell(row.status),
            Cell(row.users, "users"),
            Cell(row.outsiders, "users"),
            *_amounts(row),
        )
        for row in rows
    )
    return Section(key, title, columns, cells)


def _uses(key: str, title: str, uses: Sequence[TwinUse]) -> Section:
    columns = (
        Column("user_id", brief=False),
        Column("user_name", "User"),
        Column("user_email", "E-mail"),
        Column("twin_id", brief=False),
        Column("twin_name", "Twin"),
        Column("twin_owner", "Owner"),
        Column("is_owner", brief=False),
        *whom.AMOUNTS,
        Column("last_used", "Last used"),
    )
    cells = tuple(
        (
            *whom.whom(use.user, use.twin),
            Cell(use.is_owner, "flag"),
            *_amounts(use),
            Cell(use.last_used, "time"),
        )
        for use in uses
    )
    return Section(key, title, columns, cells)


def _amounts(of: PersonRow | TwinRow | TwinUse) -> tuple[Cell, ...]:
    return whom.amounts(of.conversations, of.messages, of.documents, of.queries)


def _series(days: Sequence[UseDay]) -> Section:
    columns = (
        Column("day", "Day"),
        Column("conversations", "Conversations"),
        Column("messages", "Messages"),
    )
    cells = tuple(
        (Cell(day.day, "day"), Cell(day.conversations, "conversations"), Cell(day.messages, "messages"))
        for day in days
    )
    return Section("series", "Day by day", columns, cells)
