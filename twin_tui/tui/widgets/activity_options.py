"""The line over the activity table: type, toggles and their keys."""

from dataclasses import dataclass

from textual.events import Click
from textual.message import Message
from textual.reactive import reactive

from twin_tui.analytics.answers import ActivityRequest, ActivityType
from twin_tui.tui.widgets.hot_line import HotLine, Word
from twin_tui.tui.widgets.pager import word_at

_NAMES: tuple[tuple[ActivityType, str], ...] = (
    ("conversation", "conversations"),
    ("shared", "shared"),
    ("document", "documents"),
    ("query", "queries"),
    ("all", "all"),
)
_TOGGLES = (
    (118, ("with documents", "with queries", " in the period")),
    (94, ("documents", "queries", "")),
    (0, ("▤", "⌕", "")),
)
"""Least width of the line, and what the switches are called there."""


class ActivityOptions(HotLine):
    """What is listed, and how to change that; each word can be clicked."""

    @dataclass
    class TypeChosen(Message):
        """A type was clicked."""

        type: ActivityType

    request: reactive[ActivityRequest] = reactive(ActivityRequest)
    """What is asked for."""

    def watch_request(self) -> None:
        """Word the line anew."""
        self._word()

    def on_resize(self) -> None:
        """Word the line for the width."""
        self._word()

    def _word(self) -> None:
        request = self.request
        words = [Word(" t ", "bold $accent", "t")]
        is_narrow = self.size.width < 79
        for name, title in _NAMES:
            if name == request.type:
                words.append(Word(f"▸{title} ", "bold $ink on $picked"))
            elif not is_narrow:
                words.append(Word(f" {title} ", "$muted"))
        if request.type in ("conversation", "shared"):
            width = self.size.width
            documents, queries, period = next(names for least, names in _TOGGLES if width >= least)
            dated = "active" if request.dated == "active" else "started"
            words += [
                Word(" │ ", "$rule"),
                *_toggle("D", documents, request.has_documents),
                *_toggle("Q", queries, request.has_queries),
                Word(" a ", "bold $accent", "a"),
                Word(dated + period, "$ink", "a"),
            ]
        self.left = tuple(words)

    async def on_click(self, event: Click) -> None:
        """Tell which type was clicked."""
        word = word_at(self.words(), event.x)
        for name, title in _NAMES:
            if word is not None and word.text.strip("▸ ") == title:
                event.stop()
                self.post_message(self.TypeChosen(name))


def _toggle(key: str, title: str, is_on: bool) -> tuple[Word, ...]:
    box = "☑" if is_on else "☐"
    return (
        Word(f" {key} ", "bold $accent", key),
        Word(f"{box} {title} ", "bold $series-2" if is_on else "$muted", key),
    )
