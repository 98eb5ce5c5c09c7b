"""How far two colours are apart for the eye, and the nearest colour that is far enough (WCAG 2.2, 1.4.3)."""

from collections.abc import Iterable

from textual.color import Color

TEXT, LINES = 4.5, 3.0
"""Least contrast of letters, and of lines, fills and markers, against what they stand on."""
STEPS = 40


def luminance(color: Color) -> float:
    """Return the relative luminance, 0 for black to 1 for white."""
    parts = (part / 255 for part in color.rgb)
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two opaque colours, 1 to 21.

    >>> round(contrast(Color.parse("#000000"), Color.parse("#ffffff")))
    21
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def legible(color: Color, grounds: Iterable[Color], ratio: float) -> Color:
    """Return ``color``, drawn towards white or black no further than ``ratio`` needs on every ground.

    Whichever of the two stands out more on the hardest ground is drawn towards; where even that is not
    enough, it is what is returned.
    """
    places = tuple(grounds)
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    pole = max(black, white, key=lambda end: min(contrast(end, place) for place in places))
    for step in range(STEPS):
        drawn = color.blend(pole, step / STEPS)
        if min(contrast(drawn, place) for place in places) >= ratio:
            return drawn
    return pole
