"""A small database to look at, and the app over it."""

from contextlib import ExitStack
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import Any

from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.settings import Settings
from twin_tui.store.desk import Desk
from twin_tui.testing.hand_counted import NOW, insert_world
from twin_tui.testing.states import State, begin, staged
from twin_tui.tui.app import TwinApp


def world(path: str | PathLike[str]) -> Path:
    """Write the hand-countable world (three people, two twins, ten sessions) into a new SQLite file.

    Returns the file's path. The same rows every time; raises `FileExistsError` rather than write over a file.
    """
    file = Path(path)
    if file.exists():
        raise FileExistsError(f"{file} exists already.")
    with open_database(str(file), "create") as source:
        insert_world(source)
    return file


class ReadyApp(TwinApp):
    """The dashboard with a service of its own, which is closed when the app ends."""

    def __init__(self, service: AnalyticsService, settings: Settings, holding: ExitStack) -> None:
        """``holding`` is what ends with the app."""
        super().__init__(service, settings)
        self._holding = holding

    def on_unmount(self) -> None:
        """Close the service."""
        self._holding.close()


def app(
    path: str | PathLike[str],
    now: datetime = NOW,
    *,
    state: State = "full",
    screen: str = "overview",
    is_failing: bool = True,
    guard: Guard | None = None,
    desk: Desk | None = None,
    **settings: Any,
) -> TwinApp:
    """Return the dashboard over a database (a path or a URL), ready to run once; its clock stands at ``now``.

    ``settings`` are fields of `Settings`: theme, timezone, period, page_size, no_color. In the state "error"
    every question fails (from `states.begin` on, where it is not to be ``is_failing`` at once), in "empty"
    ``path`` is not read; ``screen`` says what these are about. ``guard`` says what may be seen, and ``desk``
    keeps notes and marks.
    Raises `DatabaseUnavailableError`.
    """
    chosen = Settings(database=str(path), now=now, **settings)
    with ExitStack() as stack:
        service = stack.enter_context(
            staged(
                state,
                screen,
                str(path),
                timezone=chosen.timezone,
                clock=chosen.clock,
                guard=guard,
                desk=desk,
            )
        )
        if is_failing:
            begin(service, screen)
        return ReadyApp(service, chosen, stack.pop_all())
    raise AssertionError
