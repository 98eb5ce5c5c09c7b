"""Strips of Textual without caches that nobody asked for."""

from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import MONOKAI
from textual.color import Color
from textual.filter import ANSIToTruecolor
from textual.strip import Strip

from twin_tui.tui import lean_strips
from twin_tui.tui.lean_filters import lean
from twin_tui.tui.lean_strips import KNOWN, make_strips_lean

CACHES = [name for name, size in KNOWN.items() if size is not None]


def made(strip: Strip) -> list[str]:
    """Return the caches that a strip has by now."""
    slots = {name: getattr(Strip, name) for name in CACHES}
    found = []
    for name, slot in slots.items():
        try:
            slot.__get__(strip, Strip)
        except AttributeError:
            continue
        found.append(name)
    return found


def test_this_version_of_textual_is_known() -> None:
    assert make_strips_lean()


def test_a_strip_begins_without_caches_and_makes_the_one_it_needs() -> None:
    make_strips_lean()
    strip = Strip([Segment("conversation")])
    assert made(strip) == []
    assert strip.crop(0, 4).text == "conv"
    assert made(strip) == ["_crop_cache"]
    assert strip.crop(0, 4) is strip.crop(0, 4)


def test_a_strip_does_all_it_did() -> None:
    make_strips_lean()
    strip = Strip([Segment("one "), Segment("two", Style(bold=True))], 7)
    assert [part.text for part in strip.divide([3, 7])] == ["one", " two"]
    assert strip.apply_style(Style(color="red")).text == "one two"
    assert strip.adjust_cell_length(9).cell_length == 9
    assert strip.crop_extend(0, 10, None).cell_length == 10
    assert strip.apply_offsets(0, 0).text == "one two"
    assert strip.link_ids == {""}
    assert strip.cell_count == 7
    with pytest.raises(AttributeError):
        strip.unheard_of  # noqa: B018


STYLES = st.builds(
    Style,
    color=st.none() | st.sampled_from(["#102030", "red", "color(99)", "default"]),
    bgcolor=st.none() | st.sampled_from(["#a0b0c0", "blue", "default"]),
    bold=st.none() | st.booleans(),
    dim=st.none() | st.booleans(),
    underline=st.none() | st.booleans(),
    reverse=st.none() | st.booleans(),
    link=st.none() | st.just("https://example.org"),
    meta=st.none() | st.builds(lambda x: {"offset": (x, 0)}, st.integers(0, 9)),
)
TEXTS = st.text("ab 世", min_size=1, max_size=4)
SEGMENTS = st.lists(st.tuples(TEXTS, st.none() | STYLES).map(lambda pair: Segment(*pair)), max_size=5)


@given(SEGMENTS, st.sampled_from(["truecolor", "256", "standard"]))
def test_strips_are_written_as_rich_writes_them(
    segments: list[Segment], system: Literal["truecolor", "256", "standard"]
) -> None:
    make_strips_lean()
    console = Console(color_system=system, force_terminal=True)
    colors = {
        "truecolor": ColorSystem.TRUECOLOR,
        "256": ColorSystem.EIGHT_BIT,
        "standard": ColorSystem.STANDARD,
    }
    written = [
        text if style is None else style.render(text, color_system=colors[system])
        for text, style, _ in segments
    ]
    assert Strip(segments).render(console) == "".join(written)


@given(SEGMENTS, st.sampled_from(["#000000", "#ffeedd"]))
def test_colours_are_converted_as_textual_does(segments: list[Segment], background: str) -> None:
    ground = Color.parse(background)
    textual = ANSIToTruecolor(MONOKAI)
    converted = lean(textual).apply(segments, ground)
    assert converted == textual.apply(segments, ground)


def test_what_has_no_terminal_colour_is_not_copied() -> None:
    make_strips_lean()
    strip = Strip([Segment("plain"), Segment("coloured", Style(color="#102030", bold=True))])
    assert strip.apply_filter(lean(ANSIToTruecolor(MONOKAI)), Color.parse("#000")) is strip
    assert made(strip) == []


def test_what_a_filter_changed_is_kept() -> None:
    make_strips_lean()
    strip = Strip([Segment("coloured", Style(color="red"))])
    converting, ground = lean(ANSIToTruecolor(MONOKAI)), Color.parse("#000")
    converted = strip.apply_filter(converting, ground)
    assert converted != strip
    assert strip.apply_filter(converting, ground) is converted


@given(SEGMENTS, st.lists(st.integers(1, 30), max_size=4, unique=True).map(sorted))
def test_pieces_are_those_that_textual_cuts_and_are_not_kept(
    segments: list[Segment], cuts: list[int]
) -> None:
    make_strips_lean()
    strip = Strip(segments)
    pieces = strip.divide(cuts)
    within = [cut for cut in cuts if cut <= strip.cell_length]
    assert [piece.cell_length for piece in pieces] == [b - a for a, b in pairwise([0, *within])]
    assert "".join(piece.text for piece in pieces) == "".join(
        piece.text for piece in map(Strip, Segment.divide(segments, within))
    )
    assert "_divide_cache" not in made(strip)


def test_strips_of_another_version_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    make_strips_lean()
    before = Strip.__init__
    monkeypatch.setattr(lean_strips, "KNOWN", {**KNOWN, "_more_cache": 4})
    assert not make_strips_lean()
    assert Strip.__init__ is before
