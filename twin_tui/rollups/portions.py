"""How much one write transaction takes on, so that whoever else wants to write waits a set time at most."""

import time
from collections.abc import Callable

HOLD_SECONDS = 0.03
"""How long a transaction is meant to keep others out: a third of what they may wait, for a loaded machine."""
REST_SECONDS = 0.03
"""How long nobody is kept out between two transactions of one program.

A program that waits in SQLite looks again after 1, 2, 5, 10, 15, 20, 25, 25 and 25 ms, so after at most 25
until it has waited for 128: it finds its turn within a rest of that length, whenever that comes
(``sqliteDefaultBusyCallback`` in SQLite's main.c). Shorter rests are missed again and again.
"""
WITHOUT_REST_SECONDS = 0.03
"""How long transactions that are shorter than that follow one another: what is small is done at once."""
_READING_SECONDS = 0.1
"""How long reading and writing take turns until there is a rest from both."""
_FASTEST_GROWTH = 1.5


class Portion:
    """Rows of the next transaction: far fewer after one that took too long, a few more after a quick one."""

    def __init__(self, fewest: int, most: int, seconds: float = HOLD_SECONDS) -> None:
        """Begin with ``fewest``; aim at transactions of ``seconds``."""
        self._fewest, self._most, self._seconds = fewest, most, seconds
        self.size = fewest

    def took(self, seconds: float) -> None:
        """Learn from how long a transaction of this size took.

        >>> portion = Portion(10, 100, 0.03)
        >>> portion.took(0.01)
        >>> portion.size
        15
        >>> portion.took(0.06)
        >>> portion.size
        10
        """
        share = self._seconds / max(seconds, 1e-6)
        factor = min(_FASTEST_GROWTH, share) if share >= 1 else min(0.5, share)
        self.size = max(self._fewest, min(self._most, int(self.size * factor)))


class Rests:
    """Leaves others time to write between the transactions of one program, if not after each short one."""

    def __init__(self, pause: Callable[[float], object], *, is_needed: bool = True) -> None:
        """``pause`` waits so many seconds; none are needed where writers do not wait for one another."""
        self._pause, self._is_needed = pause, is_needed
        self._ended = self._rested = self._away = time.monotonic()

    def ended(self) -> None:
        """Note that a transaction is over."""
        self._ended = time.monotonic()

    def rest(self) -> None:
        """Wait for what is left of a rest since the last transaction: reading meanwhile counts as well."""
        now = time.monotonic()
        left = REST_SECONDS - (now - self._ended)
        if left <= 0:
            self._rested = now
        elif self._is_needed and now - self._rested >= WITHOUT_REST_SECONDS:
            self._pause(left)
            self._rested = self._away = time.monotonic()

    def stay_away(self) -> None:
        """Rest now and then without reading: SQLite's log begins anew only when nobody reads from it."""
        now = time.monotonic()
        if self._is_needed and now - self._away >= _READING_SECONDS:
            if (left := REST_SECONDS - (now - self._ended)) > 0:
                self._pause(left)
            self._rested = self._away = time.monotonic()
