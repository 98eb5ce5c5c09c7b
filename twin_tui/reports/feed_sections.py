"""The activity feed and one conversation as sections."""

from collections.abc import Iterable

from twin_tui.analytics.answers import ActivityItem, ActivityPage, Conversation, Entry
from twin_tui.reports import whom
from twin_tui.reports.sections import Cell, Column, Section


def activity_section(page: ActivityPage) -> Section:
    """Return one page of the feed as a table."""
    return items_section("activity", "Activity", page.items)


def conversation_sections(conversation: Conversation, entries: Iterable[Entry]) -> tuple[Section, Section]:
    """Return a session's header and its timeline."""
    header = conversation.header
    facts: tuple[tuple[str, str, Cell], ...] = (
        ("id", "Session", Cell(header.session_id)),
        ("user_id", "User id", Cell(header.user.id)),
        ("user_name", "User", Cell(header.user.name)),
        ("user_email", "E-mail", Cell(header.user.email)),
        ("company", "Company", Cell(header.company)),
        ("department", "Department", Cell(header.department)),
        ("twin_id", "Twin id", Cell(header.twin.id)),
        ("twin_name", "Twin", Cell(header.twin.name)),
        ("twin_owner", "Owner", Cell(header.twin.owner.name)),
        ("title", "Title", Cell(header.title)),
        ("topic", "Topic", Cell(header.topic)),
        ("platform", "Platform", Cell(header.platform)),
        ("started_at", "Started", Cell(header.started_at, "time")),
        ("last_at", "Last entry", Cell(header.last_at, "time")),
        ("shared", "Shared twin", Cell(header.shared, "flag")),
        ("messages", "Messages", Cell(header.messages, "messages")),
        ("user_messages", "By the user", Cell(header.user_messages, "messages")),
        ("twin_messages", "By the twin", Cell(header.twin_messages, "messages")),
        ("documents", "Documents", Cell(header.documents, "documents")),
        ("queries", "Queries", Cell(header.queries, "queries")),
        ("elapsed_s", "Elapsed", Cell(header.elapsed_s, "seconds")),
        ("active_s", "Active", Cell(header.active_s, "seconds")),
    )
    keys = ("kind", "id", "time", "sender", "text", "size", "message_id", "message_type", "title")
    rows = tuple(
        (
            Cell(entry.kind),
            Cell(entry.id),
            Cell(entry.time, "time"),
            Cell(entry.sender),
            Cell(entry.text),
            Cell(entry.size, "count"),
            Cell(entry.message_id),
            Cell(entry.message_type),
            Cell(entry.title),
            Cell(entry.type),
            Cell(entry.word_count, "words"),
            Cell(entry.results_count, "results"),
        )
        for entry in entries
    )
    return (
        Section(
            "session",
            "Session",
            tuple(Column(key, title) for key, title, _ in facts),
            (tuple(cell for _, _, cell in facts),),
        ),
        Section(
            "entries",
            "Entries",
            tuple(Column(key, key) for key in (*keys, "type", "word_count", "results_count")),
            rows,
        ),
    )


_ITEM_COLUMNS = (
    Column("time", "Time"),
    Column("kind", "Kind"),
    Column("session_id", "Session"),
    Column("event_id", brief=False),
    *whom.WHOM,
    Column("what", "What"),
    Column("detail", "Detail"),
    Column("platform", "Platform"),
    Column("length_s", "Length"),
    Column("messages", "Messages"),
    Column("documents", "Documents"),
    Column("queries", "Queries"),
    Column("results_count", "Results"),
    Column("shared", "Shared"),
)


def items_section(key: str, title: str, items: tuple[ActivityItem, ...]) -> Section:
    """Return lines of the feed as a table."""
    rows = tuple(
        (
            Cell(item.time, "time"),
            Cell(item.kind),
            Cell(item.session_id),
            Cell(item.event_id),
            *whom.whom(item.user, item.twin),
            Cell(item.what),
            Cell(item.detail),
            Cell(item.platform),
            Cell(item.length_s, "seconds"),
            Cell(item.messages, "messages"),
            Cell(item.documents, "documents"),
            Cell(item.queries, "queries"),
            Cell(item.results_count, "results"),
            Cell(item.shared, "flag"),
        )
        for item in items
    )
    return Section(key, title, _ITEM_COLUMNS, rows)
