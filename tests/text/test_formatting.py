"""Numbers, durations and ages read the same everywhere."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from twin_tui.text import formatting


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(59.4, "59 s"), (59.6, "1 min"), (3599.7, "1 h"), (86_399, "23 h 59 min"), (90_000, "1 d 1 h")],
)
def test_duration_rounds_before_it_splits(seconds: float, text: str) -> None:
    assert formatting.duration(seconds) == text


@pytest.mark.parametrize(
    "amount", [0, 7, 999, 9_999, 10_000, 99_949, 99_950, 999_499, 999_500, 12_345_678, 10**10]
)
def test_compact_takes_at_most_six_cells(amount: int) -> None:
    assert len(formatting.compact(amount)) <= 6


def test_a_change_too_small_to_show_has_no_arrow() -> None:
    assert formatting.change(0.0004) == "= 0.0 %"
    assert formatting.change(-0.0004, is_points=True) == "= 0.0 pp"


def test_a_huge_change_stays_short() -> None:
    assert formatting.change(123.4) == "▲ +12,340 %"


def test_moment_is_local() -> None:
    instant = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert formatting.moment(instant, ZoneInfo("Europe/Berlin")) == "2026-07-02 00:30"
    assert formatting.moment(None, UTC) == formatting.DASH


def test_an_age_in_the_future_is_now() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert formatting.age(now + timedelta(hours=2), now) == "just now"


def test_span_names_what_differs() -> None:
    assert formatting.span(date(2026, 10, 25), date(2026, 11, 23)) == "25 Oct – 23 Nov 2026"
    assert formatting.span(date(2026, 11, 3), date(2026, 11, 3)) == "3 Nov 2026"
    assert formatting.span(None, None) == "all time"
