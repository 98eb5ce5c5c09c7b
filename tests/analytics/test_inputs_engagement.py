"""The SQL that explains a figure of engagement gives the figure, run by hand on either database."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from statistics import median

import pytest

from tests.world import NOW
from twin_tui.analytics.answers import Figure
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.inputs import inputs_of
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database

PERIODS = ("7d", "2026-11-10..2026-11-16", "all", "2026-09-01..2026-09-02")


@pytest.fixture
def figures(read_world_url: str) -> Iterator[list[Figure]]:
    with AnalyticsService(read_world_url, clock=lambda: NOW) as service:
        found = []
        for period in PERIODS:
            answer = service.engagement(Filters(Period.parse(period, NOW.date())))
            found += [*answer.figures, *answer.studied]
        yield found


def test_every_figure_of_engagement_has_its_sql(figures: list[Figure]) -> None:
    assert [figure.key for figure in figures if not inputs_of(figure, NOW)] == []


def test_the_sql_gives_the_figure(read_world_url: str, figures: list[Figure]) -> None:
    with open_database(read_world_url) as source:
        for figure in figures:
            rows = source.run(inputs_of(figure, NOW))
            if figure.key == "reply_time_median":
                assert len(rows) == figure.n
            elif figure.key == "session_length_median":
                assert figure.value == (median(lengths(rows)) if lengths(rows) else None)
            elif len(rows[0]) == 2:
                told = [amount or 0 for amount in rows[0]]
                assert told == [figure.numerator, figure.denominator], figure
            else:
                assert rows[0][0] == figure.value, figure


def lengths(rows: list[tuple]) -> list[float]:
    """Return the seconds of each session that has two messages."""
    sums: defaultdict[str, float] = defaultdict(float)
    for session, sent, before in rows:
        if before is not None:
            pause = datetime.fromisoformat(str(sent)) - datetime.fromisoformat(str(before))
            sums[session] += pause.total_seconds() if pause.total_seconds() <= 1800 else 0
    return list(sums.values())
