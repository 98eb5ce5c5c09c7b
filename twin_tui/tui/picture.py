"""Pictures of screens without a terminal: the app runs headless, settles, and its frame is written down."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, cast

from textual._compositor import LayoutUpdate
from textual.pilot import Pilot

from twin_tui.analytics.answers import ActivityRequest, PeopleKind, PeopleRequest
from twin_tui.analytics.filters import Filters
from twin_tui.tui.tabs import TABS

if TYPE_CHECKING:
    from twin_tui.analytics.service import AnalyticsService
    from twin_tui.tui.app import TwinApp
    from twin_tui.tui.themed_app import ThemedApp

Format = Literal["svg", "text"]
PATIENCE = 60.0
"""Seconds a screen may take to load before the picture is given up."""
READING = ("conversation", "document")
"""Screens that show one session."""
PAGES: dict[str, PeopleKind] = {"person": "users", "twin": "twins"}
"""Screens that show one row of a directory."""
START = "start"
"""The screen of a first run, in an app of its own."""


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
    subject: str | None = None
    """Id of the user or twin whose page is opened; needed for these pages."""
    page: int = 1
    """Of the activity, or the directory."""
    search: str = ""
    """What the activity, or the directory, is searched for."""
    keys: tuple[str, ...] = ()
    """Pressed, one after another, before the picture is taken."""


def places() -> dict[str, Place]:
    """Return what can be pictured, by name, in the order of the keys."""
    tabs = {
        room.title.lower(): Place(f"the tab {room.title}, key {at}", (str(at),) if at > 1 else ())
        for at, room in enumerate(TABS, 1)
    }
    return {
        **tabs,
        "chart": Place("the overview's chart, maximised (m)", ("m",)),
        "conversation": Place("one conversation: --session, else the newest"),
        "document": Place("one document: --session, else the newest with a document"),
        "person": Place("one person: --user, else who was seen last"),
        "twin": Place("one twin: --twin, else the one used last"),
        "search": Place("the search of everything: --search, else nothing yet (/)", ("slash",)),
        "explain": Place("what is behind the first figure (i)", ("i",)),
        "filters": Place("the dialog that chooses filters (f)", ("f",)),
        "period": Place("the dialog that chooses the period (p)", ("p",)),
        "compare": Place("the dialog that chooses what to compare with (c)", ("c",)),
        "annotations": Place("what happened on which day: list and dialog (A)", ("A",)),
        "columns": Place("the dialog that chooses the columns of a table (C)", ("2", "C")),
        "save": Place("the dialog that saves a view (S)", ("S",)),
        "day": Place("the dialog that lists what was active on a day (W)", ("W",)),
        "help": Place("every key, and what the numbers mean (?)", ("question_mark",)),
        START: Place("the ways to a database, when there is none yet"),
    }


def screens() -> dict[str, str]:
    """Return the names of what can be pictured, and what each is."""
    return {name: place.about for name, place in places().items()}


def aimed(service: "AnalyticsService", filters: Filters, shot: Shot) -> Shot:
    """Return the shot with what its screen opens, where that is not said: the newest, or who was seen last.

    Raises `PictureError` when there is nothing to open.
    """
    if shot.screen in READING and shot.session is None:
        kind: Literal["document", "conversation"] = (
            "document" if shot.screen == "document" else "conversation"
        )
        page = service.activity(filters, ActivityRequest(type=kind, limit=1))
        if not page.items:
            raise PictureError(f"There is no {kind} in this period: name one with --session ID.")
        return replace(shot, session=page.items[0].session_id, event=page.items[0].event_id)
    if shot.screen in PAGES and shot.subject is None:
        chosen = filters.user if shot.screen == "person" else filters.twin
        if chosen is None:
            listed = service.people(filters, PeopleRequest(kind=PAGES[shot.screen], limit=1)).items
            if not listed:
                raise PictureError(f"There is no {shot.screen} in this database.")
            chosen = listed[0].id
        return replace(shot, subject=chosen)
    return shot


def take(app: "ThemedApp", shot: Shot, form: Format) -> str:
    """Run the app headless and return its frame as SVG or as plain lines; raises `PictureError`."""
    return asyncio.run(_take(app, shot, form))


async def _take(app: "ThemedApp", shot: Shot, form: Format) -> str:
    async with app.run_test(size=shot.size) as pilot:
        await bring(pilot, shot)
        return app.export_screenshot(title="twin-tui") if form == "svg" else frame(app)


async def bring(pilot: Pilot[None], shot: Shot) -> None:
    """Lead a running app to a screen, press the keys and wait until it is drawn; raises `PictureError`."""
    await settled(pilot)
    if shot.screen in READING:
        await _read(pilot, shot)
    elif shot.screen in PAGES:
        await _visit(pilot, shot)
    else:
        await _press(pilot, places()[shot.screen].keys)
    if shot.page > 1:
        await _press(pilot, ("g", *str(shot.page), "enter"))
    if shot.search:
        opening = () if shot.screen == "search" else ("slash",)
        await pilot.press(*opening, *("space" if c == " " else c for c in shot.search))
        await _press(pilot, ("enter",))
    await _press(pilot, shot.keys)
    await pilot.wait_for_scheduled_animations()
    await settled(pilot)


async def _read(pilot: Pilot[None], shot: Shot) -> None:
    from twin_tui.tui.screens.conversation.conversation import ConversationScreen  # noqa: PLC0415 - one screen's weight

    app = cast("TwinApp", pilot.app)
    if shot.session is None:
        raise PictureError(f"A picture of a {shot.screen} needs a session.")
    await app.push_screen(ConversationScreen(shot.session, shot.event, filters=app.filters))
    await settled(pilot)
    if shot.screen == "document":
        await _press(pilot, ("enter",))


async def _visit(pilot: Pilot[None], shot: Shot) -> None:
    from twin_tui.tui.screens.answers.person import PersonScreen  # noqa: PLC0415 - as above
    from twin_tui.tui.screens.answers.twin import TwinScreen  # noqa: PLC0415

    app = cast("TwinApp", pilot.app)
    if shot.subject is None:
        raise PictureError(f"A picture of a {shot.screen} needs to know which.")
    page = PersonScreen if shot.screen == "person" else TwinScreen
    await app.push_screen(page(shot.subject, app.filters, app.status))
    await settled(pilot)


async def _press(pilot: Pilot[None], keys: Iterable[str]) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing loads: twice in a row, as an answer may start another question.

    Raises `PictureError` when the app leaves, or is still loading after `PATIENCE` seconds.
    """
    app = cast("ThemedApp", pilot.app)
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


def frame(app: "ThemedApp") -> str:
    """Return what the top screen shows as lines without trailing blanks."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert isinstance(update, LayoutUpdate)
    lines = ("".join(strip.text for strip in strips).rstrip() for strips in update.strips)
    return "\n".join(lines).rstrip("\n") + "\n"
