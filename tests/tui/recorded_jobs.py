"""Jobs that write down what they were asked for, and waiting until a screen shows something."""

from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot

from twin_tui.tui.jobs import Format, Imported, ImportWish, Jobs, Tell
from twin_tui.tui.jobs_app import JobsApp
from twin_tui.tui.widgets.path_picker import PathInput

HOSTILE = "[red]\x1b]52;c;aGk=\x07\u202e.db"
ROWS = tuple(
    (table, (count, 0, 0, 0))
    for table, count in (
        ("users", 3),
        ("twins", 1),
        ("sessions", 7),
        ("messages", 1234),
        ("documents", 0),
        ("queries", 0),
    )
)


class Recorded:
    """Jobs that write down what they were asked for; each may be exchanged."""

    def __init__(self) -> None:
        self.previewed: list[ImportWish] = []
        self.imported: list[ImportWish] = []
        self.places: tuple[str, ...] = ("/data/one.db", HOSTILE)
        self.check: Callable[[str], str] = lambda typed: f"/opened/{typed}"
        self.demo: Callable[[Tell], str] = lambda tell: "/data/demo.db"
        self.recognise: Callable[[str], Format | None] = lambda _: None
        self.preview: Callable[[ImportWish, Tell], Imported] = self._preview
        self.bring_in: Callable[[ImportWish, Tell], Imported] = self._bring_in

    def _preview(self, wish: ImportWish, tell: Tell) -> Imported:
        self.previewed.append(wish)
        return Imported(True, ROWS, 7, ("1,300 messages read = 1,234 kept + 66 left out",), 0)

    def _bring_in(self, wish: ImportWish, tell: Tell) -> Imported:
        self.imported.append(wish)
        return Imported(False, ROWS, 7, (), 2)

    def jobs(self) -> Jobs:
        """Call what stands here when it is called, not now."""

        def late(name: str) -> Callable[..., Any]:
            return lambda *given: getattr(self, name)(*given)  # noqa: PLW0108 - looked up late

        return Jobs(
            demo=late("demo"),
            preview=late("preview"),
            bring_in=late("bring_in"),
            check=late("check"),
            recent=lambda: self.places,
            formats=lambda: (Format("slack", "Slack workspace export (folder or ZIP)"),),
            demo_place="/data/demo.db",
            target="/data/target.db",
            recognise=late("recognise"),
        )


def text_of(app: JobsApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def until(pilot: "Pilot[None]", holds: Callable[[], bool]) -> None:
    """Wait until something holds and is drawn."""
    for _ in range(1000):
        await pilot.pause(0.01)
        if holds():
            await pilot.pause()
            return
    assert isinstance(pilot.app, JobsApp)
    raise AssertionError(f"never held:\n{text_of(pilot.app)}")


def write(app: JobsApp, path: str) -> None:
    """Let a path stand in the field, as if typed."""
    app.screen.query_one(PathInput).value = path


def shows(app: JobsApp, kind: type[object]) -> Callable[[], bool]:
    return lambda: isinstance(app.screen, kind) and getattr(app.screen, "is_settled", True)
