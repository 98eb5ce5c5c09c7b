"""The hand-counted world with something wrong of every kind, written past twin-tui's own rules."""

import sqlite3
from contextlib import closing

import psycopg

DAY = "2026-11-18 12:00:00"
PAST = "2026-11-01 12:00:00"
FUTURE = "2027-01-01 00:00:00"

ROWS = {
    "users (id, email, full_name, created_at)": [
        ("u-again", "ANN@north.EXAMPLE", "Ann again", PAST),
        ("u-late", "late@north.example", "Late", FUTURE),
        ("u-none", "none@north.example", "None", None),
    ],
    "twins (id, user_id, name, is_shared, created_at)": [
        ("t-late", "u-ann", "Late", False, FUTURE),
        ("t-none", "u-ann", "None", False, None),
        ("t-orphan", "u-gone", "Orphan", False, PAST),
    ],
    "sessions (id, user_id, twin_id, title, is_shared_twin, started_at)": [
        ("x-empty", "u-ann", "t-ann", "Nothing", False, DAY),
        ("x-no-twin", "u-ann", "t-gone", None, False, DAY),
        ("x-no-user", "u-gone", "t-ann", None, True, DAY),
        ("x-other", "u-cho", "t-ann", None, False, DAY),
        ("x-own", "u-ann", "t-ann", None, True, DAY),
        ("x-stranger", "u-ann", "t-ben", None, True, DAY),
        ("x-unmarked", "u-ben", "t-ann", None, None, DAY),
    ],
    "messages (id, session_id, sender_type, content, created_at)": [
        ("x-bot", "s1", "bot", "beep", DAY),
        ("x-early", "s1", "user", "before the start", "2026-11-17 08:59:59"),
        ("x-orphan", "s-gone", "user", "where am I", DAY),
    ],
    "documents (id, session_id, message_id, content, word_count, created_at)": [
        ("y-early", "s1", None, "two words", 2, "2026-11-17 08:59:59.5"),
        ("y-gone", "s1", "m-gone", "", None, DAY),
        ("y-late", "s1", None, "", 0, FUTURE),
        ("y-orphan", "s-gone", None, "", None, DAY),
        ("y-second", "s1", "m01", "日本語 and three more words", 6, DAY),
        ("y-stray", "s1", "m05", "", None, DAY),
    ],
    "queries (id, session_id, message_id, query_text, results_count, created_at)": [
        ("z-early", "s2", None, "a", 1, PAST),
        ("z-gone", "s2", "m-gone", "a", 1, DAY + ".5"),
        ("z-late", "s2", None, "a", 1, FUTURE),
        ("z-negative", "s2", None, "a", -1, "2026-11-18 14:00:01"),
        ("z-none", "s2", None, "a", None, None),
        ("z-orphan", "s-gone", None, "a", 1, DAY),
        ("z-second", "s2", "m05", "a", 1, "2026-11-18 14:00:11"),
        ("z-stray", "s2", "m01", "a", 1, "2026-11-18 14:00:12"),
    ],
}
GARBLED = "UPDATE sessions SET topic = CAST(x'63e9' AS TEXT) WHERE id = 's1'"
"""What only SQLite lets in."""
FREE = """DO $$ DECLARE r record; BEGIN
 FOR r IN SELECT conrelid::regclass AS place, conname FROM pg_constraint WHERE contype = 'f' LOOP
 EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.place, r.conname); END LOOP; END $$"""

EXPECTED = {
    "empty_sessions": [
        ("x-empty", "x-empty", "Nothing"),
        *((name, name, None) for name in ("x-no-twin", "x-no-user", "x-other", "x-own", "x-stranger")),
        ("x-unmarked", "x-unmarked", None),
    ],
    "shared_flag_drift": [
        ("x-other", "x-other", "the twin is another's"),
        ("x-own", "x-own", "marked as shared, the twin is their own"),
        ("x-unmarked", "x-unmarked", "the twin is another's"),
    ],
    "strangers_on_private_twins": [("x-stranger", "x-stranger", "u-ann")],
    "messages_before_session": [("x-early", "s1", "2026-11-17 08:59:59Z")],
    "documents_before_session": [("y-early", "s1", "2026-11-17 08:59:59.500000Z")],
    "queries_before_session": [
        ("z-early", "s2", "2026-11-01 12:00:00Z"),
        ("z-gone", "s2", "2026-11-18 12:00:00.500000Z"),
    ],
    "future_users": [("u-late", None, "2027-01-01 00:00:00Z")],
    "future_twins": [("t-late", None, "2027-01-01 00:00:00Z")],
    "future_sessions": [("s9", "s9", "2026-11-24 08:00:00Z")],
    "future_messages": [("m22", "s9", "2026-11-24 08:00:00Z"), ("m24", "s6", "2026-11-23 12:00:00Z")],
    "future_documents": [("y-late", "s1", "2027-01-01 00:00:00Z")],
    "future_queries": [("z-late", "s2", "2027-01-01 00:00:00Z")],
    "undated_users": [("u-none", None, None)],
    "undated_twins": [("t-none", None, None)],
    "undated_sessions": [("s10", "s10", None)],
    "undated_messages": [("m23", "s10", None)],
    "undated_documents": [("d6", "s1", None)],
    "undated_queries": [("z-none", "s2", None)],
    "twins_without_user": [("t-orphan", None, "u-gone")],
    "sessions_without_user": [("x-no-user", "x-no-user", "u-gone")],
    "sessions_without_twin": [("x-no-twin", "x-no-twin", "t-gone")],
    "messages_without_session": [("x-orphan", "s-gone", "s-gone")],
    "documents_without_session": [("y-orphan", "s-gone", "s-gone")],
    "queries_without_session": [("z-orphan", "s-gone", "s-gone")],
    "documents_with_stray_message": [("y-gone", "s1", "m-gone"), ("y-stray", "s1", "m05")],
    "queries_with_stray_message": [("z-gone", "s2", "m-gone"), ("z-stray", "s2", "m01")],
    "messages_with_several_documents": [("m01", "s1", "2 documents")],
    "messages_with_several_queries": [("m05", "s2", "2 queries")],
    "unknown_senders": [("x-bot", "s1", "bot")],
    "negative_results": [("z-negative", "s2", "-1")],
    "same_email": [("u-again", None, "ANN@north.EXAMPLE"), ("u-ann", None, "ann@north.example")],
    "garbled_users": [],
    "garbled_twins": [],
    "garbled_sessions": [("s1", "s1", "topic")],
    "garbled_messages": [],
    "garbled_documents": [],
    "garbled_queries": [],
    "wrong_word_counts": [("d1", "s1", "says 420, has 4"), ("y-second", "s1", "says 6, has 7")],
}
"""What is found, check by check, in the order of the checks."""


def break_world(url: str) -> None:
    """Write the rows into a copy of the world, whatever engine it lies on."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file, file:
            file.execute("PRAGMA foreign_keys = 0")
            for table, rows in ROWS.items():
                file.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
            file.execute(GARBLED)
        return
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(FREE)
        for table, rows in ROWS.items():
            with server.cursor() as cursor:
                cursor.executemany(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(rows[0]))})", rows)
