"""The weekly cohorts as a grid to move in: who came back when, in shades that read without colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from twin_tui.analytics.answers import Cohort, Retained, Retention
from twin_tui.analytics.answers.retention import COHORT_WEEKS
from twin_tui.text.formatting import compact, number, percent, short_day, span
from twin_tui.tui.widgets.parts.heatmap import SHADES, shade
from twin_tui.tui.widgets.parts.panel import Panel
from twin_tui.tui.widgets.parts.retention_lists import unfiltered_words

LABEL, CELL = 13, 5
"""Cells of a row's week and size, and of one number."""
WHERE = 39
"""Cells of the reading's beginning at least, so that what follows stays where it is."""
NOT_OVER = "·"
MOST_LINES = 16
"""Lines of the whole panel; more cohorts move with the cursor."""


class CohortPanel(Panel):
    """Rows are weeks in which people were first active, columns the weeks after; enter lists who was back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(0, -1)", "Cohort above", show=False),
        Binding("down,j", "move(0, 1)", "Cohort below", show=False),
        Binding("left", "move(-1, 0)", "Cohorts: a week earlier", show=False),
        Binding("right", "move(1, 0)", "A week later", show=False),
        Binding("home", "move(-99, 0)", "Cohorts: the first week", show=False),
        Binding("end", "move(99, 0)", "Cohorts: the last week", show=False),
        Binding("enter", "open", "The people behind the cell", show=False),
    ]
    NOTE = (
        "The grid: people by the local week (Monday first) of their first activity; in each week after it "
        "the share of them that was active at any time. A week that is not over is blank, with a dot."
    )

    @dataclass
    class CellOpened(Message):
        """The people behind a cell are wanted."""

        week: date
        """The cohort's Monday."""
        place: int
        """Weeks after it."""
        is_retained: bool = True

    def __init__(self) -> None:
        super().__init__("Weekly cohorts: share active in the weeks after the first", id="cohorts")
        self._cohorts: tuple[Cohort, ...] = ()
        self._is_shown = False
        self._at = (0, 0)
        self._first = 0

    def offers(self) -> tuple[tuple[str, str, str], ...]:
        """Return the keys of the grid."""
        return (("enter", "people", "enter"), ("n", "not back", "n"))

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figures that tell the same by the day."""
        return ("d7", "d1", "d30")

    def show_answer(self, answer: Retention) -> None:
        """Draw the cohorts; the cursor stays in its week."""
        known = self.cohort.week if self.cohort is not None else None
        rows = [at for at, cohort in enumerate(answer.cohorts) if cohort.week == known]
        self._cohorts, self._is_shown = answer.cohorts, True
        row = rows[0] if rows else max(0, len(answer.cohorts) - 1)
        self._at = (row, self._at[1])
        self.styles.max_height = min(MOST_LINES, 3 + max(1, len(answer.cohorts)))
        self.entitle((self._title, ""), (unfiltered_words(answer), "$muted"))
        self.put(answer.cohorts)

    @property
    def cohort(self) -> Cohort | None:
        """The cohort under the cursor."""
        return self._cohorts[self._at[0]] if self._cohorts else None

    @property
    def cell(self) -> Retained | None:
        """The number under the cursor, ``None`` where its week is not over."""
        return None if self.cohort is None else self.cohort.cells[self._at[1]]

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """Return the weeks' heads, as many cohorts as fit around the cursor, and what the cursor reads."""
        if not self._is_shown:
            return ()
        if not self._cohorts:
            return (Content.styled("  Nobody was active for the first time in these days.", "$muted"),)
        cell = max(CELL, min(9, (width - LABEL) // COHORT_WEEKS))
        places = min(COHORT_WEEKS, max(1, (width - LABEL) // cell))
        heads = "".join(f"W{place}".rjust(cell) for place in range(places))
        lines = [Content.styled("  week people".ljust(LABEL) + heads, "$muted")]
        fits = max(1, height - 2)
        self._first = max(0, min(self._first, self._at[0], len(self._cohorts) - fits))
        self._first = max(self._first, self._at[0] - fits + 1)
        shown = range(self._first, min(len(self._cohorts), self._first + fits))
        lines += [self._row(row, places, cell) for row in shown]
        lines.append(self._reading() if self.has_the_focus else self._scale())
        return lines[:height]

    def _row(self, row: int, places: int, width: int) -> Content:
        cohort = self._cohorts[row]
        label = short_day(cohort.week).rjust(6) + compact(cohort.size).rjust(LABEL - 6)
        parts: list[tuple[str, str]] = [(label, "$ink")]
        for place, retained in enumerate(cohort.cells[:places]):
            is_here = self.has_the_focus and (row, place) == self._at
            mark, back = ("▸", " on $picked") if is_here else (" ", "")
            if retained is None or retained.rate is None:
                parts += [(mark, "bold $accent"), (NOT_OVER.rjust(width - 1), "$muted" + back)]
                continue
            wide = width > CELL
            strip = SHADES[shade(retained.rate, 1.0)] * (width - 4 - wide)
            parts += [
                (mark, "bold $accent"),
                (strip, "$series-1"),
                (number(100 * retained.rate).rjust(3 + wide), ("bold $ink" if is_here else "$ink") + back),
            ]
        return Content.assemble(*parts)

    def _reading(self) -> Content:
        cohort, cell = self.cohort, self.cell
        assert cohort is not None
        last = cohort.week.fromordinal(cohort.week.toordinal() + 6)
        where = f" first active {span(cohort.week, last)}, week {self._at[1]}: ".ljust(WHERE)
        if cell is None:
            return Content.assemble((where, "$ink"), ("not over yet", "bold $ink"))
        said = f"{number(cell.retained)} of {number(cell.eligible)} people active"
        return Content.assemble((where, "$ink"), (f"{percent(cell.rate)} · {said}", "bold $ink"))

    def _scale(self) -> Content:
        steps = ((1, "to 25 %"), (2, "to 50 %"), (3, "to 75 %"), (4, "more"))
        parts = [
            part for at, words in steps for part in ((f" {SHADES[at]} ", "$series-1"), (words, "$muted"))
        ]
        return Content.assemble(*parts, (f"   {NOT_OVER} not over yet · numbers are percent", "$muted"))

    def clicked(self, line: int) -> None:
        """Move to the clicked cohort."""
        row = self._first + line - 1
        self.take_focus()
        if line >= 1 and row < len(self._cohorts):
            self._go(row, self._at[1])

    def action_move(self, right: int, down: int) -> None:
        """Move the cursor within the grid."""
        row = max(0, min(self._at[0] + down, len(self._cohorts) - 1))
        self._go(row, max(0, min(self._at[1] + right, COHORT_WEEKS - 1)))

    def _go(self, row: int, place: int) -> None:
        if (row, place) != self._at:
            self._at = (row, place)
            self.redraw()

    def action_open(self, is_retained: bool = True) -> None:
        """Want the people behind the cell: those active then, or the others."""
        if self.cohort is None:
            return
        if self.cell is None:
            self.notify("That week is not over yet.", timeout=3)
            return
        self.post_message(self.CellOpened(self.cohort.week, self._at[1], is_retained))

    def on_descendant_focus(self) -> None:
        """Show the cursor."""
        super().on_descendant_focus()
        self.redraw()

    def on_descendant_blur(self) -> None:
        """Hide the cursor."""
        self.redraw()
