"""The sizes of widgets that cannot scroll, taken without a second layout.

To Textual the size of a widget's content is news to its neighbours whenever it changes, so that whatever is
seen for the first time is laid out twice. Only scrollbars depend on it.
"""

from textual.geometry import Size
from textual.widget import Widget

_OVERFLOWS = frozenset(("auto", "scroll"))
_TAKEN = Widget._size_updated


def make_sizes_lean() -> None:
    """Have every widget take its size so."""
    Widget._size_updated = _taken  # type: ignore[method-assign]


def _taken(
    self: Widget,
    size: Size,
    virtual_size: Size,
    container_size: Size,
    layout: bool = True,
) -> bool:
    """Take the sizes a layout found; return whether they differ from those before."""
    if layout and self.virtual_size != virtual_size:
        layout = not _OVERFLOWS.isdisjoint((self.styles.overflow_x, self.styles.overflow_y))
    return _TAKEN(self, size, virtual_size, container_size, layout)
