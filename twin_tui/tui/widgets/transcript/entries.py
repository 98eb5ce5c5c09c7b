"""Entries made safe to draw, and a bounded memory of those that were loaded."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from twin_tui.analytics.answers import Entry
from twin_tui.text.formatting import number
from twin_tui.text.safe_text import safe_line, safe_text

WINDOW = 64
"""Entries asked for at once."""
MEMORY = 8_000_000
"""Characters kept before the windows not used for longest are forgotten."""
PREVIEW = 600
"""Characters of a document that are shown in place."""


@dataclass(frozen=True, slots=True)
class SafeEntry:
    """One entry whose words may be drawn as they are."""

    entry: Entry
    """As answered; its texts are not safe to draw."""
    label: str
    """Of a document or query what it is, on one line: "email · Status note · 48 words". "" for a message."""
    amount: str
    """Of a document its words, of a query its results; "" where unknown or a message."""
    text: str
    """Of a message or query the text, of a document its beginning."""
    is_whole: bool
    """Whether nothing more is stored than ``text`` holds."""


def prepare(entry: Entry) -> SafeEntry:
    """Return the entry made safe; meant for a thread, as a hostile megabyte takes a while."""
    match entry.kind:
        case "document":
            words = None if entry.word_count is None else _counted(entry.word_count, "word", "words")
            label = _joined((entry.type, entry.title or "untitled", words))
            preview = _beginning(entry.text[: PREVIEW * 2])
            return SafeEntry(entry, label, words or "", preview, is_whole=True)
        case "query":
            results = (
                "results unknown"
                if entry.results_count is None
                else _counted(entry.results_count, "result", "results")
            )
            text = safe_text(entry.text).strip("\n")
            return SafeEntry(entry, _joined((entry.type, results)), results, text, not entry.is_cut)
        case _:
            return SafeEntry(entry, "", "", safe_text(entry.text).strip("\n"), not entry.is_cut)


def with_whole_text(safe: SafeEntry, text: str) -> SafeEntry:
    """Return the entry with all of its stored text; for a thread, like `prepare`."""
    return replace(safe, text=safe_text(text).strip("\n"), is_whole=True)


def _beginning(text: str) -> str:
    """Return how a document begins, on one line: headings and emphasis as words, no tables."""
    lines = (line.strip().lstrip("#>").replace("**", "").strip() for line in safe_text(text).split("\n"))
    return safe_line(" ".join(line for line in lines if line and line[0] not in "|-=`"))[:PREVIEW]


def _counted(count: int, one: str, many: str) -> str:
    return f"{number(count)} {one if count == 1 else many}"


def _joined(parts: Iterable[str | None]) -> str:
    return " · ".join(line for part in parts if part and (line := safe_line(part, 200)))


class EntryMemory:
    """Loaded entries by position, in windows; the windows not used for longest are forgotten."""

    def __init__(self) -> None:
        self._windows: OrderedDict[int, list[SafeEntry]] = OrderedDict()
        self._sizes: dict[int, int] = {}

    def get(self, position: int) -> SafeEntry | None:
        """Return the entry at ``position``, or ``None`` while it is not loaded."""
        window = self._windows.get(position // WINDOW)
        at = position % WINDOW
        return window[at] if window is not None and at < len(window) else None

    def put(self, first: int, entries: Sequence[SafeEntry]) -> None:
        """Keep a whole window that begins at ``first``, a multiple of `WINDOW`."""
        window = first // WINDOW
        self._windows[window] = list(entries)
        self._windows.move_to_end(window)
        self._sizes[window] = sum(len(safe.text) for safe in entries)
        while len(self._windows) > 4 and sum(self._sizes.values()) > MEMORY:
            forgotten, _ = self._windows.popitem(last=False)
            del self._sizes[forgotten]

    def replace(self, position: int, safe: SafeEntry) -> None:
        """Keep another text of an entry that is loaded."""
        window, at = divmod(position, WINDOW)
        if window in self._windows and at < len(self._windows[window]):
            self._sizes[window] += len(safe.text) - len(self._windows[window][at].text)
            self._windows[window][at] = safe

    def missing(self, first: int, last: int, size: int) -> list[int]:
        """Return the beginnings of the windows between two positions (both included) that are not loaded."""
        span = range(max(0, first) // WINDOW, min(last, size - 1) // WINDOW + 1)
        for window in span:
            if window in self._windows:
                self._windows.move_to_end(window)
        return [window * WINDOW for window in span if window not in self._windows]
