"""The lists of the retention tab: coming back, the states of people, how many days they were active."""

from twin_tui.analytics.answers import LIFECYCLE, ActiveDays, Figure, LifecycleState, Retention
from twin_tui.text.formatting import change, number, percent, short_day
from twin_tui.tui import plots
from twin_tui.tui.widgets.bars import bar
from twin_tui.tui.widgets.columns import Column, Moment, filling
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.list_panel import ListPanel, Place
from twin_tui.tui.widgets.retention_views import COLORS

SIGNS: dict[LifecycleState, str] = dict(zip(COLORS, plots.BAR_GLYPHS, strict=True))
"""As in the chart's stack."""
WIDEST = 12
"""Cells of a bar of a share at most: each is sent."""
STATE_OF: dict[str, LifecycleState] = {f"lifecycle_{state}": state for state in LIFECYCLE}
"""By a figure's key."""
_BACK_KEYS: tuple[Hint, ...] = (
    ("enter", "people", "enter"),
    ("n", "not back", "n"),
    ("t", "on or after", "t"),
)


class BackPanel(ListPanel[Figure]):
    """D1, D7 and D30; enter lists those who came back."""

    NOTE = (
        "Coming back: the people who were active on that local day after their first active one, of those "
        "whose day is over; t also counts any later day. First times obey company, department and user only."
    )

    def __init__(self) -> None:
        super().__init__(
            "Back after the first day",
            _back_columns,
            lambda figure: figure.key,
            id="back",
            empty="nobody",
            keys=_BACK_KEYS,
        )
        self._span = ""

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figure of the line, then the others."""
        keys = ("d1", "d7", "d30")
        return keys if self.item is None else (self.item.key, *(key for key in keys if key != self.item.key))

    def counted(self, total: int) -> str:  # noqa: ARG002 - always three
        """Return whose first days are meant."""
        return self._span

    def show_answer(self, answer: Retention, moment: Moment) -> None:
        """Draw the three figures."""
        last = answer.cohort_end.fromordinal(answer.cohort_end.toordinal() - 1)
        how = " or later" if answer.is_unbounded else ""
        self._span = f"{how}, first active {short_day(answer.cohort_start)} – {short_day(last)}"
        self._span += unfiltered_words(answer)
        count = len(answer.returned)
        self.show(answer.returned, Place(limit=count, total=count), moment)


class StatesPanel(ListPanel[Figure]):
    """Everybody by state in the whole period; enter lists them."""

    NOTE = (
        "Lifecycle: everybody in exactly one state, of the whole period against as many days just before it. "
        "First times obey company, department and user only."
    )

    def __init__(self) -> None:
        super().__init__(
            "Everybody by state",
            _state_columns,
            lambda figure: figure.key,
            id="states",
            empty="nobody",
            keys=(("enter", "people", "enter"),),
        )
        self._everyone = 0

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figure of the line, then the others."""
        keys = tuple(STATE_OF)
        return keys if self.item is None else (self.item.key, *(key for key in keys if key != self.item.key))

    def counted(self, total: int) -> str:  # noqa: ARG002 - always five
        """Return how many people there are."""
        return f" {number(self._everyone)} people"

    def show_answer(self, answer: Retention, moment: Moment) -> None:
        """Draw the five states."""
        self._everyone = answer.lifecycle.everyone
        count = len(answer.states)
        self.show(answer.states, Place(limit=count, total=count), moment)


class ActiveDaysPanel(ListPanel[ActiveDays]):
    """How many people were active on so many days; enter lists them."""

    NOTE = "Active days: on how many local days of the period each person was active."

    def __init__(self) -> None:
        super().__init__(
            "People by active days",
            self._of_days,
            lambda each: str(each.days),
            id="active-days",
            empty="nobody was active in this period",
            keys=(("enter", "people", "enter"),),
        )
        self._most = self._everyone = 0

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figures nearest to it."""
        return ("adoption", "dau_mau")

    def counted(self, total: int) -> str:  # noqa: ARG002 - of numbers of days
        """Return how many people were active."""
        return f" {number(self._everyone)} people"

    def show_answer(self, answer: Retention, moment: Moment) -> None:
        """Draw the distribution."""
        spread = answer.active_days
        self._most = max((each.people for each in spread), default=0)
        self._everyone = sum(each.people for each in spread)
        self.show(spread, Place(limit=max(1, len(spread)), total=len(spread)), moment)

    def _of_days(self, width: int) -> tuple[Column[ActiveDays], ...]:
        room = max(4, width - 24)
        columns: tuple[Column[ActiveDays], ...] = (
            Column("days", 5, lambda each, _: number(each.days), is_number=True, style="what"),
            Column("people", 7, lambda each, _: number(each.people), is_number=True),
            Column("share", 7, lambda each, _: percent(each.people / max(1, self._everyone)), is_number=True),
            Column("", 0, lambda each, _: bar(each.people / max(1, self._most), room, "█")),
        )
        return filling(columns, width)


def unfiltered_words(answer: Retention) -> str:
    """Return which filters in force say nothing about a first time, "" for none."""
    return f" · not filtered by {', '.join(answer.unfiltered)}" if answer.unfiltered else ""


def _back_columns(width: int) -> tuple[Column[Figure], ...]:
    room = max(4, min(WIDEST, width - 40))
    columns: tuple[Column[Figure], ...] = (
        Column("day", 4, lambda figure, _: figure.key.upper(), style="what"),
        Column("back", 7, lambda figure, _: percent(figure.value), is_number=True),
        Column("people", 15, lambda figure, _: _of(figure), is_number=True),
        Column("change", 10, lambda figure, _: change(figure.change, is_points=True), is_number=True),
        Column("", 0, lambda figure, _: bar(figure.value, room, "█")),
    )
    return filling(columns, width)


def _of(figure: Figure) -> str:
    if not figure.denominator:
        return "nobody yet"
    return f"{number(figure.numerator)} of {number(figure.denominator)}"


def _state_columns(width: int) -> tuple[Column[Figure], ...]:
    room = max(2, min(WIDEST, width - 50))
    columns: tuple[Column[Figure], ...] = (
        Column("state", 14, lambda figure, _: f"{SIGNS[STATE_OF[figure.key]]} {figure.label}", style="what"),
        Column("people", 8, lambda figure, _: number(figure.value), is_number=True),
        Column("share", 7, lambda figure, _: percent(_share(figure)), is_number=True),
        Column("change", 10, lambda figure, _: change(figure.change), is_number=True),
        Column("", 0, lambda figure, _: bar(_share(figure), room, "█")),
    )
    return filling(columns, width)


def _share(figure: Figure) -> float | None:
    return figure.value / figure.n if figure.n and figure.value is not None else None
