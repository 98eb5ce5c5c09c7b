"""The lists of the retention tab: coming back, the states of people, how many days they were active."""

from collections.abc import Callable

from twin_tui.analytics.answers import LIFECYCLE, ActiveDays, Figure, LifecycleState, Retention
from twin_tui.text.formatting import change, compact, number, percent, short_day
from twin_tui.text.safe_text import cut, safe_line
from twin_tui.tui import plots
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.parts.bars import bar
from twin_tui.tui.widgets.parts.list_panel import ListPanel, Place
from twin_tui.tui.widgets.parts.retention_views import COLORS
from twin_tui.tui.widgets.tables.columns import Column, Moment, filling

SIGNS: dict[LifecycleState, str] = dict(zip(COLORS, plots.BAR_GLYPHS, strict=True))
"""As in the chart's stack."""
WIDEST, FEWEST = 12, 2
"""Cells of a bar of a share at most (each is sent), and at least."""
SECOND, FITTING, ROOMY = 9, 45, 53
"""Cells of the column compared with; from how many cells on the change, and a share, stand beside it."""
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
            lambda width: _back_columns(width, self._compared),
            lambda figure: figure.key,
            id="back",
            empty="nobody",
            keys=_BACK_KEYS,
        )
        self._span = self._compared = ""

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
        if (compared := _compared_words(answer)) != self._compared:
            self._compared = compared
            self.redraw()
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
            lambda width: _state_columns(width, self._compared),
            lambda figure: figure.key,
            id="states",
            empty="nobody",
            keys=(("enter", "people", "enter"),),
        )
        self._everyone, self._compared = 0, ""

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
        if (compared := _compared_words(answer)) != self._compared:
            self._compared = compared
            self.redraw()
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


def _compared_words(answer: Retention) -> str:
    """Return the head of the column of what was chosen to compare with, "" where nothing was."""
    if answer.filters.against is None or not answer.states:
        return ""
    return cut(safe_line(answer.states[0].compared_with), SECOND)


def _back_columns(width: int, compared: str) -> tuple[Column[Figure], ...]:
    is_tight = bool(compared) and width < ROOMY
    of = _of_briefly if is_tight else _of
    columns: list[Column[Figure]] = [
        Column("day", 3 if is_tight else 4, lambda figure, _: figure.key.upper(), style="what"),
        Column("back", 7, lambda figure, _: percent(figure.value), is_number=True),
        Column("people", 12 if is_tight else 15, lambda figure, _: of(figure), is_number=True),
    ]
    if compared:
        columns.append(Column(compared, SECOND, lambda figure, _: percent(figure.previous), is_number=True))
    if not compared or width >= FITTING:
        columns.append(
            Column("change", 10, lambda figure, _: change(figure.change, is_points=True), is_number=True)
        )
    return _with_bar(columns, width, lambda figure: figure.value)


def _of(figure: Figure) -> str:
    if not figure.denominator:
        return "nobody yet"
    return f"{number(figure.numerator)} of {number(figure.denominator)}"


def _of_briefly(figure: Figure) -> str:
    if not figure.denominator:
        return "nobody yet"
    return f"{compact(figure.numerator)} of {compact(figure.denominator)}"


def _state_columns(width: int, compared: str) -> tuple[Column[Figure], ...]:
    columns: list[Column[Figure]] = [
        Column("state", 14, lambda figure, _: f"{SIGNS[STATE_OF[figure.key]]} {figure.label}", style="what"),
        Column("people", 8, lambda figure, _: number(figure.value), is_number=True),
    ]
    if not compared or width >= ROOMY:
        columns.append(Column("share", 7, lambda figure, _: percent(_share(figure)), is_number=True))
    if compared:
        columns.append(Column(compared, SECOND, lambda figure, _: number(figure.previous), is_number=True))
    if not compared or width >= FITTING:
        columns.append(Column("change", 10, lambda figure, _: change(figure.change), is_number=True))
    return _with_bar(columns, width, _share)


def _with_bar(
    columns: list[Column[Figure]], width: int, share: Callable[[Figure], float | None]
) -> tuple[Column[Figure], ...]:
    """Return the columns, and where they leave room a bar beside them."""
    left = width - sum(column.width + 1 for column in columns)
    if left < FEWEST:
        return tuple(columns)
    drawn: Column[Figure] = Column("", 0, lambda figure, _: bar(share(figure), min(WIDEST, left), "█"))
    return filling((*columns, drawn), width)


def _share(figure: Figure) -> float | None:
    return figure.value / figure.n if figure.n and figure.value is not None else None
