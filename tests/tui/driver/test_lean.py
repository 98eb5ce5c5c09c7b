"""The lean driver in a real pseudo-terminal: whatever destroyed the picture, it is painted anew."""

import fcntl
import os
import signal
import struct
import termios
import time
from pathlib import Path

import pytest

from tests.tui.terminal import PATIENCE, Terminal
from twin_tui.tui.driver import driver_class
from twin_tui.tui.driver.lean import LeanDriver

PROGRAM = """
import os, sys
from tests.tui.conversation_world import FakeConversations, feed
from tests.tui.fake_service import NOW
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.lifecycle import run
code = run(TwinApp(FakeConversations(feed=feed(40)), Settings(now=NOW, driver="lean")))
sys.stdout.flush()
os._exit(code)
"""
GARBAGE = b"\x1b[0m\x1b[H\x1b[2J$ ls\r\n\x1b[31mred\x1b[0m " + "世界".encode()


def spoil(terminal: Terminal) -> None:
    """Let another program write over the picture."""
    terminal._stream.feed(GARBAGE)


def wait_for_picture(terminal: Terminal, picture: str) -> None:
    end = time.monotonic() + PATIENCE
    while terminal.text != picture and time.monotonic() < end:
        terminal._read(0.1)
    assert terminal.text == picture


def wait_until_stopped(terminal: Terminal) -> None:
    end = time.monotonic() + PATIENCE
    stat = Path(f"/proc/{terminal.process.pid}/stat")
    while stat.read_text().rpartition(")")[2].split()[0] != "T":
        terminal._read(0.05)
        assert time.monotonic() < end, "it never stopped"


def resize(terminal: Terminal, width: int, height: int) -> None:
    terminal.screen.resize(height, width)
    fcntl.ioctl(terminal._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))


def test_the_picture_comes_back_after_whatever_destroyed_it(tmp_path: Path) -> None:
    with Terminal(["-c", PROGRAM], tmp_path, (90, 28)) as terminal:
        terminal.wait_for("Active users")
        terminal.settle(0.6)
        picture = terminal.text

        spoil(terminal)
        os.write(terminal._ours, b"\x0c")
        wait_for_picture(terminal, picture)

        terminal.signal(signal.SIGTSTP)
        wait_until_stopped(terminal)
        terminal.settle()
        spoil(terminal)
        terminal.signal(signal.SIGCONT)
        wait_for_picture(terminal, picture)

        terminal.settle(0.6)
        os.write(terminal._ours, b"\x1a")
        wait_until_stopped(terminal)
        terminal.settle()
        spoil(terminal)
        terminal.signal(signal.SIGCONT)
        wait_for_picture(terminal, picture)

        terminal.settle(0.6)
        terminal.signal(signal.SIGSTOP)
        wait_until_stopped(terminal)
        spoil(terminal)
        terminal.signal(signal.SIGCONT)
        wait_for_picture(terminal, picture)

        terminal.settle(0.6)
        resize(terminal, 70, 26)
        terminal.settle(0.6)
        assert terminal.text != picture
        spoil(terminal)
        resize(terminal, 90, 28)
        wait_for_picture(terminal, picture)

        terminal.settle(0.6)
        spoil(terminal)
        terminal.signal(signal.SIGWINCH)
        wait_for_picture(terminal, picture)

        terminal.settle(0.6)
        before = len(terminal.raw)
        terminal.settle(1.0)
        assert len(terminal.raw) == before
        terminal.press("q")
        assert terminal.ended() == 0
        terminal.assert_whole()


@pytest.mark.parametrize(
    ("wanted", "environment", "is_lean"),
    [
        ("auto", {}, False),
        ("auto", {"SSH_TTY": "/dev/pts/3"}, True),
        ("auto", {"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22"}, True),
        ("plain", {"SSH_TTY": "/dev/pts/3"}, False),
        ("lean", {}, True),
        ("lean", {"TEXTUAL_DRIVER": "other:Driver"}, False),
    ],
)
def test_the_driver_is_chosen_by_setting_and_line(
    wanted: str, environment: dict[str, str], is_lean: bool
) -> None:
    assert driver_class(wanted, environment) is (LeanDriver if is_lean else None)
