"""What every dialog has: it covers the screen below, and Ctrl+C still leaves the program."""

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from twin_tui.tui.dressed import Dressed

Result = TypeVar("Result")


class Dialog(Dressed, ModalScreen[Result]):
    """A modal screen; the app's own keys do not reach it, except the one that must."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "app.help_quit", "Quit", show=False)]
