"""One page of the feed as a table."""

from twin_tui.analytics.answers import ActivityItem
from twin_tui.tui.widgets.tables.activity_columns import FORMS, columns_for
from twin_tui.tui.widgets.tables.columns import Column, Forms
from twin_tui.tui.widgets.tables.row_table import RowTable


class ActivityTable(RowTable[ActivityItem]):
    """Conversations, documents and queries, a line each."""

    TABLE = "activity"
    is_marked = False
    """Whether a column tells what is kept about conversations; set before lines are shown."""

    @property
    def forms(self) -> Forms[ActivityItem]:
        """The columns that can be chosen."""
        return FORMS

    def columns(self, width: int) -> tuple[Column[ActivityItem], ...]:
        """Return what a line of the feed tells at this width."""
        return columns_for(width, is_marked=self.is_marked)
