"""The hand-countable world: three people, two twins, ten sessions around the week before `NOW`.

The week 17–23 November 2026 (Tuesday to Monday, today unfinished) holds, up to noon UTC today:

- 6 conversations (s1–s6), 2 of them marked shared (s2, s3), one with an unknown flag (s4);
- 17 messages (m01–m17): 9 by people (m01 m03 | m05 | m07 m09 | m11 | m12 m14 | m16), 8 by twins;
- 3 documents (d1–d3; d3 belongs to no message), 4 queries (q1 q2 q3 q5), results 3, unknown, 0, 2;
- 3 active users (ann s1 s4 s6, ben s2 s5, cho s3), 1 new user (cho), 1 new twin (t-ben);
- session lengths: s1 30 + 600 + 30 = 660 s, s2 20 s, s3 60 + 40 = 100 s (the night does not count),
  s4 unknown (one message), s5 5 + 1200 + 10 = 1215 s, s6 45.5 s;
- reply times: m01 30, m03 30, m05 20, m07 60, m09 40, m12 5, m14 10, m16 45.5 s; m11 has no reply.

The week before, 10–16 November up to the same noon, holds one conversation (s7: 2 messages, 1 document,
1 query, 60 s); s8 on the 16th begins after noon. Invisible at `NOW`: m24, which bears exactly its time, s9
and m22, which lie in the future. In no figure: s10, m23 and d6, which have no time.
"""

from datetime import UTC, datetime
from typing import Any

from twin_tui.data.database import Source
from twin_tui.data.models import Document, Message, Query, Row, Session, Twin, User


