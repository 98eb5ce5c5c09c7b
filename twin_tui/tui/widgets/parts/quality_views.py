"""What the quality tab's chart measures."""

from twin_tui.analytics.answers import DEAD_END_REASONS, Quality
from twin_tui.tui.widgets.chart.chart import ChartPanel
from twin_tui.tui.widgets.chart.course import Course, View

VIEWS = (
    View(
        "Dead ends, share of conversations per day",
        (("dead ends", "dead_end_share", "points", "series-1", False),),
        "ratio",
    ),
    View(
        "Zero-result rate per day",
        (("zero results", "zero_result_rate", "points", "series-1", False),),
        "ratio",
    ),
    View(
        "Reply time per day, median",
        (("reply time", "reply_time_median", "points", "series-1", False),),
        "seconds",
    ),
    View(
        "No and slow replies, share per day",
        (
            ("slow replies", "slow_reply_share", "line", "series-1", False),
            ("without a reply", "unanswered_share", "dotted", "series-2", False),
        ),
        "ratio",
    ),
    View(
        "Dead ends per day",
        (
            ("no reply", "unanswered", "bars", "series-1", False),
            ("zero results", "zero_results", "bars", "series-2", False),
            ("asked twice", "repeated", "bars", "series-3", False),
        ),
    ),
)
NOTE = (
    "The chart: this figure for each local day, today unfinished. A conversation of several reasons stands"
    " in the bar of each."
)


class QualityChart(ChartPanel):
    """The chart; its counts by reason are explained as the figure they are parts of."""

    def __init__(self) -> None:
        super().__init__(VIEWS, note=NOTE)

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figures of the present view."""
        keys = ("dead_end_share" if key in DEAD_END_REASONS else key for key in super().figure_keys())
        return tuple(dict.fromkeys(keys))


def course_of(answer: Quality) -> Course:
    """Return the values of the days that are drawn."""
    days = tuple(day.day for day in answer.days)
    of_figures = tuple((figure.key, figure.series) for figure in answer.figures)
    of_reasons = tuple((reason, tuple(day.of(reason) for day in answer.days)) for reason in DEAD_END_REASONS)
    is_open = bool(answer.days) and not answer.days[-1].is_complete
    return Course(days, of_figures + of_reasons, is_open=is_open)
