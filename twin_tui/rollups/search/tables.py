"""The tables of the search index: made, taken away, and what they note of themselves.

Each message, document, query, session title, person and twin is an item: a set of words, without positions,
and of tags that stand for the filters. SQLite holds them in a contentless FTS5 table whose row numbers rise
with time, PostgreSQL as ``tsvector`` under a GIN index. What an item points to is read and compared anew by
whoever searches, so an item that is out of date finds nothing wrong.
"""

from collections.abc import Mapping

from twin_tui.data.errors import DatabaseError
from twin_tui.data.models import MODELS, Document, Message, Query, Session, Twin, User
from twin_tui.data.source import Source

VERSION = 2
"""How words are made and tables laid out; an index of another version is of no use and made anew."""
IN_CODE_POINTS = "ids by code point"
"""Noted as 1 where the ids of items are put in order so, on PostgreSQL; older indexes note nothing."""
NOTES = "twin_tui_search"
WORDS = "twin_tui_search_words"
ITEM = "twin_tui_search_item"
MARK = "twin_tui_search_mark"
QUEUE = "twin_tui_search_queue"

KINDS = ("message", "document", "query", "session", "user", "twin")
"""By number: what an item is about."""
MESSAGE, DOCUMENT, QUERY, SESSION, USER, TWIN = range(6)
CHILDREN, OF_USER = 6, 7
"""Only in the queue: everything of a session, everything of a person, whose tags have changed."""
KIND_MODELS = (Message, Document, Query, Session, User, Twin)
"""The table of each kind, by number."""
IN_ORDER = (USER, TWIN, SESSION, MESSAGE, DOCUMENT, QUERY)
"""Parents first, so that their children find them."""

_SQLITE = (
    f"CREATE TABLE {NOTES} (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
    (
        f"CREATE VIRTUAL TABLE {WORDS} USING fts5("
        "words, content = '', columnsize = 0, detail = none, tokenize = 'ascii')"
    ),
    f"CREATE TABLE {ITEM} (no INTEGER PRIMARY KEY, place INTEGER NOT NULL)",
    f"CREATE TABLE {MARK} (kind INTEGER PRIMARY KEY, at INTEGER NOT NULL, id TEXT)",
    f"CREATE TABLE {QUEUE} (seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, key INTEGER NOT NULL)",
)
_POSTGRES = (
    f"CREATE TABLE {NOTES} (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
    (
        f'CREATE TABLE {ITEM} (kind SMALLINT NOT NULL, id TEXT COLLATE "C" NOT NULL,'
        " session_id TEXT NOT NULL, at_us BIGINT NOT NULL, words TSVECTOR NOT NULL, PRIMARY KEY (kind, id))"
    ),
    (
        f"CREATE TABLE {QUEUE} (seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind SMALLINT NOT NULL,"
        " key TEXT NOT NULL)"
    ),
)


def can_be(source: Source) -> bool:
    """Return whether the database can hold a search index: SQLite needs FTS5 and numbered rows."""
    if not source.is_sqlite:
        return True
    if any(source.dialect.insertion_order(model) is None for model in MODELS):
        return False
    return bool(source.run("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'"))


def create(source: Source) -> None:
    """Make the tables, empty, inside the caller's write transaction; raises `DatabaseError`."""
    for statement in _SQLITE if source.is_sqlite else _POSTGRES:
        source.run(statement)
    note(source, {"version": str(VERSION), IN_CODE_POINTS: None if source.is_sqlite else "1"})


def drop(source: Source) -> None:
    """Take the tables away, inside the caller's write transaction; raises `DatabaseError`."""
    for table in (NOTES, WORDS, ITEM, MARK, QUEUE):
        source.run(f"DROP TABLE IF EXISTS {table}")


def notes(source: Source) -> dict[str, str]:
    """Return what is noted, by key; nothing where there is no index, or none that the role may read."""
    if source.is_sqlite:
        if not source.run("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (NOTES,)):
            return {}
    else:
        ((may_read,),) = source.run("SELECT has_table_privilege(to_regclass(?)::oid, 'SELECT')", (NOTES,))
        if not may_read:
            return {}
    return dict(source.run(f"SELECT key, value FROM {NOTES}"))


def note(source: Source, values: Mapping[str, str | None]) -> None:
    """Note values by key in the caller's write transaction, ``None`` to forget; raises `DatabaseError`."""
    for key, value in values.items():
        source.run(f"DELETE FROM {NOTES} WHERE key = ?", (key,))
        if value is not None:
            source.run(f"INSERT INTO {NOTES} (key, value) VALUES (?, ?)", (key, value))


def is_current(noted: Mapping[str, str]) -> bool:
    """Return whether the tables are of this version."""
    return noted.get("version") == str(VERSION)


def is_whole(noted: Mapping[str, str]) -> bool:
    """Return whether the index was complete once, so that only what came since may be missing."""
    return is_current(noted) and noted.get("built") == "1"


def check(source: Source) -> None:
    """Raise `DatabaseError` where the database cannot hold a search index."""
    if not can_be(source):
        raise DatabaseError(
            f"{source.name} cannot hold a search index: SQLite's full-text module or row numbers are missing."
        )
