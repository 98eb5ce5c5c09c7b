"""The SQL that explains activity, coming back and the states of people gives the figures."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from tests.world import NOW
from twin_tui.analytics.answers import Figure, Retention
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.inputs import inputs_of
from twin_tui.analytics.retention.inputs import RETENTION_INPUTS
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.data.source import Source

DAY = timedelta(days=1)


@pytest.fixture(params=["7d", "2026-11-10..2026-11-16", "30d"])
def answer(read_world_url: str, request: pytest.FixtureRequest) -> Iterator[Retention]:
    with AnalyticsService(read_world_url, clock=lambda: NOW) as service:
        yield service.retention(Filters(Period.parse(request.param, NOW.date())))


def figures_of(answer: Retention) -> dict[str, Figure]:
    return {figure.key: figure for figure in (*answer.figures, *answer.returned, *answer.states)}


def day_of(moment: object) -> date:
    """The day of a time; SQLite gives it as text."""
    return datetime.fromisoformat(str(moment)).date()


def rows(source: Source, figure: Figure) -> list[tuple[object, ...]]:
    sql = inputs_of(figure, NOW)
    assert not any(name in sql for name in (":start", ":end", ":now"))
    return [tuple(row) for row in source.run(sql)]


def test_every_figure_of_retention_has_its_sql(answer: Retention) -> None:
    assert set(figures_of(answer)) == set(RETENTION_INPUTS)


def test_the_sql_counts_who_was_active(read_world_url: str, answer: Retention) -> None:
    figures = figures_of(answer)
    with open_database(read_world_url) as source:
        for key in ("dau", "wau", "mau", "new_users", "lifecycle_never"):
            assert rows(source, figures[key]) == [(figures[key].value,)], key
        adoption = figures["adoption"]
        assert rows(source, adoption) == [(adoption.numerator, adoption.denominator)]
        days = {(who, day_of(moment)) for who, moment in rows(source, figures["dau_mau"])}
        people = {who for who, _ in days}
        assert figures["dau_mau"].value == pytest.approx(len(days) / 30 / len(people))


def test_the_sql_gives_who_came_back(read_world_url: str, answer: Retention) -> None:
    today = NOW.date()
    with open_database(read_world_url) as source:
        for figure in answer.returned:
            number = int(figure.key[1:])
            reached = [
                (who, day_of(first) + number * DAY, day_of(moment))
                for who, first, moment in rows(source, figure)
                if day_of(first) + number * DAY < today
            ]
            assert figure.denominator == len({who for who, *_ in reached})
            assert figure.numerator == len({who for who, wanted, day in reached if day == wanted})


def test_the_sql_gives_the_states(read_world_url: str, answer: Retention) -> None:
    start = answer.lifecycle.start
    before = start - (answer.lifecycle.end - start)
    with open_database(read_world_url) as source:
        found = {"new": 0, "returning": 0, "resurrected": 0, "dormant": 0}
        for _, _, last_before, in_window in rows(source, figures_of(answer)["lifecycle_new"]):
            if not in_window:
                found["dormant"] += 1
            elif last_before is None:
                found["new"] += 1
            else:
                found["returning" if day_of(last_before) >= before else "resurrected"] += 1
    assert found == {state: getattr(answer.lifecycle, state) for state in found}
