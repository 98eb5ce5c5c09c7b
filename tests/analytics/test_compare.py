"""What figures are compared with: the days before, last year, another company."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from twin_tui.analytics.against import Against
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.data.models import Message, Query, Session, Twin, User
from twin_tui.data.schema import upgrade
from twin_tui.rollups.rebuild import rebuild

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
WEEK = Period.between(date(2026, 11, 9), date(2026, 11, 15))
YEAR = Against("year")
"""Counted by hand: Acme starts 3 conversations in that week and 2 a year before, Globex 1 and 4."""


def fill(url: str) -> None:
    source = open_database(url, "create")
    upgrade(source)
    people = [("u-a", "a@example.com", "A", "Acme"), ("u-g", "g@example.com", "G", "Globex")]
    days = {
        "u-a": [
            "2026-11-09",
            "2026-11-10",
            "2026-11-15",
            "2025-11-09",
            "2025-11-15",
            "2026-11-03",
            "2026-11-20",
        ],
        "u-g": ["2026-11-12", "2025-11-12", "2025-11-12", "2025-11-13", "2025-11-14", "2025-11-20"],
    }
    made = "2024-01-01 00:00:00"
    with source.writing():
        source.insert_rows(
            User, ("id", "email", "full_name", "company", "created_at"), [(*p, made) for p in people]
        )
        source.insert_rows(
            Twin, ("id", "user_id", "name", "is_shared", "created_at"), [("t", "u-a", "T", True, made)]
        )
        number = 0
        for user, dates in days.items():
            for day in dates:
                number += 1
                hour = "13" if day.endswith("-20") else "09"
                at = f"{day} {hour}:00:00"
                source.insert_rows(
                    Session,
                    ("id", "user_id", "twin_id", "platform", "is_shared_twin", "started_at"),
                    [(f"s{number}", user, "t", "slack", False, at)],
                )
                source.insert_rows(
                    Message,
                    ("id", "session_id", "sender_type", "content", "created_at"),
                    [(f"m{number}", f"s{number}", "user", "hi", at)],
                )
        source.insert_rows(
            Query,
            ("id", "session_id", "query_text", "results_count", "created_at"),
            [("q1", "s1", "x", 0, "2026-11-09 09:00:00"), ("q2", "s4", "x", 3, "2025-11-09 09:00:00")],
        )
    source.close()


@pytest.fixture(scope="module")
def filled(module_database_url: str) -> str:
    fill(module_database_url)
    with open_database(module_database_url, "write") as source:
        rebuild(source, "UTC")
    return module_database_url


@pytest.fixture(scope="module", params=["plain", "derived"])
def asked(request: pytest.FixtureRequest, filled: str) -> Iterator[AnalyticsService]:
    with AnalyticsService(filled, clock=lambda: NOW, is_plain=request.param == "plain") as service:
        assert service.status().is_derived == (request.param == "derived")
        yield service


def figure(service: AnalyticsService, filters: Filters, key: str):
    return service.figures(filters).figure(key)


def test_last_year_is_the_same_days(asked: AnalyticsService) -> None:
    found = figure(asked, Filters(WEEK, against=YEAR), "conversations")
    assert (found.value, found.previous, found.change, found.compared_with) == (
        4,
        6,
        (4 - 6) / 6,
        "last year",
    )
    assert found.previous_window is not None
    assert found.previous_window.start == datetime(2025, 11, 9, tzinfo=UTC)
    assert found.previous_window.end == datetime(2025, 11, 16, tzinfo=UTC)
    assert found.series == (1, 1, 0, 1, 0, 0, 1)
    assert found.compared_series == (1, 0, 0, 2, 1, 1, 1)


def test_every_figure_of_last_year_is_what_its_days_are_asked_for(asked: AnalyticsService) -> None:
    compared = asked.figures(Filters(WEEK, against=YEAR)).figures
    then = asked.figures(Filters(Period.between(date(2025, 11, 9), date(2025, 11, 15)))).figures
    assert [figure.previous for figure in compared] == [figure.value for figure in then]
    assert [figure.compared_series for figure in compared] == [figure.series for figure in then]
    quality = asked.quality(Filters(WEEK, against=YEAR)).figures
    before = asked.quality(Filters(Period.between(date(2025, 11, 9), date(2025, 11, 15)))).figures
    assert [figure.previous for figure in quality] == [figure.value for figure in before]


def test_an_unfinished_day_is_compared_up_to_the_same_time(asked: AnalyticsService) -> None:
    today = Filters(Period.of_preset("today", NOW.date()), against=YEAR)
    found = figure(asked, today, "conversations")
    assert (found.value, found.previous) == (0, 0)
    assert found.previous_window is not None
    assert found.previous_window.end == datetime(2025, 11, 20, 12, tzinfo=UTC)


def test_another_company_is_asked_for_the_same_days(asked: AnalyticsService) -> None:
    mine = Filters(WEEK, company="Acme", user="u-a", against=Against("company", "globex"))
    theirs = Filters(WEEK, company="globex")
    for ask in (asked.figures, asked.engagement, asked.quality, asked.overview, asked.retention):
        compared, other, own = ask(mine), ask(theirs), ask(replace(mine, against=None))
        assert [each.value for each in compared.figures] == [each.value for each in own.figures]
        assert [each.previous for each in compared.figures] == [each.value for each in other.figures]
        assert [each.compared_series for each in compared.figures] == [each.series for each in other.figures]
        assert {each.compared_with for each in compared.figures} == {"globex"}


def test_another_company_is_asked_for_figures_and_not_for_lists(asked: AnalyticsService) -> None:
    mine = Filters(WEEK, against=Against("company", "globex"))

    def statements(filters: Filters) -> int:
        before = asked._source.statements
        asked.quality(filters)
        return asked._source.statements - before

    own = statements(replace(mine, against=None))
    assert 0 < statements(mine) - own <= own / 2  # nothing of texts, documents by type, twins


def test_the_days_before_are_drawn_only_where_chosen(asked: AnalyticsService) -> None:
    plain, drawn = (
        figure(asked, Filters(WEEK), "messages"),
        figure(asked, Filters(WEEK, against=Against("previous")), "messages"),
    )
    assert (plain.previous, plain.change) == (drawn.previous, drawn.change) == (1, 3.0)
    assert plain.compared_series == ()
    assert drawn.compared_series == (0, 1, 0, 0, 0, 0, 0)


def test_before_any_data_nothing_is_compared(asked: AnalyticsService) -> None:
    early = Period.between(date(2024, 6, 1), date(2024, 6, 7))
    found = figure(asked, Filters(early, against=YEAR), "conversations")
    assert (found.previous, found.change, found.compared_series) == (None, None, ())
    assert figure(asked, Filters(against=YEAR), "conversations").previous is None


def test_coming_back_and_the_states_follow_what_is_chosen(asked: AnalyticsService) -> None:
    # In 2025 A began on 9 Nov and was not back on the 10th, G began on the 12th and was back on the 13th.
    year = asked.retention(Filters(WEEK, against=YEAR))
    assert {figure.compared_with for figure in (*year.figures, *year.returned, *year.states)} == {"last year"}
    d1 = year.returned[0]
    assert (d1.value, d1.previous, d1.change) == (None, 0.5, None)
    assert d1.compared_series == (0.0, None, None, 1.0, None, None, None)
    assert [figure.previous for figure in year.states] == [2, 0, 0, 0, 0]
    assert [figure.value for figure in year.states] == [0, 1, 1, 0, 0]
    # Then as now: whole days, cohorts of the same days.
    before = asked.retention(Filters(WEEK))
    assert [figure.previous for figure in before.states] == [0, 0, 1, 1, 0]
    assert {figure.compared_series for figure in before.returned} == {()}


def test_another_company_is_asked_who_came_back_in_the_same_days(asked: AnalyticsService) -> None:
    then = Period.between(date(2025, 11, 9), date(2025, 11, 15))
    mine = Filters(then, company="Acme", user="u-a", against=Against("company", "globex"))
    compared, theirs = asked.retention(mine), asked.retention(Filters(then, company="globex"))
    assert [each.previous for each in compared.returned] == [each.value for each in theirs.returned]
    assert [each.compared_series for each in compared.returned] == [each.series for each in theirs.returned]
    assert [each.previous for each in compared.states] == [each.value for each in theirs.states]
    assert (compared.returned[0].value, compared.returned[0].previous) == (0.0, 1.0)
    assert compared.previous_window == compared.window
    assert compared.steps == asked.retention(Filters(then, company="Acme", user="u-a")).steps


def test_a_leap_day_is_compared_with_the_twenty_eighth() -> None:
    leap = Period.between(date(2028, 2, 29), date(2028, 2, 29))
    assert leap.a_year_before() == timedelta(days=366)
    assert Period.between(date(2027, 3, 1), date(2027, 3, 31)).a_year_before() == timedelta(days=365)
    assert Period().a_year_before() is None
    assert Period.between(date(1, 1, 3), date(1, 1, 4)).a_year_before() is None


@pytest.mark.parametrize("text", ["previous", "year", "company:Acme", "company:", "company:a:b"])
def test_what_is_compared_with_is_written_as_it_is_read(text: str) -> None:
    assert str(Against.parse(text)) == text


@pytest.mark.parametrize("text", ["", "last", "Acme", "year:2025", "user:x"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadFilterError, match="previous, year or company:NAME"):
        Against.parse(text)


def test_clearing_filters_keeps_what_is_compared_with() -> None:
    filters = Filters(WEEK, company="Acme", against=YEAR)
    assert filters.cleared == Filters(WEEK, against=YEAR)
    assert filters.is_narrowed
    assert not filters.cleared.is_narrowed
