"""The searches somebody makes, each noted once: when it stands still or is acted on, not at every key."""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from twin_tui.store.act import Act

AGAIN_SECONDS = 15 * 60
"""The same page of the same search, asked again within this time, was made once."""


@dataclass(frozen=True, slots=True)
class Search:
    """One answered page of a search."""

    key: Hashable
    """What makes it the same search: filters, words, order, page."""
    words: str
    act: Act


class SearchTrace:
    """What is noted of searches. Safe to use from several threads.

    An answer to words that are still being typed waits: the next one takes its place if its words go on from
    there, else it is noted. So whatever is shown while typing leaves a record, and refining it no other.
    Where reading must be recorded nothing waits: no record, no answer.
    """

    def __init__(
        self,
        note: Callable[[Act], None],
        *,
        is_required: bool,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """``note`` writes a record down; it raises `RefusedError` where that must be and fails."""
        self._note, self._is_required, self._monotonic = note, is_required, monotonic
        self._waiting: Search | None = None
        self._last: tuple[Hashable, float] | None = None
        self._lock = threading.Lock()

    def made(self, search: Search, *, is_passing: bool) -> None:
        """Take an answer that is about to be shown; ``is_passing``: the next key may overtake it."""
        with self._lock:
            before, self._waiting = self._waiting, None
            if is_passing and not self._is_required:
                self._waiting = search
        if before is not None and before.key != search.key and not (is_passing and _goes_on(before, search)):
            self._note_once(before)
        if not is_passing or self._is_required:
            self._note_once(search)

    def settle(self) -> None:
        """Note what waits: the words stand still, something found is opened, or the search is left."""
        with self._lock:
            before, self._waiting = self._waiting, None
        if before is not None:
            self._note_once(before)

    def forget(self) -> None:
        """Take the next search for another one, whatever was noted before."""
        with self._lock:
            self._last = None

    def _note_once(self, search: Search) -> None:
        now = self._monotonic()
        with self._lock:
            last = self._last
        if last is not None and last[0] == search.key and now - last[1] <= AGAIN_SECONDS:
            return
        self._note(search.act)
        with self._lock:
            self._last = (search.key, now)


def _goes_on(before: Search, after: Search) -> bool:
    """Return whether words were only typed on, or taken back."""
    return before.words.startswith(after.words) or after.words.startswith(before.words)
