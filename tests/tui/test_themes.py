"""Contrast of every shipped theme, by the WCAG formula: text 4.5 : 1, lines and fills 3 : 1."""

import pytest
from textual.color import Color
from textual.theme import Theme

from twin_tui.tui.themes import DARK, LIGHT, TERMINAL, THEME_NAMES, choose, in_our_words

BACKGROUNDS = ("background", "surface", "panel")
TEXT = ("ink", "muted", "good", "bad")
LINES = ("rule", "series-1", "series-2", "series-3")


def luminance(color: Color) -> float:
    parts = (part / 255 for part in color.rgb)
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("under", BACKGROUNDS)
def test_text_is_readable_on_every_background(theme: Theme, under: str):
    background = getattr(theme, under)
    colors = {word: theme.variables[word] for word in TEXT} | {
        "accent": theme.accent,
        "primary": theme.primary,
    }
    assert {
        word: contrast(color, background)
        for word, color in colors.items()
        if contrast(color, background) < 4.5
    } == {}


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_text_is_readable_under_the_cursor(theme: Theme):
    assert contrast(theme.variables["ink"], theme.variables["picked"]) >= 4.5
    assert contrast(theme.variables["series-2"], theme.background) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("under", BACKGROUNDS[:2])
def test_lines_stand_out(theme: Theme, under: str):
    background = getattr(theme, under)
    assert [word for word in LINES if contrast(theme.variables[word], background) < 3] == []


def test_every_theme_knows_the_same_words():
    assert set(DARK.variables) == set(LIGHT.variables)
    words = {"ink", "muted", "rule", "good", "bad", "picked", "mean", "series-1", "series-2", "series-3"}
    assert words <= set(TERMINAL.variables)


def test_without_colour_only_the_terminals_own_colours_are_offered():
    first, offered = choose("twin-light", no_color=True)
    assert first is TERMINAL
    assert offered == (TERMINAL,)


def test_an_unknown_theme_is_the_dark_one():
    assert choose("neon", no_color=False)[0] is DARK
    assert choose("twin-light", no_color=False)[0] is LIGHT
    assert THEME_NAMES[:4] == ("twin-dark", "twin-light", "twin-terminal", "twin-terminal-light")


def test_a_stock_theme_knows_our_words_and_keeps_its_ground():
    theme = in_our_words(choose("nord", no_color=False)[0])
    assert theme is not None
    assert set(DARK.variables) <= set(theme.variables)
    assert Color.parse(theme.background or "") == Color.parse("#2e3440")
    assert contrast(theme.variables["muted"], theme.variables["picked"]) >= 4.5
