"""Exit codes, fixed for everyone, and the error a command ends with."""

DONE = 0
OUR_FAULT = 1
USAGE = 2
"""Wrong usage, or not a terminal."""
DATABASE = 3
SOME_REJECTED = 4
"""Some input was rejected, the rest is committed."""
WARN, ALERT, NO_DATA = 10, 11, 12
"""What rules came to: a warning, an alert, or nothing to judge."""
DIFFERENCES = 20
INTERRUPTED = 130


class CommandError(Exception):
    """A command cannot do what was asked: one clear sentence, an exit code, and lines that help."""

    def __init__(self, sentence: str, code: int = USAGE, hints: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.code = code
        self.hints = hints
