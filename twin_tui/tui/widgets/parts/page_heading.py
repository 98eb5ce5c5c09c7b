"""What stands above a person's or twin's page: who or which, whose, since when, last seen."""

from collections.abc import Callable, Hashable
from datetime import datetime

from rich.text import Text
from textual.widget import Widget

from twin_tui.analytics.answers import PeopleStatus
from twin_tui.text.formatting import age
from twin_tui.tui.widgets.filter_bar import FilterBar, period_words
from twin_tui.tui.widgets.hot_line import Word
from twin_tui.tui.widgets.tables.columns import Moment
from twin_tui.tui.widgets.tables.people_columns import STATUS_WORDS

Lines = Callable[[int, int], list[str]]
"""Width and height → safe lines of at most that width, the first one the name."""


class PageHeading(Widget, can_focus=False):
    """A few lines, drawn anew only when what they tell differs."""

    DEFAULT_CSS = "PageHeading { height: 3; width: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self._lines: Lines | None = None
        self._told: Hashable = None

    def put(self, told: Hashable, lines: Lines) -> None:
        """Draw ``lines``, which are made of ``told``."""
        self._lines = lines
        if told != self._told:
            self._told = told
            self.refresh()

    def render(self) -> Text:
        """Draw the lines that fit."""
        if self._lines is None:
            return Text()
        lines = self._lines(self.size.width - 2, self.size.height)[: self.size.height]
        return Text("\n").join(
            Text(" " + line, style="bold" if at == 0 else "", no_wrap=True) for at, line in enumerate(lines)
        )


class PeriodBar(FilterBar):
    """The period alone: a page leaves nothing else out."""

    def _word(self) -> None:
        if self.filters is not None:
            self.left = (
                Word(" ‹", "$muted", "left_square_bracket"),
                Word(" " + period_words(self.filters.period, *self.data_days) + " ", "bold $ink", "p"),
                Word("›", "$muted", "right_square_bracket"),
            )


def status_words(status: PeopleStatus, verb: str, last: datetime | None, told: Moment) -> str:
    """Return a status, and when it was last seen or used: "○ dormant · last used 3 d ago", "· never seen"."""
    if last is None:
        return STATUS_WORDS[status] if status != "never" else f"{STATUS_WORDS[status]} {verb}"
    sign = f"{STATUS_WORDS[status]} active" if status == "never" else STATUS_WORDS[status]
    return f"{sign} · last {verb} {age(last, told.now)}"
