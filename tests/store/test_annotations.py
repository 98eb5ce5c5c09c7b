"""What happened on which day, kept beside the database."""

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from twin_tui.store.annotations import Annotations
from twin_tui.store.desk import Desk
from twin_tui.store.errors import StoreError
from twin_tui.store.file import VERSION, StoreFile
from twin_tui.store.kept import LONGEST_ANNOTATION

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path: Path) -> Annotations:
    return Annotations(StoreFile(tmp_path / "world.db"), lambda: NOW)


def test_annotations_stand_by_day_whenever_they_were_written(kept: Annotations) -> None:
    kept.add(date(2026, 11, 3), "  twin 2.0\n released ")
    kept.add(date(2026, 10, 1), "holiday")
    assert [(each.day.isoformat(), each.text) for each in kept.latest()] == [
        ("2026-10-01", "holiday"),
        ("2026-11-03", "twin 2.0 released"),
    ]
    assert {each.at for each in kept.latest()} == {NOW}


def test_one_is_taken_away_once(kept: Annotations) -> None:
    made = kept.add(date(2026, 11, 3), "mistake")
    kept.remove(made.id)
    assert kept.latest() == ()
    with pytest.raises(StoreError, match="no annotation 1"):
        kept.remove(made.id)


def test_one_is_changed_under_its_number(kept: Annotations) -> None:
    first = kept.add(date(2026, 11, 3), "releasd")
    other = kept.add(date(2026, 11, 4), "outage")
    kept.change(first.id, date(2026, 11, 5), " released ")
    kept.change(other.id, date(2026, 11, 2), None)
    assert [(each.id, each.day.day, each.text) for each in kept.latest()] == [
        (other.id, 2, "outage"),
        (first.id, 5, "released"),
    ]
    for number, text in ((9, "x"), (first.id, " ")):
        with pytest.raises(StoreError):
            kept.change(number, date(2026, 11, 5), text)
    assert kept.latest()[1].text == "released"


def test_nothing_and_too_much_are_not_kept(kept: Annotations) -> None:
    for text in ("", " \n", "x" * (LONGEST_ANNOTATION + 1)):
        with pytest.raises(StoreError):
            kept.add(date(2026, 11, 3), text)
    assert kept.latest() == ()


def test_a_file_of_the_first_version_gets_its_table_and_keeps_its_notes(tmp_path: Path) -> None:
    path = tmp_path / "world.db"
    desk = Desk(StoreFile(path), lambda: NOW)
    desk.add_note("s1", "seen")
    conn = sqlite3.connect(path)
    conn.executescript("DROP TABLE annotation; PRAGMA user_version = 1")
    conn.close()
    again = Desk(StoreFile(path), lambda: NOW)
    again.annotations.add(date(2026, 11, 3), "released")
    assert [note.text for note in again.notes("s1")] == ["seen"]
    assert [each.text for each in again.annotations.latest()] == ["released"]
    conn = sqlite3.connect(path)
    assert conn.execute("PRAGMA user_version").fetchone() == (VERSION,)
    conn.close()
