"""Search as the product has it, against LIKE over the same rows."""

from collections.abc import Iterator
from typing import Any

from bench.questions import PLAIN, PRODUCT, Programs, Question

WORDS = (("absent", "xylobrontide"), ("rare", "Kittiwakethorpe"), ("common", "contract"))
"""A word that stands nowhere, one of few texts, and one of very many."""
NEWEST = 50


def searches(programs: Programs) -> Iterator[Question]:
    """Yield the newest messages that hold a word, against ``LIKE``; none where nothing searches."""
    if not hasattr(programs.product, "search"):
        return
    for name, word in WORDS:
        yield Question(
            f"search_{name}",
            f"search, {name} word",
            ("G5",),
            {
                PRODUCT: lambda word=word: _product(programs, word),
                PLAIN: lambda word=word: _like(programs, word),
            },
        )


def _product(programs: Programs, word: str) -> Any:
    raise NotImplementedError(word)


def _like(programs: Programs, word: str) -> tuple[str, ...]:
    rows = programs.rows.execute(
        "SELECT id FROM messages WHERE content LIKE ? ORDER BY created_at DESC, id LIMIT ?",
        (f"%{word}%", NEWEST),
    )
    return tuple(key for (key,) in rows)
