import subprocess
import sys
from collections.abc import Mapping, Sequence

import pytest

from twin_tui.operations.findings import Fact
from twin_tui.operations.terminal import run, terminal


def silent(command: Sequence[str]) -> str:
    raise AssertionError(command)


def seen(environ: Mapping[str, str], runner=silent) -> dict[str, Fact]:
    return {fact.key: fact for fact in terminal(environ, runner)}


def tmux(waits: str, clipboard: str):
    answers = {"escape-time": waits, "set-clipboard": clipboard}
    return lambda command: answers[command[-1]]


def test_nothing_is_asked_of_tmux_outside_of_it():
    facts = seen({"TERM": "xterm-256color"})
    assert facts["tmux"].value is False
    assert "tmux_escape_time" not in facts


@pytest.mark.parametrize("clipboard", ["off", "external"])
def test_tmux_that_makes_escape_slow_and_swallows_copies_is_told_of(clipboard: str):
    """With "external" tmux itself may set the clipboard, and programs in it may not."""
    facts = seen({"TMUX": "/tmp/t,1,0", "TERM": "tmux-256color"}, tmux("500", clipboard))
    assert (facts["tmux"].value, facts["tmux_escape_time"].value) == (True, 500)
    assert "escape-time 10" in (facts["tmux_escape_time"].hint or "")
    assert "set-clipboard on" in (facts["tmux_clipboard"].hint or "")


@pytest.mark.parametrize(("waits", "clipboard"), [("10", "on"), ("", "")])
def test_a_quick_or_silent_tmux_gives_no_advice(waits: str, clipboard: str):
    facts = seen({"TMUX": "x", "TERM": "screen"}, tmux(waits, clipboard))
    assert facts["tmux_escape_time"].hint is None
    assert facts["tmux_clipboard"].hint is None


@pytest.mark.parametrize(
    ("environ", "colors", "advised"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "truecolor", False),
        ({"TERM": "xterm-256color"}, "256", True),
        ({"TERM": "linux"}, "16", True),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "the terminal's own (NO_COLOR)", False),
        ({"TERM": "dumb"}, "none", False),
    ],
)
def test_colours_are_what_the_environment_says(environ: dict[str, str], colors: str, advised: bool):
    fact = seen(environ)["colors"]
    assert (fact.value, fact.hint is not None) == (colors, advised)


def test_ssh_is_seen_and_named_as_the_reason_for_few_colours():
    facts = seen({"TERM": "xterm-256color", "SSH_CONNECTION": "1 2 3 4"})
    assert facts["ssh"].value is True
    assert "SSH does not pass it on" in (facts["colors"].hint or "")


def test_a_command_that_is_missing_or_fails_or_hangs_says_nothing(monkeypatch: pytest.MonkeyPatch):
    assert run(("twin-tui-no-such-program",)) == ""
    assert run((sys.executable, "-c", "print('x'); raise SystemExit(1)")) == ""
    assert run((sys.executable, "-c", "print(' said ')")) == "said"

    def hang(*given: object, **named: object) -> None:
        raise subprocess.TimeoutExpired("tmux", 1)

    monkeypatch.setattr(subprocess, "run", hang)
    assert run(("tmux",)) == ""
