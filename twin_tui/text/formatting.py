"""How numbers, shares, durations, times and ages are written, everywhere the same."""

from datetime import date, datetime, tzinfo

DASH = "–"
"""What stands for unknown; never 0."""
NONE_LABEL = "(none)"
"""Name of a NULL or empty group."""
MINUTE, HOUR, DAY = 60, 3_600, 86_400


def number(value: float | None, decimals: int = 0) -> str:
    """Return a number with thousands separators.

    >>> number(1247), number(2.5, 1), number(None)
    ('1,247', '2.5', '–')
    """
    return DASH if value is None else f"{value:,.{decimals}f}"


def compact(value: float | None) -> str:
    """Return a number in at most six cells.

    >>> compact(1247), compact(12_345_678), compact(99_950), compact(999_999)
    ('1,247', '12.3M', '100k', '1.0M')
    """
    if value is None:
        return DASH
    if abs(value) < 10_000:
        return number(value) if float(value).is_integer() else f"{value:.1f}"
    for limit, size, suffix in ((999_500, 1e3, "k"), (999_500_000, 1e6, "M"), (float("inf"), 1e9, "G")):
        if abs(value) < limit:
            scaled = value / size
            return f"{scaled:.1f}{suffix}" if abs(scaled) < 99.95 else f"{scaled:.0f}{suffix}"
    raise AssertionError


def mean(amount: float | None) -> str:
    """Return a mean with as many decimals as tell it from its neighbours, in at most six cells.

    >>> mean(0.034), mean(5.24), mean(41.0), mean(1247.3), mean(0.0), mean(None), mean(0.0013), mean(1e-9)
    ('0.03', '5.2', '41', '1,247', '0', '–', '0.001', '<0.001')
    """
    if amount is None:
        return DASH
    if 0 < amount < 0.0005:
        return "<0.001"
    if 0 < abs(amount) < 0.095:
        return f"{amount:.{2 if abs(amount) >= 0.0095 else 3}f}"
    tenth = round(amount, 1)
    return compact(tenth if abs(tenth) < 100 else round(amount))


def percent(fraction: float | None, decimals: int = 1) -> str:
    """Return a fraction as a percentage.

    >>> percent(0.186), percent(None)
    ('18.6 %', '–')
    """
    return DASH if fraction is None else f"{fraction * 100:.{decimals}f} %"


def change(fraction: float | None, *, is_points: bool = False) -> str:
    """Return a change with its arrow and sign; percentages of percentages are points.

    >>> change(0.124), change(-0.031), change(0.021, is_points=True), change(None), change(0.0)
    ('▲ +12.4 %', '▼ -3.1 %', '▲ +2.1 pp', '–', '= 0.0 %')
    """
    if fraction is None:
        return DASH
    unit = "pp" if is_points else "%"
    points = round(fraction * 100, 1)
    if points == 0:
        return f"= 0.0 {unit}"
    amount = f"{points:+,.0f}" if abs(points) >= 1000 else f"{points:+.1f}"
    return f"{'▲' if points > 0 else '▼'} {amount} {unit}"


def duration(seconds: float | None) -> str:
    """Return a length of time in its two largest units.

    >>> [duration(s) for s in (0, 42, 252, 3_660, 187_200, None)]
    ['0 s', '42 s', '4 min 12 s', '1 h 1 min', '2 d 4 h', '–']
    """
    if seconds is None:
        return DASH
    whole = round(seconds)
    for size, unit, next_size, next_unit in (
        (DAY, "d", HOUR, "h"),
        (HOUR, "h", MINUTE, "min"),
        (MINUTE, "min", 1, "s"),
    ):
        if whole >= size:
            big, rest = divmod(whole, size)
            small = rest // next_size
            return f"{big} {unit} {small} {next_unit}" if small else f"{big} {unit}"
    return f"{whole} s"


