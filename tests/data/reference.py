"""The schema reference as facts, and how databases spell them."""

from twin_tui.data.columns import TABLES
from twin_tui.data.database import Source

# The schema reference: name, type, whether NULL is allowed, default. Ids are declared NOT NULL besides.
NOW, NO, NONE = "now", "false", None
REFERENCE = {
    "users": (
        ("id", "TEXT", False, NONE),
        ("email", "TEXT", False, NONE),
        ("full_name", "TEXT", False, NONE),
        ("company", "TEXT", True, NONE),
        ("department", "TEXT", True, NONE),
        ("created_at", "TIMESTAMP", True, NOW),
        ("last_login_at", "TIMESTAMP", True, NONE),
    ),
    "twins": (
        ("id", "TEXT", False, NONE),
        ("user_id", "TEXT", False, NONE),
        ("name", "TEXT", False, NONE),
        ("description", "TEXT", True, NONE),
        ("is_shared", "BOOLEAN", True, NO),
        ("created_at", "TIMESTAMP", True, NOW),
    ),
    "sessions": (
        ("id", "TEXT", False, NONE),
        ("user_id", "TEXT", False, NONE),
        ("twin_id", "TEXT", False, NONE),
        ("platform", "TEXT", True, "'slack'"),
        ("title", "TEXT", True, NONE),
        ("topic", "TEXT", True, NONE),
        ("is_shared_twin", "BOOLEAN", True, NO),
        ("started_at", "TIMESTAMP", True, NOW),
    ),
    "messages": (
        ("id", "TEXT", False, NONE),
        ("session_id", "TEXT", False, NONE),
        ("sender_type", "TEXT", False, NONE),
        ("content", "TEXT", False, NONE),
        ("message_type", "TEXT", True, "'general'"),
        ("created_at", "TIMESTAMP", True, NOW),
    ),
    "documents": (
        ("id", "TEXT", False, NONE),
        ("session_id", "TEXT", False, NONE),
        ("message_id", "TEXT", True, NONE),
        ("document_type", "TEXT", True, NONE),
        ("title", "TEXT", True, NONE),
        ("content", "TEXT", False, NONE),
        ("word_count", "INTEGER", True, NONE),
        ("created_at", "TIMESTAMP", True, NOW),
    ),
    "queries": (
        ("id", "TEXT", False, NONE),
        ("session_id", "TEXT", False, NONE),
        ("message_id", "TEXT", True, NONE),
        ("query_text", "TEXT", False, NONE),
        ("query_type", "TEXT", True, NONE),
        ("results_count", "INTEGER", True, "0"),
        ("created_at", "TIMESTAMP", True, NOW),
    ),
}
CASCADES = {
    ("twins", "user_id", "users", "id", "CASCADE"),
    ("sessions", "user_id", "users", "id", "CASCADE"),
    ("sessions", "twin_id", "twins", "id", "CASCADE"),
    ("messages", "session_id", "sessions", "id", "CASCADE"),
    ("documents", "session_id", "sessions", "id", "CASCADE"),
    ("documents", "message_id", "messages", "id", "SET NULL"),
    ("queries", "session_id", "sessions", "id", "CASCADE"),
    ("queries", "message_id", "messages", "id", "SET NULL"),
}
INDEXES = {
    ("users", "idx_users_email", ("email",)),
    ("users", "idx_users_last_login", ("last_login_at",)),
    ("twins", "idx_twins_user_id", ("user_id",)),
    ("twins", "idx_twins_is_shared", ("is_shared",)),
    ("sessions", "idx_sessions_user_id", ("user_id",)),
    ("sessions", "idx_sessions_twin_id", ("twin_id",)),
    ("sessions", "idx_sessions_is_shared_twin", ("is_shared_twin",)),
    ("sessions", "idx_sessions_started_at", ("started_at",)),
    ("messages", "idx_messages_session_id", ("session_id",)),
    ("messages", "idx_messages_message_type", ("message_type",)),
    ("documents", "idx_documents_session_id", ("session_id",)),
    ("documents", "idx_documents_message_id", ("message_id",)),
    ("queries", "idx_queries_session_id", ("session_id",)),
    ("queries", "idx_queries_message_id", ("message_id",)),
}
OURS_TOO = {
    ("users", "idx_users_created_at", ("created_at",)),
    ("twins", "idx_twins_created_at", ("created_at",)),
    ("sessions", "idx_sessions_started_at_id", ("started_at", "id")),
    ("sessions", "idx_sessions_user_id_started_at", ("user_id", "started_at")),
    ("sessions", "idx_sessions_twin_id_started_at", ("twin_id", "started_at")),
    ("messages", "idx_messages_created_at", ("created_at", "session_id", "sender_type", "message_type")),
    (
        "messages",
        "idx_messages_session_id_created_at",
        ("session_id", "created_at", "sender_type", "message_type"),
    ),
    ("documents", "idx_documents_created_at", ("created_at", "id")),
    ("documents", "idx_documents_session_id_created_at", ("session_id", "created_at")),
    ("queries", "idx_queries_created_at", ("created_at", "id")),
    ("queries", "idx_queries_session_id_created_at", ("session_id", "created_at")),
}
OF_SECOND = {
    (table, name, columns[:3] if name == "idx_messages_session_id_created_at" else columns)
    for table, name, columns in OURS_TOO
}
"""Ours as the second migration left them."""
SPELLINGS = {
    "timestamp without time zone": "TIMESTAMP",
    "CURRENT_TIMESTAMP": NOW,
    "timezone('utc'::text, now())": NOW,
    "FALSE": NO,
    "'slack'::text": "'slack'",
    "'general'::text": "'general'",
}


def only_there(source: Source) -> set[tuple[str, str, tuple[str, ...]]]:
    """Return indexes of ours that one kind of database needs and the other has in its keys."""
    return set() if source.is_sqlite else {("sessions", "idx_sessions_id_code_point", ("id",))}


def written_indexes(source: Source) -> set[tuple[str, str, tuple[str, ...]]]:
    return {
        (table, index.name, tuple(index.columns))
        for table in TABLES
        for index in source.db.get_indexes(table)
        if index.name.startswith("idx_")
    }
