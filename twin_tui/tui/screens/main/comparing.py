"""The main screen's comparison: with the days before, the same days last year, another company."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.screen import Screen

from twin_tui.analytics.errors import AnalyticsError, CancelledError
from twin_tui.tui.loading import ask

if TYPE_CHECKING:
    from twin_tui.analytics.against import Against
    from twin_tui.analytics.answers import Choice
    from twin_tui.tui.screens.main.main import MainScreen


class Comparing(Screen[Any]):
    """Mixed into the main screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "compare", "Compare with the days before, last year, another company", show=False)
    ]

    is_asking = False
    """Whether the companies are being asked for."""

    def action_compare(self) -> None:
        """Ask what to compare with; companies are listed once they are known."""
        self.is_asking = True
        self.run_worker(self._ask_companies(), group="compare", exclusive=True)

    async def _ask_companies(self) -> None:
        from twin_tui.tui.screens.dialogs.compare import CompareScreen  # noqa: PLC0415 - when it is first wanted

        main = cast("MainScreen", self)
        companies: tuple[Choice, ...] = ()
        with suppress(AnalyticsError, CancelledError):
            companies = (await ask(main.service, lambda: main.service.choices("groups"))).companies
        self.is_asking = False
        self.app.push_screen(CompareScreen(main.filters.against, companies), self._compare)

    def _compare(self, chosen: "tuple[Against | None] | None") -> None:
        if chosen is not None:
            main = cast("MainScreen", self)
            main.filters = replace(main.filters, against=chosen[0])
