"""From the options given to settings, a database and a service."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twin_tui.analytics.late import LateService
from twin_tui.analytics.readers import Readers
from twin_tui.cli import exits
from twin_tui.cli.taught import FLAGS
from twin_tui.settings import Configuration, Settings, find_database, load_settings

if TYPE_CHECKING:
    from twin_tui.analytics.service import AnalyticsService


def no_database() -> exits.CommandError:
    """Return the error of a viewer that finds no database anywhere."""
    return exits.CommandError(
        "There is no database yet: none is named by --db, TWIN_TUI_DB or the configuration file, "
        "and no ai_twin_analytics.db lies here or in the data folder.",
        exits.DATABASE,
        (
            "To look around:          twin-tui demo",
            "To read a Slack export:  twin-tui import slack EXPORT --db conversations.db",
            "To open a database:      twin-tui --db PATH",
        ),
    )


def flag(context: click.Context, name: str) -> str | None:
    """Return a global option as it was typed, ``None`` if it was not."""
    given: dict[str, str] = context.meta.get(FLAGS, {})
    return given.get(name)


def configuration(context: click.Context) -> Configuration:
    """Return the settings of this command line with their provenance; raises `SettingsError`."""
    given: dict[str, str] = context.meta.get(FLAGS, {})
    file = given.get("config")
    return load_settings(given, file=Path(file).expanduser() if file else None)


def database(settings: Settings) -> str:
    """Return the database a viewer opens; raises `CommandError` when there is none anywhere."""
    found, _ = find_database(settings)
    if found is None:
        raise no_database()
    return found


@contextmanager
def open_service(settings: Settings, *, is_masked: bool | None = None) -> "Iterator[AnalyticsService]":
    """Open the chosen database read-only for a block; ``is_masked`` is stronger than the settings."""
    place = database(settings)
    _import_peewee()
    from twin_tui.analytics.service import AnalyticsService  # noqa: PLC0415 - peewee is not needed for --help
    from twin_tui.cli.guarding import desk_of, guard_for  # noqa: PLC0415

    guard, desk = guard_for(settings, place, masking=is_masked), desk_of(settings, place)
    with AnalyticsService(
        place, timezone=settings.timezone, clock=settings.clock, guard=guard, desk=desk
    ) as service:
        yield service


@contextmanager
def late_service(settings: Settings) -> "Iterator[LateService]":
    """Yield a service that opens the chosen database with the first question."""
    place = database(settings)

    def opened(readers: Readers) -> "AnalyticsService":
        _import_peewee()
        from twin_tui.analytics.service import AnalyticsService  # noqa: PLC0415 - behind the first picture
        from twin_tui.cli.guarding import desk_of, guard_for  # noqa: PLC0415

        return AnalyticsService(
            place,
            timezone=settings.timezone,
            clock=settings.clock,
            guard=guard_for(settings, place),
            desk=desk_of(settings, place),
            readers=readers,
        )

    with LateService(opened, timezone=settings.timezone, clock=settings.clock) as service:
        yield service


def _import_peewee() -> None:
    from twin_tui.data.peewee_alone import import_peewee_alone  # noqa: PLC0415

    import_peewee_alone()
