"""Whole numbers as people write large ones."""

import re
from decimal import Decimal

import click

_AMOUNT = re.compile(r"(\d[\d_,]*(?:\.\d+)?)(?:e(\d{1,2}))?([kM]?)", re.IGNORECASE)
_UNITS = {"": 0, "k": 3, "m": 6}


def parse_amount(text: str) -> int | None:
    """Return the whole number that ``text`` writes, ``None`` where it writes none.

    >>> [parse_amount(text) for text in ("1e6", "10M", "1_000_000", "250k", "1.5e3", "1,200")]
    [1000000, 10000000, 1000000, 250000, 1500, 1200]
    >>> [parse_amount(text) for text in ("", "many", "-3", "1.5", "1e-3", "5G")]
    [None, None, None, None, None, None]
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    digits = re.sub("[_,]", "", found[1])
    value = Decimal(digits).scaleb(int(found[2] or 0) + _UNITS[found[3].lower()])
    return int(value) if value == value.to_integral_value() else None


class _Amount(click.ParamType[int]):
    """A whole number, also as 1e6, 10M or 1_000_000."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        amount = parse_amount(str(value))
        if amount is None:
            self.fail(f"{value!r} is not a whole number, such as 250000, 1e6 or 10M.", param, ctx)
        return amount


AMOUNT = _Amount()
