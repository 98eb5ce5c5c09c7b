"""Commands that teach: every one takes the global options and ends its help with examples."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from twin_tui.cli.completion_words import drivers, files, themes, timezones

FLAGS = "twin_tui.flags"
"""Key in a context's ``meta`` of the global options given so far; the innermost wins."""


def remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Keep a given global option for whatever command runs in the end."""
    if value is not None:
        context.meta.setdefault(FLAGS, {})[parameter.name] = value


def _global_options() -> list[click.Option]:
    rows = (
        ("--db", "PATH|URL", "Database: a file, sqlite:///FILE or postgresql://USER@HOST/NAME."),
        ("--tz", "ZONE", "Report timezone, an IANA name; default UTC."),
        ("--now", "TIME", "Pretend it is this instant (2026-11-23T12:00:00Z); without an offset it is UTC."),
        ("--theme", "NAME", "Colours: twin-dark, twin-light, twin-terminal, nord …"),
        ("--driver", "auto|plain|lean", "Send the terminal every repaint (plain) or what changed (lean)."),
        ("--ticket", "NAME", "Why content is read: goes into the read-audit."),
        ("--config", "FILE", "Read this configuration file instead of the usual one."),
    )
    completed = {"--db": files, "--tz": timezones, "--theme": themes, "--driver": drivers, "--config": files}
    return [
        GlobalOption(
            [name],
            metavar=metavar,
            help=text,
            expose_value=False,
            callback=remember,
            shell_complete=completed.get(name),
        )
        for name, metavar, text in rows
    ]


class GlobalOption(click.Option):
    """An option that every command takes, before or after its name."""


class _Taught(click.Command):
    """What commands and groups have in common."""

    examples: Sequence[tuple[str, str]] = ()

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options first, those of every command after them."""
        own: list[tuple[str, str]] = []
        everywhere: list[tuple[str, str]] = []
        for parameter in self.get_params(context):
            record = parameter.get_help_record(context)
            if record is not None:
                (everywhere if isinstance(parameter, GlobalOption) else own).append(record)
        for title, rows in (("Options", own), ("Options of every command", everywhere)):
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(context, formatter)

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the examples: the command as it is typed, and what it does."""
        if self.examples:
            with formatter.section("Examples"):
                for command, does in self.examples:
                    formatter.write(f"{'':{formatter.current_indent}}{command}\n")
                    formatter.indent()
                    formatter.write_text(does)
                    formatter.dedent()


class TaughtCommand(_Taught):
    """A command with examples."""


class TaughtGroup(_Taught, click.Group):
    """A group of commands with examples, listed in the order in which they were added."""

    later: Mapping[str, str] = {}
    """Commands that are imported when they are asked for: name, and ``module:attribute``."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands."""
        return [*self.later, *(name for name in self.commands if name not in self.later)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name."""
        if cmd_name in self.later and cmd_name not in self.commands:
            module, _, attribute = self.later[cmd_name].partition(":")
            self.add_command(getattr(import_module(module), attribute), cmd_name)
        return super().get_command(ctx, cmd_name)


def taught(
    name: str,
    *examples: tuple[str, str],
    group: bool = False,
    cls: type[_Taught] | None = None,
    **attributes: Any,
) -> Callable[[Callable[..., Any]], Any]:
    """Make a function a command called ``name`` that takes the global options and shows ``examples``."""

    def decorate(function: Callable[..., Any]) -> Any:
        command = click.command(name, cls=cls or (TaughtGroup if group else TaughtCommand), **attributes)(
            function
        )
        command.params = [*command.params, *_global_options()]
        command.examples = examples
        return command

    return decorate
