"""Our themes: their colours, the words stylesheets use for them, and which may be chosen."""

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="twin-dark",
    primary="#5aa9ff",
    secondary="#8fb7e8",
    accent="#ffb454",
    warning="#ffd166",
    error="#ff7a85",
    success="#5fd38d",
    foreground="#e6e9ef",
    background="#10141b",
    surface="#171d27",
    panel="#222b39",
    dark=True,
    variables={
        "ink": "#e6e9ef",
        "muted": "#9fabbd",
        "rule": "#66758c",
        "series-1": "#5aa9ff",
        "series-2": "#ffb454",
        "series-3": "#c79bff",
        "good": "#5fd38d",
        "bad": "#ff8a93",
        "mean": "#9fabbd",
        "picked": "#2b4468",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-background": "#2b4468",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": "#e6e9ef",
        "block-cursor-blurred-background": "#222b39",
        "footer-key-foreground": "#ffb454",
        "input-selection-background": "#2b4468",
    },
)

LIGHT = Theme(
    name="twin-light",
    primary="#0b5cb8",
    secondary="#2f5d94",
    accent="#9a4b00",
    warning="#7a5200",
    error="#ab1f2d",
    success="#146638",
    foreground="#19212e",
    background="#fbfcfe",
    surface="#f1f4f9",
    panel="#e1e7f0",
    dark=False,
    variables={
        "ink": "#19212e",
        "muted": "#4f5b70",
        "rule": "#76839a",
        "series-1": "#0b5cb8",
        "series-2": "#a85100",
        "series-3": "#7a3fb5",
        "good": "#146638",
        "bad": "#ab1f2d",
        "mean": "#4f5b70",
        "picked": "#c4daf6",
        "block-cursor-foreground": "#0b1420",
        "block-cursor-background": "#c4daf6",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": "#19212e",
        "block-cursor-blurred-background": "#e1e7f0",
        "footer-key-foreground": "#9a4b00",
        "input-selection-background": "#c4daf6",
    },
)

_TERMINAL_WORDS = {
    "ink": "ansi_default",
    "muted": "ansi_default",
    "rule": "ansi_default",
    "series-1": "ansi_blue",
    "series-2": "ansi_yellow",
    "series-3": "ansi_magenta",
    "good": "ansi_green",
    "bad": "ansi_red",
    "mean": "ansi_default",
    "picked": "ansi_default",
}
TERMINAL = replace(
    BUILTIN_THEMES["ansi-dark"],
    name="twin-terminal",
    variables={**BUILTIN_THEMES["ansi-dark"].variables, **_TERMINAL_WORDS},
)
"""The sixteen colours of the terminal itself; the only theme under NO_COLOR."""

THEMES = (DARK, LIGHT, TERMINAL)
THEME_NAMES = tuple(theme.name for theme in THEMES)
"""What ``--theme`` accepts."""


def choose(name: str, *, no_color: bool) -> tuple[Theme, tuple[Theme, ...]]:
    """Return the theme to begin with and those on offer; an unknown name means the dark one."""
    if no_color:
        return TERMINAL, (TERMINAL,)
    return next((theme for theme in THEMES if theme.name == name), DARK), THEMES
