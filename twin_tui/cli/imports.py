"""`twin-tui import`: other systems' exports into a database of ours."""

from pathlib import Path
from typing import Any

import click

from twin_tui.cli.importing import bring_in, import_options
from twin_tui.cli.taught import TaughtCommand, TaughtGroup, taught


class ImportGroup(TaughtGroup):
    """Takes a path in place of a format's name: the format is recognised then."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Name the command that recognises where none of the formats is named."""
        word = _first_word(args)
        if word is not None and self.get_command(ctx, word) is None:
            args = [_ANY, *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command; its help does not show a name that nobody types."""
        name, command, rest = super().resolve_command(ctx, args)
        return ("" if command is any_ else name), command, rest

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, for a format of the registry without one of its own that of every format.

        The one that recognises has no name to type.
        """
        if cmd_name == _ANY:
            found: click.Command | None = any_
        else:
            found = super().get_command(ctx, cmd_name) or _of_registry(cmd_name)
        return found


class _NamelessContext(click.Context):
    """Of a command whose name nobody types: no room is left for one."""

    @property
    def command_path(self) -> str:
        """What is typed."""
        return super().command_path.rstrip()


class _Nameless(TaughtCommand):
    """A command that is chosen by what it is given."""

    context_class = _NamelessContext


_ANY = "PATH"


def _first_word(args: list[str]) -> str | None:
    """Return the first argument that is no option and no option's value; None where there is none."""
    valued = {name for option in any_.params if not getattr(option, "is_flag", True) for name in option.opts}
    rest = iter(args)
    for word in rest:
        if word == "--":
            return next(rest, None)
        if not word.startswith("-") or word == "-":
            return word
        if word in valued:
            next(rest, None)
    return None


@taught(
    "import",
    ("twin-tui import export.zip --db conversations.db", "Recognises the format and says which it took."),
    ("twin-tui import slack export.zip --db conversations.db", "Reads a workspace export."),
    ("twin-tui import chatgpt export.zip --db conversations.db --user ann@example.com", "Says whose it is."),
    group=True,
    cls=ImportGroup,
    subcommand_metavar="PATH | FORMAT PATH",
)
def import_() -> None:
    """Read conversations from another system's export.

    `twin-tui import PATH` recognises the format; `twin-tui import PATH --help` lists its options.
    """


@taught(
    _ANY,
    ("twin-tui import export.zip --dry-run", "Says which format it is and what would come in."),
    ("twin-tui import export.zip --db conversations.db", "Makes the database, or updates it."),
    cls=_Nameless,
)
@import_options("company", "user", "owner", "gap_minutes", "bridges", "agents", "all_users")
@click.pass_context
def any_(context: click.Context, /, *, path: Path, rejects: Path | None, **choices: Any) -> int:
    """Import an export of any format that is known, recognised by its content.

    A Slack workspace, ChatGPT, claude.ai, or tables of our own; the first line says which it was. Options
    that mean nothing for the format are ignored.
    """
    return bring_in(context, None, path, rejects=rejects, **choices)


def _of_registry(name: str) -> click.Command | None:
    from twin_tui.importers import IMPORTERS  # noqa: PLC0415 - peewee is not needed for --help

    if name not in IMPORTERS:
        return None

    @taught(
        name, (f"twin-tui import {name} PATH --db conversations.db", "Makes the database, or updates it.")
    )
    @import_options("company", "user", "owner", "gap_minutes", "all_users")
    @click.pass_context
    def command(context: click.Context, /, *, path: Path, rejects: Path | None, **choices: Any) -> int:
        """Import this format."""
        return bring_in(context, name, path, rejects=rejects, **choices)

    made: click.Command = command
    return made


@taught(
    "slack",
    ("twin-tui import slack export.zip --db conversations.db", "Makes the database, or updates it."),
    ("twin-tui import slack ./export --dry-run", "Says what would be imported; writes nothing."),
    ("twin-tui import slack export.zip --db conversations.db --company Acme --gap 60", "Longer exchanges."),
)
@import_options("company", "owner", "gap_minutes", "bridges", "agents", "all_users")
@click.pass_context
def slack(context: click.Context, /, *, path: Path, rejects: Path | None, **choices: Any) -> int:
    """Import a Slack workspace export: folder or ZIP.

    It may be official or by slackdump. Conversations are threads with a bot, direct messages to a bot, and
    unthreaded exchanges that begin with its mention. Importing again changes nothing; a newer export updates.
    Exit code 4: something could not be read and is listed, the rest is in.
    """
    return bring_in(context, "slack", path, rejects=rejects, **choices)


@taught(
    "chatgpt",
    ("twin-tui import chatgpt export.zip --db conversations.db", "The official export, as downloaded."),
    ("twin-tui import chatgpt conversations.json --db conversations.db --user ann@example.com", "One file."),
    ("twin-tui import chatgpt export.zip --dry-run", "Says what would be imported; writes nothing."),
)
@import_options("company", "user", "all_users")
@click.pass_context
def chatgpt(context: click.Context, /, *, path: Path, rejects: Path | None, **choices: Any) -> int:
    """Import a ChatGPT export: ZIP, folder or file.

    A file is a conversations.json, or what a browser saved; numbered files are read as one. Only what the
    page shows becomes a message: the chosen branch, without hidden context, thinking and what tools were
    sent. A canvas is a document, a search a query, at the message that asked for it.
    """
    return bring_in(context, "chatgpt", path, rejects=rejects, **choices)


@taught(
    "claude",
    ("twin-tui import claude export.zip --db conversations.db", "The official export, as downloaded."),
    (
        "twin-tui import claude chat.json --db conversations.db --user ann@example.com",
        "Saved by a browser.",
    ),
)
@import_options("company", "user", "all_users")
@click.pass_context
def claude(context: click.Context, /, *, path: Path, rejects: Path | None, **choices: Any) -> int:
    """Import a claude.ai export: ZIP, folder or file.

    A file is a conversations.json, or one conversation as a browser saved it. Only what the page shows
    becomes a message; artifacts are documents, searches queries, at the message that asked for them.
    """
    return bring_in(context, "claude", path, rejects=rejects, **choices)


@taught(
    "tables",
    ("twin-tui import tables ./tables --db conversations.db", "A folder with users.csv, sessions.csv …"),
    (
        "twin-tui import tables sessions.jsonl --db conversations.db",
        "Rows of one table.",
    ),
    (
        "twin-tui import tables tables.zip --dry-run",
        "Says which rows are good, which not and why.",
    ),
)
@import_options()
@click.pass_context
def tables(context: click.Context, /, *, path: Path, rejects: Path | None, **choices: Any) -> int:
    r"""Import tables of our own format, the way in for any source.

    One file per table, .csv or .jsonl, columns by their names in any order; what is left out stays as it is,
    or NULL in a new row. In CSV, NULL is \N. Times are UTC unless they say otherwise. Each row is checked:
    a missing id, an unknown user, twin, session or message, a bad time or number is listed; the rest is in.
    """
    return bring_in(context, "tables", path, rejects=rejects, **choices)


for _command in (slack, chatgpt, claude, tables):
    import_.add_command(_command)
