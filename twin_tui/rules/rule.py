"""One rule, and what it says of a reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from twin_tui.analytics.asked import NOTHING_ASKED, Asked
from twin_tui.rules.limits import Limit
from twin_tui.rules.readings import Known, Reading

State = Literal["ok", "warn", "no_data", "alert"]
STATES: tuple[State, ...] = ("ok", "warn", "no_data", "alert")
"""The gravest last."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Limits on one figure."""

    name: str
    """As it is told; the figure's label where none was given."""
    figure: Known
    asked: Asked = NOTHING_ASKED
    alert: tuple[Limit, ...] = ()
    warn: tuple[Limit, ...] = ()
    change_alert: tuple[Limit, ...] = ()
    change_warn: tuple[Limit, ...] = ()
    no_data: State = "no_data"
    """What an unknown value, or a change without anything to compare with, comes to."""
    min_n: int = 0
    """With fewer things behind the value nothing is judged."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule comes to."""

    rule: Rule
    state: State
    reading: Reading
    broken: Limit | None = None
    """The limit that was broken."""
    is_few: bool = False
    """Whether too few things are behind the value to judge it."""


def judge(rule: Rule, reading: Reading) -> Verdict:
    """Return what the rule comes to: the first broken limit, alerts first."""
    if reading.value is None:
        return Verdict(rule, rule.no_data, reading)
    if reading.n is not None and reading.n < rule.min_n:
        return Verdict(rule, "ok", reading, is_few=True)
    graver: tuple[tuple[State, tuple[Limit, ...], float | None], ...] = (
        ("alert", rule.alert, reading.value),
        ("alert", rule.change_alert, reading.change),
        ("warn", rule.warn, reading.value),
        ("warn", rule.change_warn, reading.change),
    )
    for state, limits, amount in graver:
        for limit in limits:
            if amount is not None and limit.holds(amount):
                return Verdict(rule, state, reading, limit)
    if reading.change is None and (rule.change_alert or rule.change_warn):
        return Verdict(rule, rule.no_data, reading)
    return Verdict(rule, "ok", reading)


def gravest(states: Iterable[State]) -> State:
    """Return the state of all together."""
    return max(states, key=STATES.index, default="ok")
