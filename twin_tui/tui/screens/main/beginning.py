"""How the main screen begins: a picture first, then the database behind it, then the figures."""

import asyncio
import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from twin_tui.analytics.errors import CancelledError
from twin_tui.tui.loading import ask
from twin_tui.tui.tabs import import_tabs
from twin_tui.tui.waiting import until
from twin_tui.tui.widgets.filter_bar import FilterBar

if TYPE_CHECKING:
    from twin_tui.tui.app import TwinApp
    from twin_tui.tui.beginning import Beginning
    from twin_tui.tui.screens.main.main import MainScreen

OPENING_AFTER = 0.3
"""Seconds opening may take before the filter line says that it goes on."""
DRAWN_AFTER = 0.02
"""Seconds until another look whether the first figures are drawn."""
OPENING = "Opening the database…"
ON_TABS = frozenset(
    {
        "search",
        "person",
        "twin",
        "reveal",
        "explain",
        "help",
        "maximise",
        "refresh_data",
        "notes",
        "reviewed",
        "pin",
    }
)
"""Actions that are about the visible tab: without one they do nothing."""


class BeginningTabs:
    """Mixed into the main screen."""

    @property
    def _main(self) -> "MainScreen":
        return cast("MainScreen", self)

    @property
    def is_opening(self) -> bool:
        """Whether the database is still to be opened."""
        return cast("TwinApp", self._main.app).is_opening

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Return whether the action can be done: those on tabs only while there is one."""
        return self._main.has_tab or action not in ON_TABS

    def begin(self) -> None:
        """Open the database in a thread, and put the first tab together meanwhile."""
        main = self._main
        if (opened := cast("TwinApp", main.app).begin) is not None:
            main.run_worker(self._begin(opened), group="begin", exclusive=True)

    async def _begin(self, opened: "Callable[[], Beginning]") -> None:
        main = self._main
        before = main.filters
        waiting = asyncio.ensure_future(ask(main.service, opened))
        patience = main.set_timer(OPENING_AFTER, lambda: self._say(OPENING))
        await main.action_tab(1)
        try:
            beginning = await waiting
        except CancelledError:
            return
        except Exception as error:
            cast("TwinApp", main.app).give_up(error)
            return
        patience.stop()
        self._say("")
        cast("TwinApp", main.app).begun(beginning)
        main.show_status(beginning.status)
        main.set_reactive(type(main).filters, beginning.filters if main.filters == before else main.filters)
        main.watch_filters(main.filters)
        if beginning.view is not None:
            await main.take_view(beginning.view, main.filters)
        if beginning.conversation is not None:
            from twin_tui.tui.screens.conversation.conversation import ConversationScreen  # noqa: PLC0415

            main.app.push_screen(ConversationScreen(*beginning.conversation, filters=main.filters))
        if beginning.find is not None:
            cast("TwinApp", main.app).open_for_ticket(beginning.find, main.filters)
        main.has_learnt = True
        await until(lambda: main.tab.is_settled, DRAWN_AFTER)
        # What a start leaves in circles shall not be kept with the rest.
        gc.collect()
        gc.freeze()
        gc.enable()
        await asyncio.to_thread(beginning.afterwards)
        await asyncio.to_thread(import_tabs)
        await main.make_ahead()

    def _say(self, words: str) -> None:
        self._main.query_one(FilterBar).state = words
