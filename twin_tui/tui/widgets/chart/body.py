"""Where a chart is drawn, and what the mouse does there."""

from typing import TYPE_CHECKING, cast

from textual.events import MouseDown, MouseMove, MouseUp

from twin_tui.tui.widgets.parts.panel import PanelBody

if TYPE_CHECKING:
    from twin_tui.tui.widgets.chart.chart import ChartPanel


class ChartBody(PanelBody):
    """The drawn chart, in which the mouse chooses days."""

    def on_mouse_down(self, event: MouseDown) -> None:
        """Begin to choose where the button went down."""
        self.capture_mouse()
        self._panel.press(event.x)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Choose all days passed over while the button is down."""
        if self.app.mouse_captured is self:
            self._panel.drag(event.x)

    def on_mouse_up(self, _event: MouseUp) -> None:
        """End it."""
        if self.app.mouse_captured is self:
            self.release_mouse()
            self._panel.release()

    @property
    def _panel(self) -> "ChartPanel":
        return cast("ChartPanel", self.parent)
