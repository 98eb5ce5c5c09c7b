"""What Tab offers where no database is needed: presets, themes, timezones, files, screens."""

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

from twin_tui.setting_values import DRIVERS, THEMES

Completion = list[CompletionItem[str]]
Complete = Callable[[click.Context, click.Parameter, str], Completion]
PERIODS = {
    "today": "since local midnight",
    "7d": "today and the 6 days before",
    "30d": "today and the 29 days before",
    "90d": "today and the 89 days before",
    "365d": "today and the 364 days before",
    "all": "everything there is",
}


def beginning(incomplete: str, words: Iterable[tuple[str, str | None]]) -> Completion:
    """Return the words (each with its help) that begin as typed, in any case."""
    typed = incomplete.casefold()
    return [CompletionItem(word, help=told) for word, told in words if word.casefold().startswith(typed)]


def files(context: click.Context, parameter: click.Parameter, incomplete: str) -> Completion:  # noqa: ARG001
    """Leave it to the shell to complete a file's name."""
    return [CompletionItem(incomplete, type="file")]


def periods(context: click.Context, parameter: click.Parameter, incomplete: str) -> Completion:  # noqa: ARG001
    """Offer the presets of ``--period``."""
    return beginning(incomplete, PERIODS.items())


def themes(context: click.Context, parameter: click.Parameter, incomplete: str) -> Completion:  # noqa: ARG001
    """Offer the themes."""
    return beginning(incomplete, ((theme, None) for theme in THEMES))


def drivers(context: click.Context, parameter: click.Parameter, incomplete: str) -> Completion:  # noqa: ARG001
    """Offer the ways of writing to the terminal."""
    return beginning(incomplete, ((driver, None) for driver in DRIVERS))


def timezones(context: click.Context, parameter: click.Parameter, incomplete: str) -> Completion:  # noqa: ARG001
    """Offer the IANA names of timezones."""
    from zoneinfo import available_timezones  # noqa: PLC0415 - reads many files

    return beginning(incomplete, ((zone, None) for zone in sorted(available_timezones())))


def screen_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> Completion:  # noqa: ARG001
    """Offer the screens that can be drawn."""
    from twin_tui.tui import picture  # noqa: PLC0415 - imports Textual

    return beginning(incomplete, picture.screens().items())
