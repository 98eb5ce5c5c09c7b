"""Bars with their numbers, one of which is current: a list of shares, steps or buckets to be opened."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from twin_tui.text.formatting import compact, number, percent
from twin_tui.text.safe_text import cell_width, cut, pad, safe_line
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.parts.bars import bar
from twin_tui.tui.widgets.parts.panel import Panel, PanelTitle

NUMBERS = 14
"""Cells of a bar's count and share."""
LONGEST_LABEL = 30
NOTHING = "nothing in this period"
SHORTEST_BAR = 4
"""Cells below which no bar is drawn."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a view."""

    label: str
    """May be stored text; made safe where it is drawn."""
    count: int
    share: float | None
    """As it is told; ``None`` is a dash."""
    length: float | None = None
    """What is drawn, as a fraction of the longest bar there can be; ``None``: the share's."""
    opens: Hashable = None
    """What is behind it, for whoever opens it; ``None``: nothing."""


@dataclass(frozen=True, slots=True)
class BarView:
    """One list that a panel can show."""

    title: str
    bars: tuple[Bar, ...]
    summary: str = ""
    """A line above the bars."""
    glyph: str = "█"
    color: str = "series-1"
    figures: tuple[str, ...] = ()
    """Keys of the figures it is made from, the main one first."""
    note: str = ""
    """What it makes of them."""
    empty: str = NOTHING


class BarList(Panel):
    """Draws one of its views; left and right go to the others, up and down to a bar, enter opens it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Bar above", show=False),
        Binding("down,j", "move(1)", "Bar below", show=False),
        Binding("home", "move(-9999)", "First bar", show=False),
        Binding("end", "move(9999)", "Last bar", show=False),
        Binding("left", "view(-1)", "List before", show=False),
        Binding("right", "view(1)", "Next list", show=False),
        Binding("enter", "open", "What is behind this bar", show=False),
    ]

    @dataclass
    class Opened(Message):
        """What is behind a bar is wanted."""

        view: BarView
        bar: Bar

    def __init__(self, title: str, *, id: str) -> None:  # noqa: A002 - Textual's name
        """Begin under ``title``, before there is anything to show."""
        self._views: tuple[BarView, ...] = ()
        self._at = self._cursor = self._first = 0
        super().__init__(title, id=id)

    @property
    def view(self) -> BarView | None:
        """What is shown."""
        return self._views[self._at] if self._views else None

    @property
    def bar(self) -> Bar | None:
        """The current bar."""
        view = self.view
        return view.bars[self._cursor] if view is not None and view.bars else None

    def offers(self) -> tuple[Hint, ...]:
        """Return the keys of this panel."""
        views: tuple[Hint, ...] = (("← →", "more", "right"),) if len(self._views) > 1 else ()
        return (*views, ("enter", "open", "enter")) if self._views else ()

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figures that the view is made from."""
        return () if self.view is None else self.view.figures

    def show(self, views: Sequence[BarView]) -> None:
        """Draw these; the cursor stays with its bar, or where it is as far as bars go."""
        known = None if self.bar is None else self.bar.label
        self._views = tuple(views)
        self._at = min(self._at, max(0, len(views) - 1))
        bars = () if self.view is None else self.view.bars
        places = [at for at, each in enumerate(bars) if each.label == known]
        self._cursor = places[0] if places else max(0, min(self._cursor, len(bars) - 1))
        self._retitle()
        self.put((self._at, self._views))

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """Return the summary, and as many bars as fit around the cursor."""
        view = self.view
        if view is None:
            return ()
        if not view.bars:
            return (Content.styled(f"  {view.empty}", "$muted"),)
        head = [Content.styled(cut(f"  {view.summary}", width), "$muted")] if view.summary else []
        fits = max(1, height - len(head))
        self._first = max(0, min(self._first, self._cursor, len(view.bars) - fits))
        self._first = max(self._first, self._cursor - fits + 1)
        shown = view.bars[self._first : self._first + fits]
        longest = max((_length(each) for each in view.bars), default=0.0)
        widest = max(cell_width(safe_line(each.label)) for each in view.bars)
        label = max(6, min(widest, LONGEST_LABEL, width - NUMBERS - 4))
        strip = width - label - NUMBERS - 4
        return head + [
            self._line(each, self._first + at, label=label, strip=strip, longest=longest)
            for at, each in enumerate(shown)
        ]

    def _line(self, each: Bar, at: int, *, label: int, strip: int, longest: float) -> Content:
        view = self.view
        assert view is not None
        is_current = at == self._cursor and self.has_the_focus
        back = " on $picked" if is_current else ""
        drawn = bar(_length(each) / longest if longest else None, strip, view.glyph)
        return Content.assemble(
            ("▸ " if is_current else "  ", "bold $accent"),
            (pad(safe_line(each.label), label), ("bold $ink" if is_current else "$ink") + back),
            (compact(each.count).rjust(NUMBERS - 7) + percent(each.share, 0).rjust(7), "bold $ink" + back),
            ("  " + drawn if strip >= SHORTEST_BAR else "", f"${view.color}"),
        )

    def clicked(self, line: int) -> None:
        """Move to the clicked bar; a click on the current one opens it."""
        had_focus, view = self.has_the_focus, self.view
        self.take_focus()
        at = self._first + line - bool(view is not None and view.summary)
        if view is None or not 0 <= at < len(view.bars):
            return
        if at == self._cursor and had_focus:
            self.action_open()
        self._cursor = at
        self.redraw()

    def action_move(self, bars: int) -> None:
        """Move the cursor."""
        count = 0 if self.view is None else len(self.view.bars)
        at = max(0, min(self._cursor + bars, count - 1))
        if at != self._cursor:
            self._cursor = at
            self.redraw()

    def action_view(self, step: int) -> None:
        """Show the next list, or the one before."""
        if self._views:
            self._at = (self._at + step) % len(self._views)
            self._cursor = self._first = 0
            self._retitle()
            self.put((self._at, self._views))

    def action_open(self) -> None:
        """Have what is behind the current bar opened."""
        if self.view is not None and self.bar is not None and self.bar.opens is not None:
            self.post_message(self.Opened(self.view, self.bar))

    def _retitle(self) -> None:
        view = self.view
        if view is None:
            return
        self.note = view.note
        count = len(self._views)
        place = ((f" {self._at + 1}/{count}", "$muted"),) if count > 1 else ()
        self.entitle((view.title, ""), *place)
        if self.is_mounted:
            self.query_one(PanelTitle).keys = self.offers()

    def on_descendant_focus(self) -> None:
        """Show the cursor."""
        super().on_descendant_focus()
        self.redraw()

    def on_descendant_blur(self) -> None:
        """Hide the cursor."""
        self.redraw()


def _length(each: Bar) -> float:
    return (each.share if each.length is None else each.length) or 0.0


def told(each: Bar) -> str:
    """Return a bar in words, for what is opened from it.

    >>> told(Bar("1–5 min", 1200, 0.25))
    '1–5 min (1,200)'
    """
    return f"{each.label} ({number(each.count)})"
