"""Stylesheets that a screen or a tab brings along: read when the first of its kind is put up.

Each nests its rules under the types it is about, so that it does not matter which is read first.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget

STYLES = Path(__file__).parent / "styles"


class Dressed:
    """A widget with stylesheets of its own; mixed in before what it is.

    No widget itself: to Textual's stylesheets a widget is what its first base that is one says.
    """

    STYLES: ClassVar[tuple[str, ...]] = ()
    """Names of the stylesheets that it, and what it holds, need."""

    def _post_register(self, app: "App[Any]") -> None:
        cast("Widget", super())._post_register(app)
        for name in self.STYLES:
            path = STYLES / f"{name}.tcss"
            app.stylesheet.add_source(_words(name), read_from=(str(path), ""))


@cache
def _words(name: str) -> str:
    return (STYLES / f"{name}.tcss").read_text("utf-8")
