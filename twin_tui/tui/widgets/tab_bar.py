"""The top line: the tabs, and which database is open."""

from typing import TYPE_CHECKING

from textual.reactive import reactive

from twin_tui.text.safe_text import cell_width, cut, safe_line
from twin_tui.tui.filling import access_words
from twin_tui.tui.widgets.hot_line import HotLine, Word, width_of

if TYPE_CHECKING:
    from twin_tui.analytics.answers import DatabaseStatus

SHORTEST_NAME, LONGEST_NAME = 9, 36
"""Cells of the database's name."""
ABOUT = "screen.about"
"""What a click on the database does."""


class TabBar(HotLine):
    """Names of the tabs with their keys at the left, the database at the right."""

    titles: reactive[tuple[str, ...]] = reactive(())
    """Names in the order of their keys."""
    current: reactive[int] = reactive(0)
    """Index of the visible tab."""
    status: "reactive[DatabaseStatus | None]" = reactive(None)
    """What is open."""

    def watch_titles(self) -> None:
        """Word the tabs anew."""
        self._word()

    def watch_current(self) -> None:
        """Mark the visible tab."""
        self._word()

    def watch_status(self) -> None:
        """Name the database at the right."""
        self._word()

    def on_resize(self) -> None:
        """Word both ends for the room there is."""
        self._word()

    def _word(self) -> None:
        words = self._tabs()
        if self.status is None:
            self.left = tuple(words)
            return
        name, access = safe_line(self.status.name, LONGEST_NAME), f" · {access_words(self.status)} "
        beside = min(cell_width(name), SHORTEST_NAME) + cell_width(access)
        if width_of(words) + beside > self.size.width:
            words = self._tabs(is_tight=True)
        room = self.size.width - width_of(words) - 1
        if cell_width(access) + min(cell_width(name), SHORTEST_NAME) > room:
            access = ""
        self.left = tuple(words)
        name = cut(name, max(SHORTEST_NAME, room - cell_width(access)))
        self.right = (Word(name, "$ink", ABOUT), Word(access, "$muted", ABOUT))

    def _tabs(self, *, is_tight: bool = False) -> list[Word]:
        """Return the tabs with their keys; tight ones stand closer, and the program's name is left out."""
        words = [Word(" ◈" if is_tight else " ◈ twin-tui ", "bold $accent"), Word("" if is_tight else " ")]
        for at, title in enumerate(self.titles):
            chosen = at == self.current
            mark = "▸" if chosen else " "
            style = "bold $ink on $picked" if chosen else "$muted"
            end = "" if is_tight else " "
            words.append(Word(f"{mark}{at + 1} {title}{end}", style, str(at + 1)))
        return words
