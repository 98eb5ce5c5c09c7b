"""The line over the activity table: type, toggles and their keys."""

from dataclasses import dataclass

from textual.events import Click
from textual.message import Message
from textual.reactive import reactive

from twin_tui.analytics.answers import ActivityRequest, ActivityType
from twin_tui.tui.widgets.hot_line import HotLine, Word
from twin_tui.tui.widgets.tables.pager import word_at

_NAMES: tuple[tuple[ActivityType, str], ...] = (
    ("conversation", "conversations"),
    ("shared", "shared"),
    ("document", "documents"),
    ("query", "queries"),
    ("all", "all"),
)
_TOGGLES = (
    (135, ("with documents", "with queries", "not reviewed", " in the period")),
    (111, ("documents", "queries", "not reviewed", "")),
    (104, ("documents", "queries", "not ✓", "")),
    (0, ("▤", "⌕", "no✓", "")),
)
"""Least width of the line, and what the switches are called there."""
_ROOMY = 86
"""Least width that has room for blanks between the words."""


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
        request, width = self.request, self.size.width
        gap = " " if width >= _ROOMY else ""
        words = [Word(" t ", "bold $accent", "t")]
        for name, title in _NAMES:
            if name == request.type:
                words.append(Word(f"▸{title}{gap}", "bold $ink on $picked"))
            elif width >= 79:
                words.append(Word(f" {title}{gap}", "$muted"))
        if request.type in ("conversation", "shared"):
            names = next(names for least, names in _TOGGLES if width >= least)
            switches = (
                ("D", names[0], request.has_documents),
                ("Q", names[1], request.has_queries),
                ("n", names[2], request.only_unreviewed),
            )
            words.append(Word(f" │{gap}", "$rule"))
            for key, title, is_on in switches:
                words += _toggle(key, title + gap, is_on)
            dated = "active" if request.dated == "active" else "started"
            words += [Word(" a ", "bold $accent", "a"), Word(dated + names[3], "$ink", "a")]
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
        Word(f"{box} {title}", "bold $series-2" if is_on else "$muted", key),
    )
