"""Days as people type them: a date in one of the usual forms, a weekday, or so many days back."""

import re
from datetime import date, timedelta

FORMS = "2026-11-03, 3 nov, 3.11., tue, yesterday, -7d"
"""Examples of what is understood."""
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_BACK = re.compile(r"-\s?(\d{1,5})\s?([dwmy]?)[a-z]*( ago)?|(\d{1,5})\s?([dwmy])[a-z]* ago")
_DAYS_IN = {"": 1, "d": 1, "w": 7}
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s*(?:of )?([a-z]{3,9})\.?,?\s*(\d{4})?")
_NAMED_FIRST = re.compile(r"([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s*(\d{4})?")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?\s?(\d{4})?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{4})(\d{2})(\d{2})")


def read_day(text: str, today: date, newest: date | None = None) -> date | None:
    """Return the day meant by ``text``, ``None`` where that is nobody's way to write one.

    A weekday, and a date without its year, is the last such day up to ``newest`` (else up to ``today``;
    "last monday" is never today); so many days, weeks, months or years back count from ``today``. Slashed
    dates without the year first are not read: half of the world means another day by them.

    >>> monday = date(2026, 11, 23)
    >>> [str(read_day(typed, monday)) for typed in ("2026-11-03", "3 nov", "Nov 3rd", "3.11.", "tue", "-7d")]
    ['2026-11-03', '2026-11-03', '2026-11-03', '2026-11-03', '2026-11-17', '2026-11-16']
    >>> str(read_day("monday", monday)), str(read_day("last monday", monday))
    ('2026-11-23', '2026-11-16')
    """
    typed = " ".join(text.casefold().split())
    until = today if newest is None else min(today, newest)
    try:
        return _relative(typed, today) or _weekday(typed, until, today) or _dated(typed, until)
    except (ValueError, OverflowError):
        return None


def _relative(typed: str, today: date) -> date | None:
    if typed in ("today", "now"):
        return today
    if typed == "yesterday":
        return today - timedelta(days=1)
    found = _BACK.fullmatch(typed)
    if found is None:
        return None
    count, unit = int(found[1] or found[4]), found[2] if found[1] else found[5]
    if unit in _DAYS_IN:
        return today - timedelta(days=count * _DAYS_IN[unit])
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
    return _in_month(months // 12, months % 12 + 1, today.day)


def _in_month(year: int, month: int, day: int) -> date:
    """Return a day of a month, its last where it has fewer."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), after - timedelta(days=1))


def _weekday(typed: str, until: date, today: date) -> date | None:
    word = typed.removeprefix("last ").removeprefix("on ")
    at = _named(word, _WEEKDAYS, shortest=2)
    if at is None:
        return None
    found = until - timedelta(days=(until.weekday() - at) % 7)
    return found - timedelta(days=7) if found == today and typed.startswith("last ") else found


def _dated(typed: str, until: date) -> date | None:
    if found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups() if part)
        return date(year, month, day)
    if found := _DOTTED.fullmatch(typed):
        return _lately(int(found[2]), int(found[1]), found[3], until)
    for pattern, day_at, month_at in ((_NAMED, 1, 2), (_NAMED_FIRST, 2, 1)):
        if found := pattern.fullmatch(typed):
            at = _named(found[month_at], _MONTHS, shortest=3)
            return None if at is None else _lately(at + 1, int(found[day_at]), found[3], until)
    return None


def _lately(month: int, day: int, year: str | None, until: date) -> date:
    """Return that day of that year, else the last one of that month and day; raises `ValueError`."""
    if year is not None:
        return date(int(year), month, day)
    for back in range(9):
        try:
            found = date(until.year - back, month, day)
        except ValueError:
            if (month, day) != (2, 29):
                raise
            continue
        if found <= until:
            return found
    raise ValueError(f"{day}.{month}.")


def _named(word: str, names: tuple[str, ...], shortest: int) -> int | None:
    """Return which name begins with ``word``; "sept" is one of September's."""
    if len(word) < shortest:
        return None
    return next((at for at, name in enumerate(names) if name.startswith(word)), None)
