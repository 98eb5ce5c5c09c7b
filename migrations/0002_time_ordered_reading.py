"""Indexes for reading by time: windows, the feed and its pages, one conversation in order.

Those on messages also hold what figures ask of a message, so that counting never fetches its text.
"""

INDEXES = {
    "idx_users_created_at": "users(created_at)",
    "idx_twins_created_at": "twins(created_at)",
    "idx_sessions_started_at_id": "sessions(started_at, id)",
    "idx_sessions_user_id_started_at": "sessions(user_id, started_at)",
    "idx_sessions_twin_id_started_at": "sessions(twin_id, started_at)",
    "idx_messages_created_at": "messages(created_at, session_id, sender_type, message_type)",
    "idx_messages_session_id_created_at": "messages(session_id, created_at, sender_type)",
    "idx_documents_created_at": "documents(created_at, id)",
    "idx_documents_session_id_created_at": "documents(session_id, created_at)",
    "idx_queries_created_at": "queries(created_at, id)",
    "idx_queries_session_id_created_at": "queries(session_id, created_at)",
}


def up(migrator, db):
    for name, place in INDEXES.items():
        db.execute_sql(f"CREATE INDEX {name} ON {place}")


def down(migrator, db):
    for name in reversed(INDEXES):
        db.execute_sql(f"DROP INDEX {name}")
