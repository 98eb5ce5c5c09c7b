"""`twin-tui adopt`, `refresh`, `rebuild` and `verify`: the derived tables that make figures cheap."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import click

from twin_tui.cli import exits
from twin_tui.cli.guarding import note_act
from twin_tui.cli.opening import configuration, database
from twin_tui.cli.output import answer, say
from twin_tui.cli.progress import ProgressBar
from twin_tui.cli.taught import taught
from twin_tui.settings import Settings
from twin_tui.text.safe_text import safe_line

if TYPE_CHECKING:
    from twin_tui.data.source import Source
    from twin_tui.rollups.differences import Difference


@taught(
    "adopt",
    ("twin-tui adopt --db theirs.db", "Adds derived tables to another system's database."),
    ("twin-tui adopt --db postgresql://owner@db.example/twins --tz Europe/Berlin", "For days of Berlin."),
    ("twin-tui adopt --db theirs.db --remove", "Takes them away again."),
)
@click.option("--remove", is_flag=True, help="Take the derived tables, triggers and index away again.")
@click.pass_context
def adopt(context: click.Context, *, remove: bool) -> int:
    """Add derived tables, their triggers and a search index beside the rows of a database.

    The rows of the six tables are never changed. Nothing but this command adds anything to another system's
    database; one made by twin-tui gets its tables by itself.
    """
    settings = configuration(context).settings
    with _opened(settings, "adopt") as source:
        if remove:
            _remove(source)
            answer([f"{source.name}: the derived tables are gone."])
            return exits.DONE
        return _make(source, settings)


@taught(
    "rebuild",
    ("twin-tui rebuild --db conversations.db", "Makes the derived tables and the search index from nothing."),
    ("twin-tui rebuild --db conversations.db --tz Europe/Berlin", "For days of another timezone."),
)
@click.pass_context
def rebuild(context: click.Context) -> int:
    """Make the derived tables anew for the report timezone; interrupted, refresh goes on from there."""
    settings = configuration(context).settings
    with _opened(settings, "rebuild") as source:
        if not source.is_ours:
            _require_adopted(source)
        return _make(source, settings)


@taught(
    "refresh",
    ("twin-tui refresh --db conversations.db", "Takes in what was written since."),
    ("twin-tui refresh --db postgresql://owner@db.example/twins --follow", "Goes on until interrupted."),
)
@click.option("--follow", is_flag=True, help="Go on taking in what other programs write.")
@click.pass_context
def refresh(context: click.Context, *, follow: bool) -> int:
    """Bring the derived tables and the search index up to date, in short transactions.

    The open dashboard does this by itself for a database made by twin-tui.
    """
    settings = configuration(context).settings
    with _opened(settings, "refresh") as source:
        if not source.is_ours:
            _require_adopted(source)
        from twin_tui.data.database import open_database  # noqa: PLC0415
        from twin_tui.rollups.capture.lock import alone  # noqa: PLC0415
        from twin_tui.rollups.follower import Follower  # noqa: PLC0415 - peewee is not needed for --help

        follower = Follower(source, settings.timezone, say, lambda: open_database(source.url, "adopt"))
        if follow:
            try:
                follower.run()
            finally:
                follower.close()
        else:
            with alone(source):
                follower.once()
            answer([f"{source.name}: up to date."])
    return exits.DONE


@taught(
    "verify",
    ("twin-tui verify --db conversations.db", "Exit code 20 where anything differs."),
)
@click.pass_context
def verify(context: click.Context) -> int:
    """Compare derived tables and search index with the six tables, and answers with plain queries.

    Prints what differs and ends with 20; changes nothing.
    """
    settings = configuration(context).settings
    from twin_tui.cli.verifying import compared_answers  # noqa: PLC0415 - peewee is not needed for --help
    from twin_tui.data.database import open_database  # noqa: PLC0415
    from twin_tui.rollups.state import read_state  # noqa: PLC0415
    from twin_tui.rollups.verify import verify as verify_tables  # noqa: PLC0415

    place = database(settings)
    with closing(open_database(place, "read")) as source, ProgressBar() as progress:
        state = read_state(source)
        if state is None or state.status != "current":
            raise exits.CommandError(_no_tables(source), exits.DATABASE)
        verified, name = verify_tables(source, progress), source.name
    if verified.behind:
        say(f"{verified.behind:,} changes had not been taken in: twin-tui refresh, then verify again.")
    found = [_sentence(difference) for difference in verified.differences]
    found += compared_answers(place, state.timezone, settings.clock)
    answer(found or [f"{name}: the derived tables hold what the six tables say."])
    return exits.DIFFERENCES if found else exits.DONE


def _sentence(found: "Difference") -> str:
    what = f"{found.column} is {found.is_there}, and should be {found.expected}"
    if not found.column:
        what = f"the row is {found.is_there}, and should be {found.expected}"
    return safe_line(f"{found.table}, {found.key}: {what}")


def _make(source: "Source", settings: Settings) -> int:
    from twin_tui.rollups.capture.lock import alone  # noqa: PLC0415
    from twin_tui.rollups.rebuild import rebuild as rebuild_tables  # noqa: PLC0415
    from twin_tui.rollups.search import index as search_index  # noqa: PLC0415 - peewee is not needed for --help

    with alone(source), ProgressBar() as progress:
        rebuild_tables(source, settings.timezone, progress)
        search_index.rebuild(source)
        search_index.sync(source)
    answer([f"{source.name}: the derived tables hold days of {settings.timezone}."])
    return exits.DONE


def _remove(source: "Source") -> None:
    from twin_tui.rollups.capture.lock import alone  # noqa: PLC0415
    from twin_tui.rollups.removal import remove  # noqa: PLC0415

    with alone(source):
        remove(source)


def _require_adopted(source: "Source") -> None:
    from twin_tui.rollups.state import read_state  # noqa: PLC0415

    if read_state(source) is None:
        raise exits.CommandError(_no_tables(source), exits.DATABASE)


def _no_tables(source: "Source") -> str:
    how = "twin-tui rebuild makes them" if source.is_ours else "twin-tui adopt adds them"
    return f"{source.name} has no derived tables, or they are not complete: {how}."


@contextmanager
def _opened(settings: Settings, action: str) -> "Iterator[Source]":
    place = database(settings)
    from twin_tui.data.database import open_database  # noqa: PLC0415 - peewee is not needed for --help

    note_act(settings, place, action)
    with closing(open_database(place, "adopt")) as source:
        yield source
