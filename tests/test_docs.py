"""The README documents every command and option; what is missing is named exactly."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from twin_tui.cli import exits
from twin_tui.cli.commands import twin_tui
from twin_tui.cli.taught import GlobalOption
from twin_tui.settings import ENTRIES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def commands(
    command: click.Command = twin_tui, path: str = "twin-tui"
) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            each = command.get_command(context, name)
            assert each is not None
            yield from commands(each, f"{path} {name}")


def is_told(word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", README) is not None


def test_the_readme_names_every_command():
    missing = [path for path, _ in commands() if not is_told(path)]
    assert not missing, f"README.md does not name: {', '.join(missing)}"


def test_the_readme_names_every_option():
    missing: dict[str, list[str]] = {}
    for path, command in commands():
        for option in command.params:
            if isinstance(option, click.Option):
                for name in (*option.opts, *option.secondary_opts):
                    if name.startswith("--") and not is_told(name):
                        missing.setdefault(name, []).append(path)
    told = "; ".join(f"{name} of {', '.join(paths[:3])}" for name, paths in missing.items())
    assert not missing, f"README.md does not tell of: {told}"


def test_the_readme_names_every_environment_variable_and_key_of_the_file():
    wanted = [name for entry in ENTRIES for name in (*entry.variables, entry.name)] + ["TWIN_TUI_CONFIG"]
    missing = [name for name in wanted if not is_told(name)]
    assert not missing, f"README.md does not tell of: {', '.join(missing)}"


def test_the_readme_names_every_exit_code():
    codes = [code for code in vars(exits).values() if isinstance(code, int)]
    assert len(codes) == 10
    missing = [code for code in codes if not re.search(rf"[`|] *{code} *[`|]", README)]
    assert not missing, f"README.md does not tell of exit codes: {missing}"


@pytest.mark.parametrize(("path", "command"), list(commands()), ids=[path for path, _ in commands()])
def test_every_command_teaches_by_one_to_four_examples_that_exist(path: str, command: click.Command):
    examples = getattr(command, "examples", ())
    assert 1 <= len(examples) <= 4
    known = dict(commands())
    for line, _ in examples:
        words = line.split("twin-tui", 1)[1].split(">")[0].split()
        named, at = "twin-tui", 0
        for word in words:
            if f"{named} {word}" not in known:
                break
            named, at = f"{named} {word}", at + 1
        options = {name for option in known[named].params for name in (*option.opts, *option.secondary_opts)}
        used = {word for word in words[at:] if word.startswith("-")}
        assert used <= options, f"{line}: {used - options}"


@pytest.mark.parametrize(("path", "command"), list(commands()), ids=[path for path, _ in commands()])
def test_every_command_has_help_and_takes_the_global_options(path: str, command: click.Command):
    assert command.help
    taken = {option.name for option in command.params if isinstance(option, GlobalOption)}
    assert taken == {"db", "tz", "now", "theme", "driver", "ticket", "config"}
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{path} {option.opts}"
