"""What a rule says of a reading."""

from typing import Any

import pytest

from twin_tui.rules.limits import limit
from twin_tui.rules.readings import BY_KEY, Reading
from twin_tui.rules.rule import Rule, State, gravest, judge

USERS = BY_KEY["active_users"]


def rule(**more: Any) -> Rule:
    limits = {"alert": (limit("< 5", "users"),), "warn": (limit("< 10", "users"), limit("> 100", "users"))}
    return Rule("Users", USERS, **{**limits, **more})


@pytest.mark.parametrize(
    ("value", "state"), [(4, "alert"), (5, "warn"), (9, "warn"), (10, "ok"), (100, "ok"), (101, "warn")]
)
def test_an_alert_is_looked_for_first_and_any_limit_counts(value: int, state: State):
    assert judge(rule(), Reading(USERS, value)).state == state


def test_a_change_is_judged_beside_the_value():
    falling = rule(change_alert=(limit("< -50 %", "change"),))
    verdict = judge(falling, Reading(USERS, 20, 50, -0.6))
    assert (verdict.state, str(verdict.broken)) == ("alert", "< -50 %")
    assert judge(falling, Reading(USERS, 20, 30, -1 / 3)).state == "ok"


def test_without_a_period_before_a_change_is_no_data_unless_the_value_is_worse():
    falling = rule(change_warn=(limit("< -50 %", "change"),))
    assert judge(falling, Reading(USERS, 20)).state == "no_data"
    assert judge(falling, Reading(USERS, 3)).state == "alert"


@pytest.mark.parametrize("state", ["ok", "warn", "no_data", "alert"])
def test_an_unknown_value_is_what_the_rule_says_it_is(state: State):
    assert judge(rule(no_data=state), Reading(USERS, None)).state == state


def test_too_few_things_are_not_judged():
    verdict = judge(rule(min_n=5), Reading(USERS, 1, n=4))
    assert (verdict.state, verdict.is_few) == ("ok", True)
    assert judge(rule(min_n=5), Reading(USERS, 1, n=5)).state == "alert"


def test_an_alert_is_graver_than_no_data_and_that_graver_than_a_warning():
    of = {value: judge(rule(), Reading(USERS, value)).state for value in (4, 7, 20, None)}
    assert gravest([of[20], of[7], of[None], of[4]]) == "alert"
    assert gravest([of[20], of[7], of[None]]) == "no_data"
    assert gravest([of[20], of[7]]) == "warn"
    assert gravest([of[20]]) == "ok"
    assert gravest([]) == "ok"
