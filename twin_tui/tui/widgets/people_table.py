"""One page of the directory of people or twins as a table."""

from twin_tui.analytics.answers import PeopleRequest
from twin_tui.tui.widgets.columns import Column
from twin_tui.tui.widgets.people_columns import STATUS_STYLES, Row, people_columns
from twin_tui.tui.widgets.row_table import RowTable


class PeopleTable(RowTable[Row]):
    """People, or twins, a line each."""

    request = PeopleRequest()
    """What is listed, and in which order."""

    def columns(self, width: int) -> tuple[Column[Row], ...]:
        """Return what a line of the directory tells at this width."""
        return people_columns(self.request, width)

    def style_of(self, column: Column[Row], item: Row) -> str:
        """Return the style of a cell; a status has its own."""
        return STATUS_STYLES[item.status] if column.style == "status" else column.style
