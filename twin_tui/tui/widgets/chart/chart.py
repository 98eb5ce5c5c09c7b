"""A chart over days: one of a few views of named series, a cursor that reads days, spans to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message

from twin_tui.tui import plots
from twin_tui.tui.frames import Frame, Picture, frame_of
from twin_tui.tui.widgets.chart.body import ChartBody
from twin_tui.tui.widgets.chart.course import Chosen, Course, Span, View, picture_of
from twin_tui.tui.widgets.chart.marks import marked
from twin_tui.tui.widgets.chart.words import Note, legend, reading
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.parts.panel import Panel, PanelBody, PanelTitle

PALETTE_WORDS = ("series-1", "series-2", "series-3", "rule", "muted")


class ChartPanel(Panel):
    """Draws one of its views; the arrows read days, enter has them looked at in every tab."""

    BODY = ChartBody
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Chart: read the day before", show=False),
        Binding("right", "step(1)", "The day after", show=False),
        Binding(
            "shift+left", "stretch(-1)", "Chart: choose a span of days, one more to the left", show=False
        ),
        Binding("shift+right", "stretch(1)", "Chart: one more to the right", show=False),
        Binding("s", "hold", "Chart: begin a span here, or end it", show=False),
        Binding("ctrl+left", "step(-7)", "Chart: seven days back", show=False),
        Binding("ctrl+right", "step(7)", "Chart: seven days on", show=False),
        Binding("home", "step(-99999)", "Chart: the first day", show=False),
        Binding("end", "step(99999)", "Chart: the last day", show=False),
        Binding("enter", "choose", "Chart: look at these days in every tab, or no longer", show=False),
        Binding("escape", "forget", "Chart: choose no days", show=False),
    ]

    @dataclass
    class DaysChosen(Message):
        """Days are to be looked at in every tab."""

        start: date
        end: date
        """The day after the last."""

    class DaysCleared(Message):
        """The days that were looked at before are wanted again."""

    def __init__(self, views: Sequence[View], *, id: str = "chart", note: str = "") -> None:  # noqa: A002
        """Show the first of ``views``; ``note`` says what the chart makes of its figures."""
        self._views = tuple(views)
        self._view = 0
        super().__init__(views[0].title, id=id)
        self.note = note
        self._course = Course((), ())
        self._chosen: Chosen | None = None
        self._was_chosen: Chosen | None = None
        self._brushed: Span | None = None
        self._notes: tuple[Note, ...] = ()
        self.marked: int | None = None
        """Which of the view's series the keys act on; ``None``: all of them."""

    def on_mount(self) -> None:
        """Have plotext imported while the data are read, after the first paint."""
        self.call_after_refresh(lambda: self.run_worker(plots.warm_up, thread=True, group="plots"))

    @property
    def view(self) -> View:
        """What is measured now."""
        return self._views[self._view]

    @property
    def view_number(self) -> int:
        """Which view it is, from 1."""
        return self._view + 1

    def look_at_view(self, number: int) -> None:
        """Measure what that view does; the last one where there are fewer."""
        self.action_view(min(number, len(self._views)) - 1 - self._view)

    @property
    def course(self) -> Course:
        """What is drawn."""
        return self._course

    @property
    def chosen_days(self) -> Span | None:
        """The days under the cursor, or of the span; the day after the last ends them."""
        return None if self._chosen is None else self._course.stretch(self._chosen.first, self._chosen.last)

    def figure_keys(self) -> tuple[str, ...]:
        """Return what is measured now."""
        return self.view.keys

    def offers(self) -> tuple[Hint, ...]:
        """Return the keys of this panel."""
        views: tuple[Hint, ...] = (("v", "measure", "v"),) if len(self._views) > 1 else ()
        whole: tuple[Hint, ...] = (("m", "maximise", "m"),)
        if self._chosen is None:
            return (*views, ("← →", "read days", "right"), *whole)
        word = "reset" if self.chosen_days == self._brushed else "look at it"
        return (("enter", word, "enter"), ("s", "span", "s"), *views, ("A", "annotate", "A"), *whole)

    def show(self, course: Course) -> None:
        """Draw these days; the cursor stays on its day if that is still there."""
        self._chosen = self._carried(course)
        self._course = course
        self._retitle()
        self._put()

    def mark(self, days: Span | None) -> None:
        """Mark the days that every tab looks at, where they are but a part of those drawn."""
        if days != self._brushed:
            if self._chosen is not None and self.chosen_days == self._brushed:
                places = None if days is None else self._course.places(days)
                self._chosen = None if places is None else Chosen(places[1], places[0])
            self._brushed = days
            self._retitle()
            self._put()

    def annotate(self, notes: tuple[Note, ...]) -> None:
        """Mark what happened on which day, the oldest first."""
        if notes != self._notes:
            self._notes = notes
            self._put()

    def _put(self) -> None:
        self.put((self._view, self._course, self._brushed, self._noted()))

    def _noted(self) -> tuple[Note, ...]:
        """Return what happened on the days that are drawn."""
        days = self._course.days
        if not days:
            return ()
        start, after = self._course.stretch(0, len(days) - 1)
        return tuple(note for note in self._notes if start <= note[0] < after)

    def _noted_places(self) -> list[int]:
        found = (self._course.places((day, day + timedelta(days=1))) for day, _ in self._noted())
        return [places[0] for places in found if places is not None]

    def _carried(self, course: Course) -> Chosen | None:
        span = self.chosen_days
        places = None if span is None or self._chosen is None else course.places(span)
        if places is None or self._chosen is None:
            return None
        ends = places if self._chosen.cursor >= self._chosen.anchor else places[::-1]
        return Chosen(ends[1], ends[0], self._chosen.is_held)

    def action_view(self, step: int) -> None:
        """Measure the next thing, or the one before."""
        self._view = (self._view + step) % len(self._views)
        self.marked = None
        self._retitle()
        self._put()

    def _retitle(self) -> None:
        count = len(self._views)
        number = ((f" {self._view + 1}/{count}", "$muted"),) if count > 1 else ()
        self.entitle((self.view.title, ""), *number)
        if self.is_mounted:
            self.query_one(PanelTitle).keys = self.offers()

    def _choose(self, chosen: Chosen | None) -> None:
        """Move the cursor, repainting only what it leaves and where it goes."""
        before, self._chosen = self._chosen, chosen
        if chosen == before or not self.is_mounted:
            return
        body = self.query_one(PanelBody)
        width, height = body.size
        regions = [Region(0, 0, width, 1), Region(0, max(0, height - 2), width, 1)]
        if (frame := self._frame(width, height)) is not None:
            ends = {end for each in (before, chosen) if each is not None for end in (each.first, each.last)}
            regions += [Region(frame.column_of(end), 1, 1, frame.rows) for end in ends]
        body.refresh(*regions)
        self._retitle()

    @property
    def _picture(self) -> Picture:
        return picture_of(self.view, self._course)

    def _frame(self, width: int, height: int) -> Frame | None:
        return frame_of(self._picture, width - 1, height - 1)

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """Return the legend, or what the chosen days say, and the picture under it."""
        if not self._course.days:
            return ()
        picture, frame = self._picture, self._frame(width, height)
        variables = self.app.theme_variables
        palette = tuple((word, variables[word]) for word in PALETTE_WORDS)
        drawn = plots.draw(picture, width - 1, height - 1, palette)
        lines = Content.from_rich_text(drawn).split("\n")
        chosen = self._chosen
        if frame is not None:
            reaches = []
            if self._brushed is not None and (places := self._course.places(self._brushed)) is not None:
                reaches.append((*places, "$series-2"))
            if chosen is not None:
                reaches.append((chosen.first, chosen.last, "$accent"))
            cursor = None if chosen is None else chosen.cursor
            lines = marked(lines, frame, cursor, reaches, self._noted_places())
        days_each = 1 if frame is None else frame.days_each
        if chosen is None:
            return [legend(picture, days_each, width, self._noted(), is_daily=self._course.is_daily), *lines]
        return [reading(picture, self._course, chosen, width, self._noted(), marked=self.marked), *lines]

    def action_step(self, days: int) -> None:
        """Read another day; the first key puts the cursor on the last day, or where it leads from there."""
        self._move(days, holding=False)

    def action_stretch(self, days: int) -> None:
        """Choose one day more."""
        self._move(days, holding=True)

    def _move(self, days: int, *, holding: bool) -> None:
        count = len(self._course.days)
        if not count:
            return
        if self._chosen is None:
            start = count - 1 if abs(days) < count else 0 if days < 0 else count - 1
            self._choose(Chosen(start, start))
        else:
            self._choose(self._chosen.moved(days, count, holding=holding))

    def action_hold(self) -> None:
        """Leave one end of the span where the cursor is, or let it go."""
        if self._chosen is None:
            self._move(0, holding=False)
        if self._chosen is not None:
            cursor, held = self._chosen.cursor, self._chosen.is_held
            self._choose(Chosen(cursor, self._chosen.anchor if held else cursor, is_held=not held))

    def action_choose(self) -> None:
        """Have the chosen days looked at in every tab; chosen once more, no longer."""
        days = self.chosen_days
        if days is None and self._brushed is None:
            self._move(0, holding=False)
        elif days is None or days == self._brushed:
            self.action_forget()
            self.post_message(self.DaysCleared())
        else:
            self.post_message(self.DaysChosen(*days))

    def action_forget(self) -> None:
        """Take the cursor away."""
        if self._chosen is None and self._brushed is None:
            raise SkipAction
        self._choose(None)

    def press(self, column: int) -> None:
        """Put the cursor on the day at a column of the body."""
        self.take_focus()
        self._was_chosen = self._chosen
        if (place := self._place_at(column)) is not None:
            self._choose(Chosen(place, place))

    def drag(self, column: int) -> None:
        """Reach to the day at a column."""
        place = self._place_at(column)
        if place is not None and self._chosen is not None:
            self._choose(Chosen(place, self._chosen.anchor))

    def release(self) -> None:
        """After a click without a way: on what is chosen, or looked at, already, do as enter does."""
        chosen, was = self._chosen, self._was_chosen
        if chosen is None or chosen.first != chosen.last:
            return
        day = self._course.days[chosen.cursor]
        if self._brushed is not None and self._brushed[0] <= day < self._brushed[1]:
            self._choose(None)
            self.post_message(self.DaysCleared())
        elif was is not None and was.first <= chosen.cursor <= was.last:
            self._choose(was)
            self.action_choose()

    def _place_at(self, column: int) -> int | None:
        frame = self._frame(*self.query_one(PanelBody).size)
        return None if frame is None else frame.day_at(column)
