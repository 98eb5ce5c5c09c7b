"""How each configured value is read, from text or TOML; a `ValueError` says what is accepted."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.filters import Period

OUR_THEMES = ("twin-dark", "twin-light", "twin-terminal", "twin-terminal-light")
"""Dark, light, and the sixteen colours of the terminal itself on a dark or a white background."""
THEMES = (
    *OUR_THEMES,
    "atom-one-dark",
    "atom-one-light",
    "catppuccin-frappe",
    "catppuccin-latte",
    "catppuccin-macchiato",
    "catppuccin-mocha",
    "dracula",
    "flexoki",
    "gruvbox",
    "monokai",
    "nord",
    "rose-pine",
    "rose-pine-dawn",
    "rose-pine-moon",
    "solarized-dark",
    "solarized-light",
    "textual-dark",
    "textual-light",
    "tokyo-night",
)
"""Names of the themes that can be chosen: ours, and the stock ones."""
DRIVERS = ("auto", "plain", "lean")
"""Ways to the terminal: as the line asks for, all that is painted, only what changed."""
ROLES = ("metrics", "support", "admin")
"""What somebody may see: figures; content, as a rule masked; everything."""
PRIVACIES = ("masked", "open")
"""Whether names, e-mails, numbers and tokens are hidden."""
AUDITS = ("off", "on", "required")
"""Whether reading is recorded; ``required`` keeps content closed where it cannot be."""
LONGEST_TICKET = 100
PAGE_SIZES = (10, 500)
"""Smallest and largest page of the activity table."""


def read_text(raw: Any) -> str:
    """Return a text as it is."""
    if not isinstance(raw, str):
        raise ValueError("a text is wanted")
    return raw


def read_path(raw: Any) -> str:
    """Return the path of a file."""
    if not read_text(raw).strip():
        raise ValueError("the path of a file is wanted")
    return read_text(raw)


def read_database(raw: Any) -> str:
    """Return a database's path or URL."""
    if not read_text(raw).strip():
        raise ValueError("a path or a URL is wanted (sqlite:///file.db, postgresql://user@host/name)")
    return read_text(raw)


def read_timezone(raw: Any) -> str:
    """Return the IANA name of a timezone."""
    try:
        return ZoneInfo(read_text(raw)).key
    except (OSError, ValueError, KeyError) as error:
        raise ValueError(
            "the IANA name of a timezone is wanted (UTC, Europe/Berlin, America/New_York)"
        ) from error


def parse_instant(raw: Any) -> datetime:
    """Return an aware UTC instant from ISO 8601; without an offset it is UTC. Raises `ValueError`.

    >>> parse_instant("2026-11-23T13:00:00+01:00").isoformat()
    '2026-11-23T12:00:00+00:00'
    """
    try:
        if isinstance(raw, str):
            moment = datetime.fromisoformat(raw.strip())
        elif isinstance(raw, datetime):
            moment = raw
        elif isinstance(raw, date):
            moment = datetime(raw.year, raw.month, raw.day, tzinfo=UTC)
        else:
            raise ValueError
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        if not 1 < moment.year < date.max.year:
            raise ValueError
    except (ValueError, OverflowError) as error:
        raise ValueError("a time is wanted (2026-11-23T12:00:00Z; without an offset it is UTC)") from error
    return moment


def read_theme(raw: Any) -> str:
    """Return the name of a theme that is offered."""
    return _one_of(THEMES, raw)


def read_driver(raw: Any) -> str:
    """Return the name of a way to the terminal."""
    return _one_of(DRIVERS, raw)


def read_role(raw: Any) -> str:
    """Return a role."""
    return _one_of(ROLES, raw)


def read_privacy(raw: Any) -> str:
    """Return how names are shown."""
    return _one_of(PRIVACIES, raw)


def read_audit(raw: Any) -> str:
    """Return whether reading is recorded; TOML's true and false will do for on and off."""
    return _one_of(AUDITS, {True: "on", False: "off"}[raw] if isinstance(raw, bool) else raw)


def read_ticket(raw: Any) -> str:
    """Return what names a ticket: one line that can be printed."""
    ticket = str(raw).strip() if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
    if not 0 < len(ticket) <= LONGEST_TICKET or not ticket.isprintable():
        raise ValueError(f"a ticket's name of at most {LONGEST_TICKET} printable characters is wanted")
    return ticket


def _one_of(known: tuple[str, ...], raw: Any) -> str:
    if raw not in known:
        raise ValueError(f"one of {', '.join(known)} is wanted")
    return str(raw)


def read_page_size(raw: Any) -> int:
    """Return a number of lines within `PAGE_SIZES`."""
    smallest, largest = PAGE_SIZES
    try:
        size = int(raw) if isinstance(raw, str) or type(raw) is int else 0
    except ValueError:
        size = 0
    if not smallest <= size <= largest:
        raise ValueError(f"a whole number from {smallest} to {largest} is wanted")
    return size


def read_flag(raw: Any) -> bool:
    """Return a switch: true or false, on or off, yes or no, 1 or 0."""
    if isinstance(raw, bool):
        return raw
    words = {"1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False}
    try:
        return words[read_text(raw).strip().lower()]
    except (KeyError, ValueError) as error:
        raise ValueError("true or false is wanted") from error


def read_period(raw: Any) -> str:
    """Return a period as it was typed, once it is known to be one."""
    try:
        Period.parse(read_text(raw), date(2026, 1, 1))
    except BadFilterError as error:
        raise ValueError(str(error).partition(": ")[2] or str(error)) from error
    return str(raw).strip()
