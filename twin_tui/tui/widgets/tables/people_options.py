"""The line over the directory: people or twins, which status, in which order."""

from dataclasses import dataclass

from textual.events import Click
from textual.message import Message
from textual.reactive import reactive

from twin_tui.analytics.answers import PeopleKind, PeoplePage, PeopleRequest, PeopleSort, PeopleStatus
from twin_tui.text.formatting import compact
from twin_tui.tui.widgets.hot_line import HotLine, Word
from twin_tui.tui.widgets.tables.pager import word_at

KINDS: tuple[tuple[PeopleKind, str], ...] = (("users", "people"), ("twins", "twins"))
STATUSES: tuple[tuple[PeopleStatus | None, str, str], ...] = (
    (None, "", "all"),
    ("active", "a", "active"),
    ("dormant", "d", "dormant"),
    ("never", "n", "never"),
)
"""Status, its key, its name."""


def sort_words(request: PeopleRequest) -> str:
    """Return the order in words.

    >>> sort_words(PeopleRequest()), sort_words(PeopleRequest(kind="twins", sort="name", descending=False))
    ('last seen ▾', 'name ▴')
    """
    names: dict[PeopleSort, str] = {"last_seen": "last seen" if request.kind == "users" else "last used"}
    return f"{names.get(request.sort, request.sort)} {'▾' if request.descending else '▴'}"


class PeopleOptions(HotLine):
    """What is listed, and how to change that; each word can be clicked."""

    @dataclass
    class KindChosen(Message):
        """People or twins were clicked."""

        kind: PeopleKind

    @dataclass
    class StatusChosen(Message):
        """A status was clicked; ``None`` for all."""

        status: PeopleStatus | None

    request: reactive[PeopleRequest] = reactive(PeopleRequest)
    """What is asked for."""
    answer: reactive[PeoplePage | None] = reactive(None)
    """What was answered: how many there are of each status."""

    def watch_request(self) -> None:
        """Word the line anew."""
        self._word()

    def watch_answer(self) -> None:
        """Tell the counts."""
        self._word()

    def on_resize(self) -> None:
        """Word the line for the width."""
        self._word()

    def _word(self) -> None:
        request = self.request
        words = [Word(" t ", "bold $accent", "t")]
        for kind, name in KINDS:
            words.append(_choice(name, is_chosen=kind == request.kind))
        words.append(Word("│", "$rule"))
        for status, key, name in STATUSES:
            if key:
                words.append(Word(f" {key} ", "bold $accent", key))
            words.append(_choice(name + self._count(status), is_chosen=status == request.status))
        self.left = tuple(words)
        order = sort_words(request) if self.size.width >= 100 else "order"
        self.right = (Word("o ", "bold $accent", "o"), Word(f"{order} ", "$ink", "o"))

    def _count(self, status: PeopleStatus | None) -> str:
        answer = self.answer
        if answer is None or self.size.width < 76:
            return ""
        return " " + compact(answer.everyone if status is None else getattr(answer, status))

    async def on_click(self, event: Click) -> None:
        """Tell what was clicked."""
        word = word_at(self.words(), event.x)
        if word is None or word.action:
            await super().on_click(event)
            return
        said = word.text.strip("▸ ").partition(" ")[0]
        for kind, name in KINDS:
            if said == name:
                self.post_message(self.KindChosen(kind))
        for status, _, name in STATUSES:
            if said == name:
                self.post_message(self.StatusChosen(status))


def _choice(name: str, *, is_chosen: bool) -> Word:
    return Word(f"▸{name} ", "bold $ink on $picked") if is_chosen else Word(f" {name} ", "$muted")
