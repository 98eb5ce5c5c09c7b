"""The room for the tabs of the main screen."""

from typing import Any, Self

from textual.containers import Container
from textual.widget import Widget


class Page(Container, can_focus=False):
    """Holds tabs, one of them visible; others can be put up without a repaint of it."""

    _is_quiet = False

    async def mount_hidden(self, widget: Widget) -> None:
        """Put up what is not displayed, painting nothing anew."""
        self._is_quiet = True
        try:
            await self.mount(widget)
        finally:
            # Textual refreshes once more, by a call that is in the queue already.
            self.call_next(self._end_quiet)

    def _end_quiet(self) -> None:
        self._is_quiet = False

    def refresh(self, *regions: Any, **options: Any) -> Self:
        """Paint anew, unless all that changed is hidden."""
        return self if self._is_quiet else super().refresh(*regions, **options)
