"""The tabs of the main screen are made once: when they are first looked at, or in idle time before that."""

import asyncio
from typing import TYPE_CHECKING, Any, cast

from twin_tui.tui.loading import DataTab
from twin_tui.tui.tabs import TABS
from twin_tui.tui.waiting import until
from twin_tui.tui.widgets.page import Page

if TYPE_CHECKING:
    from twin_tui.tui.screens.main.main import MainScreen

REST = 0.25
"""Seconds of rest before each tab that is made ahead: a key that comes then waits for one at the most."""
BUSY = 1.0
"""Seconds until another look whether something still loads, or another screen is in front."""


class MakingTabs:
    """Mixed into the main screen."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.made: dict[int, DataTab[object]] = {}
        """The tabs there are, by their place."""
        self._making = asyncio.Lock()

    @property
    def tabs(self) -> tuple[DataTab[object], ...]:
        """The tabs that were made so far."""
        return tuple(self.made.values())

    async def made_tab(self, at: int, *, is_active: bool) -> DataTab[object]:
        """Return the tab of that place, put up now where nobody did yet: hidden unless ``is_active``."""
        async with self._making:
            if at not in self.made:
                await self._make(at, is_active=is_active)
            return self.made[at]

    async def _make(self, at: int, *, is_active: bool) -> None:
        from twin_tui.tui.charted import ChartedTab  # noqa: PLC0415 - behind the first picture

        main = cast("MainScreen", self)
        tab = cast("DataTab[object]", TABS[at].tab()())
        tab.is_active = tab.display = is_active
        page = main.query_one(Page)
        if is_active:
            self.made[at] = tab
            tab.set_reactive(DataTab.filters, None if main.is_opening else main.filters)
            if isinstance(tab, ChartedTab):
                tab.set_reactive(ChartedTab.former, main.former)
            tab.is_database_empty = main.status is not None and main.status.is_empty
            await page.mount(tab)
        else:
            # It is told what to show once it is there: nobody tells it of changes before.
            await page.mount_hidden(tab)
            self.made[at] = tab
            tab.filters = main.filters
            if isinstance(tab, ChartedTab):
                tab.former = main.former
            tab.is_database_empty = main.status is not None and main.status.is_empty

    async def make_ahead(self) -> None:
        """Make every tab, one at a time and only while nothing loads: the first look at it costs less then.

        Nothing is asked for them, and nothing is sent.
        """
        main = cast("MainScreen", self)
        for at in range(len(TABS)):
            await asyncio.sleep(REST)
            await until(lambda: main.is_current and main.is_settled, BUSY)
            await self.made_tab(at, is_active=False)
