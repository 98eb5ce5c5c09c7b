"""`twin-tui generate`: a believable sample world, from a seed."""

import os
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from twin_tui.cli import exits
from twin_tui.cli.amount import AMOUNT
from twin_tui.cli.derived import leave_current
from twin_tui.cli.guarding import note_act
from twin_tui.cli.opening import configuration, flag
from twin_tui.cli.output import answer
from twin_tui.cli.taught import taught
from twin_tui.settings import DATABASE_NAME, is_path, without_password

if TYPE_CHECKING:
    from twin_tui.data.source import Source


class _Range(click.ParamType[tuple[int, int]]):
    """LOW-HIGH, or one number for both."""

    name = "range"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"(\d{1,4})(?:-(\d{1,4}))?", str(value))
        if found is None:
            self.fail(f"{value!r} is not a range LOW-HIGH, such as 2-5.", param, ctx)
        return int(found[1]), int(found[2] or found[1])


@taught(
    "generate",
    ("twin-tui generate", f"12 people, 60 days until today, into ./{DATABASE_NAME}."),
    ("twin-tui generate --users 200 --days 365 --db big.db", "A larger company, a longer time."),
    ("twin-tui generate --messages 1e6 --db million.db", "A million messages, 10,000 people, two years."),
    ("twin-tui generate --seed 7 --until 2026-10-31 --db same.db", "The same rows wherever it is run."),
)
@click.option(
    "--messages",
    type=AMOUNT,
    help="Exactly so many messages, such as 1e6, 10M or 250_000: a large world, made fast.",
)
@click.option(
    "--users", type=AMOUNT, help="How many people (default 12; with --messages one for every 100 of them)."
)
@click.option(
    "--days", type=int, help="How many UTC days, ending with --until (default 60; with --messages up to 730)."
)
@click.option("--seed", type=int, help="Another seed, another world; the same one, the same rows.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Last day (default today; today ends now).",
)
@click.option(
    "--sessions",
    type=_Range(),
    metavar="LOW-HIGH",
    help="Conversations of an active person on a working day (default 2-5); not with --messages.",
)
@click.option(
    "--messages-per-session",
    "lengths",
    type=_Range(),
    default="3-8",
    metavar="LOW-HIGH",
    help="Messages of a conversation (default 3-8).",
)
@click.option("--force", is_flag=True, help="Replace what the database holds.")
@click.pass_context
def generate(
    context: click.Context,
    *,
    messages: int | None,
    users: int | None,
    days: int | None,
    seed: int | None,
    until: datetime | None,
    sessions: tuple[int, int] | None,
    lengths: tuple[int, int],
    force: bool,
) -> None:
    """Make a database of invented people, twins and conversations.

    Only --db says where it goes: a database configured elsewhere is not written to by chance.
    """
    settings = configuration(context).settings
    place = flag(context, "db") or DATABASE_NAME
    now = settings.clock()
    asked = {"messages": messages, "users": users, "days": days, "seed": seed, "sessions": sessions}
    given: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    given |= {"messages_per_session": lengths, "until": until.date() if until else now.date(), "now": now}
    if messages is not None and sessions is not None:
        raise click.UsageError("--sessions does not go with --messages, which says how much is said.")
    note_act(settings, place, "generate")
    make = _make_small if messages is None else _make_large
    counts = make(place, given, force=force, timezone=settings.timezone)
    told = ", ".join(f"{count:,} {_counted(table, count)}" for table, count in counts.items())
    answer([f"{without_password(place)}: {told}", f"Look at it: twin-tui --db {without_password(place)}"])


def _make_small(place: str, given: dict[str, Any], *, force: bool, timezone: str) -> dict[str, int]:
    from twin_tui.cli.progress import ProgressBar  # noqa: PLC0415 - peewee is not needed for --help
    from twin_tui.sample.options import BadOptionError, SampleOptions  # noqa: PLC0415
    from twin_tui.sample.writing import write_sample  # noqa: PLC0415

    try:
        options = SampleOptions(**given)
    except BadOptionError as error:
        raise click.UsageError(str(error)) from error
    with sample_target(place) as source, ProgressBar() as progress:
        counts = write_sample(source, options, force=force, progress=progress)
        leave_current(source, timezone, progress)
    return counts


def _make_large(place: str, given: dict[str, Any], *, force: bool, timezone: str) -> dict[str, int]:
    from twin_tui.cli.progress import ProgressBar  # noqa: PLC0415 - peewee is not needed for --help
    from twin_tui.sample.crowd_options import CrowdOptions  # noqa: PLC0415
    from twin_tui.sample.crowd_writing import write_crowd  # noqa: PLC0415
    from twin_tui.sample.options import BadOptionError  # noqa: PLC0415

    try:
        options = CrowdOptions(**given)
    except BadOptionError as error:
        raise click.UsageError(str(error)) from error
    with _large_target(place) as source, ProgressBar() as progress:
        counts = write_crowd(source, options, force=force, progress=progress)
    with sample_target(place) as source, ProgressBar() as progress:
        leave_current(source, timezone, progress)
    return counts


@contextmanager
def _large_target(place: str) -> "Iterator[Source]":
    """Open the database a large sample goes to: a file that is not there yet is filled before it appears."""
    if not is_path(place) or (os.path.lexists(place) and os.path.getsize(place)):
        with sample_target(place) as source:
            yield source
        return
    from twin_tui.data.bulk import new_file  # noqa: PLC0415 - peewee is not needed for --help

    path = Path(place).expanduser()
    _make_folder(path, place)
    with new_file(path) as source:
        yield source


def _counted(table: str, count: int) -> str:
    return table if count != 1 else {"queries": "query"}.get(table, table.removesuffix("s"))


@contextmanager
def sample_target(place: str) -> "Iterator[Source]":
    """Open the database that a sample goes to, made if missing; the sample's refusals become sentences."""
    from twin_tui.data.database import open_database  # noqa: PLC0415 - peewee is not needed for --help
    from twin_tui.sample.options import SampleError  # noqa: PLC0415

    if is_path(place):
        _make_folder(Path(place).expanduser(), place)
    try:
        with closing(open_database(place, "create")) as source:
            yield source
    except SampleError as error:
        raise exits.CommandError(str(error)) from error


def _make_folder(path: Path, place: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sentence = f"The folder of {place} cannot be made: {error.strerror}."
        raise exits.CommandError(sentence, exits.DATABASE) from error
