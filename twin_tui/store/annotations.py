"""What happened on a day and explains a figure: a release, an outage, a holiday."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from twin_tui.store.audit import os_user
from twin_tui.store.errors import StoreError
from twin_tui.store.file import StoreFile
from twin_tui.store.kept import LONGEST_ANNOTATION, Annotation

MOST_ANNOTATIONS = 1_000
"""Annotations that are told at once."""


class Annotations:
    """The annotations of one database. Every method raises `StoreError`."""

    def __init__(self, file: StoreFile, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._file, self._clock = file, clock

    def latest(self) -> tuple[Annotation, ...]:
        """Return the annotations by day, the oldest first; of very many the latest."""
        rows = self._file.rows(
            "SELECT id, day, at, author, text FROM annotation ORDER BY day DESC, id DESC LIMIT ?",
            (MOST_ANNOTATIONS,),
        )
        return tuple(
            Annotation(key, date.fromisoformat(day), datetime.fromisoformat(at), by, text)
            for key, day, at, by, text in reversed(rows)
        )

    def add(self, day: date, text: str) -> Annotation:
        """Keep an annotation of a day; runs of blanks count as one."""
        words = _worded(text)
        at, by = self._clock().astimezone(UTC).isoformat(timespec="microseconds"), os_user()
        with self._file.writing() as conn:
            cursor = conn.execute(
                "INSERT INTO annotation (day, at, author, text) VALUES (?, ?, ?, ?)",
                (day.isoformat(), at, by, words),
            )
        return Annotation(cursor.lastrowid or 0, day, datetime.fromisoformat(at), by, words)

    def change(self, number: int, day: date, text: str | None) -> None:
        """Keep another day, and another text where one is given, under the same number."""
        words = None if text is None else _worded(text)
        at, by = self._clock().astimezone(UTC).isoformat(timespec="microseconds"), os_user()
        with self._file.writing() as conn:
            changed = conn.execute(
                "UPDATE annotation SET day = ?, text = coalesce(?, text), at = ?, author = ? WHERE id = ?",
                (day.isoformat(), words, at, by, number),
            )
            if changed.rowcount == 0:
                raise StoreError(f"There is no annotation {number}.")

    def remove(self, number: int) -> None:
        """Take an annotation away."""
        with self._file.writing() as conn:
            if conn.execute("DELETE FROM annotation WHERE id = ?", (number,)).rowcount == 0:
                raise StoreError(f"There is no annotation {number}.")


def _worded(text: str) -> str:
    words = " ".join(text.split()).encode("utf-8", "replace").decode("utf-8")
    if not words:
        raise StoreError("An empty annotation is not kept.")
    if len(words) > LONGEST_ANNOTATION:
        raise StoreError(
            f"An annotation may have {LONGEST_ANNOTATION} characters, and this one has {len(words):,}."
        )
    return words
