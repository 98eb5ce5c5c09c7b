"""The one line that says what is looked at: the period in words and dates, every filter in force."""

from datetime import date
from typing import TYPE_CHECKING

from textual.reactive import reactive

from twin_tui.analytics.filters import Filters, Period
from twin_tui.text.formatting import WEEKDAYS, group_name, span
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.widgets.hot_line import HotLine, Word

if TYPE_CHECKING:
    from twin_tui.analytics.answers import Choice, Choices

PERIOD_NAMES = {
    "today": "Today",
    "7d": "Last 7 days",
    "30d": "Last 30 days",
    "90d": "Last 90 days",
    "365d": "Last 365 days",
    "all": "All time",
}
VALUE_WIDTH = 24
"""Cells of a filter's value at most."""


def period_words(period: Period, first: date | None = None, last: date | None = None) -> str:
    """Return a period as a person says it; ``first`` and ``last`` are the days with data, for all time.

    >>> period_words(Period.parse("2026-11-03..2026-11-09", date(2026, 11, 23)))
    '3–9 Nov 2026 (7 days)'
    >>> period_words(Period.of_preset("7d", date(2026, 11, 23)))
    'Last 7 days · 17–23 Nov 2026'
    >>> period_words(Period.parse("last tuesday", date(2026, 11, 23)))
    'Tue 17 Nov 2026'
    """
    if period.is_all:
        return "All time" if first is None else f"All time · {span(first, last)}"
    dates = span(period.start, period.last_day)
    if period.preset:
        return f"{PERIOD_NAMES[period.preset]} · {dates}"
    if period.days == 1 and period.start is not None:
        return f"{WEEKDAYS[period.start.weekday()]} {dates}"
    return f"{dates} ({period.days} days)"


def _label(choices: "tuple[Choice, ...]", value: str) -> str:
    """Name of a chosen value: ids are looked up, other values are what they say."""
    found = next((choice.label for choice in choices if choice.value == value), value)
    return safe_line(group_name(found), VALUE_WIDTH)


def filter_words(filters: Filters, choices: "Choices | None") -> tuple[tuple[str, str], ...]:
    """Return every filter in force as (name, value), in fixed order."""
    named = (
        ("company", filters.company, choices.companies if choices else ()),
        ("department", filters.department, choices.departments if choices else ()),
        ("user", filters.user, choices.users if choices else ()),
        ("twin", filters.twin, choices.twins if choices else ()),
        ("platform", filters.platform, choices.platforms if choices else ()),
    )
    found = [(name, _label(options, value)) for name, value, options in named if value is not None]
    if filters.shared is not None:
        found.append(("sharing", "shared twins only" if filters.shared else "own twins only"))
    return tuple(found)


class FilterBar(HotLine):
    """Period and filters in one line; what is cut off is said to be."""

    filters: reactive[Filters | None] = reactive(None)
    """What is looked at."""
    choices: "reactive[Choices | None]" = reactive(None)
    """Names of the values that are ids."""
    data_days: reactive[tuple[date | None, date | None]] = reactive((None, None))
    """First and last day with data, told for all time."""
    former: reactive[Period | None] = reactive(None)
    """The period looked at before days were chosen in a chart, while these are looked at."""
    state: reactive[str] = reactive("")
    """At the right: loading, older picture."""

    def watch_filters(self) -> None:
        """Word the line anew."""
        self._word()

    def watch_choices(self) -> None:
        """Word the line anew."""
        self._word()

    def watch_data_days(self) -> None:
        """Word the line anew."""
        self._word()

    def watch_former(self) -> None:
        """Word the line anew."""
        self._word()

    live: reactive[str] = reactive("")
    """At the right: paused, or since when the picture gets older."""

    def watch_state(self) -> None:
        """Say at the right what goes on."""
        self._word_right()

    def watch_live(self) -> None:
        """Say at the right how the picture stands to the data."""
        self._word_right()

    def _word_right(self) -> None:
        said = " · ".join(filter(None, (self.state, self.live)))
        self.right = (Word(said + " ", "$accent"),) if said else ()

    def _word(self) -> None:
        if self.filters is None:
            return
        said, style = period_words(self.filters.period, *self.data_days), "bold $ink"
        if self.former is not None:
            said, style = f"showing {said}", "bold $series-2"
        words = [
            Word(" ‹", "$muted", "left_square_bracket"),
            Word(f" {said} ", style, "p"),
            Word("›", "$muted", "right_square_bracket"),
        ]
        if self.former is not None:
            words.append(Word(" · reset: x", "bold $accent", "x"))
        for name, value in filter_words(self.filters, self.choices):
            words += [
                Word(" │ ", "$rule"),
                Word(name + " ", "$muted", "f"),
                Word(value, "bold $series-2", "f"),
            ]
        if self.filters.against is not None:
            with_what = {"previous": "the days before", "year": "last year"}.get(self.filters.against.kind)
            said = with_what or safe_line(group_name(self.filters.against.company), VALUE_WIDTH)
            words += [Word(" │ against ", "$muted", "c"), Word(said, "bold $series-2", "c")]
        if self.filters.is_narrowed:
            words.append(Word("" if self.former is not None else "  ✕ x", "$muted", "x"))
        else:
            words.append(Word(" │ nothing filtered", "$muted", "f"))
        self.left = tuple(words)
