"""Capturing changes on SQLite: inserts by row numbers above a mark, the rest by triggers.

Ingest costs nothing: a trigger on insert takes a fifth of an insert's time, even one that does nothing.
Three tables of our own hold it: ``twin_tui_queue`` (whose rows changed), ``twin_tui_mark`` (per table: the
row number ``top`` up to which it was taken in, and how many rows came and went up to there),
``twin_tui_witness`` (some rows with number and id, which tell whether numbers still mean what they meant).
"""

from collections.abc import Iterator
from typing import Any

from twin_tui.data.columns import TABLES
from twin_tui.data.models import MODELS
from twin_tui.rollups.capture.changes import OWNERS, SCAN, Capture, Gathering, Taken
from twin_tui.rollups.capture.sqlite_triggers import Watched, triggers

_TABLES = {
    "twin_tui_queue": "seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL",
    "twin_tui_mark": "no INTEGER PRIMARY KEY, name TEXT, top INTEGER NOT NULL, moved INTEGER NOT NULL",
    "twin_tui_witness": "no INTEGER, slot INTEGER, row INTEGER NOT NULL, id TEXT, PRIMARY KEY (no, slot)",
}
PORTION = 1_000
"""Rows read at a time; often the first ones are enough."""
SLOTS, STRIDE = 15, 4096
"""Witnesses beside the newest row taken in: the last of a stretch of that many rows, for so many of them."""


