"""Pictures of screens without a terminal: the app runs headless, settles, and its frame is written down."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from textual._compositor import LayoutUpdate
from textual.pilot import Pilot

from twin_tui.analytics.answers import ActivityRequest
from twin_tui.analytics.filters import Filters
from twin_tui.tui.tabs import TABS

if TYPE_CHECKING:
    from twin_tui.analytics.service import AnalyticsService
    from twin_tui.tui.app import TwinApp

Format = Literal["svg", "text"]
PATIENCE = 60.0
"""Seconds a screen may take to load before the picture is given up."""
READING = ("conversation", "document")
"""Screens that show one session."""


class PictureError(Exception):
    """No picture can be taken; one sentence says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """A screen that keys lead to."""

    about: str
    keys: tuple[str, ...] = ()
    """Pressed on the first tab."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What to take a picture of."""

    screen: str
    """A name of `screens`."""
    size: tuple[int, int] = (120, 40)
    """Columns and lines."""
    session: str | None = None
    """Session to open; needed for the screens that show one."""
    event: str | None = None
    """Its message, document or query to stand on; needed for the document."""
    page: int = 1
    """Of the activity."""
    search: str = ""
    """What the activity is searched for."""
    keys: tuple[str, ...] = ()
    """Pressed, one after another, before the picture is taken."""


def places() -> dict[str, Place]:
    """Return what can be pictured, by name, in the order of the keys."""
    tabs = {
        tab.TITLE.lower(): Place(f"the tab {tab.TITLE}, key {at}", (str(at),) if at > 1 else ())
        for at, tab in enumerate(TABS, 1)
    }
    return {
        **tabs,
        "chart": Place("the overview's chart, maximised (m)", ("m",)),
        "conversation": Place("one conversation: --session, else the newest"),
        "document": Place("one document: --session, else the newest with a document"),
        "explain": Place("what is behind the first figure (i)", ("i",)),
        "filters": Place("the dialog that chooses filters (f)", ("f",)),
        "period": Place("the dialog that chooses the period (p)", ("p",)),
        "help": Place("every key, and what the numbers mean (?)", ("question_mark",)),
    }


def screens() -> dict[str, str]:
    """Return the names of what can be pictured, and what each is."""
    return {name: place.about for name, place in places().items()}


def newest(service: "AnalyticsService", filters: Filters, screen: str) -> tuple[str, str]:
    """Return the session that a reading screen opens when none is named, and the event it stands on.

    Raises `PictureError`.
    """
    kind: Literal["document", "conversation"] = "document" if screen == "document" else "conversation"
    page = service.activity(filters, ActivityRequest(type=kind, limit=1))
    if not page.items:
        raise PictureError(f"There is no {kind} in this period: name one with --session ID.")
    return page.items[0].session_id, page.items[0].event_id


def take(app: "TwinApp", shot: Shot, form: Format) -> str:
    """Run the app headless and return its frame as SVG or as plain lines; raises `PictureError`."""
    return asyncio.run(_take(app, shot, form))


async def _take(app: "TwinApp", shot: Shot, form: Format) -> str:
    async with app.run_test(size=shot.size) as pilot:
        await bring(pilot, shot)
        return app.export_screenshot(title="twin-tui") if form == "svg" else frame(app)


async def bring(pilot: Pilot[None], shot: Shot) -> None:
    """Lead a running app to a screen, press the keys and wait until it is drawn; raises `PictureError`."""
    await settled(pilot)
    if shot.screen in READING:
        await _read(pilot, shot)
    else:
        await _press(pilot, places()[shot.screen].keys)
    if shot.page > 1:
        await _press(pilot, ("g", *str(shot.page), "enter"))
    if shot.search:
        await pilot.press("slash", *("space" if c == " " else c for c in shot.search))
        await _press(pilot, ("enter",))
    await _press(pilot, shot.keys)
    await pilot.wait_for_scheduled_animations()
    await settled(pilot)


async def _read(pilot: Pilot[None], shot: Shot) -> None:
    from twin_tui.tui.screens.conversation import ConversationScreen  # noqa: PLC0415 - one screen's weight

    app = _app(pilot)
    if shot.session is None:
        raise PictureError(f"A picture of a {shot.screen} needs a session.")
    await app.push_screen(ConversationScreen(shot.session, shot.event, filters=app.filters))
    await settled(pilot)
    if shot.screen == "document":
        await _press(pilot, ("enter",))


async def _press(pilot: Pilot[None], keys: Iterable[str]) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing loads: twice in a row, as an answer may start another question.

    Raises `PictureError` when the app leaves, or is still loading after `PATIENCE` seconds.
    """
    app = _app(pilot)
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


def _app(pilot: Pilot[None]) -> "TwinApp":
    return cast("TwinApp", pilot.app)


def frame(app: "TwinApp") -> str:
    """Return what the top screen shows as lines without trailing blanks."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert isinstance(update, LayoutUpdate)
    lines = ("".join(strip.text for strip in strips).rstrip() for strips in update.strips)
    return "\n".join(lines).rstrip("\n") + "\n"
