"""What a person at a terminal gets: read as raw bytes from a pseudo-terminal."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time

import pytest

from tests.cli.conftest import NOW

PATIENCE = 60.0


def at_terminal(
    *arguments: str,
    typed: bytes = b"",
    when: bytes = b"",
    then: tuple[bytes, bytes] = (b"", b""),
    **environment: str,
) -> tuple[int, bytes]:
    """Run the program in a pty of 100x30, type ``typed`` once ``when`` was printed; return code and bytes.

    ``then`` is waited for and typed after that.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    program = subprocess.Popen(
        [sys.executable, "-m", "twin_tui", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", **environment},
        start_new_session=True,
    )
    os.close(theirs)
    seen = b""
    end = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < end:
            ready, _, _ = select.select([ours], [], [], 0.2)
            if ready:
                try:
                    chunk = os.read(ours, 65_536)
                except OSError:
                    break
                if not chunk:
                    break
                seen += chunk
            if typed and when in seen:
                os.write(ours, typed)
                when, typed = then
                then = (b"", b"")
        return program.wait(timeout=PATIENCE), seen
    finally:
        program.kill()
        program.wait()
        os.close(ours)


def test_the_dashboard_opens_and_q_leaves_with_0(world: str):
    code, seen = at_terminal("--db", world, "--now", NOW, typed=b"q", when=b"Overview")
    assert code == 0
    assert b"\x1b[?1049h" in seen
    assert b"\x1b[?1049l" in seen


def test_data_older_than_the_period_nobody_chose_open_with_all_time(world: str):
    later = ("--db", world, "--now", "2027-11-23T12:00:00Z")
    code, seen = at_terminal(*later, typed=b"q", when=b"All time")
    assert code == 0
    assert b"Nothing happened" not in seen
    code, seen = at_terminal("dashboard", *later, "--period", "30d", typed=b"q", when=b"Nothing happened")
    assert code == 0
    assert b"Last 30 days" in seen


def test_ctrl_c_leaves_the_dashboard_with_130(world: str):
    code, seen = at_terminal("dashboard", "--db", world, "--now", NOW, typed=b"\x03", when=b"Overview")
    assert code == 130
    assert b"Traceback" not in seen


@pytest.mark.parametrize(
    ("environment", "why"),
    [({"TERM": "dumb"}, b"dumb"), ({"PYTHONIOENCODING": "latin-1"}, b"not UTF-8")],
)
def test_a_terminal_that_cannot_draw_is_told_of_the_report(
    world: str, environment: dict[str, str], why: bytes
):
    code, seen = at_terminal("--db", world, **environment)
    assert code == 2
    assert why in seen
    assert b"twin-tui report overview" in seen
    assert b"\x1b" not in seen


@pytest.mark.parametrize("form", ["--json", "--csv", "--md", "--plain"])
def test_no_stored_text_steers_the_terminal_in_any_form(world: str, form: str):
    code, seen = at_terminal("report", "conversation", "talk-hostile", "--db", world, form)
    text = seen.decode("utf-8")
    assert code == 0
    assert "cmd" in text
    assert not {char for char in text if char not in "\r\n" and (char < " " or "\x7f" <= char < "\xa0")}
    assert "\u202e" not in text


def test_plain_text_takes_the_width_of_the_terminal(world: str):
    code, seen = at_terminal("report", "overview", "--db", world, "--now", NOW)
    assert code == 0
    assert max(map(len, seen.decode("utf-8").split("\r\n"))) == 100