class SqliteCapture(Capture):
    """Changes of a SQLite file, whoever writes them with triggers on."""

    def install(self) -> None:
        """Make tables and triggers; the marks of a first time stand at what is there."""
        wanted = self._triggers()
        found = self._found()
        for name, columns in _TABLES.items():
            self.source.run(f"CREATE TABLE IF NOT EXISTS {name} ({columns})")
        for name in found.keys() - {name for name, sql in wanted.items() if sql == found.get(name)}:
            self.source.run(f'DROP TRIGGER "{name}"')
        for name, sql in wanted.items():
            if found.get(name) != sql:
                self.source.run(sql)
        if len(self._marks()) != len(TABLES):
            self.reset()

    def remove(self) -> None:
        """Drop tables and triggers."""
        for name in self._found():
            self.source.run(f'DROP TRIGGER "{name}"')
        for name in _TABLES:
            self.source.run(f"DROP TABLE IF EXISTS {name}")

    def take(self, limit: int) -> Taken:
        """Read the queue, then the rows above the marks, parents first."""
        gathering, room = Gathering(limit), SCAN
        room, is_more = self._take_queue(gathering, room)
        for no, top in enumerate(self._marks(), 1):
            if is_more or room <= 0:
                is_more = True
                break
            room, is_more = self._take_rows(no, top, gathering, room)
        return gathering.taken(is_more=is_more)

    def behind(self) -> int:
        """Return lines of the queue and row numbers above the marks; neither is counted one by one."""
        newest = " + ".join(
            f'max(ifnull((SELECT max(rowid) FROM "{table}"), 0)'
            f" - (SELECT top FROM twin_tui_mark WHERE no = {no}), 0)"
            for no, table in enumerate(TABLES, 1)
        )
        ((waiting,),) = self.source.run(
            "SELECT ifnull((SELECT max(seq) FROM twin_tui_queue)"
            f" - (SELECT min(seq) FROM twin_tui_queue) + 1, 0) + {newest}"
        )
        return int(waiting)

    def reset(self) -> None:
        """Empty the queue, set the marks to the newest rows and choose witnesses."""
        for name in _TABLES:
            self.source.run(f"DELETE FROM {name}")
        for no, table in enumerate(TABLES, 1):
            self.source.run(
                "INSERT INTO twin_tui_mark (no, name, top, moved)"
                f' SELECT ?, ?, ifnull((SELECT max(rowid) FROM "{table}"), 0), 0',
                (no, table),
            )
            ((top,),) = self.source.run("SELECT top FROM twin_tui_mark WHERE no = ?", (no,))
            for slot in range(SLOTS + 1):
                self._witness(no, slot, top - slot * top // (SLOTS + 1))

    def is_intact(self) -> bool:
        """Check that all triggers are there, that no row number vanished and all witnesses stand."""
        if self._found() != self._triggers() or len(self._marks()) != len(TABLES):
            return False
        checks = " UNION ALL ".join(
            f"SELECT 1 FROM twin_tui_mark WHERE no = {no}"
            f' AND top > ifnull((SELECT max(rowid) FROM "{table}"), 0)'
            f' UNION ALL SELECT 1 FROM twin_tui_witness w CROSS JOIN "{table}" AS t ON t.rowid = w.row'
            f" WHERE w.no = {no} AND w.row <= (SELECT top FROM twin_tui_mark WHERE no = {no})"
            f" AND w.id IS NOT {self.text(table, 'id', 't')}"
            for no, table in enumerate(TABLES, 1)
        )
        return not self.source.run(f"SELECT EXISTS ({checks})")[0][0]

    def sums(self) -> str:
        """Return per table the rows up to the mark without those that are known to have come and gone."""
        counts = " UNION ALL ".join(
            f'SELECT no, (SELECT count(*) FROM "{table}")'
            f' - (SELECT count(*) FROM "{table}" WHERE rowid > top) - moved'
            f" FROM twin_tui_mark WHERE no = {no}"
            for no, table in enumerate(TABLES, 1)
        )
        return " ".join(str(count) for _, count in sorted(self.source.run(counts)))

    def _take_queue(self, gathering: Gathering, room: int) -> tuple[int, bool]:
        statement = "SELECT seq, kind, id FROM twin_tui_queue WHERE seq > ? ORDER BY seq LIMIT ?"
        passed, last, is_more = 0, 0, False
        for seq, kind, key in self._portions(statement, 0, room):
            if not gathering.add(kind, key):
                is_more = True
                break
            passed, last = passed + 1, seq
        if passed:
            self.source.run("DELETE FROM twin_tui_queue WHERE seq <= ?", (last,))
        return room - passed, is_more or passed == room

    def _take_rows(self, no: int, top: int, gathering: Gathering, room: int) -> tuple[int, bool]:
        table = TABLES[no - 1]
        kind, column = OWNERS[table]
        statement = (
            f'SELECT t.rowid, {self.text(table, column, "t")} FROM "{table}" AS t NOT INDEXED'
            " WHERE t.rowid > ? ORDER BY t.rowid LIMIT ?"
        )
        passed, last, is_more = 0, top, False
        for number, key in self._portions(statement, top, room):
            # A row that names nothing is in no figure.
            if key is not None and not gathering.add(kind, key):
                is_more = True
                break
            passed, last = passed + 1, number
        if passed:
            self.source.run(
                "UPDATE twin_tui_mark SET top = ?, moved = moved + ? WHERE no = ?", (last, passed, no)
            )
            # Numbers above the mark may have been given anew since.
            self.source.run("DELETE FROM twin_tui_witness WHERE no = ? AND row > ?", (no, top))
            for slot in (0, 1 + last // STRIDE % SLOTS):
                self._witness(no, slot, last)
        return room - passed, is_more or passed == room

    def _portions(self, statement: str, after: int, room: int) -> Iterator[tuple[Any, ...]]:
        """Yield up to ``room`` rows with a number above ``after``, their first value; read when asked for."""
        while room > 0:
            rows = self.source.run(statement, (after, min(room, PORTION)))
            yield from rows
            if len(rows) < PORTION:
                return
            after, room = rows[-1][0], room - len(rows)

    def _witness(self, no: int, slot: int, row: int) -> None:
        table = TABLES[no - 1]
        self.source.run("DELETE FROM twin_tui_witness WHERE no = ? AND slot = ?", (no, slot))
        self.source.run(
            "INSERT INTO twin_tui_witness (no, slot, row, id)"
            f' SELECT ?, ?, t.rowid, {self.text(table, "id", "t")} FROM "{table}" AS t WHERE t.rowid = ?',
            (no, slot, row),
        )

    def _marks(self) -> list[int]:
        return [top for (top,) in self.source.run("SELECT top FROM twin_tui_mark ORDER BY no")]

    def _found(self) -> dict[str, str]:
        """Return our triggers that are there, by name."""
        return dict(
            self.source.run(
                "SELECT name, sql FROM sqlite_master"
                " WHERE type = 'trigger' AND name GLOB 'twin_tui_capture_*'"
            )
        )

    def _triggers(self) -> dict[str, str]:
        return dict(entry for watched in self._watched() for entry in triggers(watched))

    def _watched(self) -> Iterator[Watched]:
        for no, model in enumerate(MODELS, 1):
            table = model._meta.table_name
            kind, column = OWNERS[table]
            yield Watched(
                no=no,
                table=table,
                kind=kind,
                old=self.text(table, column, "old"),
                new=self.text(table, column, "new"),
                same=self.text(table, column, "t"),
                new_id=self.text(table, "id", "new"),
                columns=tuple(self.matters(table)),
                is_numbered_by_id=self._is_numbered_by_id(table),
            )

    def _is_numbered_by_id(self, table: str) -> bool:
        """Return whether the id is the row number itself; raises for what has no row numbers."""
        kinds = self.source.run(
            "SELECT type FROM sqlite_master WHERE type IN ('table', 'view') AND lower(name) = ?", (table,)
        )
        if kinds != [("table",)]:
            raise self.refuse(table, "is a view")
        if (
            self.source.dialect.insertion_order(next(m for m in MODELS if m._meta.table_name == table))
            is None
        ):
            raise self.refuse(table, "has no row numbers (it is WITHOUT ROWID)")
        columns = self.source.run(f"SELECT lower(name), pk FROM pragma_table_info('{table}')")
        if any(name == "rowid" for name, _ in columns):
            raise self.refuse(table, "has a column named rowid, which hides its row numbers")
        keys = [name for name, place in columns if place]
        own = self.source.run(f"SELECT 1 FROM pragma_index_list('{table}') WHERE origin = 'pk'")
        return keys == ["id"] and not own
