"""Who everybody is, for hiding it: full names and e-mails of all people, casefolded, by id."""

import threading
import time
from collections.abc import Callable
from typing import Any

from twin_tui.analytics.columns import words
from twin_tui.analytics.context import Context
from twin_tui.data.models import User

FRESH_SECONDS = 300
"""People who came later than this are known by name only where an answer names them."""


class Directory:
    """Looks people up by name or e-mail; reads them all at the first question, and again when that is old."""

    def __init__(self, ask: Callable[[Callable[[Context], Any]], Any]) -> None:
        self._ask = ask
        self._ids: dict[str, str] = {}
        self._read_at: float | None = None
        self._lock = threading.Lock()

    def __call__(self, folded: str) -> str | None:
        """Return the id of the person with that casefolded full name or e-mail."""
        with self._lock:
            if self._read_at is None or time.monotonic() - self._read_at > FRESH_SECONDS:
                self._ids = self._ask(_everybody)
                self._read_at = time.monotonic()
        return self._ids.get(folded)


def _everybody(context: Context) -> dict[str, str]:
    column = context.source.column
    rows = context.rows(User.select(column(User.id), column(User.full_name), column(User.email)))
    ids: dict[str, str] = {}
    for key, *names in rows:
        for name in names:
            folded = " ".join(words(name).casefold().split())
            if folded:
                ids.setdefault(folded, words(key))
    return ids
