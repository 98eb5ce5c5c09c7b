"""Legibility of what is really drawn: every cell of three screens, in every theme on offer.

Letters need 4.5 : 1 against their own ground, lines, blocks, dots and other markers 3 : 1; nothing may melt
into its ground in a terminal of 256 or of 16 colours.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from textual._compositor import LayoutUpdate
from textual.pilot import Pilot

from tests.tui.test_themes import contrast
from twin_tui.testing import settled
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import Shot, bring, frame
from twin_tui.tui.themes import THEME_NAMES

COLOURED = [name for name in THEME_NAMES if "terminal" not in name]
SOME = ("twin-dark", "twin-light", "gruvbox", "solarized-light", "textual-light")
"""Ours, and the stock themes whose panels leave the least room."""
SHOTS = (
    Shot("activity"),
    Shot("conversation", session="s5", event="d3"),
    Shot("people"),
    Shot("person", subject="u-ann"),
    Shot("filters"),
    Shot("help"),
)
SIZE = (120, 40)
MARKS = "·⋯"
"""Beside drawing characters: the dots of an empty hour and of what is folded."""

MakeApp = Callable[..., TwinApp]


def segments(app: TwinApp) -> Iterator[Segment]:
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert isinstance(update, LayoutUpdate)
    return (segment for strips in update.strips for strip in strips for segment in strip)


def is_drawing(character: str) -> bool:
    return "\u2500" <= character <= "\u25ff" or "\u2800" <= character <= "\u28ff" or character in MARKS


def faults(segment: Segment) -> Iterator[str]:
    """Yield what is wrong with the colours of one run of cells."""
    style, text = segment.style, segment.text.strip()
    if not text:
        return
    if style is None or style.color is None or style.bgcolor is None:
        yield f"{text!r} has no colour of its own"
        return
    ink, ground = style.color, style.bgcolor
    if ink.triplet is None or ground.triplet is None:
        yield f"{text!r} has a colour of the terminal: {ink.name} on {ground.name}"
        return
    if style.dim:
        yield f"{text!r} is dim: how dark that is, the terminal decides"
    ratio = contrast(ink.triplet.hex, ground.triplet.hex)
    wanted = 3 if all(is_drawing(character) or character == " " for character in text) else 4.5
    if ratio < wanted:
        yield f"{text!r} {ink.triplet.hex} on {ground.triplet.hex}: {ratio:.2f} < {wanted}"
    for system in (ColorSystem.EIGHT_BIT, ColorSystem.STANDARD):
        if ink.downgrade(system) == ground.downgrade(system):
            yield f"{text!r} {ink.triplet.hex} melts into {ground.triplet.hex} in {system.name}"


async def test_the_overview_is_legible_in_every_theme(twin_app: MakeApp):
    await _legible(twin_app, Shot("overview"), COLOURED)


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.screen)
async def test_every_other_screen_is_legible(twin_app: MakeApp, shot: Shot):
    await _legible(twin_app, shot, SOME)


async def _legible(twin_app: MakeApp, shot: Shot, themes: Iterable[str]) -> None:
    app = twin_app(period="7d")
    found: dict[str, set[str]] = {}
    async with app.run_test(size=SIZE) as pilot:
        await bring(pilot, shot)
        for theme in themes:
            app.theme = theme
            await settled(pilot)
            drawn = list(segments(app))
            assert len(drawn) > 60
            found[theme] = {fault for segment in drawn for fault in faults(segment)}
    assert {theme: sorted(told)[:8] for theme, told in found.items() if told} == {}


@pytest.mark.parametrize("theme", ["twin-terminal", "twin-terminal-light"])
async def test_the_terminals_own_themes_use_nothing_but_its_sixteen_colours(twin_app: MakeApp, theme: str):
    app = twin_app(period="7d", theme=theme)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        colors = {
            color
            for segment in segments(app)
            if segment.style is not None
            for color in (segment.style.color, segment.style.bgcolor)
            if color is not None
        }
    assert {color.name for color in colors if color.triplet is not None} == set()
    assert len(colors) > 4


async def test_without_colour_no_cell_has_one(twin_app: MakeApp):
    app = twin_app(period="7d", no_color=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        styles = [segment.style for segment in segments(app) if segment.style is not None]
    assert {style.color.name for style in styles if style.color and not style.color.is_default} == set()
    assert {style.bgcolor.name for style in styles if style.bgcolor and not style.bgcolor.is_default} == set()


async def _lines(pilot: "Pilot[None]", app: TwinApp, *keys: str) -> list[str]:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)
    return frame(app).split("\n")


async def test_without_colour_every_state_shows_in_glyphs_or_weight(twin_app: MakeApp):
    app = twin_app(period="7d", no_color=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        overview = await _lines(pilot, app)
        assert "▸1 Overview" in overview[0]
        assert "▌ Active users" in overview[2]
        assert any(mark in "\n".join(overview) for mark in "▲▼")
        assert "● active users" in "\n".join(overview)
        assert "○ today so far" in "\n".join(overview)
        features = "\n".join(await _lines(pilot, app, "v", "v"))
        assert "█ conversations  ▒ queries  ░ documents" in features
        activity = await _lines(pilot, app, "2")
        assert "▸2 Activity" in activity[0]
        assert "▸conversations" in activity[2]
        assert any("⇄ Ann's twin" in line for line in activity)
        assert "D ☑" in (await _lines(pilot, app, "D"))[2]
        assert "D ☐" in (await _lines(pilot, app, "D"))[2]
        cursor = _weight(app, "Unanswered e-mails")
        other = _weight(app, "Offer for a customer")
        assert cursor != other, "the line under the cursor looks like the others"
        await bring(pilot, Shot("conversation", session="s1"))
        told = frame(app)
        assert "● Ann Berg" in told
        assert "◆ Ann's twin" in told
        assert "▤" in told
    broken = twin_app(state="error", no_color=True)
    async with broken.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "▲ world.db cannot be read" in frame(broken)


def _weight(app: TwinApp, words: str) -> set[tuple[bool, bool, bool]]:
    """Return bold, reverse and underline of the cells that hold some words."""
    return {
        (bool(segment.style.bold), bool(segment.style.reverse), bool(segment.style.underline))
        for segment in segments(app)
        if segment.style is not None and words in segment.text
    }


def test_the_shared_world_is_the_one_that_ships(twin_world: Path):
    assert twin_world.name == "world.db"
