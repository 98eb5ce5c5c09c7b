"""Days as people type them."""

from datetime import date

import pytest

from twin_tui.text.typed_days import read_day

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-03", date(2026, 11, 3)),
        ("2026/11/3", date(2026, 11, 3)),
        ("20261103", date(2026, 11, 3)),
        ("3 nov", date(2026, 11, 3)),
        ("3nov", date(2026, 11, 3)),
        ("3. November", date(2026, 11, 3)),
        ("3rd of Nov 2024", date(2024, 11, 3)),
        ("Nov 3, 2024", date(2024, 11, 3)),
        ("november 3", date(2026, 11, 3)),
        ("3.11.", date(2026, 11, 3)),
        ("3.11.2025", date(2025, 11, 3)),
        (" 24  dec ", date(2025, 12, 24)),
        ("29 feb", date(2024, 2, 29)),
        ("sept 1", date(2026, 9, 1)),
        ("mon", MONDAY),
        ("tue", date(2026, 11, 17)),
        ("Last Tuesday", date(2026, 11, 17)),
        ("su", date(2026, 11, 22)),
        ("today", MONDAY),
        ("yesterday", date(2026, 11, 22)),
        ("-7d", date(2026, 11, 16)),
        ("-7", date(2026, 11, 16)),
        ("7 days ago", date(2026, 11, 16)),
        ("-2w", date(2026, 11, 9)),
        ("-1m", date(2026, 10, 23)),
        ("1 year ago", date(2025, 11, 23)),
    ],
)
def test_the_usual_ways_to_write_a_day_are_read(typed: str, meant: date) -> None:
    assert read_day(typed, MONDAY) == meant


NOT_A_DAY = (
    *("", "x", "3", "t", "31 nov", "30 feb", "2026-13-01", "3/11", "11/3/2026", "3 novembre 2026"),
    *("-99999y", "\x1b[2J", "\u202e3 nov", "99999999", "-99999d 3", "３"),
)


@pytest.mark.parametrize("typed", NOT_A_DAY)
def test_nothing_else_is_guessed(typed: str) -> None:
    assert read_day(typed, MONDAY) is None


def test_a_day_without_its_year_is_the_last_one_up_to_the_newest() -> None:
    newest = date(2025, 6, 1)
    assert read_day("3 nov", MONDAY, newest) == date(2024, 11, 3)
    assert read_day("tue", MONDAY, newest) == date(2025, 5, 27)
    assert read_day("-7d", MONDAY, newest) == date(2026, 11, 16)


def test_a_month_that_is_too_short_ends_the_counting_back() -> None:
    assert read_day("-1m", date(2026, 3, 31)) == date(2026, 2, 28)
