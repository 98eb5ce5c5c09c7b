"""Fixtures for picture tests, and a picture report without environment variables.

Switched on by ``pytest_plugins = ["twin_tui.testing.plugin"]`` in a conftest.py at the root of the tests.
"""

import os
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion
    from textual.pilot import Pilot

    from twin_tui.analytics.guard import Guard
    from twin_tui.store.desk import Desk
    from twin_tui.testing.states import State
    from twin_tui.tui.app import TwinApp
    from twin_tui.tui.themed_app import ThemedApp

_AMBIENT = ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES")
"""Variables of the terminal that a picture must not depend on."""


@pytest.fixture(scope="session")
def twin_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-countable world in a file shared by all tests: the dashboard only reads it."""
    from twin_tui.testing.dashboard import world  # noqa: PLC0415 - a test run without pictures needs no Textual

    return world(tmp_path_factory.mktemp("twin-tui") / "world.db")


@pytest.fixture
def twin_app(twin_world: Path) -> Callable[..., "TwinApp"]:
    """Return `twin_tui.testing.app` over the shared world: ``twin_app(state="empty", period="7d")``."""
    from twin_tui.testing.dashboard import app  # noqa: PLC0415

    def make(**settings: Any) -> "TwinApp":
        return app(twin_world, **settings)

    return make


@pytest.fixture
def twin_picture(
    twin_world: Path,
    snap_compare: Callable[..., bool],
    snapshot: "SnapshotAssertion",
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., None]:
    """Return what compares a screen with its SVG and its text, taken in one run of the app."""
    from twin_tui.settings import Settings  # noqa: PLC0415
    from twin_tui.testing.dashboard import app  # noqa: PLC0415
    from twin_tui.testing.frames import TextFrame, difference, stock_constants  # noqa: PLC0415
    from twin_tui.testing.hand_counted import NOW  # noqa: PLC0415
    from twin_tui.testing.start import start_app  # noqa: PLC0415
    from twin_tui.testing.states import aimed_in, begin  # noqa: PLC0415
    from twin_tui.tui.picture import START, Shot, bring, frame  # noqa: PLC0415

    for name in [name for name in os.environ if name in _AMBIENT or name.startswith("TEXTUAL")]:
        if not name.startswith("TEXTUAL_SNAPSHOT"):
            monkeypatch.delenv(name)
    stock_constants(monkeypatch)

    def compare(
        screen: str,
        *,
        size: tuple[int, int] = (80, 24),
        press: Iterable[str] = (),
        state: "State" = "full",
        session: str | None = None,
        event: str | None = None,
        subject: str | None = None,
        search: str = "",
        path: str | os.PathLike[str] | None = None,
        now: datetime = NOW,
        guard: "Guard | None" = None,
        desk: "Desk | None" = None,
        **settings: Any,
    ) -> None:
        """Compare one screen with what was accepted; ``path`` is another database than the shared world.

        ``guard`` says what may be seen, and ``desk`` keeps notes and marks.
        """
        __tracebackhide__ = True
        shot = Shot(screen, size, session, event, subject, search=search, keys=tuple(press))
        shown: ThemedApp
        if screen == START:
            shown = start_app(Settings(now=now, **settings), state)
        else:
            kept = {"guard": guard, "desk": desk, **settings}
            shown = dashboard = app(
                path or twin_world, now, state=state, screen=screen, is_failing=False, **kept
            )
            shot = aimed_in(state, dashboard.service, dashboard.filters, shot)
            begin(dashboard.service, screen)
        frames: list[str] = []

        async def run_before(pilot: "Pilot[None]") -> None:
            await bring(pilot, shot)
            frames.append(frame(shown))

        is_same_picture = snap_compare(shown, terminal_size=size, run_before=run_before)
        text = snapshot.use_extension(TextFrame)
        if text != frames[0]:
            accepted = text.executions[text.num_executions - 1].recalled_data
            pytest.fail(difference(accepted if isinstance(accepted, str) else None, frames[0]), False)
        if not is_same_picture:
            pytest.fail("The words are the same; colours or styles are not: see snapshot_report.html.", False)

    return compare


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish() -> None:
    """Take the environment out of what pytest-textual-snapshot is about to write down."""
    try:
        import pytest_textual_snapshot as stock  # type: ignore[import-untyped]  # noqa: PLC0415 - it may be absent
    except ImportError:
        return
    retrieve = stock.retrieve_svg_diffs
    if getattr(retrieve, "is_scrubbed", False):
        return

    def scrubbed(folder: Any) -> tuple[list[Any], int]:
        diffs, passed = retrieve(folder)
        for diff in diffs:
            diff.environment = {}
        return diffs, passed

    scrubbed.is_scrubbed = True  # type: ignore[attr-defined]
    stock.retrieve_svg_diffs = scrubbed
