"""The main screen's annotations: what happened on the day under a chart's cursor, or on any."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

if TYPE_CHECKING:
    from twin_tui.tui.screens.main.main import MainScreen


class Annotating(Screen[Any]):
    """Mixed into the main screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "A",
            "annotate",
            "Annotations: what happened on the day under a chart's cursor, on any",
            show=False,
        )
    ]

    def annotation_commands(self) -> Iterable[SystemCommand]:
        """Yield what the command palette offers of annotations."""
        yield SystemCommand(
            "Annotations", "What happened on a day: list, write, change (A)", self.action_annotate
        )

    def action_annotate(self) -> None:
        """Read and write what happened; the day is the cursor's, or today."""
        from twin_tui.tui.charted import ChartedTab  # noqa: PLC0415 - behind the first picture
        from twin_tui.tui.screens.dialogs.annotations import AnnotationsScreen  # noqa: PLC0415 - when it is wanted

        main = cast("MainScreen", self)
        day = main.tab.day_in_focus() if isinstance(main.tab, ChartedTab) else None
        self.app.push_screen(AnnotationsScreen(day or main.service.today()), self._annotated)

    def _annotated(self, is_changed: bool | None) -> None:
        """Draw what is annotated now under every chart that was looked at."""
        from twin_tui.tui.charted import ChartedTab  # noqa: PLC0415 - behind the first picture

        for tab in cast("MainScreen", self).tabs if is_changed else ():
            if isinstance(tab, ChartedTab):
                tab.ask_annotations()
