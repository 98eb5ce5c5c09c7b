"""Figures as cards: value, change against the previous period, course over the days."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.events import Click
from textual.reactive import reactive
from textual.widget import Widget

from twin_tui.analytics.answers import Figure
from twin_tui.text.formatting import change, compact, value
from twin_tui.text.safe_text import cell_width, cut, pad, safe_line
from twin_tui.tui.widgets.parts.sparkline import sparkline

if TYPE_CHECKING:
    from twin_tui.rules.rule import State

NOT_FILTERED = "not filtered"
_TENTHS = re.compile(r"\.\d(?= (?:%|pp))")
SIGNS: "Mapping[State, str]" = {"ok": "", "warn": "! ", "no_data": "? ", "alert": "‼ "}
"""What stands before the name of a figure that a rule speaks of."""
WIDEST_DAY = 4
"""Cells of one day's column in a sparkline at most."""


def change_style(figure: Figure) -> str:
    """Return the style of a figure's change: good or bad news, or neither."""
    if figure.change is None or round(figure.change, 3) == 0 or figure.good == "neutral":
        return "$muted"
    return "$good" if (figure.change > 0) == (figure.good == "up") else "$bad"


def part_name(label: str) -> str:
    """Return a part's label as it stands inside a line.

    >>> part_name("90th percentile"), part_name("By people")
    ('p90', 'by people')
    """
    return {"90th percentile": "p90"}.get(label, label[:1].lower() + label[1:])


def detail(figure: Figure, width: int) -> str:
    """Return what stands beside a figure, whole: its parts, one of them, else the value compared with."""
    parts = [f"{part_name(label)} {value(amount, unit)}" for label, amount, unit in figure.parts[:2]]
    offers = [" · ".join(parts), *parts[:1]]
    if figure.previous is not None and figure.change is not None:
        offers.append(f"{safe_line(figure.compared_with)} {value(figure.previous, figure.unit)}")
    return next((words for words in offers if words and cell_width(words) <= width), "")


def short_value(figure: Figure) -> str:
    """Return the value in at most ten cells."""
    return (
        compact(figure.value) if figure.unit not in ("ratio", "seconds") else value(figure.value, figure.unit)
    )


class KpiCard(Widget):
    """One figure; two lines high when there is little room, three to five when there is more."""

    ALLOW_SELECT = False
    ALLOW_MAXIMIZE = False

    figure: reactive[Figure | None] = reactive(None, layout=False)
    """What is shown."""
    state: "reactive[State]" = reactive("ok", layout=False)
    """What the rules in force say of it."""
    is_open: reactive[bool] = reactive(False)
    """Whether the last day of the series is unfinished."""

    def __init__(self, *names: str) -> None:
        """Show a figure under the first of ``names``, long to short, that has room."""
        super().__init__()
        self.names = names

    def put(self, figure: Figure, *, is_open: bool) -> None:
        """Show a figure, repainting only if something visible differs."""
        old = self.figure
        self.set_reactive(KpiCard.figure, figure)
        self.set_reactive(KpiCard.is_open, is_open)
        if old is None or _visible(old) != _visible(figure):
            self.refresh()

    def on_click(self, event: Click) -> None:
        """Become the card that keys act on."""
        event.stop()
        grid = self.parent
        assert isinstance(grid, KpiGrid)
        grid.choose(self)

    def render(self) -> Content:
        """Draw the card at its size."""
        width, height = self.size.width - 2, self.size.height
        figure = self.figure
        if figure is None or width < 8:
            return Content("")
        lines = _tall(self, figure, width, height) if height >= 4 else _low(self, figure, width, height)
        edge = ("▌ ", "$accent") if self.has_focus else ("▏ ", "$rule")
        return Content("\n").join([Content.assemble(edge, line) for line in lines])

    def label(self, width: int) -> Content:
        """Return the name of the figure, short where the long one does not fit."""
        sign = SIGNS[self.state]
        room = width - cell_width(sign)
        name = next((name for name in self.names if cell_width(name) <= room), self.names[-1])
        style = "bold $accent" if self.has_focus else "$muted"
        return Content.assemble((sign, "bold $bad"), (pad(cut(name, room), room), style))


def _visible(figure: Figure) -> tuple[object, ...]:
    beside = figure.unfiltered, figure.parts, figure.previous, figure.compared_with
    return (figure.value, figure.change, figure.series, *beside)


