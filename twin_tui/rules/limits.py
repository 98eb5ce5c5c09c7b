"""Limits as people write them: ``< 10``, ``>= 25 %``, ``> 10 min``, and of changes ``< -20 %``."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from twin_tui.rules.errors import RulesError
from twin_tui.text.formatting import DAY, HOUR, MINUTE, value

_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "==": operator.eq,
    "!=": operator.ne,
}
_FORM = re.compile(r"(<=|>=|==|!=|<|>)\s*([+-]?[0-9][0-9,_]*(?:\.[0-9]+)?)\s*([a-z%]*)", re.IGNORECASE)
_SECONDS: Mapping[str, float] = {"s": 1, "min": MINUTE, "h": HOUR, "d": DAY}
_CLOSE = 1e-12
"""Relative difference below which two numbers count as equal: 10 % is written as 0.1."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One comparison that is broken when it holds."""

    comparison: str
    """<, <=, >, >=, == or !=."""
    number: float
    """In the figure's unit: a fraction for ratios and changes, seconds for times."""
    unit: str
    """Of the figure; ``change`` or ``points`` where its change is limited."""

    def holds(self, amount: float) -> bool:
        """Return whether ``amount`` is what the limit warns of."""
        is_same = abs(amount - self.number) <= _CLOSE * max(1.0, abs(self.number))
        if is_same:
            return "=" in self.comparison and self.comparison != "!="
        return _COMPARISONS[self.comparison](amount, self.number)

    def __str__(self) -> str:
        """Write it as it may be read again."""
        if self.unit in ("change", "points"):
            return f"{self.comparison} {self.number * 100:+g} {'pp' if self.unit == 'points' else '%'}"
        if self.unit == "ratio":
            return f"{self.comparison} {self.number * 100:g} %"
        if self.unit == "seconds":
            return f"{self.comparison} {value(self.number, 'seconds')}"
        return f"{self.comparison} {value(self.number, self.unit)}"


def limit(text: object, unit: str) -> Limit:
    """Return the limit written as ``text`` for a figure of ``unit``; raises `RulesError`.

    >>> limit("< 10 %", "ratio").number, limit("> 10 min", "seconds").number
    (0.1, 600.0)
    >>> limit(">= 1,000", "users").number
    1000.0
    """
    found = _FORM.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        raise RulesError(
            f"{text!r} is no limit: write one of < <= > >= == != and a number, like {_like(unit)}"
        )
    comparison, digits, suffix = found[1], found[2], found[3].lower()
    number = float(digits.replace(",", "").replace("_", ""))
    if unit == "seconds" and suffix in _SECONDS:
        return Limit(comparison, number * _SECONDS[suffix], unit)
    wanted = {"ratio": "%", "change": "%", "points": "pp"}.get(unit, "")
    if suffix == wanted and unit != "seconds":
        return Limit(comparison, number / 100 if wanted else number, unit)
    raise RulesError(f"{text!r} lacks its unit or has another: write it like {_like(unit)}")


def _like(unit: str) -> str:
    return {
        "ratio": "'> 25 %'",
        "change": "'< -20 %'",
        "points": "'> +5 pp'",
        "seconds": "'> 10 min' (s, min, h or d)",
    }.get(unit, "'< 10'")
