"""Our themes: their colours, the words stylesheets use for them, and which may be chosen."""

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

from twin_tui.tui.stock_themes import STOCK_NAMES, adapted

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
        "muted": "#a6b1c2",
        "rule": "#66758c",
        "series-1": "#5aa9ff",
        "series-2": "#ffb454",
        "series-3": "#c79bff",
        "good": "#5fd38d",
        "bad": "#ff8a93",
        "mean": "#9fabbd",
        "picked": "#263d5e",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-background": "#263d5e",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": "#e6e9ef",
        "block-cursor-blurred-background": "#222b39",
        "footer-key-foreground": "#ffb454",
        "input-selection-background": "#263d5e",
        "scrollbar": "#66758c",
        "scrollbar-hover": "#9fabbd",
        "scrollbar-active": "#ffb454",
        "scrollbar-background": "#10141b",
        "scrollbar-background-hover": "#10141b",
        "scrollbar-background-active": "#10141b",
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
        "scrollbar": "#76839a",
        "scrollbar-hover": "#4f5b70",
        "scrollbar-active": "#9a4b00",
        "scrollbar-background": "#fbfcfe",
        "scrollbar-background-hover": "#fbfcfe",
        "scrollbar-background-active": "#fbfcfe",
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
_LIGHT_TERMINAL_WORDS = {**_TERMINAL_WORDS, "series-2": "ansi_red"}


def _of_the_terminal(name: str, stock: str, words: dict[str, str]) -> Theme:
    return replace(BUILTIN_THEMES[stock], name=name, variables={**BUILTIN_THEMES[stock].variables, **words})


TERMINAL = _of_the_terminal("twin-terminal", "ansi-dark", _TERMINAL_WORDS)
"""The sixteen colours of the terminal itself; the only theme under NO_COLOR."""
LIGHT_TERMINAL = _of_the_terminal("twin-terminal-light", "ansi-light", _LIGHT_TERMINAL_WORDS)
"""The same for a terminal with a white background."""

OURS = (DARK, LIGHT, TERMINAL, LIGHT_TERMINAL)
THEME_NAMES = (*(theme.name for theme in OURS), *STOCK_NAMES)
"""What ``--theme`` accepts."""


def in_our_words(theme: Theme | None) -> Theme | None:
    """Return a theme as the screens need it: a stock one is made legible when it is first used."""
    return adapted(theme.name) if theme is not None and theme.name in STOCK_NAMES else theme


def choose(name: str, *, no_color: bool) -> tuple[Theme, tuple[Theme, ...]]:
    """Return the theme to begin with and those on offer; an unknown name means the dark one."""
    if no_color:
        return TERMINAL, (TERMINAL,)
    offered = (*OURS, *(BUILTIN_THEMES[stock] for stock in STOCK_NAMES))
    return next((theme for theme in offered if theme.name == name), DARK), offered
