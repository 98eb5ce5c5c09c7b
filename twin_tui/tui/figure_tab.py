"""A tab of cards over panels: which figures the keys speak of."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from twin_tui.analytics.answers import Figure
from twin_tui.tui.loading import DataTab
from twin_tui.tui.widgets.parts.kpi_card import KpiGrid
from twin_tui.tui.widgets.parts.panel import Panel

if TYPE_CHECKING:
    from twin_tui.rules.rule import State

Answer = TypeVar("Answer")


class FigureTab(DataTab[Answer]):
    """Cards above, panels below; ``i`` explains the card in focus, or what the panel in focus is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: tuple[Figure, ...] = ()
        """All that the answer holds, in the order of reports."""

    def put_figures(self, figures: tuple[Figure, ...], *, is_open: bool) -> None:
        """Hand the cards their figures; ``is_open``: the last day of their series is unfinished."""
        self.figures = figures
        self.query_one(KpiGrid).put(figures, is_open=is_open)
        settings, filters = getattr(self.app, "settings", None), self.filters
        named = None if settings is None or settings.rules is None else Path(settings.rules).expanduser()
        if filters is not None and (path := named) is not None and path.is_file():
            from twin_tui.tui.marking_cards import states_of  # noqa: PLC0415 - few have rules

            self.also("rules", lambda: states_of(path, self.service, filters, figures), self._mark_cards)
        else:
            self._mark_cards({})

    def _mark_cards(self, states: "Mapping[str, State]") -> None:
        self.query_one(KpiGrid).mark(states)

    def figure_in_focus(self) -> Figure | None:
        """The figure of the focused card, or the first that the focused panel is made from."""
        return next(iter(self._in_focus()), None)

    def figures_beside(self) -> tuple[Figure, ...]:
        """After a card all other figures, after a panel's first the others it is made from."""
        return self._in_focus()[1:]

    def note_in_focus(self) -> str:
        """What the focused panel makes of its figures."""
        panel = self.panel_in_focus()
        return panel.note if panel is not None else ""

    def panel_in_focus(self) -> Panel | None:
        """The focused panel, if it is none of the cards that has the focus."""
        return next((panel for panel in self.query(Panel) if panel.has_the_focus), None)

    def _in_focus(self) -> tuple[Figure, ...]:
        card, panel = self.query_one(KpiGrid).current, self.panel_in_focus()
        if panel is not None:
            known = {figure.key: figure for figure in self.figures}
            return tuple(known[key] for key in panel.figure_keys() if key in known)
        if not card.has_focus or card.figure is None:
            return ()
        keys = [figure.key for figure in self.figures]
        at = keys.index(card.figure.key) + 1 if card.figure.key in keys else 0
        others = (*self.figures[at:], *self.figures[:at])
        return (card.figure, *(figure for figure in others if figure.key != card.figure.key))
