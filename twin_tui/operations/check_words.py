"""The check of documents' word counts: texts stream past in small parts, and only here are read at all."""

from collections.abc import Iterator
from typing import Any

from twin_tui.data.models import Document
from twin_tui.operations.checks import Case
from twin_tui.operations.findings import Example, Finding
from twin_tui.text.word_count import word_count

AT_ONCE = 100
"""Documents read at once; one may be a megabyte."""
NEEDS = ("documents.content", "documents.word_count")


def wrong_word_counts(case: Case, examples: int) -> Finding:
    """Return the documents whose stored word count is not that of `twin_tui.text.word_count`.

    An unknown word count is not wrong. Raises `DatabaseError`.
    """
    missing = tuple(column for column in NEEDS if column in case.source.missing)
    wrong = [] if missing else list(_wrong(case))
    return Finding(
        "wrong_word_counts",
        "documents",
        "Documents whose word count is not that of their text: words drafted add up wrong.",
        "note",
        None if missing else len(wrong),
        tuple(wrong[:examples]),
        missing,
    )


def _wrong(case: Case) -> Iterator[Example]:
    last: str | None = None
    while rows := case.source.rows(_part(case, last)):
        for row, session, stored, text in rows:
            if (counted := word_count(text or "")) != stored:
                yield Example(str(row), str(session), f"says {stored}, has {counted}")
        last = rows[-1][0]


def _part(case: Case, last: str | None) -> Any:
    key, stored = case.column(Document.id), case.column(Document.word_count)
    select = Document.select(key, case.column(Document.session), stored, case.column(Document.content))
    known = stored.is_null(False)
    return select.where(known if last is None else known & (key > last)).order_by(key).limit(AT_ONCE)
