"""What went wrong below becomes one of the failures that callers know, told in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from peewee import PeeweeException

from twin_tui.analytics.errors import BadFilterError, CancelledError, DatabaseUnavailableError
from twin_tui.analytics.readers import Readers
from twin_tui.data.database import open_database
from twin_tui.data.errors import DatabaseError
from twin_tui.data.source import Source


def timezone(name: str) -> ZoneInfo:
    """Return the timezone of that IANA name; raises `BadFilterError`.

    >>> timezone("Mars/Olympus")
    Traceback (most recent call last):
    twin_tui.analytics.errors.BadFilterError: 'Mars/Olympus' is not a timezone: use a name like Europe/Berlin.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise BadFilterError(f"{name!r} is not a timezone: use a name like Europe/Berlin.") from error


def opened(url: str) -> Source:
    """Return the database opened for reading; raises `DatabaseUnavailableError`."""
    try:
        return open_database(url, "read")
    except DatabaseError as error:
        raise DatabaseUnavailableError(str(error)) from error


@contextmanager
def told(source: Source, readers: Readers) -> Iterator[None]:
    """Turn a database's error into `CancelledError` or `DatabaseUnavailableError`."""
    try:
        yield
    except (DatabaseError, PeeweeException) as error:
        if readers.is_cancelled:
            raise CancelledError("The load was cancelled.") from error
        raise DatabaseUnavailableError(_sentence(source.name, error)) from error


def _sentence(name: str, error: Exception) -> str:
    if isinstance(error, DatabaseError):
        return str(error)
    reason = str(error).strip().partition("\n")[0] or type(error).__name__
    return f"{name} cannot be read: {reason}."
