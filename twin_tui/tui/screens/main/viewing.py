"""The main screen's saved views: what is looked at is kept under a name, and taken again."""

import asyncio
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from twin_tui.analytics.asked import Asked, meant
from twin_tui.analytics.errors import AnalyticsError
from twin_tui.analytics.filters import Filters
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.loading import ask
from twin_tui.tui.tabs import TABS
from twin_tui.tui.viewed import Viewed

if TYPE_CHECKING:
    from twin_tui.tui.screens.main.main import MainScreen
    from twin_tui.views.columns import Chosen
    from twin_tui.views.view import View


class Viewing(Screen[Any]):
    """Offers the views of the file beside the configuration."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("S", "save_view", "Save what is looked at as a view, under a name", show=False)
    ]

    @property
    def _here(self) -> "MainScreen":
        return cast("MainScreen", self)

    @property
    def _file(self) -> Path:
        from twin_tui.settings import Settings, views_file  # noqa: PLC0415 - when it is first wanted

        return views_file(getattr(self.app, "settings", Settings()))

    def view_commands(self) -> Iterable[SystemCommand]:
        """Yield what the command palette offers of views."""
        yield SystemCommand(
            "View: save this one",
            "Filters, tab, columns and how it is set, under a name (S)",
            self.action_save_view,
        )
        for name, view in self._views().items():
            about = f"{view.tab.title()}, {view.asked.period or 'the last 30 days'}"
            yield SystemCommand(
                f"View: {safe_line(name)}", safe_line(about), partial(self.look_at_view, view)
            )

    def _views(self) -> "dict[str, View]":
        from twin_tui.views.file import read_views  # noqa: PLC0415
        from twin_tui.views.view import ViewsError  # noqa: PLC0415

        try:
            return read_views(self._file)
        except ViewsError as error:
            self.notify(safe_line(str(error)), severity="warning", markup=False)
            return {}

    def action_save_view(self) -> None:
        """Ask for a name and keep what is looked at."""
        from twin_tui.tui.screens.dialogs.view_name import ViewNameScreen  # noqa: PLC0415

        self.app.push_screen(ViewNameScreen(str(self._file), tuple(self._views())), self._save_view)

    def _save_view(self, name: str | None) -> None:
        from twin_tui.views.file import save_view  # noqa: PLC0415
        from twin_tui.views.view import View, ViewsError  # noqa: PLC0415

        if name is None:
            return
        main = self._here
        room = next(room for room in TABS if isinstance(main.tab, room.tab()))
        options = main.tab.view_options() if isinstance(main.tab, Viewed) else {}
        tab = room.title.lower()
        view = View(name, tab, asked_of(main.filters), tuple(options.items()), self._chosen_columns(tab))
        try:
            save_view(self._file, view)
        except ViewsError as error:
            self.notify(safe_line(str(error)), severity="error", markup=False)
        else:
            self.notify(f"Saved: twin-tui view {safe_line(name)!r} opens it.", markup=False)

    def _chosen_columns(self, tab: str) -> "tuple[tuple[str, Chosen], ...]":
        held: dict[str, Chosen] = getattr(self.app, "columns", {})
        return tuple((name, held[name]) for name in _tables_of(tab) if name in held)

    def look_at_view(self, view: "View") -> None:
        """Look at what was saved, with the period as it is today."""
        self.run_worker(self._look_at_view(view), group="view", exclusive=True)

    async def _look_at_view(self, view: "View") -> None:
        main = self._here
        default = getattr(self.app, "settings", None)
        period = "30d" if default is None else default.period
        try:
            filters = await ask(main.service, lambda: meant(main.service, view.asked, period))
        except asyncio.CancelledError:
            raise
        except AnalyticsError as error:
            self.notify(safe_line(str(error)), severity="error", markup=False)
            return
        await self.take_view(view, filters)

    async def take_view(self, view: "View", filters: Filters) -> None:
        """Show the view's tab, set as it was, over ``filters``."""
        main = self._here
        number = next(at for at, room in enumerate(TABS, 1) if room.title.lower() == view.tab)
        known = next((tab for tab in main.tabs if isinstance(tab, TABS[number - 1].tab())), None)
        if known is None:
            await main.action_tab(number)
            await asyncio.sleep(0)
        tab = known or main.tab
        if isinstance(tab, Viewed):
            tab.take_options(dict(view.options))
        main.put_columns({**dict.fromkeys(_tables_of(view.tab)), **dict(view.columns)})
        is_there, is_same = tab is main.tab, main.filters == filters
        main.filters = filters
        if not is_there:
            await main.action_tab(number)
        elif is_same:
            tab.load()


def _tables_of(tab: str) -> tuple[str, ...]:
    """Return the tables whose columns a view of this tab keeps: its own, and those over any tab."""
    from twin_tui.views.columns import TABLES as COLUMNED  # noqa: PLC0415 - behind the first picture

    return tuple(name for name, table in COLUMNED.items() if table.tab in (None, tab))


def asked_of(filters: Filters) -> Asked:
    """Return filters as they may be written: presets by name, other days from first to last.

    >>> from datetime import date
    >>> from twin_tui.analytics.filters import Period
    >>> asked_of(Filters(Period.between(date(2026, 11, 3), date(2026, 11, 9)))).period
    '2026-11-03..2026-11-09'
    """
    period = filters.period
    days = period.preset or ("all" if period.is_all else f"{period.start}..{period.last_day}")
    return Asked(
        days,
        filters.company,
        filters.department,
        filters.user,
        filters.twin,
        filters.platform,
        filters.shared,
        None if filters.against is None else str(filters.against),
    )
