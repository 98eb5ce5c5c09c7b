"""`twin-tui completion`: Tab in bash, zsh and fish."""

import click
from click.shell_completion import FishComplete, ShellComplete, ZshComplete, add_completion_class

from twin_tui.cli.completion_bash import TwinBash
from twin_tui.cli.output import answer
from twin_tui.cli.running import COMPLETION
from twin_tui.cli.taught import taught


class TwinFish(FishComplete):
    """Click's completion for fish, for values that hold a comma, too."""

    source_template = FishComplete.source_template.replace('split ","', 'split -m1 ","')


SHELLS: dict[str, type[ShellComplete]] = {"bash": TwinBash, "zsh": ZshComplete, "fish": TwinFish}
for _shell in SHELLS.values():
    add_completion_class(_shell)


@taught(
    "completion",
    ('eval "$(twin-tui completion bash)"', "For this shell only; in ~/.bashrc for every one."),
    ("twin-tui completion zsh > ~/.zfunc/_twin-tui", "With fpath+=~/.zfunc before compinit in ~/.zshrc."),
    ("twin-tui completion fish > ~/.config/fish/completions/twin-tui.fish", "Fish finds it there."),
)
@click.argument("shell", type=click.Choice(tuple(SHELLS)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that makes Tab complete commands, options and values.

    Put it where your shell reads it: for bash (4.4 or newer) and zsh as eval "$(twin-tui completion SHELL)"
    at the end of ~/.bashrc or ~/.zshrc, for fish as a file in ~/.config/fish/completions. Companies, users,
    twins and platforms are offered when the database answers within a second.
    """
    known = SHELLS[shell]
    answer(known(context.find_root().command, {}, "twin-tui", COMPLETION).source())
