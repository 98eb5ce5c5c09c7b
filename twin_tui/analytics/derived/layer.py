"""The derived tables of an open database, while they serve one question."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from twin_tui.data.source import Source
from twin_tui.rollups import tables
from twin_tui.rollups.calendar import micros
from twin_tui.rollups.capture.changes import capture_of
from twin_tui.rollups.local_days import local_day
from twin_tui.rollups.state import State


class CellRow(NamedTuple):
    """A cell's number and the texts it goes by."""

    no: int
    first: str
    second: str


class Layer:
    """Runs fixed statements on the tables, for one instant; `DatabaseError` is what they raise."""

    def __init__(
        self,
        source: Source,
        zone: ZoneInfo,
        now: datetime,
        checkpoint: Callable[[], None],
        build: str = "",
    ) -> None:
        """``now`` is aware; ``checkpoint`` raises once the load this belongs to was cancelled.

        ``build`` tells the tables from those of other builds, "" where that is not known.
        """
        self.source, self.zone = source, zone
        self.now_us = micros(now)
        """Rows at or after it are invisible; microseconds since 1970."""
        self.today = local_day(now, zone).toordinal()
        self._checkpoint, self._build = checkpoint, build
        self.held: dict[Any, Any] = {}
        """What several parts of one answer ask for, by whatever names it."""

    def run(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement, unless the load was cancelled; a ``?`` stands for each parameter."""
        self._checkpoint()
        return self.source.run(sql, params)

    def cells(self, kind: str) -> list[CellRow]:
        """Return the cells of a kind."""
        return self._cells.get(kind, [])

    def person(self, user_id: str) -> int | None:
        """Return the number of a person, ``None`` for one who is in no table."""
        return self._number(f"SELECT no FROM {tables.PERSON} WHERE user_id = ?", user_id)

    def twin(self, twin_id: str) -> int | None:
        """Return the number of a twin, ``None`` for one that is in no table."""
        return self._number(f"SELECT no FROM {tables.TWIN} WHERE twin_id = ?", twin_id)

    def behind(self) -> int:
        """Return about how many changes are not in the tables yet; 0 exactly when there are none."""
        self._checkpoint()
        return capture_of(self.source).behind()

    @cached_property
    def _cells(self) -> Mapping[str, list[CellRow]]:
        """All cells by kind, kept between questions: a build only ever adds some, with higher numbers."""
        ((top,),) = self.run(f"SELECT MAX(no) FROM {tables.CELL}")
        known, cells = self.source.kept.get(tables.CELL, (None, {}))
        if known != (self._build, top) or not self._build:
            cells = defaultdict(list)
            for kind, *row in self.run(f"SELECT kind, no, first, second FROM {tables.CELL}"):
                cells[kind].append(CellRow._make(row))
            self.source.kept[tables.CELL] = (self._build, top), cells
        found: Mapping[str, list[CellRow]] = cells
        return found

    @cached_property
    def reaches_beyond_now(self) -> bool:
        """Whether any session holds rows at or after now."""
        return bool(
            self.run(f"SELECT 1 FROM {tables.SESSION_DAY} WHERE until_us >= ? LIMIT 1", (self.now_us,))
        )

    def _number(self, sql: str, key: str) -> int | None:
        rows = self.run(sql, (key,))
        return rows[0][0] if rows else None


def why_plain(state: State | None, zone: ZoneInfo) -> str:
    """Return why tables in that state answer no question in that timezone: a sentence without its end."""
    if state is None:
        return "there are no derived tables"
    if state.version != tables.VERSION:
        return "the derived tables are of another version"
    if state.status != "current":
        return "the derived tables are being made"
    if state.timezone != zone.key:
        return f"the derived tables hold days of {state.timezone}"
    return "plain queries were asked for"
