"""Local days, windows and buckets where clocks and calendars are odd."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twin_tui.analytics.filters import Period
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.windows import ONE_DAY, day_start, local_day, previous_window, same_clock_time, window

ZONES = (
    *("UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca"),
    *("Australia/Lord_Howe", "America/St_Johns", "America/Toronto", "Asia/Gaza", "Africa/Monrovia"),
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def instants(first_year: int, last_year: int) -> st.SearchStrategy[datetime]:
    start = utc(first_year, 1, 1)
    seconds = int((utc(last_year, 1, 1) - start).total_seconds())
    return st.integers(0, seconds).map(lambda passed: start + timedelta(seconds=passed))


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/Sao_Paulo", date(2018, 11, 4), 23),  # begins at 1 o'clock
        ("America/Sao_Paulo", date(2018, 2, 17), 25),  # its last hour comes twice
        ("Pacific/Apia", date(2011, 12, 30), 0),  # skipped
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("America/St_Johns", date(2010, 11, 7), 25),  # one minute after midnight back to the day before
        ("America/Toronto", date(1919, 3, 31), 23.5),  # half past eleven forward to half past midnight
    ],
)
def test_days_are_as_long_as_the_clock_makes_them(zone: str, day: date, hours: float) -> None:
    place = ZoneInfo(zone)
    assert day_start(day + ONE_DAY, place) - day_start(day, place) == timedelta(hours=hours)


@given(
    st.sampled_from(ZONES),
    instants(1850, 2100),
)
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_every_instant_is_within_its_local_day(zone: str, moment: datetime) -> None:
    place = ZoneInfo(zone)
    day = local_day(moment, place)
    assert day_start(day, place) <= moment < day_start(day + ONE_DAY, place)


def test_an_unfinished_period_is_compared_up_to_the_same_clock_time() -> None:
    berlin, now = ZoneInfo("Europe/Berlin"), utc(2026, 3, 31, 8)  # 10 o'clock in summer time
    before = previous_window(Period.of_preset("7d", date(2026, 3, 31)), now, berlin)
    assert before is not None
    assert (before.start, before.end) == (
        utc(2026, 3, 17, 23),
        utc(2026, 3, 24, 9),
    )  # 10 o'clock in winter time


def test_a_period_that_goes_on_after_today_is_compared_up_to_the_same_day() -> None:
    period = Period.between(date(2026, 11, 20), date(2026, 11, 29))
    before = previous_window(period, utc(2026, 11, 23, 12), ZoneInfo("UTC"))
    assert before is not None
    assert (before.start, before.end) == (utc(2026, 11, 10), utc(2026, 11, 13, 12))


def test_a_finished_period_is_compared_with_whole_days() -> None:
    period = Period.between(date(2026, 11, 1), date(2026, 11, 10))
    before = previous_window(period, utc(2026, 11, 23, 12), ZoneInfo("UTC"))
    assert before is not None
    assert (before.start, before.end) == (utc(2026, 10, 22), utc(2026, 11, 1))


def test_a_clock_time_the_day_does_not_have_stays_within_the_day() -> None:
    apia = ZoneInfo("Pacific/Apia")
    skipped = day_start(date(2011, 12, 30), apia)
    now = datetime(2012, 1, 6, 12, tzinfo=apia).astimezone(UTC)
    assert same_clock_time(now, timedelta(days=7), apia) == skipped


def test_all_days_end_now_and_begin_nowhere() -> None:
    now = utc(2026, 11, 23, 12)
    everything = window(Period(), now, ZoneInfo("UTC"))
    assert (everything.start, everything.end) == (None, now)


@pytest.mark.parametrize("day", [date.min, date.min + ONE_DAY, date.max])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_calendars_ends_have_a_start(day: date, zone: str) -> None:
    assert day_start(day, ZoneInfo(zone)).tzinfo is UTC


def test_buckets_are_cut_where_a_window_ends() -> None:
    now, first = utc(2026, 11, 23, 12), utc(2026, 11, 1)
    frame = Frame(Period.of_preset("today", date(2026, 11, 23)), now, ZoneInfo("UTC"), first, now)
    assert [(bucket.start.hour, bucket.end.hour) for bucket in frame.buckets[-3:]] == [
        (0, 12),
        (12, 0),
        (0, 12),
    ]
    previous = frame.previous
    assert previous is not None
    (cut,) = (frame.buckets[key] for key in previous.buckets)
    assert (cut.start, cut.end) == (utc(2026, 11, 22), utc(2026, 11, 22, 12))
    assert frame.range_of(date(2026, 11, 22)) == (len(frame.buckets) - 3, len(frame.buckets) - 1)


@given(
    zone=st.sampled_from(ZONES),
    now=instants(2009, 2027),
    first=st.integers(-400, 3),
    length=st.integers(1, 400),
    age=st.integers(0, 900),
)
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_windows_are_runs_of_touching_buckets(
    zone: str, now: datetime, first: int, length: int, age: int
) -> None:
    place = ZoneInfo(zone)
    start = local_day(now, place) + timedelta(days=first)
    period = Period(start, start + timedelta(days=length))
    frame = Frame(period, now, place, now - timedelta(days=age), now)
    ends = [bucket.end for bucket in frame.buckets]
    assert [bucket.start for bucket in frame.buckets[1:]] == ends[:-1]
    for part, run in ((frame.window, frame.current), (frame.previous_window, frame.previous)):
        if part is None or run is None:
            continue
        inside = [
            key
            for key, bucket in enumerate(frame.buckets)
            if bucket.start < bucket.end and part.start <= bucket.start and bucket.end <= part.end
        ]
        assert [key for key in run.buckets if frame.buckets[key].start < frame.buckets[key].end] == inside
        held = sum((frame.buckets[key].end - frame.buckets[key].start for key in inside), timedelta())
        data = max(part.start, day_start(frame.first_day, place))
        assert held == max(timedelta(), min(part.end, now) - data)
