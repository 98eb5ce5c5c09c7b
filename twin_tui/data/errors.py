"""What can go wrong with a database, as one clear sentence without a password in it."""

from peewee import PeeweeException

from twin_tui.text.safe_text import safe_line


class DatabaseError(Exception):
    """The database cannot be opened, read or written; the text is one sentence for its user."""


class InterruptedReadError(DatabaseError):
    """A running statement was stopped on request, by `twin_tui.data.source.Source.interrupt`."""


def shown(text: object) -> str:
    """Return a path or another word from outside as it may stand in a sentence."""
    return safe_line(str(text).encode("utf-8", "replace").decode("utf-8"))


def original(error: BaseException) -> BaseException:
    """Return the driver's exception inside one of Peewee's."""
    inner = getattr(error, "orig", None)
    return inner if isinstance(error, PeeweeException) and isinstance(inner, Exception) else error
