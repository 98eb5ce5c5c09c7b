"""The hand-countable world, as tests know it: the one that ships for people who test screens."""

from twin_tui.testing.hand_counted import (
    CJK_TEXT,
    DOCUMENTS,
    LONG_TEXT,
    MESSAGES,
    NOW,
    QUERIES,
    RTL_TEXT,
    SESSIONS,
    TABLES,
    TWINS,
    USERS,
    at,
    insert_world,
)

__all__ = [
    "CJK_TEXT",
    "DOCUMENTS",
    "LONG_TEXT",
    "MESSAGES",
    "NOW",
    "QUERIES",
    "RTL_TEXT",
    "SESSIONS",
    "TABLES",
    "TWINS",
    "USERS",
    "at",
    "insert_world",
]
