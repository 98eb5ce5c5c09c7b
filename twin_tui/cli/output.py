"""Where words go: the answer to standard output, everything else to standard error, both safe to read."""

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from twin_tui.cli.exits import OUR_FAULT, CommandError
from twin_tui.text.safe_text import safe_text


def prepare_streams() -> None:
    """Make pipes and files UTF-8 whatever the locale, and no character an encoding error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a person sits at the other end."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def answer(lines: str | Iterable[str]) -> None:
    """Write the answer: a whole text as it is, or lines one by one; a terminal gets it sanitised.

    Raises `BrokenPipeError` when nobody reads any more, `CommandError` when it cannot be written.
    """
    if sys.stdout is None:
        return
    person = is_terminal(sys.stdout)
    for line in (lines,) if isinstance(lines, str) else (f"{line}\n" for line in lines):
        with _writing():
            sys.stdout.write(safe_text(line) if person else line)


def say(sentence: str) -> None:
    """Write one sentence to standard error."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(safe_text(sentence) + "\n")
            sys.stderr.flush()


def flush_answer() -> None:
    """Hand over what is still buffered; raises as `answer` does."""
    if sys.stdout is not None:
        with _writing():
            sys.stdout.flush()


@contextmanager
def _writing() -> Iterator[None]:
    """Turn a full disk into a sentence; what is buffered then is lost."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon_answer()
        sentence = f"Standard output cannot be written: {error.strerror}."
        raise CommandError(sentence, OUR_FAULT) from error


def abandon_answer() -> None:
    """Throw away what is still buffered, so that leaving cannot fail on a closed pipe or a full disk."""
    try:
        descriptor = sys.stdout.fileno()
    except (AttributeError, OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
