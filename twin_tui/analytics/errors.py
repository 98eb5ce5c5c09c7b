"""The vocabulary of failure that callers of the service know."""


class AnalyticsError(Exception):
    """Base of every failure the service reports; its text is one clear sentence."""


class DatabaseUnavailableError(AnalyticsError):
    """The database cannot be opened or went away; the sentence says why (exit code 3)."""


class NotFoundError(AnalyticsError):
    """Nothing in the database answers to what was asked for (exit code 2)."""


class AmbiguousError(AnalyticsError):
    """Several rows answer to what was asked for (exit code 2).

    ``candidates`` holds up to ten of them as one-line texts.
    """

    def __init__(self, sentence: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.candidates = candidates


class BadFilterError(AnalyticsError):
    """A filter's text cannot be understood; the sentence names the accepted forms (exit code 2)."""


class CancelledError(AnalyticsError):
    """The load was interrupted because a newer one replaced it, or on quit."""


class KeepingError(AnalyticsError):
    """A note or mark is none that can be kept, or cannot be read or written; it says why (exit code 2)."""


class RefusedError(AnalyticsError):
    """The role may not see this, or reading it cannot be recorded; the sentence says which (exit code 2)."""


class TicketNeededError(RefusedError):
    """Content stays closed until somebody says why it is read (exit code 2)."""
