"""Pictures of screens without a terminal: the app runs headless, settles, and its frame is written down."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual._compositor import LayoutUpdate
from textual.pilot import Pilot

from twin_tui.tui.tabs import TABS

if TYPE_CHECKING:
    from twin_tui.tui.app import TwinApp

Format = Literal["svg", "text"]
PATIENCE = 60.0
"""Seconds a screen may take to load before the picture is given up."""


class PictureError(Exception):
    """No picture can be taken; one sentence says why."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What to take a picture of."""

    screen: str
    """A name of `screens`."""
    size: tuple[int, int] = (120, 40)
    """Columns and lines."""
    session: str | None = None
    """Session to open; needed for the conversation."""
    event: str | None = None
    """Its message, document or query to stand on."""
    page: int = 1
    """Of the activity."""
    keys: tuple[str, ...] = ()
    """Pressed, one after another, before the picture is taken."""


def screens() -> dict[str, str]:
    """Return the names of what can be pictured, and what each is."""
    tabs = {tab.TITLE.lower(): f"the tab {tab.TITLE}, key {at}" for at, tab in enumerate(TABS, 1)}
    return {
        **tabs,
        "conversation": "one conversation; needs --session",
        "help": "the keys, over the first tab",
    }


def take(app: "TwinApp", shot: Shot, form: Format) -> str:
    """Run the app headless and return its frame as SVG or as plain lines; raises `PictureError`."""
    return asyncio.run(_take(app, shot, form))


async def _take(app: "TwinApp", shot: Shot, form: Format) -> str:
    async with app.run_test(size=shot.size) as pilot:
        await _settle(app, pilot)
        await _go(app, pilot, shot)
        await _press(app, pilot, shot.keys)
        await pilot.wait_for_scheduled_animations()
        await _settle(app, pilot)
        return app.export_screenshot(title="twin-tui") if form == "svg" else frame(app)


async def _go(app: "TwinApp", pilot: Pilot[None], shot: Shot) -> None:
    if shot.screen == "conversation":
        from twin_tui.tui.screens.conversation import ConversationScreen  # noqa: PLC0415 - one screen's weight

        if shot.session is None:
            raise PictureError("A picture of a conversation needs --session ID.")
        await app.push_screen(ConversationScreen(shot.session, shot.event, filters=app.filters))
        await _settle(app, pilot)
    elif shot.screen == "help":
        await _press(app, pilot, ("question_mark",))
    else:
        names = [tab.TITLE.lower() for tab in TABS]
        await _press(app, pilot, (str(names.index(shot.screen) + 1),))
        if shot.page > 1:
            await _press(app, pilot, ("g", *str(shot.page), "enter"))


async def _press(app: "TwinApp", pilot: Pilot[None], keys: Iterable[str]) -> None:
    for key in keys:
        await pilot.press(key)
        await _settle(app, pilot)


async def _settle(app: "TwinApp", pilot: Pilot[None]) -> None:
    """Wait until nothing loads: twice in a row, as an answer may start another question."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    quiet = 0
    while quiet < 2:
        await pilot.pause()
        quiet = quiet + 1 if app.is_settled else 0
        if not app.is_running:
            raise PictureError("The app left before the picture was taken.")
        if loop.time() > end:
            raise PictureError(f"The screen was still loading after {PATIENCE:.0f} seconds.")
        if not quiet:
            await asyncio.sleep(0.01)


def frame(app: "TwinApp") -> str:
    """Return what the top screen shows as lines without trailing blanks."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert isinstance(update, LayoutUpdate)
    lines = ("".join(strip.text for strip in strips).rstrip() for strips in update.strips)
    return "\n".join(lines).rstrip("\n") + "\n"
