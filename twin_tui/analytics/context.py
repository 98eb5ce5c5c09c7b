"""What one question is asked with: the open database, the report timezone, and the instant it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from peewee import Query as Select

from twin_tui.analytics import windows
from twin_tui.analytics.answers import Window
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.scope import Scope
from twin_tui.data.prepared import again
from twin_tui.data.source import Source
from twin_tui.rollups.state import State, read_state


@dataclass(frozen=True)
class Context:
    """Stands still while one answer is made: every part of it sees the same now."""

    source: Source
    zone: ZoneInfo
    now: datetime
    """Aware UTC; rows at or after it are invisible."""
    checkpoint: Callable[[], None]
    """Raises `CancelledError` once the load this belongs to was cancelled."""
    is_plain: bool = False
    """Whether every row is asked even where derived tables could answer."""
    hides_names: bool = False
    """Whether whoever asks may not know who people are: then no order tells how their names compare."""

    @cached_property
    def layer(self) -> Layer | None:
        """The derived tables where they are current and of this timezone, else ``None``; looked up once."""
        if self.is_plain or self.state is None or not self.state.serves(self.zone.key):
            return None
        return Layer(self.source, self.zone, self.now, self.checkpoint, self.state.build)

    @cached_property
    def state(self) -> State | None:
        """What the derived tables say of themselves; ``None`` where there are none."""
        return read_state(self.source)

    @property
    def today(self) -> date:
        """The local day of now."""
        return windows.local_day(self.now, self.zone)

    def rows(self, select: Select) -> list[tuple[Any, ...]]:
        """Run one select, unless the load was cancelled; the only way analytics reads."""
        self.checkpoint()
        return self.source.rows(select)

    def pieces(self, select: Select) -> Iterator[list[tuple[Any, ...]]]:
        """Run one select and yield its rows in lists: of a file never more than some thousand at once."""
        self.checkpoint()
        return self.source.stream(select) if self.source.is_sqlite else iter([self.source.rows(select)])

    def again(self, name: str, build: Callable[..., Select], *values: Any) -> list[tuple[Any, ...]]:
        """Run a select that is built once per database, unless the load was cancelled: see `again`."""
        self.checkpoint()
        return again(self.source, name, build, *values)

    def scope(self, filters: Filters) -> Scope:
        """Return the filters applied to the tables."""
        return Scope(self.source, filters)

    def window(self, period: Period) -> Window:
        """Return the instants of a period cut at now."""
        return windows.window(period, self.now, self.zone)
