"""What every app of ours has in common: theme, stylesheets, sizes, quit."""

import os
from collections.abc import Iterable
from functools import partial
from pathlib import PurePath
from typing import ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import NoColor
from textual.theme import Theme

from twin_tui.settings import Settings
from twin_tui.tui import themes
from twin_tui.tui.clipboard import HANDING_OVER
from twin_tui.tui.dressed import STYLES
from twin_tui.tui.driver import driver_class, redraw
from twin_tui.tui.lean_keys import make_keys_lean
from twin_tui.tui.lean_sizes import make_sizes_lean
from twin_tui.tui.lean_strips import make_strips_lean
from twin_tui.tui.lifecycle import SafeApp
from twin_tui.tui.widgets.too_small import LEAST_HEIGHT, LEAST_WIDTH

PARSED = 512
"""Stylesheets whose rules are kept: with fewer than there are, every new kind of widget has all read anew."""


class ThemedApp(SafeApp):
    """An app in our themes, still, and quit by ``q``."""

    TITLE = "twin-tui"
    CSS_PATH: ClassVar[list[str | PurePath]] = [STYLES / "app.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "quit", "Quit", show=False),
        Binding("ctrl+l", "redraw", "Paint the screen anew", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "Suspend; fg comes back", show=False),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, system=True),
    ]
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - an instance variable to Textual's types
        (0, "-tiny"),
        (LEAST_WIDTH, "-narrow"),
        (100, "-medium"),
        (160, "-wide"),
        (198, "-broad"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - an instance variable to Textual's types
        (0, "-flat"),
        (LEAST_HEIGHT, "-low"),
        (24, "-short"),
        (32, "-tall"),
        (50, "-high"),
    ]

    def __init__(self, settings: Settings) -> None:
        """Begin in the configured theme; without colour in the terminal's own."""
        make_strips_lean()
        make_keys_lean()
        make_sizes_lean()
        no_color = settings.no_color or "NO_COLOR" in os.environ
        first, offered = themes.choose(settings.theme, no_color=no_color)
        super().__init__(driver_class(settings.driver, os.environ), ansi_color=True if no_color else None)
        if no_color and not self.no_color:
            self.no_color = True
            self._filters.append(NoColor())
        self.settings = settings
        self.animation_level = "none"
        for theme in offered:
            self.register_theme(theme)
        self._begin_in(first)
        for name in set(self.available_themes) - {theme.name for theme in offered}:
            self.unregister_theme(name)

    def _begin_in(self, theme: Theme) -> None:
        """Choose the first theme as if it had always been: no stylesheet is read twice before a picture."""
        self.set_reactive(ThemedApp.theme, theme.name)
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)
        self.add_class(f"-theme-{theme.name}", update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self.stylesheet._parse_cache.maxsize = PARSED

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Words of our stylesheets, for themes that do not know them."""
        return themes.DARK.variables

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return the theme of that name, legible and in the words of our stylesheets."""
        return themes.in_our_words(super().get_theme(theme_name))

    @property
    def is_settled(self) -> bool:
        """Whether nothing loads, nothing is handed over and the last answers are drawn, on every screen."""
        is_handing = any(each.group == HANDING_OVER and not each.is_finished for each in self.workers)
        screens = self.screen_stack
        return bool(screens) and not is_handing and all(getattr(each, "is_settled", True) for each in screens)

    def action_redraw(self) -> None:
        """Paint everything anew, whatever another program wrote over it."""
        redraw(self)

    def action_command_palette(self) -> None:
        """Show the command palette."""
        from twin_tui.tui.screens.dialogs.palette import Palette  # noqa: PLC0415 - when it is first wanted

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def theme_commands(self) -> Iterable[SystemCommand]:
        """Yield the themes for the command palette."""
        for theme in sorted(self.available_themes):
            yield SystemCommand(
                f"Theme: {theme}", "Change the colours", partial(setattr, self, "theme", theme)
            )
