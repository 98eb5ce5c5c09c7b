"""Where things of a kind are in a conversation, from its index alone."""

from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from twin_tui.analytics.answers import EntryIndex, EntryRef
from twin_tui.tui.widgets.transcript.layout import Plan
from twin_tui.tui.widgets.transcript.places import Days, Goal, places, step

BEGIN = datetime(2026, 11, 20, 9, tzinfo=UTC)


def said(key: str, sender: Literal["user", "twin"], minute: float | None) -> EntryRef:
    time = None if minute is None else BEGIN + timedelta(minutes=minute)
    return EntryRef("message", key, time, sender, 5, None)


def searched(key: str, results: int | None, of: str | None, minute: float = 0) -> EntryRef:
    return EntryRef("query", key, BEGIN + timedelta(minutes=minute), None, 5, of, results)


def drafted(key: str, of: str | None, minute: float = 0) -> EntryRef:
    return EntryRef("document", key, BEGIN + timedelta(minutes=minute), None, 5, of)


INDEX = EntryIndex(
    (
        said("m1", "user", 0),  # 0: no reply before m2
        said("m2", "user", 1),  # 1
        searched("q1", 0, "m2", 500),  # 2: stands with its message, whatever its time
        said("m3", "twin", 2),  # 3
        searched("q2", None, None, 3),  # 4: unknown is not zero
        said("m4", "user", 32 + 60),  # 5: after a gap of 89 minutes
        searched("q3", 4, "m4", 93),  # 6
        searched("q4", 0, "m4", 93),  # 7
        drafted("d1", "m4", 93),  # 8
        said("m5", "twin", 122),  # 9: exactly 30 minutes later, no gap
        said("m6", "user", 24 * 60),  # 10: a gap, the next day
        said("m7", "user", None),  # 11: without a time
    )
)


@pytest.mark.parametrize(
    ("goal", "found"),
    [
        ("document", [8]),
        ("query", [2, 4, 6, 7]),
        ("zero-result query", [2, 7]),
        ("gap", [5, 10]),
        ("unanswered message", [0, 10, 11]),
    ],
)
def test_everything_of_a_kind_is_found(goal: Goal, found: list[int]) -> None:
    assert places(INDEX, Plan.of(INDEX, UTC).parents, goal) == found


def test_steps_go_strictly_on_and_end() -> None:
    found = [2, 4, 7]
    assert [step(found, cursor, 1) for cursor in (0, 2, 3, 7)] == [0, 1, 1, None]
    assert [step(found, cursor, -1) for cursor in (0, 2, 3, 9)] == [None, None, 0, 2]
    assert step([], 0, 1) is None


def test_days_are_those_of_the_report_timezone() -> None:
    days = Days(INDEX, Plan.of(INDEX, UTC).separators, UTC)
    assert days.days == [date(2026, 11, 20), date(2026, 11, 21)]
    assert days.firsts == [0, 10]
    assert [days.entries(at) for at in range(2)] == [10, 1]
    zone = ZoneInfo("Pacific/Auckland")
    there = Days(INDEX, Plan.of(INDEX, zone).separators, zone)
    assert there.days == [date(2026, 11, 20), date(2026, 11, 21)]
    west = ZoneInfo("Pacific/Honolulu")
    assert Days(INDEX, Plan.of(INDEX, west).separators, west).days[0] == date(2026, 11, 19)


def test_the_nearest_day_is_it_or_the_next_or_the_last() -> None:
    days = Days(INDEX, Plan.of(INDEX, UTC).separators, UTC)
    asked = (date(2026, 1, 1), date(2026, 11, 20), date(2026, 11, 21), date(2027, 1, 1))
    assert [days.nearest(day) for day in asked] == [0, 0, 1, 1]
    assert Days((), {}, UTC).nearest(date(2026, 1, 1)) is None
