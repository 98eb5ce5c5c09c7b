"""One page of the directory of people or twins as a table."""

from twin_tui.analytics.answers import PeopleRequest
from twin_tui.tui.widgets.tables.columns import Column, Forms
from twin_tui.tui.widgets.tables.people_columns import (
    STATUS_STYLES,
    Row,
    chosen_columns,
    forms,
    people_columns,
)
from twin_tui.tui.widgets.tables.row_table import RowTable
from twin_tui.views.columns import Chosen


class PeopleTable(RowTable[Row]):
    """People, or twins, a line each."""

    request = PeopleRequest()
    """What is listed, and in which order."""

    @property
    def table_name(self) -> str:
        """The directory of people, or that of twins."""
        return "people" if self.request.kind == "users" else "twins"

    @property
    def forms(self) -> Forms[Row]:
        """The columns that can be chosen."""
        return forms(self.request.kind)

    def chosen_columns(self, chosen: Chosen, width: int) -> tuple[Column[Row], ...]:
        """Return the chosen columns, the sorted one marked."""
        return chosen_columns(chosen, self.request, width)

    def columns(self, width: int) -> tuple[Column[Row], ...]:
        """Return what a line of the directory tells at this width."""
        return people_columns(self.request, width)

    def style_of(self, column: Column[Row], item: Row) -> str:
        """Return the style of a cell; a status has its own."""
        return STATUS_STYLES[item.status] if column.style == "status" else column.style
