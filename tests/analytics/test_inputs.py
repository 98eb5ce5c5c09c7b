"""The SQL that explains a figure gives the figure, run by hand on either database."""

from collections.abc import Iterator
from datetime import datetime
from statistics import median

import pytest

from tests.world import NOW, at
from twin_tui.analytics.answers import Figure
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.inputs import INPUTS, inputs_of
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.data.models import Message, Query

PERIODS = ("7d", "2026-11-10..2026-11-16", "all")


@pytest.fixture
def figures(world_url: str) -> Iterator[list[Figure]]:
    """The quality figures of some periods, with a dead end for each reason and a slow reply in the world."""
    with open_database(world_url, "write") as source, source.writing():
        source.insert_rows(
            Message,
            ("id", "session_id", "sender_type", "created_at", "content"),
            [
                ("w1", "s2", "user", at("2026-11-18 14:01:00"), "And by bus?"),
                ("w2", "s2", "twin", at("2026-11-18 14:01:05"), "Yes."),
                ("w3", "s7", "user", at("2026-11-11 11:00:00"), " SUMMARISE last week's minutes."),
                ("w4", "s7", "twin", at("2026-11-11 11:02:00"), "Again?"),
            ],
        )
        columns = ("id", "session_id", "query_text", "results_count", "created_at")
        source.insert_rows(Query, columns, [("w5", "s2", "bus", 0, at("2026-11-18 14:01:02"))])
    with AnalyticsService(world_url, clock=lambda: NOW) as service:
        periods = [Period.parse(period, NOW.date()) for period in PERIODS]
        yield [figure for period in periods for figure in service.quality(Filters(period)).figures]


def test_every_figure_of_quality_has_its_sql(figures: list[Figure]) -> None:
    assert {figure.key for figure in figures} == set(INPUTS)
    assert not any(
        name in inputs_of(figure, NOW) for figure in figures for name in (":start", ":end", ":now")
    )


def test_the_sql_gives_the_figure(world_url: str, figures: list[Figure]) -> None:
    ends = [figure.numerator for figure in figures if figure.key == "dead_end_share"]
    assert ends == [2, 1, 3]
    with open_database(world_url) as source:
        for figure in figures:
            sql = inputs_of(figure, NOW)
            if "next_at" in sql.splitlines()[0]:
                waits = [seconds(asked, told) for asked, told in source.run(sql)]
                assert len(waits) == figure.n, figure
                if figure.key == "reply_time_median":
                    assert figure.value == (median(waits) if waits else None)
                else:
                    assert figure.numerator == sum(1 for wait in waits if wait > 60)
                continue
            ((*counts,),) = source.run(sql)
            if len(counts) == 2:
                assert counts == [figure.numerator, figure.denominator], figure
            else:
                assert (counts[0] or 0) == (figure.value or 0), figure


def seconds(asked: object, told: object) -> float:
    """From one time to another; SQLite gives them as text."""
    return (datetime.fromisoformat(str(told)) - datetime.fromisoformat(str(asked))).total_seconds()
