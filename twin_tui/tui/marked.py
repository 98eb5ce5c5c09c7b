"""Classes that say what state a widget is in, put on without styling anew all that stands in it."""

from typing import cast

from textual.widget import Widget


class Marked:
    """Mixed into a widget before what it is; rules about its marks reach it and its children alone."""

    def mark(self, **marks: bool) -> None:
        """Put on or take off the classes of those names, and style anew what their rules reach."""
        here = cast("Widget", self)
        classes = here.classes
        for mark, is_so in marks.items():
            here.set_class(is_so, f"-{mark}", update=False)
        if here.classes != classes:
            here.app.stylesheet.update_nodes([here, *here.children])
