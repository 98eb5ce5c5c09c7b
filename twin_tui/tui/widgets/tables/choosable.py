"""What tables have in common whose columns can be chosen."""

from collections.abc import Mapping
from typing import ClassVar, cast

from textual.widget import Widget

from twin_tui.views.columns import Chosen

NOTHING_CHOSEN: Mapping[str, Chosen] = {}


class Choosable:
    """Mixed into a table's widget: the app knows which columns were chosen in this session."""

    TABLE: ClassVar[str] = ""
    """Its name among those of `twin_tui.views.columns`; "" where there is nothing to choose."""

    @property
    def table_name(self) -> str:
        """Which table it is now."""
        return self.TABLE

    @property
    def chosen(self) -> Chosen | None:
        """The columns that were chosen; ``None``: those that the room offers by itself."""
        held: Mapping[str, Chosen] = getattr(cast("Widget", self).app, "columns", NOTHING_CHOSEN)
        return held.get(self.table_name)

    def shown_columns(self) -> Chosen:
        """Return the columns that are shown, in their order."""
        raise NotImplementedError

    def fitting_columns(self, chosen: Chosen) -> Chosen:
        """Return which of ``chosen`` the room of now would show."""
        raise NotImplementedError

    def columns_changed(self) -> None:
        """Show what is chosen now."""
        raise NotImplementedError
