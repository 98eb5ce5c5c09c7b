"""`--columns`: which columns of a report's table are written, and in which order."""

from collections.abc import Callable
from typing import Any

import click

from twin_tui.reports.sections import Section
from twin_tui.views.columns import unknown


def columns_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command of one table ``--columns``."""
    return click.option(
        "--columns",
        metavar="A,B,C",
        help="With --csv or --md: only these columns, in this order, by the names that head the CSV.",
    )(command)


def check_columns(columns: str | None, form: str) -> None:
    """Refuse the option where a form has no columns to choose; raises `click.UsageError`."""
    if columns is not None and form not in ("csv", "md"):
        raise click.UsageError("--columns goes with --csv or --md.")


def chosen(section: Section, columns: str | None) -> Section:
    """Return the table with the columns that were asked for; raises `click.UsageError` for others."""
    if columns is None:
        return section
    known = tuple(column.key for column in section.columns)
    wanted = tuple(name.strip() for name in columns.split(",") if name.strip())
    for name in wanted:
        if name not in known:
            raise click.UsageError(f"--columns: {unknown(name, known)}.")
    if not wanted:
        raise click.UsageError(f"--columns names none: there are {', '.join(known)}.")
    return section.only(wanted)
