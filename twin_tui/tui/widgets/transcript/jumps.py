"""Jumping in a transcript: to the next document, query, gap or unanswered message, and from day to day."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from twin_tui.text.formatting import number
from twin_tui.tui.widgets.transcript.places import BRIEF, PLURALS, Days, Goal, places, step
from twin_tui.tui.widgets.transcript.renewal import RenewableTranscript


class JumpingTranscript(RenewableTranscript):
    """A conversation in which keys go from one thing of a kind to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "jump('document', 1)", "Next document", show=False),
        Binding("D", "jump('document', -1)", "Previous document", show=False),
        Binding("s", "jump('query', 1)", "Next query (search)", show=False),
        Binding("S", "jump('query', -1)", "Previous query", show=False),
        Binding("o", "jump('zero-result query', 1)", "Next query without a result", show=False),
        Binding("O", "jump('zero-result query', -1)", "Previous query without a result", show=False),
        Binding("b", "jump('gap', 1)", "Next gap (break): a pause of more than 30 minutes", show=False),
        Binding("B", "jump('gap', -1)", "Previous gap", show=False),
        Binding("a", "jump('unanswered message', 1)", "Next message without an answer", show=False),
        Binding("A", "jump('unanswered message', -1)", "Previous message without an answer", show=False),
        Binding("greater_than_sign", "day(1)", "Next day", show=False),
        Binding("less_than_sign", "day(-1)", "This day's beginning, the day before", show=False),
        Binding("G", "last_day", "The last day", show=False),
    ]

    @dataclass
    class Jumped(Message):
        """The cursor stands on what was jumped to."""

        position: int
        words: str
        """Which of how many it is: "gap 2 of 5"."""

    @dataclass
    class NothingThere(Message):
        """There is nothing to jump to, for this reason."""

        reason: str

    @property
    def days(self) -> Days:
        """The days of the conversation."""
        return Days(self.plan.index, self.plan.separators, self._zone)

    def action_jump(self, goal: Goal, direction: int) -> None:
        """Go to the next thing of a kind, or the previous one."""
        found = places(self.plan.index, self.plan.parents, goal)
        at = step(found, self.cursor, direction)
        if at is not None:
            self._land(found[at], f"{BRIEF.get(goal, goal)} {number(at + 1)} of {number(len(found))}")
        elif found:
            which = "later" if direction > 0 else "earlier"
            count = f"{number(len(found))} {goal if len(found) == 1 else PLURALS[goal]}"
            self.post_message(self.NothingThere(f"There is no {which} {goal}: {count} in all."))
        else:
            self.post_message(self.NothingThere(f"There is no {goal} in this conversation."))

    def action_day(self, direction: int) -> None:
        """Go to where the next day begins, or this one, or the one before."""
        days = self.days
        at = step(days.firsts, self.cursor, direction)
        if at is None:
            which = "last" if direction > 0 else "first"
            self.post_message(self.NothingThere(f"This is the {which} day of the conversation."))
        else:
            self._land_on_day(days, at)

    def action_last_day(self) -> None:
        """Go to where the last day begins."""
        self.go_to_day(len(self.days) - 1)

    def go_to_day(self, at: int) -> None:
        """Go to where a day begins, by its number from 0."""
        days = self.days
        if 0 <= at < len(days):
            self._land_on_day(days, at)

    def _land_on_day(self, days: Days, at: int) -> None:
        self._land(days.firsts[at], f"day {number(at + 1)} of {number(len(days))}")

    def _land(self, position: int, words: str) -> None:
        self.go_to(position)
        self.post_message(self.Jumped(position, words))
