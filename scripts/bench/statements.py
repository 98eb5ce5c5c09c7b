"""What a call of the product asks of SQLite, asked again by itself, without the program around it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

from bench.questions import PRODUCT, Programs, Question
from bench.searching import NEWEST, sought
from twin_tui.analytics.answers import ActivityRequest, SearchRequest
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService

_ABOUT = ("BEGIN", "ROLLBACK", "COMMIT", "PRAGMA", "--")
_NEWEST = (
    "SELECT started_us, session_id FROM twin_tui_session{} ORDER BY started_us DESC, session_id DESC LIMIT 50"
)


def statements(programs: Programs) -> Iterator[Question]:
    """Yield the statements alone of pages of the feed, and a page by key from the first and the middle."""
    everything = Filters(Period())
    pages = programs.product.activity(everything, ActivityRequest(type="all")).pages
    connection = _connection(programs)
    for label, page in (("page 1", 1), ("a page in the middle", pages // 2), ("the last page", pages)):
        request = ActivityRequest(type="all", page=page)
        texts = asked(
            programs.product, lambda request=request: programs.product.activity(everything, request)
        )
        yield _question(f"feed, {label}: its {len(texts)} statements alone", connection, texts)
    ((count,),) = connection.execute("SELECT count(*) FROM twin_tui_session WHERE started_us IS NOT NULL")
    middle = connection.execute(
        _NEWEST.replace("LIMIT 50", f"LIMIT 1 OFFSET {count // 2}").format("")
    ).fetchone()
    yield _question("conversations by key, the first 50", connection, [_NEWEST.format("")])
    at = f" WHERE (started_us, session_id) < ({middle[0]:d}, '{middle[1]}')"
    yield _question("conversations by key, 50 from the middle", connection, [_NEWEST.format(at)])


def of_searches(programs: Programs) -> Iterator[Question]:
    """Yield the statements alone of searches; what is left of a search is words compared and hits marked."""
    connection, product = _connection(programs), programs.product
    for name, word in sought().items():
        texts = asked(product, lambda word=word: product.search(Filters(), SearchRequest(word, limit=NEWEST)))
        label = f"search, {name} word: its {len(texts)} statements alone"
        yield replace(_question(label, connection, texts), goals=("G5",))


def _connection(programs: Programs) -> sqlite3.Connection:
    """Return a connection of its own, set as the product's readers are."""
    connection = sqlite3.connect(f"file:{programs.product_path}?mode=ro", uri=True, cached_statements=512)
    for pragma in ("cache_size = -8192", "temp_store = MEMORY", "mmap_size = 0"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def asked(service: AnalyticsService, ask: Callable[[], Any]) -> list[str]:
    """Return the statements that a call runs, values written out."""
    ask()
    texts: list[str] = []
    connections = service._source.db.connections
    for connection in connections:
        connection.set_trace_callback(texts.append)
    try:
        ask()
    finally:
        for connection in connections:
            connection.set_trace_callback(None)
    return [text for text in texts if not text.startswith(_ABOUT)]


def _question(label: str, connection: sqlite3.Connection, texts: list[str]) -> Question:
    def run() -> int:
        found = 0
        for text in texts:
            with closing(connection.execute(text)) as cursor:
                found += len(cursor.fetchall())
        return found

    return Question(label, label, ("G4",), {PRODUCT: run})
