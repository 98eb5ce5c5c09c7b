"""What the terminal can do, as far as that is found out without asking it anything."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TextIO

from twin_tui.operations.findings import Fact

NARROWEST, LOWEST = 60, 16
"""Cells and lines below which the screens say that they need more."""
SLOW_ESCAPE_MS = 100
"""From here on Escape feels slow in tmux."""
TMUX_SECONDS = 1
Runner = Callable[[Sequence[str]], str]
"""Runs a command and returns what it prints, "" when it fails."""


def run(command: Sequence[str]) -> str:
    """Return what a command prints; "" when it is not there, fails, or takes more than a second."""
    try:
        ended = subprocess.run(
            command, capture_output=True, timeout=TMUX_SECONDS, check=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return ended.stdout.decode("utf-8", "replace").strip()


def terminal(environ: Mapping[str, str] | None = None, runner: Runner = run) -> Iterator[Fact]:
    """Yield what is known of the terminal this process was started in."""
    env = os.environ if environ is None else environ
    is_tty = _is_tty(sys.stdin) and _is_tty(sys.stdout)
    yield _fact(
        "is_terminal", "Terminal", is_tty, None if is_tty else "no dashboard here: use twin-tui report"
    )
    term = env.get("TERM") or None
    yield _fact("term", "TERM", term, "the dashboard needs a real terminal" if term == "dumb" else None)
    yield _fact("colorterm", "COLORTERM", env.get("COLORTERM") or None)
    yield _fact("no_color", "NO_COLOR", env.get("NO_COLOR") or None)
    colors = colors_of(env)
    limited = colors in ("256", "16") and not env.get("NO_COLOR")
    over = " (SSH does not pass it on)" if _is_remote(env) else ""
    hint = f"where the terminal has more: COLORTERM=truecolor{over}" if limited else None
    yield _fact("colors", "Colours", colors, hint)
    encoding = sys.stdout.encoding if sys.stdout is not None else None
    fine = (encoding or "").lower().replace("-", "").replace("_", "") == "utf8"
    yield _fact("encoding", "Encoding", encoding, None if fine else "set LANG to a UTF-8 locale")
    columns, lines = shutil.get_terminal_size((0, 0))
    small = is_tty and (columns < NARROWEST or lines < LOWEST)
    size = f"{columns}x{lines}" if columns and lines else None
    yield _fact("size", "Size", size, f"at least {NARROWEST}x{LOWEST} is wanted" if small else None)
    yield _fact("ssh", "Over SSH", _is_remote(env))
    yield from _tmux(env, runner)


def colors_of(environ: Mapping[str, str]) -> str:
    """Return how many colours a terminal says that it has.

    >>> colors_of({"TERM": "xterm-256color"}), colors_of({"COLORTERM": "truecolor", "TERM": "xterm"})
    ('256', 'truecolor')
    >>> colors_of({"NO_COLOR": "1", "TERM": "xterm"})
    "the terminal's own (NO_COLOR)"
    >>> colors_of({"TERM": "dumb"}), colors_of({"TERM": "linux"})
    ('none', '16')
    """
    term = environ.get("TERM", "").lower()
    if term in ("", "dumb", "unknown"):
        return "none"
    if environ.get("NO_COLOR"):
        return "the terminal's own (NO_COLOR)"
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") or term.endswith("-direct"):
        return "truecolor"
    return "256" if term.endswith(("-256color", "kitty")) else "16"


def _tmux(environ: Mapping[str, str], runner: Runner) -> Iterator[Fact]:
    if not environ.get("TMUX"):
        yield _fact("tmux", "In tmux", bool(environ.get("TMUX")))
        return
    yield _fact("tmux", "In tmux", value=True)
    waits = runner(("tmux", "show-options", "-sv", "escape-time"))
    slow = waits.isdecimal() and int(waits) >= SLOW_ESCAPE_MS
    hint = "esc feels slow: set -s escape-time 10" if slow else None
    yield _fact("tmux_escape_time", "tmux escape-time (ms)", int(waits) if waits.isdecimal() else None, hint)
    clipboard = runner(("tmux", "show-options", "-sv", "set-clipboard"))
    hint = (
        "copying does not reach the clipboard: set -s set-clipboard on"
        if clipboard in ("off", "external")
        else None
    )
    yield _fact("tmux_clipboard", "tmux set-clipboard", clipboard or None, hint)


def _fact(key: str, label: str, value: str | int | bool | None, hint: str | None = None) -> Fact:
    return Fact("terminal", key, label, value, hint)


def _is_remote(environ: Mapping[str, str]) -> bool:
    return any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


def _is_tty(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False
