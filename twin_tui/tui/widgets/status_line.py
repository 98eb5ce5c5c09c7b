"""The bottom line: which keys do something here, and how times are to be read."""

from datetime import datetime, tzinfo

from textual.reactive import reactive

from twin_tui.text.formatting import compact, moment
from twin_tui.tui.widgets.hot_line import Hint, HotLine, Word, hint_words, width_of

__all__ = ["Hint", "StatusLine"]


class StatusLine(HotLine):
    """Keys at the left, as many as fit whole; data age and timezone at the right."""

    hints: reactive[tuple[Hint, ...]] = reactive(())
    """What is offered, most wanted first."""
    as_of: reactive[datetime | None] = reactive(None)
    """Newest data change."""
    behind: reactive[int] = reactive(0)
    """Changes the figures do not hold yet."""
    zone: reactive[tzinfo | None] = reactive(None)
    """Report timezone."""

    def watch_hints(self) -> None:
        """Lay the keys out anew."""
        self._word()

    def watch_as_of(self) -> None:
        """Tell the newest data."""
        self._word()

    def watch_behind(self) -> None:
        """Tell how far the figures are behind."""
        self._word()

    def watch_zone(self) -> None:
        """Tell the timezone."""
        self._word()

    def on_resize(self) -> None:
        """Offer as many keys as fit now."""
        self._word()

    def _word(self) -> None:
        if self.zone is None:
            return
        late = f"({compact(self.behind)} behind) " if self.behind else ""
        said = "" if self.as_of is None else f"data to {moment(self.as_of, self.zone)} {late}"
        data = (Word(said, "$muted"),) if said else ()
        right = (*data, Word(f"{self.zone} ", "$muted"))
        self.right, self.left = right, self._fitting(self.size.width - width_of(right) - 1)

    def _fitting(self, room: int) -> tuple[Word, ...]:
        """Return the hints that fit whole; the last two, help and leaving, before any other."""
        pairs = [hint_words(hint) for hint in self.hints]
        kept: set[int] = set()
        for at in (*range(len(pairs) - 2, len(pairs)), *range(len(pairs) - 2)):
            if at >= 0 and width_of(pairs[at]) <= room:
                kept.add(at)
                room -= width_of(pairs[at])
        return tuple(word for at in sorted(kept) for word in pairs[at])