def at(text: str) -> datetime:
    """Return an instant written as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


NOW = at("2026-11-23 12:00")
"""A Monday noon."""

LONG_TEXT = "\n\n".join(f"{number}. Step {number} of the plan, in a few words." for number in range(1, 41))
"""A message of 40 paragraphs."""
CJK_TEXT = "来週の出張の予定を教えてください。"
RTL_TEXT = "الرحلة يوم الاثنين، والعودة يوم الأربعاء."

USERS = (
    # id, email, full_name, company, department, created_at, last_login_at
    (
        "u-ann",
        "ann@north.example",
        "Ann Berg",
        "North",
        "Sales",
        at("2026-10-01 08:00"),
        at("2026-11-20 09:00"),
    ),
    ("u-ben", "ben@north.example", "Ben Ito", "North", None, at("2026-11-02 09:30"), None),
    (
        "u-cho",
        "cho@south.example",
        "Cho Min",
        "South",
        "Research",
        at("2026-11-18 10:00"),
        at("2026-11-23 08:00"),
    ),
)
TWINS = (
    # id, user_id, name, description, is_shared, created_at
    ("t-ann", "u-ann", "Ann's twin", "Knows the sales reports", True, at("2026-10-02 08:00")),
    ("t-ben", "u-ben", "Ben's twin", None, False, at("2026-11-17 09:00")),
)
SESSIONS = (
    # id, user_id, twin_id, platform, title, topic, is_shared_twin, started_at
    ("s1", "u-ann", "t-ann", "slack", "Quarter report", "Reports", False, at("2026-11-17 09:00")),
    ("s2", "u-ben", "t-ann", "slack", "Travel policy", "Travel", True, at("2026-11-18 14:00")),
    ("s3", "u-cho", "t-ann", "slack", "Offer for a customer", "Sales", True, at("2026-11-19 23:30")),
    ("s4", "u-ann", "t-ann", None, None, None, None, at("2026-11-20 11:00")),
    ("s5", "u-ben", "t-ben", "teams", "出張の予定", "Travel", False, at("2026-11-22 10:00")),
    ("s6", "u-ann", "t-ann", "slack", "Unanswered e-mails", "E-mail", False, at("2026-11-23 09:15")),
    ("s7", "u-ann", "t-ann", "slack", "Minutes of a meeting", "Meetings", False, at("2026-11-11 10:00")),
    ("s8", "u-ben", "t-ann", "slack", "Parking", "Office", True, at("2026-11-16 15:00")),
    ("s9", "u-cho", "t-ann", "slack", "Tomorrow", "Office", True, at("2026-11-24 08:00")),
    ("s10", "u-ann", "t-ann", "slack", "Some time", "Office", False, None),
)
MESSAGES = (
    # id, session_id, sender_type, message_type, created_at, content
    ("m01", "s1", "user", "document", at("2026-11-17 09:00:00"), "Please draft the quarter report."),
    ("m02", "s1", "twin", "general", at("2026-11-17 09:00:30"), "Here is a first draft."),
    ("m03", "s1", "user", "general", at("2026-11-17 09:10:30"), "Make it shorter, please."),
    ("m04", "s1", "twin", "general", at("2026-11-17 09:11:00"), "Done: one page."),
    (
        "m05",
        "s2",
        "user",
        "query",
        at("2026-11-18 14:00:00"),
        "What does our travel policy say about trains?",
    ),
    (
        "m06",
        "s2",
        "twin",
        "general",
        at("2026-11-18 14:00:20"),
        "Second class, first class above four hours.",
    ),
    (
        "m07",
        "s3",
        "user",
        "document,query",
        at("2026-11-19 23:30:00"),
        "Find the price list and draft an offer.",
    ),
    ("m08", "s3", "twin", "general", at("2026-11-19 23:31:00"), "The offer is ready."),
    ("m09", "s3", "user", "general", at("2026-11-20 08:00:00"), "Add ten percent for the express delivery."),
    ("m10", "s3", "twin", "general", at("2026-11-20 08:00:40"), "Added."),
    ("m11", "s4", "user", "general", at("2026-11-20 11:00:00"), "Are you there?"),
    ("m12", "s5", "user", "general", at("2026-11-22 10:00:00"), CJK_TEXT),
    ("m13", "s5", "twin", "general", at("2026-11-22 10:00:05"), RTL_TEXT),
    ("m14", "s5", "user", "query", at("2026-11-22 10:20:05"), "Is there a hotel near the straße?"),
    ("m15", "s5", "twin", "general", at("2026-11-22 10:20:15"), LONG_TEXT),
    ("m16", "s6", "user", "query", at("2026-11-23 09:15:00"), "Which e-mails have I not answered?"),
    ("m17", "s6", "twin", "general", at("2026-11-23 09:15:45.500000"), "Two: one from Cho, one from Ben."),
    ("m18", "s7", "user", "document,query", at("2026-11-11 10:00:00"), "Summarise last week's minutes."),
    ("m19", "s7", "twin", "general", at("2026-11-11 10:01:00"), "Here is the summary."),
    ("m20", "s8", "user", "document", at("2026-11-16 15:00:00"), "Write to the landlord about parking."),
    ("m21", "s8", "twin", "general", at("2026-11-16 15:00:10"), "Written."),
    ("m22", "s9", "user", "general", at("2026-11-24 08:00:00"), "Good morning."),
    ("m23", "s10", "user", "general", None, "When was this?"),
    ("m24", "s6", "twin", "general", at("2026-11-23 12:00:00"), "A third one has just come."),
)
DOCUMENTS = (
    # id, session_id, message_id, document_type, title, content, word_count, created_at
    (
        "d1",
        "s1",
        "m01",
        "report",
        "Quarter report",
        "# Quarter report\n\nSales grew.",
        420,
        at("2026-11-17 09:00:25"),
    ),
    ("d2", "s3", "m07", "email", None, "Dear customer, here is our offer.", 6, at("2026-11-19 23:30:50")),
    ("d3", "s5", None, "proposal", "旅程表", "一日目、二日目、三日目。", None, at("2026-11-22 10:20:15")),
    (
        "d4",
        "s8",
        "m20",
        "email",
        "Parking",
        "Dear landlord, where may we park?",
        6,
        at("2026-11-16 15:00:08"),
    ),
    (
        "d5",
        "s7",
        "m18",
        "summary",
        "Minutes in short",
        "Three decisions were taken.",
        4,
        at("2026-11-11 10:00:40"),
    ),
    ("d6", "s1", None, None, None, "A note without a date.", 5, None),
)
QUERIES = (
    # id, session_id, message_id, query_text, query_type, results_count, created_at
    ("q1", "s2", "m05", "travel policy trains", "document_search", 3, at("2026-11-18 14:00:10")),
    ("q2", "s3", "m07", "price list", "document_search", None, at("2026-11-19 23:30:40")),
    ("q3", "s5", "m14", "hotel straße", "general", 0, at("2026-11-22 10:20:10")),
    ("q4", "s7", "m18", "minutes", "document_search", 5, at("2026-11-11 10:00:20")),
    ("q5", "s6", "m16", "unanswered", "email_search", 2, at("2026-11-23 09:15:20")),
)

TABLES: tuple[tuple[type[Row], tuple[str, ...], tuple[tuple[Any, ...], ...]], ...] = (
    (User, ("id", "email", "full_name", "company", "department", "created_at", "last_login_at"), USERS),
    (Twin, ("id", "user_id", "name", "description", "is_shared", "created_at"), TWINS),
    (
        Session,
        ("id", "user_id", "twin_id", "platform", "title", "topic", "is_shared_twin", "started_at"),
        SESSIONS,
    ),
    (Message, ("id", "session_id", "sender_type", "message_type", "created_at", "content"), MESSAGES),
    (
        Document,
        ("id", "session_id", "message_id", "document_type", "title", "content", "word_count", "created_at"),
        DOCUMENTS,
    ),
    (
        Query,
        ("id", "session_id", "message_id", "query_text", "query_type", "results_count", "created_at"),
        QUERIES,
    ),
)
"""Model, column names, rows; parents before children."""


def insert_world(source: Source) -> None:
    """Write every row into an empty, migrated database."""
    with source.writing():
        for model, columns, rows in TABLES:
            source.insert_rows(model, columns, rows)
