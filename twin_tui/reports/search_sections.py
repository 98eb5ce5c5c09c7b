"""What a search found, as sections; hits in a text stand in square brackets."""

from twin_tui.analytics.answers import Hit, PersonHit, SearchPage, SessionHit, TwinHit
from twin_tui.analytics.answers.search import Parts
from twin_tui.reports.sections import Cell, Column, Section

SEARCH_SECTIONS = ("people", "twins", "conversations", "texts")
"""Keys of the sections, in order."""


def marked(parts: Parts) -> str:
    """Return a text in pieces as one, its hits in square brackets.

    >>> marked((("the ", False), ("refund", True)))
    'the [refund]'
    """
    return "".join(f"[{text}]" if is_hit else text for text, is_hit in parts)


def search_sections(page: SearchPage) -> tuple[Section, ...]:
    """Return what was found in the order of `SEARCH_SECTIONS`."""
    return (
        _people(page.people.items),
        _twins(page.twins.items),
        _conversations(page.sessions.items),
        _texts(page.hits),
    )


def _people(hits: tuple[PersonHit, ...]) -> Section:
    columns = (
        Column("id", "Id"),
        Column("name", "Name"),
        Column("email", "E-mail"),
        Column("company", "Company"),
        Column("department", "Department"),
    )
    rows = tuple(
        (
            Cell(hit.person.id),
            Cell(hit.person.name),
            Cell(hit.person.email),
            Cell(hit.company),
            Cell(hit.department),
        )
        for hit in hits
    )
    return Section("people", "People", columns, rows)


def _twins(hits: tuple[TwinHit, ...]) -> Section:
    columns = (
        Column("id", "Id"),
        Column("name", "Twin"),
        Column("owner", "Owner"),
        Column("owner_id", brief=False),
        Column("owner_email", brief=False),
    )
    rows = tuple(
        (
            Cell(hit.twin.id),
            Cell(hit.twin.name),
            Cell(hit.twin.owner.name),
            Cell(hit.twin.owner.id),
            Cell(hit.twin.owner.email),
        )
        for hit in hits
    )
    return Section("twins", "Twins", columns, rows)


def _conversations(hits: tuple[SessionHit, ...]) -> Section:
    columns = (
        Column("time", "Started"),
        Column("session_id", "Session"),
        Column("title", "Title"),
        *_WHO,
    )
    rows = tuple(
        (Cell(hit.time, "time"), Cell(hit.session_id), Cell(marked(hit.title)), *_who(hit)) for hit in hits
    )
    return Section("conversations", "Conversations by title", columns, rows)


def _texts(hits: tuple[Hit, ...]) -> Section:
    columns = (
        Column("time", "Time"),
        Column("kind", "Kind"),
        Column("session_id", "Session"),
        Column("event_id", "Event"),
        Column("sender", brief=False),
        Column("conversation", "Conversation"),
        Column("title", "Document"),
        Column("snippet", "Text"),
        *_WHO,
    )
    rows = tuple(
        (
            Cell(hit.time, "time"),
            Cell(hit.kind),
            Cell(hit.session_id),
            Cell(hit.id),
            Cell(hit.sender),
            Cell(hit.conversation),
            Cell(hit.title),
            Cell(marked(hit.snippet)),
            *_who(hit),
        )
        for hit in hits
    )
    return Section("texts", "Texts", columns, rows)


_WHO = (
    Column("user_id", brief=False),
    Column("user_name", "User"),
    Column("user_email", brief=False),
    Column("twin_id", brief=False),
    Column("twin_name", "Twin"),
    Column("twin_owner", brief=False),
    Column("platform", "Platform"),
    Column("shared", "Shared"),
)


def _who(hit: Hit | SessionHit) -> tuple[Cell, ...]:
    return (
        Cell(hit.user.id),
        Cell(hit.user.name),
        Cell(hit.user.email),
        Cell(hit.twin.id),
        Cell(hit.twin.name),
        Cell(hit.twin.owner.name),
        Cell(hit.platform),
        Cell(hit.shared, "flag"),
    )
