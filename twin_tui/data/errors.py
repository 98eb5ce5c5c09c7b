"""What can go wrong with a database, as one clear sentence without a password in it."""


class DatabaseError(Exception):
    """The database cannot be opened, read or written; the text is one sentence for its user."""


class InterruptedReadError(DatabaseError):
    """A running statement was stopped on request, by `twin_tui.data.source.Source.interrupt`."""
