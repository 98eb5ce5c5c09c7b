"""Textual's own themes, with the words our stylesheets use and every colour legible."""

from dataclasses import replace
from functools import cache

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from twin_tui.tui.contrast import LINES, TEXT, legible

STOCK_NAMES = tuple(sorted(name for name, theme in BUILTIN_THEMES.items() if not theme.ansi))
"""Every stock theme but the two of the terminal's own colours."""
PICKED = 0.22
"""Share of the primary colour in the line under the cursor."""
HARDER = 1.06
"""Colours are rounded to 8 bits and blended again on the way: a little more than the least is asked for."""


@cache
def adapted(name: str) -> Theme:
    """Return the stock theme of that name in our words; raises `KeyError`."""
    stock = BUILTIN_THEMES[name]
    made = {word: Color.parse(value) for word, value in _colors(stock).items()}
    ground, foreground = made["background"], made["foreground"]
    picked = ground.blend(made["primary"], PICKED)
    while legible(foreground, (picked,), TEXT * HARDER).rgb in ((0, 0, 0), (255, 255, 255)):
        picked = picked.blend(ground, 0.3)
    grounds = (ground, made["surface"], made["panel"], picked)

    def text(color: Color) -> str:
        return legible(color, grounds, TEXT * HARDER).hex

    def line(color: Color) -> str:
        return legible(color, grounds, LINES * HARDER).hex

    ink, muted = text(foreground), text(foreground.blend(ground, 0.35))
    accent = text(made["accent"])
    other = made["accent"] if _differ(made["accent"], made["primary"]) else made["warning"]
    third = made["secondary"] if _differ(made["secondary"], made["primary"]) else made["success"]
    words = {
        "ink": ink,
        "muted": muted,
        "rule": line(foreground.blend(ground, 0.6)),
        "series-1": text(made["primary"]),
        "series-2": text(other),
        "series-3": text(third),
        "good": text(made["success"]),
        "bad": text(made["error"]),
        "mean": muted,
        "picked": picked.hex,
        "block-cursor-foreground": ink,
        "block-cursor-background": picked.hex,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": ink,
        "block-cursor-blurred-background": made["panel"].hex,
        "footer-key-foreground": accent,
        "input-selection-background": picked.hex,
        "scrollbar": line(foreground.blend(ground, 0.6)),
        "scrollbar-hover": muted,
        "scrollbar-active": accent,
        "scrollbar-background": ground.hex,
        "scrollbar-background-hover": ground.hex,
        "scrollbar-background-active": ground.hex,
    }
    return replace(
        stock,
        primary=text(made["primary"]),
        accent=accent,
        foreground=ink,
        background=ground.hex,
        surface=made["surface"].hex,
        panel=made["panel"].hex,
        variables={**stock.variables, **words},
    )


def _colors(theme: Theme) -> dict[str, str]:
    names = ("background", "surface", "panel", "foreground", "primary", "secondary", "accent", "warning")
    generated = theme.to_color_system().generate()
    return {name: generated[name] for name in (*names, "success", "error")}


def _differ(one: Color, other: Color) -> bool:
    """Return whether two colours are told apart as two series of a chart."""
    return sum(abs(a - b) for a, b in zip(one.rgb, other.rgb, strict=True)) >= 120
