"""Search as the product has it, against LIKE over the same rows."""

import re
from collections.abc import Iterator
from typing import Any

from bench.questions import PLAIN, PRODUCT, Programs, Question
from twin_tui.analytics.answers import SearchRequest
from twin_tui.analytics.filters import Filters
from twin_tui.sample.crowd_telling import customers
from twin_tui.sample.identity import TEXT, stream
from twin_tui.sample.options import DEFAULT_SEED

NEWEST = 50
_TEXTS = (
    ("messages", "content"),
    ("documents", "coalesce(title, '') || ' ' || content"),
    ("queries", "query_text"),
)


def searches(programs: Programs) -> Iterator[Question]:
    """Yield the newest texts that hold an absent, a rare and a common word, against ``LIKE``."""
    for name, word in sought().items():
        yield Question(
            f"search_{name}",
            f"search, {name} word",
            ("G5",),
            {
                PRODUCT: lambda word=word: _product(programs, word),
                PLAIN: lambda word=word: _plain(programs, word),
            },
            {
                PRODUCT: lambda word=word: programs.product.search(Filters(), SearchRequest(word)),
                PLAIN: lambda word=word: _like(programs, word),
            },
        )


def sought() -> dict[str, str]:
    """Return a word that no text holds, one that few hold, and one that many hold."""
    rare = customers(stream(DEFAULT_SEED, TEXT))[-1].split()[0]
    return {"absent": "xylobrontide", "rare": rare, "common": "invoice"}


def _product(programs: Programs, word: str) -> tuple[str, ...]:
    """Return when the newest hits were written: which of several of one second is last does not matter."""
    found = programs.product.search(Filters(), SearchRequest(word, limit=NEWEST))
    return tuple(f"{hit.time:%Y-%m-%d %H:%M:%S}" for hit in found.hits)


def _like(programs: Programs, word: str) -> list[Any]:
    """Return when every text with these letters was written: LIKE knows no words."""
    union = " UNION ALL ".join(
        f"SELECT created_at, {text} AS words FROM {table} WHERE {text} LIKE :part" for table, text in _TEXTS
    )
    newest = f"SELECT created_at, words FROM ({union}) ORDER BY created_at DESC"
    return programs.rows.execute(newest, {"part": f"%{word}%"}).fetchall()


def _plain(programs: Programs, word: str) -> tuple[str, ...]:
    is_word = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    found = (written for written, words in _like(programs, word) if is_word.search(words))
    return tuple(written for written, _ in zip(found, range(NEWEST), strict=False))