def age(then: datetime, now: datetime) -> str:
    """Return how long ago ``then`` was; both aware.

    >>> from datetime import UTC, timedelta
    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> [age(noon - timedelta(seconds=s), noon) for s in (5, 300, 7200, 259_200, 86_400 * 90, 86_400 * 800)]
    ['just now', '5 min ago', '2 h ago', '3 d ago', '3 mo ago', '2 y ago']
    """
    seconds = (now - then).total_seconds()
    if seconds < MINUTE:
        return "just now"
    for limit, size, unit in (
        (HOUR, MINUTE, "min"),
        (DAY, HOUR, "h"),
        (60 * DAY, DAY, "d"),
        (730 * DAY, 30 * DAY, "mo"),
    ):
        if seconds < limit:
            return f"{int(seconds // size)} {unit} ago"
    return f"{int(seconds // (365 * DAY))} y ago"


def moment(instant: datetime | None, zone: tzinfo, *, seconds: bool = False) -> str:
    """Return an instant as local date and time.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 11, 23, 9, 12, 4, tzinfo=UTC), UTC)
    '2026-11-23 09:12'
    """
    return (
        DASH
        if instant is None
        else instant.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")
    )


def short_day(day: date) -> str:
    """Return a day for a chart's axis.

    >>> short_day(date(2026, 11, 3))
    '3 Nov'
    """
    return f"{day.day} {_MONTHS[day.month - 1]}"


def short_month(day: date) -> str:
    """Return a day's month and year for the axis of a chart that spans years.

    >>> short_month(date(2026, 11, 3))
    'Nov 2026'
    """
    return f"{_MONTHS[day.month - 1]} {day.year}"


def span(first: date | None, last: date | None) -> str:
    """Return two included days as people write them.

    >>> span(date(2026, 11, 3), date(2026, 11, 9)), span(date(2025, 12, 30), date(2026, 1, 2))
    ('3–9 Nov 2026', '30 Dec 2025 – 2 Jan 2026')
    """
    if first is None or last is None:
        return "all time"
    if first == last:
        return f"{short_day(first)} {first.year}"
    if first.year != last.year:
        return f"{short_day(first)} {first.year} – {short_day(last)} {last.year}"
    if first.month != last.month:
        return f"{short_day(first)} – {short_day(last)} {last.year}"
    return f"{first.day}–{short_day(last)} {last.year}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""Monday first."""


def group_name(name: str | None) -> str:
    """Return a group's name, "(none)" for NULL and empty."""
    return name or NONE_LABEL


def value(amount: float | None, unit: str) -> str:
    """Return a figure's value as its unit is written.

    >>> value(0.25, "ratio"), value(252, "seconds"), value(1247, "messages"), value(2.5, "count")
    ('25.0 %', '4 min 12 s', '1,247', '2.5')
    """
    if unit == "ratio":
        return percent(amount)
    if unit == "seconds":
        return duration(amount)
    return number(amount) if amount is None or float(amount).is_integer() else mean(amount)


def bucket(start: int, stop: int | None, unit: str) -> str:
    """Return the values of a distribution's bar, those in ``[start, stop)``; no stop is no end.

    >>> [bucket(0, 1, "count"), bucket(3, 5, "count"), bucket(50, None, "count")]
    ['0', '3–4', '50+']
    >>> [bucket(0, 60, "seconds"), bucket(60, 300, "seconds"), bucket(1800, 3600, "seconds")]
    ['under 1 min', '1–5 min', '30 min – 1 h']
    >>> bucket(7200, None, "seconds")
    '2 h or more'
    """
    if unit != "seconds":
        if stop is None:
            return f"{number(start)}+"
        return number(start) if stop == start + 1 else f"{number(start)}–{number(stop - 1)}"
    if stop is None:
        return f"{duration(start)} or more"
    if not start:
        return f"under {duration(stop)}"
    low, high = duration(start), duration(stop)
    amount, unit_of_low = low.split(" ", 1)
    return f"{amount}–{high}" if high.endswith(unit_of_low) else f"{low} – {high}"
