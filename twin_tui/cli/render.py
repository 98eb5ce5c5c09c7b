"""`twin-tui render`: a picture of a screen, the same bytes for the same arguments."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from twin_tui.cli import exits
from twin_tui.cli.completion_words import files, screen_names
from twin_tui.cli.filter_options import Asked, chosen_filters, filter_options
from twin_tui.cli.guarding import guard_for
from twin_tui.cli.opening import configuration, database
from twin_tui.cli.output import answer
from twin_tui.cli.taught import taught

if TYPE_CHECKING:
    from twin_tui.settings import Settings
    from twin_tui.testing.states import State
    from twin_tui.tui.picture import Format

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
    ("twin-tui render --list", "Which screens and states there are."),
    ("twin-tui render overview --now 2026-11-23T12:00:00Z -o overview.svg", "A picture that stays the same."),
    ("twin-tui render activity --size 80x24 --format text --press T,down,enter", "What one sees after keys."),
    ("twin-tui render conversation --state error --format text", "What a broken database looks like."),
)
@click.argument("screen", required=False, shell_complete=screen_names)
@click.option("--list", "only_list", is_flag=True, help="List screens and states and end.")
@click.option(
    "--state",
    type=click.Choice(["full", "empty", "error"]),
    default="full",
    help="With data (default), with nothing to show, or with a database that fails.",
)
@click.option("--size", type=_Size(), default="120x40", metavar="COLUMNSxLINES", help="Default 120x40.")
@click.option(
    "--format", "form", type=click.Choice(["svg", "text"]), default="svg", help="SVG (default) or plain text."
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    shell_complete=files,
    help="Write there instead of to standard output.",
)
@click.option(
    "--session",
    metavar="ID",
    help="The conversation to open: an id or its unique beginning; else the newest.",
)
@click.option("--page", type=click.IntRange(min=1), default=1, help="Page of the activity.")
@click.option("--search", metavar="TEXT", default="", help="What the activity is searched for.")
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
    state: "State",
    size: tuple[int, int],
    form: "Format",
    output: str | None,
    session: str | None,
    page: int,
    search: str,
    press: str,
    asked: Asked,
) -> None:
    """Draw SCREEN without a terminal, as SVG or as text.

    The picture depends on the arguments, the configuration and the data alone, never on the terminal, its
    language or colours; with --now not on the date either.
    """
    with _no_ambience():
        from twin_tui.tui.picture import START, PictureError, screens  # noqa: PLC0415 - Textual reads the
        # environment when it is imported.

        known = screens()
        if only_list:
            answer(_listed(known))
            return
        if screen not in known:
            given = "Say which screen" if screen is None else f"There is no screen {screen!r}"
            raise click.UsageError(f"{given}: {', '.join(known)}.")
        settings = replace(configuration(context).settings, no_color=False)
        keys = tuple(filter(None, re.split(r"[,\s]+", press)))
        look = {"screen": screen, "size": size, "page": page, "search": search, "keys": keys}
        try:
            if screen == START:
                picture = _first_run(settings, state, look, form)
            else:
                picture = _dashboard(settings, state, form, look=look, asked=asked, session=session)
        except PictureError as error:
            raise exits.CommandError(str(error)) from error
    if output is None or output == "-":
        answer(picture)
        return
    try:
        Path(output).write_text(picture, "utf-8", newline="\n")
    except OSError as error:
        raise exits.CommandError(f"{output} cannot be written: {error.strerror}.") from error


def _dashboard(
    settings: "Settings",
    state: "State",
    form: "Format",
    *,
    look: dict[str, Any],
    asked: Asked,
    session: str | None,
) -> str:
    """Draw a screen of the dashboard over the database, or over what stands for it in another state."""
    from twin_tui.testing.states import aimed_in, begin, staged  # noqa: PLC0415 - as above
    from twin_tui.tui.app import TwinApp  # noqa: PLC0415
    from twin_tui.tui.picture import Shot, take  # noqa: PLC0415

    url = "" if state == "empty" else database(settings)
    screen = look["screen"]
    guard = guard_for(settings, url) if state != "empty" else None
    with staged(state, screen, url, timezone=settings.timezone, clock=settings.clock, guard=guard) as service:
        filters = chosen_filters(service, asked, settings.period)
        opened, event = (None, None) if session is None else service.find_session(session)
        shot = aimed_in(state, service, filters, Shot(session=opened, event=event, **look))
        begin(service, screen)
        return take(TwinApp(service, settings, filters=filters), shot, form)


def _first_run(settings: "Settings", state: "State", look: dict[str, Any], form: "Format") -> str:
    from twin_tui.testing.start import start_app  # noqa: PLC0415
    from twin_tui.tui.picture import Shot, take  # noqa: PLC0415

    return take(start_app(settings, state), Shot(**look), form)


def _listed(known: Mapping[str, str]) -> Iterator[str]:
    from twin_tui.testing.states import STATES  # noqa: PLC0415 - imports Textual

    yield from (f"{name:<14}{about}" for name, about in known.items())
    yield ""
    yield from (f"--state {name:<6}{about}" for name, about in STATES.items())


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
