"""Limits as people write them."""

import pytest

from twin_tui.rules.errors import RulesError
from twin_tui.rules.limits import limit


@pytest.mark.parametrize(
    ("written", "unit", "broken_by", "kept_by"),
    [
        ("< 10", "users", 9, 10),
        ("<=10", "users", 10, 11),
        ("> 1,000", "messages", 1001, 1000),
        (">= 1_000", "messages", 1000, 999),
        ("== 0", "queries", 0, 1),
        ("!= 3", "twins", 4, 3),
        ("> 25 %", "ratio", 0.2501, 0.25),
        ("< 12.5%", "ratio", 0.1249, 0.125),
        ("> 90 s", "seconds", 91, 90),
        ("> 10 min", "seconds", 601, 600),
        (">= 2 h", "seconds", 7200, 7199),
        ("> 1 d", "seconds", 86_401, 86_400),
        ("< -20 %", "change", -0.21, -0.2),
        ("> +5 pp", "points", 0.051, 0.05),
    ],
)
def test_a_limit_is_broken_by_what_it_compares_to_and_kept_by_the_rest(
    written: str, unit: str, broken_by: float, kept_by: float
):
    found = limit(written, unit)
    assert found.holds(broken_by)
    assert not found.holds(kept_by)


def test_ten_percent_is_reached_by_what_is_computed_as_ten_percent():
    assert limit(">= 30 %", "ratio").holds(0.1 + 0.2)
    assert not limit("> 30 %", "ratio").holds(0.1 + 0.2)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("< 10", "users"),
        ("> 25 %", "ratio"),
        ("> 10 min", "seconds"),
        ("< -20 %", "change"),
        ("> +5 pp", "points"),
    ],
)
def test_a_limit_is_told_as_it_is_written(written: str, unit: str):
    assert str(limit(written, unit)) == written


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("10", "users"),
        ("< ten", "users"),
        ("< 10 %", "users"),
        ("> 0.1", "ratio"),
        ("> 10", "seconds"),
        ("> 10 %", "seconds"),
        ("< -20", "change"),
        ("< -20 %", "points"),
        ("< 1e9", "users"),
        ("< nan", "users"),
        ("=> 1", "users"),
        ("", "users"),
        (10, "users"),
        (None, "users"),
    ],
)
def test_what_is_no_limit_of_the_unit_is_told_with_an_example(written: object, unit: str):
    with pytest.raises(RulesError, match="like '"):
        limit(written, unit)
