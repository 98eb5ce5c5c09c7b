"""Asks every check of one database, in one consistent picture that can be interrupted."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from peewee import SQL, Select, fn

from twin_tui.analytics.readers import Readers
from twin_tui.data.source import Source
from twin_tui.operations.check_links import LINK_CHECKS
from twin_tui.operations.check_times import TIME_CHECKS
from twin_tui.operations.check_values import SESSION_CHECKS, VALUE_CHECKS
from twin_tui.operations.check_words import wrong_word_counts
from twin_tui.operations.checks import ABOUT, ALL, ROW, SESSION, Case, Check
from twin_tui.operations.findings import Example, Finding

CHECKS: tuple[Check, ...] = (*SESSION_CHECKS, *TIME_CHECKS, *LINK_CHECKS, *VALUE_CHECKS)
"""Every check that one statement answers; the word counts come after them."""
Progress = Callable[[int, int | None, str], None]


def examine(
    source: Source, clock: Callable[[], datetime], examples: int = 5, progress: Progress | None = None
) -> tuple[Finding, ...]:
    """Return what every check finds, with the first ``examples`` rows of each; reads only.

    Runs on a thread of its own, so that Ctrl+C interrupts also a long statement. Raises `DatabaseError`.
    """
    readers = Readers()
    try:
        return readers.submit(
            examine, lambda: readers.read(source, lambda: _all(source, clock, examples, progress))
        ).result()
    finally:
        readers.close()


def _all(
    source: Source, clock: Callable[[], datetime], examples: int, progress: Progress | None
) -> tuple[Finding, ...]:
    # The picture is taken by the first statement: what was written in it lies before now.
    source.rows(Select(columns=[SQL("1")]))
    case = Case(source, clock())
    findings = []
    for at, check in enumerate(CHECKS):
        if progress is not None:
            progress(at, len(CHECKS) + 1, check.key.replace("_", " "))
        findings.append(ask(case, check, examples))
    if progress is not None:
        progress(len(CHECKS), len(CHECKS) + 1, "word counts")
    findings.append(wrong_word_counts(case, examples))
    return tuple(findings)


def ask(case: Case, check: Check, examples: int) -> Finding:
    """Return what one check finds; raises `DatabaseError`."""
    missing = tuple(column for column in check.needs if column in case.source.missing)
    rows = None if missing else check.rows(case)
    count, shown = None if missing else 0, tuple[Example, ...]()
    if rows is not None:
        found = rows.alias("found")
        count = int(case.source.rows(Select([found], [fn.COUNT(ALL)]))[0][0])
        if count and examples:
            shown = tuple(
                Example(str(row), None if session is None else str(session), check.words(about, dialect))
                for dialect in (case.source.dialect,)
                for row, session, about in case.source.rows(_first(case, found, examples))
            )
    return Finding(check.key, check.table, check.sentence, check.severity, count, shown, missing)


def _first(case: Case, found: Any, examples: int) -> Any:
    columns = [getattr(found.c, name) for name in (ROW, SESSION, ABOUT)]
    return Select([found], columns).order_by(case.source.dialect.ordered_text(columns[0])).limit(examples)
