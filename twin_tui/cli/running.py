"""Runs one command line: errors become one sentence and a documented exit code."""

import errno
import os
from collections.abc import Callable

import click

from twin_tui import crash_log
from twin_tui.analytics.errors import (
    AmbiguousError,
    AnalyticsError,
    BadFilterError,
    CancelledError,
    DatabaseUnavailableError,
    KeepingError,
    NotFoundError,
    RefusedError,
)
from twin_tui.cli import exits
from twin_tui.cli.output import abandon_answer, flush_answer, prepare_streams, say
from twin_tui.settings import SettingsError

COMPLETION = "_TWIN_TUI_COMPLETE"
"""Environment variable by which a shell asks for completions."""


def run(argv: list[str]) -> int:
    """Run the command line ``argv`` (without the program's name) and return its exit code."""
    prepare_streams()
    try:
        return _guarded(lambda: _invoke(argv))
    except BrokenPipeError:
        abandon_answer()
        return exits.DONE


def _invoke(argv: list[str]) -> int:
    try:
        return _command(argv)
    finally:
        flush_answer()


def _command(argv: list[str]) -> int:
    from twin_tui.cli.commands import twin_tui  # noqa: PLC0415 - a broken command must still end in one sentence

    if asked := os.environ.get(COMPLETION):
        from click.shell_completion import shell_complete  # noqa: PLC0415

        from twin_tui.cli import completion  # noqa: F401, PLC0415 - makes the shells known

        return shell_complete(twin_tui, {}, "twin-tui", COMPLETION, asked)
    with twin_tui.make_context("twin-tui", list(argv)) as context:
        code = twin_tui.invoke(context)
    return code if isinstance(code, int) else exits.DONE


def _guarded(command: Callable[[], int]) -> int:
    try:
        return command()
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt, CancelledError):
        say("Interrupted.")
        return exits.INTERRUPTED
    except click.ClickException as error:
        return _usage(error)
    except exits.CommandError as error:
        return _end(str(error), error.code, error.hints)
    except AmbiguousError as error:
        return _end(str(error), exits.USAGE, tuple(f"  {each}" for each in error.candidates))
    except (SettingsError, BadFilterError, KeepingError, NotFoundError, RefusedError) as error:
        return _end(str(error), exits.USAGE)
    except DatabaseUnavailableError as error:
        return _end(str(error), exits.DATABASE)
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno != errno.ENOSPC or error.filename is not None:
            return _unexpected(error)
        abandon_answer()
        return _end(f"Standard output cannot be written: {error.strerror}.", exits.OUR_FAULT)
    except Exception as error:
        return _unexpected(error)


def _end(sentence: str, code: int, hints: tuple[str, ...] = ()) -> int:
    say("\n".join((sentence, *hints)))
    return code


def _usage(error: click.ClickException) -> int:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "twin-tui"
    sentence = _misplaced(error, context) or error.format_message().rstrip()
    is_help = isinstance(error, click.exceptions.NoArgsIsHelpError)
    return _end(sentence, error.exit_code, () if is_help else (f"Try: {path} --help",))


def _misplaced(error: click.ClickException, context: click.Context | None) -> str | None:
    """Return where an option belongs that the dashboard takes, and twin-tui without a command does not."""
    if context is None or context.parent is not None or not isinstance(error, click.NoSuchOption):
        return None
    group = context.command
    command = group.get_command(context, "dashboard") if isinstance(group, click.Group) else None
    options = () if command is None else command.params
    known = {name for option in options for name in (*option.opts, *option.secondary_opts)}
    name = error.option_name
    return f"{name} stands behind a command: twin-tui dashboard {name} …" if name in known else None


def _unexpected(error: Exception) -> int:
    from twin_tui.data.errors import DatabaseError  # noqa: PLC0415 - only where it is needed

    if isinstance(error, DatabaseError):
        return _end(str(error), exits.DATABASE)
    if any(kind.__name__ == "PeeweeException" for kind in type(error).__mro__):
        failed, code = "The database failed while it was used", exits.DATABASE
    elif isinstance(error, AnalyticsError):
        return _end(str(error), exits.OUR_FAULT)
    else:
        failed, code = "twin-tui failed, and the fault is its own", exits.OUR_FAULT
    log = crash_log.record(error)
    where = f"; where it happened is noted in {log}" if log else ""
    return _end(f"{failed} ({type(error).__name__}){where}.", code)
