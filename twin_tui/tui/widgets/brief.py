"""Ages and lengths of time for narrow columns."""

from datetime import datetime

from twin_tui.text.formatting import DASH, age


def brief_age(then: datetime, now: datetime) -> str:
    """Return an age in at most six cells.

    >>> from datetime import UTC, timedelta
    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> [brief_age(noon - timedelta(minutes=m), noon) for m in (0, 59, 7_200, 100_000)]
    ['now', '59 min', '5 d', '2 mo']
    """
    return age(then, now).replace("just now", "now").removesuffix(" ago")


def brief_length(seconds: float | None) -> str:
    """Return a length of time in at most five cells, below a thousand days.

    >>> [brief_length(s) for s in (None, 42, 252, 3_840, 187_200)]
    ['–', '42s', '4m12', '1h04', '2d04']
    """
    if seconds is None:
        return DASH
    whole = round(seconds)
    for size, unit, small in ((86_400, "d", 3_600), (3_600, "h", 60), (60, "m", 1)):
        if whole >= size:
            big, rest = divmod(whole, size)
            return f"{big}{unit}{rest // small:02}" if big < 100 else f"{big}{unit}"
    return f"{whole}s"
