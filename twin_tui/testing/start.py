"""The start screen, which is there when no database is, over jobs that stand still."""

from typing import NoReturn

from twin_tui.importers import IMPORTERS
from twin_tui.settings import Settings
from twin_tui.testing.states import State
from twin_tui.tui.jobs import Format, JobError, Jobs
from twin_tui.tui.start_app import StartApp

RECENT = ("/home/ann/conversations.db", "postgresql://viewer@db.example/twins")
"""What was opened lately in the full state."""


def start_app(settings: Settings, state: State = "full") -> StartApp:
    """Return the app of a first run: "full" with databases opened lately, else without; its jobs all fail."""

    def fail(*_: object) -> NoReturn:
        raise JobError("Nothing is set going here.")

    jobs = Jobs(
        demo=fail,
        preview=fail,
        bring_in=fail,
        check=fail,
        recent=lambda: RECENT if state == "full" else (),
        formats=lambda: tuple(Format(importer.name, importer.label) for importer in IMPORTERS.values()),
        demo_place="/home/ann/.local/share/twin-tui/ai_twin_analytics.db",
        target="/home/ann/ai_twin_analytics.db",
    )
    return StartApp(settings, jobs)
