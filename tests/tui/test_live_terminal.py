"""Following the data in a real pseudo-terminal: not a byte while nothing changes, few when something does."""

import sqlite3
from pathlib import Path

from tests.tui.terminal import Terminal

IDLE_SECONDS = 3.0
"""Several looks at the database."""


def idle_bytes(terminal: Terminal) -> bytes:
    """Return what is written while nobody does anything."""
    terminal.settle(0.5)
    before = len(terminal.raw)
    terminal._read(IDLE_SECONDS)
    return bytes(terminal.raw[before:])


def test_nothing_is_written_until_another_process_writes(world_sqlite: str, tmp_path: Path) -> None:
    path = world_sqlite.removeprefix("sqlite:///")
    argv = ["-m", "twin_tui", "dashboard", "--db", path, "--period", "all"]
    with Terminal(argv, tmp_path, (100, 30)) as terminal:
        terminal.wait_for("world.db")
        terminal.settle(1.0)
        start = len(terminal.raw)
        for keys in (("2",), ("\r",)):
            assert idle_bytes(terminal) == b""
            terminal.press(*keys)
        terminal.wait_for("entry 1 of")
        assert idle_bytes(terminal) == b""
        terminal.press("\x1b")
        terminal.settle(0.5)
        before = len(terminal.raw)
        conn = sqlite3.connect(path)
        conn.execute(
            "INSERT INTO sessions (id, user_id, twin_id, title, started_at)"
            " SELECT 'live', user_id, twin_id, 'Seen at once', datetime('now') FROM sessions LIMIT 1"
        )
        conn.commit()
        conn.close()
        terminal.wait_for("Seen at once")
        terminal.settle(0.5)
        assert len(terminal.raw) - before < start / 2, "a fraction of what the first picture took"
        assert idle_bytes(terminal) == b""
        terminal.press("q")
        assert terminal.ended() == 0
