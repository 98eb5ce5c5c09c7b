"""The top line: the tabs, and which database is open."""

from textual.reactive import reactive

from twin_tui.analytics.answers import DatabaseStatus
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.widgets.hot_line import HotLine, Word


class TabBar(HotLine):
    """Names of the tabs with their keys at the left, the database at the right."""

    titles: reactive[tuple[str, ...]] = reactive(())
    """Names in the order of their keys."""
    current: reactive[int] = reactive(0)
    """Index of the visible tab."""
    status: reactive[DatabaseStatus | None] = reactive(None)
    """What is open."""

    def watch_titles(self) -> None:
        """Word the tabs anew."""
        self._word()

    def watch_current(self) -> None:
        """Mark the visible tab."""
        self._word()

    def watch_status(self, status: DatabaseStatus | None) -> None:
        """Name the database at the right."""
        if status is None:
            return
        access = "read-only" if status.is_read_only else "read and write"
        self.right = (Word(safe_line(status.name, 36), "$ink"), Word(f" · {access} ", "$muted"))

    def _word(self) -> None:
        words = [Word(" ◈ twin-tui ", "bold $accent"), Word(" ")]
        for at, title in enumerate(self.titles):
            chosen = at == self.current
            mark = "▸" if chosen else " "
            style = "bold $ink on $picked" if chosen else "$muted"
            words.append(Word(f"{mark}{at + 1} {title} ", style, str(at + 1)))
        self.left = tuple(words)
