"""What must not be loaded when the first picture stands: each costs a person at a cold start."""

from pathlib import Path

from tests.tui.terminal import Terminal

LATER = (
    *("faker", "plotext", "twin_tui.sample", "twin_tui.importers", "twin_tui.testing"),
    *("markdown_it", "textual.widgets._markdown", "http.client", "urllib.request", "xml.etree", "webbrowser"),
    *("multiprocessing", "unittest", "pytest", "tkinter"),
    *("peewee", "playhouse", "psycopg", "twin_tui.data", "twin_tui.store"),
    *("twin_tui.analytics.service", "twin_tui.analytics.answers", "twin_tui.reports", "twin_tui.cli.report"),
    *("twin_tui.tui.tabs.overview", "twin_tui.tui.tabs.activity", "twin_tui.tui.tabs.people"),
    *("twin_tui.tui.screens.conversation", "twin_tui.tui.screens.filters", "twin_tui.tui.screens.help"),
)
"""Modules, each with all below it."""
PROGRAM = """
import sys
from pathlib import Path
from textual.app import App

def painted(self):
    if len(self.screen_stack) == 1 and self.screen.query("TabBar"):
        Path("loaded").write_text("\\n".join(sorted(sys.modules)))
        self.exit()

App.post_display_hook = painted
from twin_tui.cli import run
sys.exit(run(["--db", {database!r}, "--driver", "lean", "--now", "2026-11-23T12:00:00Z"]))
"""

OPENED = """
import sys
from pathlib import Path
from twin_tui.tui.app import TwinApp

def look(app):
    if app.is_settled:
        Path("loaded").write_text("\\n".join(sorted(sys.modules)))
        app.exit()

def on_ready(self):
    self.set_interval(0.05, lambda: look(self))

TwinApp.on_ready = on_ready
from twin_tui.cli import run
sys.exit(run(["--db", {database!r}, "--driver", "lean", "--now", "2026-11-23T12:00:00Z"]))
"""


def test_the_first_picture_needs_none_of_what_comes_later(world_sqlite: str, tmp_path: Path) -> None:
    with Terminal(["-c", PROGRAM.format(database=world_sqlite)], tmp_path) as terminal:
        assert terminal.ended() == 0
    loaded = (tmp_path / "loaded").read_text().split("\n")
    assert "twin_tui.tui.screens.main" in loaded
    found = [name for name in loaded for late in LATER if name == late or name.startswith(f"{late}.")]
    assert not found, f"loaded before the first picture: {', '.join(found)}"


def test_a_file_is_looked_at_without_the_driver_of_a_server(world_sqlite: str, tmp_path: Path) -> None:
    with Terminal(["-c", OPENED.format(database=world_sqlite)], tmp_path) as terminal:
        assert terminal.ended() == 0
    loaded = (tmp_path / "loaded").read_text().split("\n")
    assert "peewee" in loaded
    assert not [name for name in loaded if name.startswith("psycopg")]
