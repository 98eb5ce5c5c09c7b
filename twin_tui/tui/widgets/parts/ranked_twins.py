"""The twins of the quality tab, the worst first, by one rate of several."""

from dataclasses import replace

from twin_tui.analytics.answers import SLOW_SECONDS, Quality, QualityMeasure, SessionsCell, TwinQuality
from twin_tui.text.formatting import DASH, compact, duration, number, percent
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.parts.list_panel import ListPanel, Place
from twin_tui.tui.widgets.parts.panel import PanelBody
from twin_tui.tui.widgets.tables.choosable import Choosable
from twin_tui.tui.widgets.tables.columns import LEAST, Column, Moment, filling
from twin_tui.views.columns import Chosen

MEASURE_WORDS: dict[QualityMeasure, str] = {
    "zero_result_rate": "zero-result rate",
    "dead_end_share": "dead ends",
    "unanswered_share": "unanswered messages",
    "reply_time_median": "reply time",
}
MEASURE_HEADS: dict[QualityMeasure, str] = {
    "zero_result_rate": "zero",
    "dead_end_share": "dead",
    "unanswered_share": "unansw",
    "reply_time_median": "reply",
}
MEASURE_CELLS: dict[QualityMeasure, tuple[SessionsCell, str]] = {
    "zero_result_rate": (SessionsCell("zero_results"), "queries that found nothing"),
    "dead_end_share": (SessionsCell("dead_end"), "dead ends"),
    "unanswered_share": (SessionsCell("unanswered"), "messages without a reply"),
    "reply_time_median": (SessionsCell("slow_replies"), f"replies over {SLOW_SECONDS} s"),
}
"""What is behind a twin's rate, and its name in a title."""
_N_HEADS: dict[QualityMeasure, str] = {
    "zero_result_rate": "queries",
    "dead_end_share": "convs",
    "unanswered_share": "msgs",
    "reply_time_median": "replies",
}


class TwinsPanel(Choosable, ListPanel[TwinQuality]):
    """Twins, the worst first; enter lists the conversations behind the ranked rate."""

    TABLE = "ranked_twins"
    NOTE = (
        "Twins ranked by this figure, the worst first; equals share a rank. A twin with fewer than five of "
        "what its rate is made of stands last and has no rank."
    )

    def __init__(self) -> None:
        self._measure: QualityMeasure = "zero_result_rate"
        keys: tuple[Hint, ...] = (("o", "order", "o"), ("enter", "list", "enter"), ("C", "columns", "C"))
        super().__init__(
            "Twins",
            lambda width: _twin_columns(width, self._measure, self.chosen),
            lambda row: row.twin.id,
            id="twins",
            empty="none has anything to be ranked by",
            keys=keys,
        )

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figure that twins are ranked by, then the others."""
        others = (measure for measure in MEASURE_HEADS if measure != self._measure)
        return (self._measure, *others)

    def show_twins(self, answer: Quality, moment: Moment) -> None:
        """Draw the twins in the order of the answer's measure."""
        self._measure = answer.measure
        self._title = f"Twins by {MEASURE_WORDS[answer.measure]}"
        self.show(answer.twins, Place(1, 1, max(1, len(answer.twins)), answer.twins_total), moment)

    def shown_columns(self) -> Chosen:
        """Return the columns that are shown, in their order."""
        return self._named(self.chosen)

    def fitting_columns(self, chosen: Chosen) -> Chosen:
        """Return which of ``chosen`` the room of now would show."""
        return self._named(chosen)

    def _named(self, chosen: Chosen | None) -> Chosen:
        width = self.query_one(PanelBody).size.width - 2
        return tuple(column.key for column in _twin_columns(width, self._measure, chosen) if column.key)

    def columns_changed(self) -> None:
        """Show what is chosen now."""
        self.redraw()


def _twin_columns(
    width: int, measure: QualityMeasure, chosen: Chosen | None
) -> tuple[Column[TwinQuality], ...]:
    if chosen is None:
        others = [each for each in MEASURE_HEADS if each != measure] if width >= 52 else []
        return _filled(("twin", *(("owner",) if width >= 76 else ()), measure, *others), measure, width)
    keys = list(chosen)
    if measure not in keys:
        keys.insert(keys.index("twin") + 1, measure)
    while (columns := _filled(tuple(keys), measure, width)) and _room(columns) < LEAST:
        spare = [at for at, key in enumerate(keys) if key not in ("twin", measure)]
        if not spare:
            break
        del keys[spare[-1]]
    return columns


def _filled(keys: Chosen, measure: QualityMeasure, width: int) -> tuple[Column[TwinQuality], ...]:
    columns = [_RANK]
    for key in keys:
        columns += [_TWIN] if key == "twin" else [_OWNER] if key == "owner" else _rates(key, measure)
    return filling(tuple(columns), width)


def _room(columns: tuple[Column[TwinQuality], ...]) -> int:
    return next(column.width for column in columns if column.key == "twin")


def _rates(key: str, ranked: QualityMeasure) -> list[Column[TwinQuality]]:
    """Return the column of a rate; of the ranked one also of what it is made of."""
    measure = next(each for each in MEASURE_HEADS if each == key)
    if measure != ranked:
        return [_rate(measure)]
    of: Column[TwinQuality] = Column(
        f"of {_N_HEADS[measure]}", 10, lambda row, _: compact(row.n(measure)), is_number=True, style="quiet"
    )
    return [replace(_rate(measure), title=f"▾{MEASURE_HEADS[measure]}", style="text"), of]


def _rate(measure: QualityMeasure) -> Column[TwinQuality]:
    def told(row: TwinQuality, _: Moment) -> str:
        rate = row.of(measure)
        return _brief(rate) if measure == "reply_time_median" else percent(rate, 0)

    return Column(MEASURE_HEADS[measure], 6, told, is_number=True, style="quiet", key=measure)


def _brief(seconds: float | None) -> str:
    """Return a wait in at most six cells: its largest unit.

    >>> _brief(44.0), _brief(65), _brief(40_000), _brief(None)
    ('44 s', '1 min', '11 h', '–')
    """
    return " ".join(duration(seconds).split()[:2])


_RANK: Column[TwinQuality] = Column(
    "", 3, lambda row, _: DASH if row.rank is None else number(row.rank), is_number=True
)
_TWIN: Column[TwinQuality] = Column(
    "twin", 0, lambda row, _: safe_line(row.twin.name or row.twin.id, 80), style="what", key="twin"
)
_OWNER: Column[TwinQuality] = Column(
    "owner",
    16,
    lambda row, _: safe_line(row.twin.owner.name or row.twin.owner.email, 60),
    style="quiet",
    key="owner",
)
