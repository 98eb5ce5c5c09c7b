"""Every figure of the hand-countable world, with its sum; the week is 17–23 November, today cut at noon."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from tests.world import NOW
from twin_tui.analytics.answers import Figure, Overview
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.kpis import KPIS
from twin_tui.analytics.service import AnalyticsService

TODAY = date(2026, 11, 23)
WEEK = Period.of_preset("7d", TODAY)


@pytest.fixture
def service(read_world_url: str) -> Iterator[AnalyticsService]:
    with AnalyticsService(read_world_url, clock=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def week(service: AnalyticsService) -> Overview:
    return service.overview(Filters(WEEK))


def compared(figure: Figure) -> tuple:
    return figure.value, figure.previous, figure.change


def beside(figure: Figure) -> list:
    return [value for _, value, _ in figure.parts]


EXPECTED = {
    # key: value, previous (10 November to noon of the 16th: s7 alone), change
    "active_users": (3, 1, 2.0),  # ann, ben, cho; ann: (3 - 1) / 1
    "conversations": (6, 1, 5.0),  # s1–s6; s7, for s8 began after noon
    "messages": (17, 2, 7.5),  # m01–m17; m18 m19
    "documents": (3, 1, 2.0),  # d1–d3; d5
    "document_words": (426, 4, 105.5),  # 420 + 6 + unknown; 4
    "queries": (4, 1, 3.0),  # q1 q2 q3 q5; q4
    "results_returned": (5, 5, 0.0),  # 3 + unknown + 0 + 2; 5
    "zero_result_rate": (pytest.approx(1 / 3), 0.0, None),  # q3 of q1 q3 q5; none of q4: no change from 0
    "shared_conversations": (2, 0, None),  # s2 s3; none
    "shared_share": (pytest.approx(2 / 6), 0.0, None),
    "twin_installations": (2, 1, 1.0),  # t-ann t-ben; t-ben came on the 17th
    "new_twins": (1, 0, None),
    "new_users": (1, 0, None),  # cho
    "adoption": (1.0, 0.5, 0.5),  # 3 of 3; ann of ann and ben: 50 points more
    "session_length_median": (100.0, 60.0, pytest.approx(40 / 60)),  # 20, 45.5, 100, 660, 1215; 60
    "reply_time_median": (30.0, 60.0, -0.5),  # 5, 10, 20, 30, 30, 40, 45.5, 60; 60
    "messages_per_conversation": (pytest.approx(17 / 6), 2.0, pytest.approx(5 / 12)),
    "dau": (1, 0, None),  # ben on the 22nd; nobody on the 15th
    "wau": (3, 1, 2.0),  # 16th–22nd: all three; 9th–15th: ann
    "mau": (3, 1, 2.0),
    # 11th ann, 16th ben, 17th ann, 18th ben, 19th cho, 20th ann cho, 22nd ben: 8 / 30 / 3; 1 / 30 / 1
    "dau_mau": (pytest.approx(8 / 90), pytest.approx(1 / 30), pytest.approx(8 / 90 - 3 / 90)),
    "power_users": (0.0, 0.0, None),
    "sessions_per_user": (2.0, 1.0, 1.0),  # 6 / 3; 1 / 1
}


def test_every_figure_of_the_week(week: Overview) -> None:
    assert {figure.key: compared(figure) for figure in week.figures} == EXPECTED


def test_figures_carry_what_stands_beside_them(week: Overview) -> None:
    assert beside(week.figure("active_users")) == [3]  # each of them also started a session
    assert beside(week.figure("messages")) == [9, 8]
    assert beside(week.figure("session_length_median")) == [
        1215.0,
        pytest.approx(2040.5 / 5),
        pytest.approx(5 / 6),
    ]
    assert beside(week.figure("reply_time_median")) == [60.0]
    assert beside(week.figure("messages_per_conversation")) == [3.0]  # 1, 2, 2, 4, 4, 4
    assert beside(week.figure("twin_installations")) == [1]


def test_ratios_carry_what_they_are_made_of(week: Overview) -> None:
    rate, share = week.figure("zero_result_rate"), week.figure("shared_share")
    assert (rate.numerator, rate.denominator, rate.n) == (1, 3, 3)
    assert (share.numerator, share.denominator, share.n) == (2, 6, 6)


def test_figures_know_their_exact_windows(week: Overview) -> None:
    figure = week.figure("conversations")
    assert (figure.window.start, figure.window.end) == (datetime(2026, 11, 17, tzinfo=UTC), NOW)
    assert figure.previous_window is not None
    assert figure.previous_window.end == datetime(2026, 11, 16, 12, tzinfo=UTC)
    weekly = week.figure("wau")
    assert (weekly.window.start, weekly.window.end) == (
        datetime(2026, 11, 16, tzinfo=UTC),
        datetime(2026, 11, 23, tzinfo=UTC),
    )


def test_series_hold_one_value_per_day(week: Overview) -> None:
    assert week.figure("active_users").series == (1, 1, 1, 2, 0, 1, 1)  # on the 20th ann and cho
    assert week.figure("messages").series == (4, 2, 2, 3, 0, 4, 2)
    assert week.figure("twin_installations").series == (2,) * 7
    assert week.figure("session_length_median").series == (660.0, 20.0, 100.0, None, None, 1215.0, 45.5)
    assert week.figure("dau").series == (1, 1, 1, 2, 0, 1, None)  # today is not over


NARROWED = (
    # filters, conversations, active users, adoption
    (Filters(WEEK, company="NORTH"), 5, 2, 1.0),  # all but s3; ann and ben of ann and ben
    (Filters(WEEK, department=""), 2, 1, 1.0),  # ben: s2 s5
    (Filters(WEEK, user="u-ann"), 3, 1, 1.0),  # s1 s4 s6; adoption looks at everyone
    (Filters(WEEK, twin="t-ben"), 1, 1, 1.0),  # s5
    (Filters(WEEK, platform="Slack"), 4, 3, 1.0),  # s1 s2 s3 s6
    (Filters(WEEK, platform=""), 1, 1, 1.0),  # s4
    (Filters(WEEK, shared=True), 2, 2, 1.0),  # s2 s3
    (Filters(WEEK, shared=False), 4, 2, 1.0),  # s1 s5 s6, and s4, whose flag is unknown
    (Filters(WEEK, company="Nowhere"), 0, 0, None),
)


def test_filters_narrow_the_figures(service: AnalyticsService) -> None:
    for filters, *wanted in NARROWED:
        overview = service.overview(filters)
        figures = [overview.figure(key).value for key in ("conversations", "active_users", "adoption")]
        assert figures == wanted, filters


def test_a_filter_that_does_not_apply_is_told(service: AnalyticsService) -> None:
    overview = service.overview(Filters(WEEK, platform="teams"))
    assert {figure.key for figure in overview.figures if figure.unfiltered} == {
        *("adoption", "new_users", "new_twins", "twin_installations")
    }
    assert overview.figure("twin_installations").value == 2


def test_twins_are_filtered_by_their_owner(service: AnalyticsService) -> None:
    installations = service.overview(Filters(WEEK, user="u-ben")).figure("twin_installations")
    assert (installations.value, installations.previous, installations.unfiltered) == (1, 0, False)


def test_days_are_those_of_the_report_timezone(read_world_url: str) -> None:
    with AnalyticsService(read_world_url, timezone="Asia/Tokyo", clock=lambda: NOW) as service:
        overview = service.overview(Filters(Period.of_preset("7d", service.today())))
    # the week begins at 15:00 UTC of the 16th, when s8 begins; s3 moves from the 19th to the 20th
    assert overview.figure("conversations").value == 7
    assert overview.figure("conversations").series == (2, 1, 0, 2, 0, 1, 1)


def test_all_days_have_no_comparison(service: AnalyticsService) -> None:
    overview = service.overview(Filters())
    figure = overview.figure("conversations")
    assert (figure.value, figure.previous, figure.change, figure.previous_window) == (8, None, None, None)
    assert (overview.start, overview.end) == (date(2026, 10, 1), date(2026, 11, 24))  # ann's account, s6


def test_no_comparison_before_the_first_data(service: AnalyticsService) -> None:
    # the first row is of 1 October; the 30 days before 25 October begin on 25 September
    assert service.overview(Filters(Period.of_preset("30d", TODAY))).previous_window is None
    assert service.overview(Filters(Period.between(date(2026, 10, 28), TODAY))).previous_window is not None


def test_what_lies_at_or_after_now_is_invisible(read_world_url: str) -> None:
    with AnalyticsService(read_world_url, clock=lambda: datetime(2026, 11, 20, 8, tzinfo=UTC)) as service:
        overview = service.overview(Filters(Period.of_preset("7d", service.today())))
    # s3 goes on at exactly 8:00: m09 is not seen yet, and s3 is 60 seconds long
    assert overview.figure("messages").value == 10  # m01–m08, and m20 m21 of the 16th
    assert overview.figure("session_length_median").value == 40.0  # s8 10, s2 20, s3 60, s1 660
    assert overview.status.as_of == datetime(2026, 11, 19, 23, 31, tzinfo=UTC)


def test_a_period_to_come_is_empty_and_compares_with_nothing(service: AnalyticsService) -> None:
    overview = service.overview(Filters(Period.between(date(2026, 12, 1), date(2026, 12, 7))))
    assert overview.figure("conversations").value == 0
    assert overview.figure("dau").value is None
    assert (overview.days, overview.previous_window) == ((), None)


def test_an_empty_database_has_no_ratios(database_url: str) -> None:
    with AnalyticsService(database_url, clock=lambda: NOW) as service:
        for period in (WEEK, Period()):
            overview = service.overview(Filters(period))
            assert overview.figure("conversations").value == 0
            assert overview.figure("adoption").value is None
            assert overview.figure("session_length_median").value is None
            assert overview.status.is_empty


@pytest.mark.parametrize(
    "period",
    [
        Period.between(date(1, 1, 3), date(9999, 12, 29)),
        Period.between(date(1, 1, 3), date(1, 1, 3)),
        Period.between(date(9999, 12, 29), date(9999, 12, 29)),
        Period(date.min, date.max),
    ],
)
@pytest.mark.parametrize("timezone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_calendars_ends_do_not_fail(world_sqlite: str, period: Period, timezone: str) -> None:
    with AnalyticsService(world_sqlite, timezone=timezone, clock=lambda: NOW) as service:
        overview = service.overview(Filters(period))
    days = period.days or 0
    assert overview.figure("conversations").value == (8 if days > 1 else 0)


def test_every_figure_explains_itself() -> None:
    for kpi in KPIS:
        assert kpi.definition.endswith(".")
        assert kpi.label
