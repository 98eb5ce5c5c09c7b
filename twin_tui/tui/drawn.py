"""What widgets keep of their last picture, which nobody needs of those that are hidden."""

from textual.geometry import NULL_SIZE
from textual.widget import Widget, _RenderCache


def forget_drawn(hidden: Widget) -> None:
    """Let go of the pictures of a widget and of all in it: they are drawn anew when it is seen again."""
    for widget in hidden.walk_children(Widget, with_self=True):
        widget._set_dirty()
        widget._layout_cache.clear()
        widget._render_cache = _RenderCache(NULL_SIZE, [])
