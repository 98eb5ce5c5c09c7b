"""What must not be loaded when the first picture stands: each costs a person at a cold start."""

from pathlib import Path

from tests.tui.terminal import Terminal

LATER = (
    *("faker", "plotext", "twin_tui.sample", "twin_tui.importers", "twin_tui.testing"),
    *("markdown_it", "textual.widgets._markdown", "http.client", "urllib.request", "xml.etree", "webbrowser"),
    *("multiprocessing", "unittest", "pytest", "tkinter", "wcwidth"),
    *("peewee", "playhouse", "psycopg", "twin_tui.data", "twin_tui.store"),
    *("twin_tui.analytics.service", "twin_tui.analytics.answers", "twin_tui.reports", "twin_tui.cli.report"),
    *("twin_tui.tui.tabs.overview", "twin_tui.tui.tabs.activity", "twin_tui.tui.tabs.people"),
    *(
        "twin_tui.tui.screens.conversation",
        "twin_tui.tui.screens.dialogs.filters",
        "twin_tui.tui.screens.dialogs.help",
    ),
)
"""Modules, each with all below it."""
AFTER_FIGURES = (
    *("faker", "importlib.metadata", "email", "zipfile", "tomllib", "psycopg"),
    *("twin_tui.sample", "twin_tui.importers", "twin_tui.reports", "twin_tui.testing", "twin_tui.operations"),
    *("twin_tui.cli.demo", "twin_tui.cli.generate", "twin_tui.cli.report", "twin_tui.cli.filter_options"),
    *("twin_tui.tui.tabs.activity", "twin_tui.tui.tabs.people", "twin_tui.tui.tabs.retention"),
    *(
        "twin_tui.tui.tabs.engagement",
        "twin_tui.tui.tabs.quality",
        "twin_tui.tui.screens.conversation",
    ),
    *(
        "twin_tui.analytics.people.directory",
        "twin_tui.analytics.search.answer",
        "twin_tui.analytics.conversation.timeline",
    ),
    *(
        "twin_tui.analytics.retention.answer",
        "twin_tui.analytics.engagement.answer",
        "twin_tui.analytics.quality.answer",
    ),
    *("twin_tui.analytics.people.monthly", "twin_tui.analytics.masked", "twin_tui.text.masking"),
    *("twin_tui.analytics.answers.people", "twin_tui.analytics.answers.retention"),
    *("twin_tui.analytics.answers.search", "twin_tui.analytics.answers.reading"),
    *("twin_tui.rollups.refresh", "twin_tui.rollups.rebuild", "twin_tui.rollups.follower"),
    *("twin_tui.rollups.search.index", "twin_tui.rollups.search.sqlite", "twin_tui.rollups.search.store"),
)
"""Modules, each with all below it, that the first tab's figures do without."""
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

FIGURED = """
import sys
from pathlib import Path
from twin_tui.tui.loading import DataTab

def drawn(self, wanted):
    Path("loaded").write_text("\\n".join(sorted(sys.modules)))
    self.app.exit()

DataTab._mark_drawn = drawn
from twin_tui.cli import run
sys.exit(run(["--db", {database!r}, "--driver", "lean", "--now", "2026-11-23T12:00:00Z"]))
"""

WALKED = """
import sys
from pathlib import Path
from twin_tui.cli import run

code = run(["--db", {database!r}, "--driver", "lean", "--now", "2026-11-23T12:00:00Z"])
Path("loaded").write_text("\\n".join(sorted(sys.modules)))
sys.exit(code)
"""
UNUSED = (
    *("ssl", "_ssl", "_hashlib", "psycopg", "faker", "msgspec", "textual.widgets._markdown", "http.client"),
    *("twin_tui.importers", "twin_tui.sample", "twin_tui.reports", "twin_tui.tui.screens.jobs.import_form"),
    *(
        "twin_tui.tui.screens.jobs.start",
        "twin_tui.tui.screens.jobs.work",
        "twin_tui.tui.screens.conversation",
    ),
)
"""Modules, each with all below it, that looking at every tab, the palette and the filters does without."""

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
    assert "twin_tui.tui.screens.main.main" in loaded
    found = [name for name in loaded for late in LATER if name == late or name.startswith(f"{late}.")]
    assert not found, f"loaded before the first picture: {', '.join(found)}"


def test_the_first_figures_need_none_of_what_other_tabs_do(world_sqlite: str, tmp_path: Path) -> None:
    with Terminal(["-c", FIGURED.format(database=world_sqlite)], tmp_path) as terminal:
        assert terminal.ended() == 0
    loaded = (tmp_path / "loaded").read_text().split("\n")
    assert {"plotext", "peewee", "twin_tui.analytics.overview.answer"} <= set(loaded)
    found = [name for name in loaded for late in AFTER_FIGURES if name == late or name.startswith(f"{late}.")]
    assert not found, f"loaded before the first figures: {', '.join(found)}"


def test_a_file_is_looked_at_without_the_driver_of_a_server(world_sqlite: str, tmp_path: Path) -> None:
    with Terminal(["-c", OPENED.format(database=world_sqlite)], tmp_path) as terminal:
        assert terminal.ended() == 0
    loaded = (tmp_path / "loaded").read_text().split("\n")
    assert "peewee" in loaded
    assert not [name for name in loaded if name.startswith("psycopg")]


def test_looking_around_loads_nothing_that_only_imports_or_servers_need(
    world_sqlite: str, tmp_path: Path
) -> None:
    with Terminal(["-c", WALKED.format(database=world_sqlite)], tmp_path, (120, 40)) as terminal:
        terminal.wait_for("Active users")
        for number in range(2, 7):
            terminal.press(str(number))
        terminal.press_until("\x10", "Import: slack")
        terminal.press("\x1b")
        terminal.press_until("f", "to choose from")
        terminal.press("\x1b")
        terminal.press_until("1", "Active users")
        terminal.press("q")
        assert terminal.ended() == 0
    loaded = (tmp_path / "loaded").read_text().split("\n")
    assert {"asyncio", "hashlib", "twin_tui.tui.tabs.quality", "twin_tui.tui.screens.dialogs.filters"} <= set(
        loaded
    )
    found = [name for name in loaded for late in UNUSED if name == late or name.startswith(f"{late}.")]
    assert not found, f"loaded while looking around: {', '.join(found)}"
