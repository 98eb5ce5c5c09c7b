"""What a search found, as sections; hits in a text stand in square brackets."""

from twin_tui.analytics.answers import Hit, SearchPage, SessionHit
from twin_tui.analytics.answers.search import Parts
from twin_tui.reports import whom
from twin_tui.reports.sections import Cell, Column, Section

SEARCH_SECTIONS = ("named", "people", "twins", "conversations", "texts")
"""Keys of the sections, in order."""


def marked(parts: Parts) -> str:
    """Return a text in pieces as one, its hits in square brackets.

    >>> marked((("the ", False), ("refund", True)))
    'the [refund]'
    """
    return "".join(f"[{text}]" if is_hit else text for text, is_hit in parts)


def search_sections(page: SearchPage) -> tuple[Section, ...]:
    """Return what was found in the order of `SEARCH_SECTIONS`."""
    people = tuple(whom.person(hit.person, hit.company, hit.department) for hit in page.people.items)
    return (
        _conversations("named", "Conversations by id", page.named.items),
        Section("people", "People", whom.PERSON, people),
        Section("twins", "Twins", whom.TWIN, tuple(whom.twin(hit.twin) for hit in page.twins.items)),
        _conversations("conversations", "Conversations by title", page.sessions.items),
        _texts(page.hits),
    )


def _conversations(key: str, title: str, hits: tuple[SessionHit, ...]) -> Section:
    columns = (
        Column("time", "Started"),
        Column("session_id", "Session"),
        Column("title", "Title"),
        *_WHOM,
    )
    rows = tuple(
        (Cell(hit.time, "time"), Cell(hit.session_id), Cell(marked(hit.title)), *_whom(hit)) for hit in hits
    )
    return Section(key, title, columns, rows)


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
        *_WHOM,
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
            *_whom(hit),
        )
        for hit in hits
    )
    return Section("texts", "Texts", columns, rows)


_WHOM = (*whom.WHOM, Column("platform", "Platform"), Column("shared", "Shared"))


def _whom(hit: Hit | SessionHit) -> tuple[Cell, ...]:
    return *whom.whom(hit.user, hit.twin), Cell(hit.platform), Cell(hit.shared, "flag")
