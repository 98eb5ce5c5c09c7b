"""`twin-tui render`: a picture of a screen, the same bytes for the same arguments."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

import click

from twin_tui.cli import exits
from twin_tui.cli.filter_options import Asked, chosen_filters, filter_options
from twin_tui.cli.opening import configuration, open_service
from twin_tui.cli.output import answer
from twin_tui.cli.taught import taught

_AMBIENT = re.compile(
    r"NO_COLOR|FORCE_COLOR|COLORTERM|COLUMNS|LINES|TERM|TTY_.*|JUPYTER_.*|TEXTUAL.*|ESCDELAY"
)
"""Variables of the terminal that Textual and Rich read: a picture depends on none of them."""
SMALLEST, LARGEST = (20, 5), (500, 200)


class _Size(click.ParamType[tuple[int, int]]):
    name = "size"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"(\d{1,4})[xX](\d{1,4})", str(value))
        size = (int(found[1]), int(found[2])) if found else (0, 0)
        if not all(low <= n <= high for low, n, high in zip(SMALLEST, size, LARGEST, strict=True)):
            self.fail(f"{value!r} is not COLUMNSxLINES between 20x5 and 500x200.", param, ctx)
        return size


@taught(
    "render",
    ("twin-tui render --list", "Which screens there are."),
    ("twin-tui render overview --now 2026-11-23T12:00:00Z -o overview.svg", "A picture that stays the same."),
    ("twin-tui render activity --size 80x24 --format text --press T,down,enter", "What one sees after keys."),
    ("twin-tui render conversation --session 0190ab --format text", "One conversation as drawn."),
)
@click.argument("screen", required=False)
@click.option("--list", "only_list", is_flag=True, help="List the screens and end.")
@click.option("--size", type=_Size(), default="120x40", metavar="COLUMNSxLINES", help="Default 120x40.")
@click.option(
    "--format", "form", type=click.Choice(["svg", "text"]), default="svg", help="SVG (default) or plain text."
)
@click.option("-o", "--output", metavar="FILE", help="Write there instead of to standard output.")
@click.option("--session", metavar="ID", help="The conversation to open: an id or its unique beginning.")
@click.option("--page", type=click.IntRange(min=1), default=1, help="Page of the activity.")
@click.option(
    "--press",
    metavar="KEYS",
    default="",
    help="Keys pressed first, apart by commas or blanks: f,down,enter or question_mark.",
)
@filter_options
@click.pass_context
def render(
    context: click.Context,
    *,
    screen: str | None,
    only_list: bool,
    size: tuple[int, int],
    form: Literal["svg", "text"],
    output: str | None,
    session: str | None,
    page: int,
    press: str,
    asked: Asked,
) -> None:
    """Draw SCREEN without a terminal, as SVG or as text.

    The picture depends on the arguments, the configuration and the data alone, never on the terminal, its
    language or colours; with --now not on the date either.
    """
    with _no_ambience():
        from twin_tui.tui.app import TwinApp  # noqa: PLC0415 - Textual reads the environment when imported
        from twin_tui.tui.picture import PictureError, Shot, screens, take  # noqa: PLC0415

        known = screens()
        if only_list:
            answer(f"{name:<14}{what}" for name, what in known.items())
            return
        if screen not in known:
            given = "Say which screen" if screen is None else f"There is no screen {screen!r}"
            raise click.UsageError(f"{given}: {', '.join(known)}.")
        settings = replace(configuration(context).settings, no_color=False)
        with open_service(settings) as service:
            filters = chosen_filters(service, asked, settings.period)
            found, event = service.find_session(session) if session is not None else (None, None)
            keys = tuple(filter(None, re.split(r"[,\s]+", press)))
            app = TwinApp(service, settings, filters=filters)
            try:
                picture = take(app, Shot(screen, size, found, event, page, keys), form)
            except PictureError as error:
                raise exits.CommandError(str(error)) from error
    if output is None or output == "-":
        answer(picture)
        return
    try:
        Path(output).write_text(picture, "utf-8", newline="\n")
    except OSError as error:
        raise exits.CommandError(f"{output} cannot be written: {error.strerror}.") from error


@contextmanager
def _no_ambience() -> Iterator[None]:
    """Hide the terminal's variables for the length of a block."""
    hidden = {name: value for name, value in os.environ.items() if _AMBIENT.fullmatch(name)}
    for name in hidden:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(hidden)
