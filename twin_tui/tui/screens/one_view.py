"""What screens over the dashboard share that show one answer: period, view, keys, and the way back."""

from datetime import date
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from twin_tui.analytics.answers import DatabaseStatus
from twin_tui.analytics.filters import Filters
from twin_tui.tui.dressed import Dressed
from twin_tui.tui.links import PersonChosen, TwinChosen
from twin_tui.tui.live import Condition, Following
from twin_tui.tui.loading import DataTab, service_of
from twin_tui.tui.screens.help import HelpScreen
from twin_tui.tui.screens.periods import Periods
from twin_tui.tui.widgets.filter_bar import FilterBar
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.status_line import StatusLine
from twin_tui.tui.widgets.too_small import TooSmall


class OneView(Dressed, Following, Periods):
    """A line that says what is looked at, one view below it, and the keys."""

    TITLE_OF_HELP: ClassVar[str] = ""
    """The section of the help that tells this screen's keys."""
    HINTS: ClassVar[tuple[Hint, ...]] = ()
    """What the bottom line offers."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "person", "The person of this line, or the owner", show=False),
        Binding("w", "twin", "The twin of this line", show=False),
        Binding("space", "pause", "Pause live updates, or go on", show=False),
        Binding("f5", "refresh_data", "Refresh", show=False),
        Binding("question_mark", "help", "Help", show=False),
    ]

    def __init__(self, filters: Filters, status: DatabaseStatus | None = None) -> None:
        """Look at ``filters``; ``status`` says from when to when there are data, where that is known."""
        super().__init__()
        self._status = status
        self.set_reactive(Periods.filters, filters)

    def make_bar(self) -> FilterBar:
        """Return the line that says what is looked at."""
        return FilterBar()

    def make_view(self) -> DataTab[Any]:
        """Return what this screen shows."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Yield what is looked at, the view and the keys."""
        bar = self.make_bar()
        bar.filters = self.filters
        bar.data_days = self.data_days()
        yield bar
        view = self.make_view()
        view.set_reactive(DataTab.filters, self.filters)
        view.is_active = True
        yield view
        yield StatusLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Offer the keys."""
        self.query_one(StatusLine).zone = service_of(self).timezone
        self.query_one(StatusLine).hints = self.HINTS

    def data_days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day with data, as far as they are known."""
        return (None, None) if self._status is None else (self._status.first_day, self._status.last_day)

    @property
    def bar(self) -> FilterBar:
        """The line that says what is looked at."""
        return self.query_one(FilterBar)

    @property
    def view(self) -> DataTab[Any]:
        """What is shown."""
        return self.query_one(DataTab)

    @property
    def is_settled(self) -> bool:
        """Whether the last answer is drawn."""
        return self.is_mounted and bool(self.query(DataTab)) and self.view.is_settled

    def watch_filters(self, filters: Filters) -> None:
        """Look at something else."""
        self.bar.filters = filters
        self.view.filters = filters

    def tell_condition(self, condition: Condition) -> None:
        """Say it at the end of the top line."""
        self.bar.live = condition.words(service_of(self).timezone)

    def forget_new(self) -> None:
        """Nothing is marked as new here."""

    def action_person(self) -> None:
        """Open the person of the line in focus."""
        if (user_id := self.view.person_in_focus()) is not None:
            self.post_message(PersonChosen(user_id))
        else:
            self.notify("Move to a line that names a person first (tab, arrows).", timeout=4)

    def action_twin(self) -> None:
        """Open the twin of the line in focus."""
        if (twin_id := self.view.twin_in_focus()) is not None:
            self.post_message(TwinChosen(twin_id))
        else:
            self.notify("Move to a line that names a twin first (tab, arrows).", timeout=4)

    def action_refresh_data(self) -> None:
        """Ask again."""
        self.view.load(again=True)

    def action_back(self) -> None:
        """Close this screen."""
        self.dismiss()

    def action_help(self) -> None:
        """Show every key."""
        self.app.push_screen(HelpScreen(self.TITLE_OF_HELP))