def _course(figure: Figure, width: int, rows: int, *, is_open: bool) -> list[Content]:
    """Return the sparkline, its last column muted where that day is unfinished."""
    style = "$series-1"
    drawn = min(width, WIDEST_DAY * len(figure.series))
    lines = tuple(line.rjust(width) for line in sparkline(figure.series, drawn, rows))
    if not is_open or not figure.series:
        return [Content.styled(line, style) for line in lines]
    tail = max(1, drawn // len(figure.series))
    return [Content.assemble((line[:-tail], style), (line[-tail:], "$muted")) for line in lines]


def _low(card: KpiCard, figure: Figure, width: int, height: int) -> Iterable[Content]:
    """Two or three lines: name and change, value and course, what stands beside it."""
    delta = change(figure.change, is_points=figure.unit == "ratio")
    mark = NOT_FILTERED if figure.unfiltered else ""
    amount = short_value(figure)
    if height < 3:
        if min(map(cell_width, card.names)) + 1 + len(delta) > width:
            delta = _TENTHS.sub("", delta)
        left = cell_width(amount) + 1 + (len(mark) + 1 if mark else 0)
        course = _course(figure, max(0, min(width - left, 18)), 1, is_open=card.is_open)[0]
        yield Content.assemble(card.label(width - len(delta) - 1), " ", (delta, change_style(figure)))
        gap = " " * (width - cell_width(amount) - (len(mark) + 1 if mark else 0) - course.cell_length)
        yield Content.assemble((amount, "bold $ink"), (f" {mark}" if mark else "", "$muted"), gap, course)
        return
    room = max(0, min(24, width - 23))
    upper, lower = _course(figure, room, 2, is_open=card.is_open)
    rest = width - room
    yield Content.assemble(card.label(rest), upper)
    yield Content.assemble(
        (pad(amount, rest - len(delta) - 1), "bold $ink"), (delta, change_style(figure)), " ", lower
    )
    yield Content.styled(cut(mark or detail(figure, width), width), "$muted")


def _tall(card: KpiCard, figure: Figure, width: int, height: int) -> Iterable[Content]:
    """Four lines and more: the course takes what the words leave."""
    delta = change(figure.change, is_points=figure.unit == "ratio")
    amount = short_value(figure)
    beside = cell_width(amount) + 1 + len(delta) <= width
    yield card.label(width)
    if beside:
        yield Content.assemble((pad(amount, width - len(delta)), "bold $ink"), (delta, change_style(figure)))
    else:
        yield Content.styled(pad(amount, width), "bold $ink")
    yield from _course(figure, width, max(1, height - 3), is_open=card.is_open)
    if beside:
        yield Content.styled(
            cut(NOT_FILTERED if figure.unfiltered else detail(figure, width), width), "$muted"
        )
    else:
        yield Content.styled(delta, change_style(figure))


class KpiGrid(Container, can_focus=False):
    """Cards in rows; one of them takes the focus, arrows move it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1, 0)", "Card to the left", show=False),
        Binding("right", "move(1, 0)", "Card to the right", show=False),
        Binding("up", "move(0, -1)", "Card above", show=False),
        Binding("down", "move(0, 1)", "Card below", show=False),
    ]

    def __init__(self, cards: Iterable[tuple[str, ...]]) -> None:
        """Make a card for each (key, name, shorter names …)."""
        super().__init__()
        self._cards = {key: KpiCard(*names) for key, *names in cards}
        first = next(iter(self._cards.values()))
        first.can_focus = True

    def compose(self) -> ComposeResult:
        """Yield the cards."""
        yield from self._cards.values()

    def put(self, figures: Iterable[Figure], *, is_open: bool) -> None:
        """Show the figures that have a card."""
        for figure in figures:
            card = self._cards.get(figure.key)
            if card is not None:
                card.put(figure, is_open=is_open)

    def mark(self, states: "Mapping[str, State]") -> None:
        """Say on the cards what rules say of their figures; of those not named nothing is wrong."""
        for key, card in self._cards.items():
            card.state = states.get(key, "ok")

    @property
    def current(self) -> KpiCard:
        """The card that takes the focus."""
        return next(card for card in self._cards.values() if card.can_focus)

    def choose(self, card: KpiCard) -> None:
        """Move the focus to a card."""
        old = self.current
        card.can_focus = True
        card.focus()
        if old is not card:
            old.can_focus = False

    def action_move(self, right: int, down: int) -> None:
        """Move to the neighbouring card; at the rim nothing moves."""
        here = self.current.region
        cards = list(self._cards.values())
        rows = sorted({card.region.y for card in cards})
        if down:
            at = rows.index(here.y) + down
            beside = [card for card in cards if 0 <= at < len(rows) and card.region.y == rows[at]]
            found = min(beside, key=lambda card: abs(card.region.x - here.x), default=None)
        else:
            at = cards.index(self.current) + right
            found = cards[at] if 0 <= at < len(cards) else None
        if found is not None:
            self.choose(found)
