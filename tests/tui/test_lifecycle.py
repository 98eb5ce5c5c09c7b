"""Leaving: by key, signal, lost terminal and crash, in a real pseudo-terminal."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.tui.terminal import Terminal
from twin_tui.crash_log import described

PROGRAM = """
import sys
from tests.tui.conversation_world import FakeConversations, feed
from tests.tui.fake_service import NOW
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.lifecycle import run
{more}
app = TwinApp(FakeConversations(feed=feed(40)), Settings(now=NOW))
code = run(app)
sys.stdout.flush()
import os
os._exit(code)
"""
CRASHING = """
from textual.binding import Binding
from twin_tui.tui.screens.main.main import MainScreen
def action_help(self):
    secret = "SECRET MESSAGE TEXT"
    raise ValueError(secret)
MainScreen.action_help = action_help
"""
HANGING = """
import signal, time
from twin_tui.tui.screens.main.main import MainScreen
def action_help(self):
    self.app.leave(143)
    time.sleep(60)
MainScreen.action_help = action_help
"""


def started(home: Path, more: str = "", size: tuple[int, int] = (80, 24)) -> Terminal:
    return Terminal(["-c", PROGRAM.format(more=more)], home, size)


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([("q", "")], 0),
        ([("\x11", "")], 0),
        ([("\x03", "")], 130),
        ([("2", "of 40"), ("\r", "entry 1 of"), ("\x03", "")], 130),
    ],
)
def test_keys_leave_the_terminal_whole(tmp_path: Path, steps: list[tuple[str, str]], code: int) -> None:
    with started(tmp_path) as terminal:
        terminal.wait_for("Active users")
        terminal.settle()
        for key, words in steps:
            terminal.press(key)
            if words:
                terminal.wait_for(words)
                terminal.settle()
        assert terminal.ended() == code
        terminal.assert_whole()


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_signals_leave_the_terminal_whole(tmp_path: Path, number: signal.Signals, code: int) -> None:
    with started(tmp_path) as terminal:
        terminal.wait_for("Active users")
        terminal.settle()
        terminal.press("2")
        terminal.wait_for("of 40")
        terminal.settle()
        terminal.press("\r")
        terminal.wait_for("entry 1 of")
        terminal.signal(number)
        assert terminal.ended() == code
        terminal.assert_whole()


def test_a_lost_terminal_ends_the_program(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        terminal.wait_for("Active users")
        terminal.settle()
        terminal.hang_up()
        assert terminal.ended() == 129


def test_a_crash_says_one_sentence_and_logs_no_message_text(tmp_path: Path) -> None:
    with started(tmp_path, CRASHING) as terminal:
        terminal.wait_for("Active users")
        terminal.settle()
        before = len(terminal.raw)
        os.write(terminal._ours, b"?")
        assert terminal.ended() == 1
        terminal.assert_whole()
        after = terminal.raw[terminal.raw.rfind(b"\x1b[?1049l") :].decode()
        assert before > 0
        assert "twin-tui stopped: ValueError." in after
        assert "Traceback" not in after
        assert "SECRET" not in after
        log = tmp_path / ".local/state/twin-tui/log/crash.log"
        words = log.read_text("utf-8")
        assert log.stat().st_mode & 0o777 == 0o600
        assert "builtins.ValueError" in words
        assert "action_help" in words
        assert "SECRET" not in words


def test_an_app_that_hangs_is_left_by_force(tmp_path: Path) -> None:
    with started(tmp_path, HANGING) as terminal:
        terminal.wait_for("Active users")
        terminal.settle()
        begin = time.monotonic()
        os.write(terminal._ours, b"?")
        assert terminal.ended() == 143
        assert time.monotonic() - begin < 30
        terminal.assert_whole()


def test_a_report_names_errors_and_places_and_no_values() -> None:
    secret = "what a person wrote"
    try:
        try:
            raise KeyError(secret)
        except KeyError as error:
            raise RuntimeError(secret) from error
    except RuntimeError as error:
        report = described(error)
    assert "builtins.RuntimeError" in report
    assert "builtins.KeyError" in report
    assert "test_lifecycle.py" in report
    assert secret not in report.replace('secret = "what a person wrote"', "")
