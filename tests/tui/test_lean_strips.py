"""Strips of Textual without caches that nobody asked for."""

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from twin_tui.tui import lean_strips
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


def test_strips_of_another_version_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    make_strips_lean()
    before = Strip.__init__
    monkeypatch.setattr(lean_strips, "KNOWN", {**KNOWN, "_more_cache": 4})
    assert not make_strips_lean()
    assert Strip.__init__ is before
