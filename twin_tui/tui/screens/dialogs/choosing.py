"""Choosing the columns of the table in focus, from any screen that shows one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from twin_tui.tui.widgets.tables.choosable import Choosable

if TYPE_CHECKING:
    from twin_tui.tui.screens.dialogs.columns import Choice
    from twin_tui.views.columns import Chosen


class Choosing(Screen[Any]):
    """The key, mixed in; what is chosen holds for the session, wherever the table stands."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("C", "columns", "Columns of the table: which, and in which order", show=False),
    ]

    def table_to_choose(self) -> Choosable | None:
        """Return the table whose columns can be chosen here."""
        found = tables_in(self.place_of_tables())
        return next((each for each in found if each.table_name), None)

    def column_commands(self) -> Iterable[SystemCommand]:
        """Yield the way to the columns for the command palette."""
        yield SystemCommand(
            "Columns: choose", "Of the table: which, and their order (C)", self.action_columns
        )

    def place_of_tables(self) -> Widget:
        """Return what holds the tables that are looked at."""
        return self

    def action_columns(self) -> None:
        """Choose which columns the table shows."""
        table = self.table_to_choose()
        if table is None:
            self.notify("There is no table here whose columns can be chosen.", timeout=4)
            return
        if not cast("Widget", table).size.width:
            return
        from twin_tui.tui.screens.dialogs.columns import ColumnsScreen  # noqa: PLC0415 - when it is first wanted

        name = table.table_name
        screen = ColumnsScreen(name, table.shown_columns(), table.chosen, table.fitting_columns)
        self.app.push_screen(screen, lambda choice: self._take_columns(name, choice))

    def _take_columns(self, name: str, choice: "Choice | None") -> None:
        if choice is not None:
            self.put_columns({name: choice[0]})

    def put_columns(self, choices: "dict[str, Chosen | None]") -> None:
        """Have these columns shown by the tables of these names; ``None``: what the room offers."""
        held = cast("dict[str, Chosen]", getattr(self.app, "columns", {}))
        for name, columns in choices.items():
            if columns is None:
                held.pop(name, None)
            else:
                held[name] = columns
        for table in tables_in(self):
            if table.table_name in choices:
                table.columns_changed()


def tables_in(place: Widget) -> list[Choosable]:
    """Return the tables in a screen or tab whose columns may be chosen."""
    return [widget for widget in place.walk_children(Widget) if isinstance(widget, Choosable)]
