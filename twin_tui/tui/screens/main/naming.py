"""How the main screen names what it filters by: ids of a person and a twin are looked up, and only those."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from twin_tui.analytics.errors import AnalyticsError
from twin_tui.tui.loading import ask
from twin_tui.tui.widgets.filter_bar import FilterBar

if TYPE_CHECKING:
    from twin_tui.analytics.answers import Choice, Choices
    from twin_tui.analytics.filters import Filters
    from twin_tui.tui.screens.dialogs.filters import FiltersScreen
    from twin_tui.tui.screens.main.main import MainScreen


def _ids(filters: "Filters") -> tuple[str | None, str | None]:
    return filters.user, filters.twin


def in_force(choices: "Choices", filters: "Filters") -> "Choices":
    """Return the person and the twin filtered by: all others would hold memory for nothing."""

    def only(options: "tuple[Choice, ...]", value: str | None) -> "tuple[Choice, ...]":
        return tuple(choice for choice in options if choice.value == value)

    named = only(choices.users, filters.user), only(choices.twins, filters.twin)
    return replace(choices, companies=(), departments=(), users=named[0], twins=named[1], platforms=())


class Naming:
    """Mixed into the main screen."""

    _named_ids: tuple[str | None, str | None] = (None, None)
    """Whose names are known, or being asked for."""
    is_named = True
    """Whether no name is being asked for."""

    @property
    def _main(self) -> "MainScreen":
        return cast("MainScreen", self)

    def name_filters(self) -> None:
        """Ask for the names of what is filtered by, unless they are known."""
        if _ids(self._main.filters) != self._named_ids:
            self._named_ids, self.is_named = _ids(self._main.filters), False
            self._main.run_worker(self._ask_names(), group="names", exclusive=True)

    async def _ask_names(self) -> None:
        """The visible tab tells of failures."""
        try:
            await self.learn_names()
        except AnalyticsError:
            self._named_ids = (None, None)
        self.is_named = True

    async def learn_names(self) -> None:
        """Ask for them, known or not; raises `AnalyticsError`."""
        main = self._main
        if any(value is not None for value in _ids(main.filters)):
            self._take_names(await ask(main.service, main.service.choices))

    def _take_names(self, choices: "Choices") -> None:
        self._named_ids = _ids(self._main.filters)
        self._main.query_one(FilterBar).choices = in_force(choices, self._main.filters)

    def action_filters(self) -> None:
        """Choose a filter."""
        from twin_tui.tui.screens.dialogs.filters import FiltersScreen  # noqa: PLC0415 - when it is first wanted

        main = self._main
        screen = FiltersScreen(main.filters, main.query_one(FilterBar).choices)
        main.app.push_screen(screen, partial(self._look_at, screen))

    def _look_at(self, screen: "FiltersScreen", filters: "Filters | None") -> None:
        choices, screen.choices = screen.choices, None
        if filters is None:
            return
        if choices is not None:
            self._named_ids = _ids(filters)
            self._main.query_one(FilterBar).choices = in_force(choices, filters)
        self._main.filters = filters
