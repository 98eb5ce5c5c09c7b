"""How one row of a transcript is drawn: runs of safe text with styles, and overlays on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from rich.style import Style

from twin_tui.analytics.answers import ConversationHeader, EntryKind
from twin_tui.text.formatting import number
from twin_tui.text.safe_text import cut, safe_line
from twin_tui.tui.widgets.transcript.entries import SafeEntry
from twin_tui.tui.widgets.transcript.layout import Line, TranscriptLayout
from twin_tui.tui.widgets.transcript.wrap import Span

Run = tuple[str, Style]

STYLES = (
    "user",
    "twin",
    "document",
    "query",
    "time",
    "separator",
    "text",
    "fold",
    "cursor",
    "current",
    "match",
    "match-current",
)
"""Names of the component classes, each with the prefix ``transcript--``."""
USER_MARK, TWIN_MARK, DOCUMENT_MARK, QUERY_MARK = "●", "◆", "▤", "⌕"
USER_BAR, TWIN_BAR, ORPHAN_BAR = "│", "┃", "┊"
CURSOR_MARK = "▸"
_LINKED: tuple[tuple[EntryKind, str, str], ...] = (
    ("document", "documents", DOCUMENT_MARK),
    ("query", "queries", QUERY_MARK),
)


@dataclass(frozen=True, slots=True)
class Names:
    """Who speaks, safe to draw."""

    user: str
    twin: str

    @classmethod
    def of(cls, header: ConversationHeader) -> "Names":
        """Return the names of a conversation's two sides."""
        return cls(
            safe_line(header.user.name or header.user.email or "user", 60),
            safe_line(header.twin.name or "twin", 60),
        )


@dataclass(frozen=True, slots=True)
class Painter:
    """Draws rows of one layout in one set of styles."""

    layout: TranscriptLayout
    names: Names
    zone: tzinfo
    styles: Mapping[str, Style]
    """By the names of `STYLES`."""

    def row(self, line: Line, safe: SafeEntry | None, *, is_current: bool) -> tuple[list[Run], list[Run]]:
        """Return the gutter and the content of one row; only the content can be selected and searched."""
        layout, styles, position = self.layout, self.styles, line.position
        if line.part == "blank":
            return [], []
        if line.part == "separator":
            words = f"── {layout.plan.separators[position]} "
            rule = "─" * max(2, layout.text_width + 2 - len(words))
            return [(" ", styles["separator"])], [(words + rule, styles["separator"])]
        bar, bar_style = self._bar(position)
        mark = CURSOR_MARK if is_current and line.part == "head" else " "
        gutter = [(mark, styles["cursor"]), (bar + " ", bar_style)]
        if position in layout.plan.parents:
            gutter.append(("  ", bar_style))
        if line.part == "head":
            return gutter, self._head(position, safe)
        if line.part == "fold":
            return gutter, self._fold(position)
        spans = layout.lines_of(position)
        if line.part == "wait" or safe is None or spans is None:
            return gutter, [("…", styles["time"])]
        start, end = spans[line.number]
        is_preview = safe.entry.kind == "document"
        return gutter, [(safe.text[start:end], styles["time" if is_preview else "text"])]

    def _bar(self, position: int) -> Run:
        plan = self.layout.plan
        owner = plan.index[plan.parents.get(position, position)]
        if owner.kind != "message":
            return ORPHAN_BAR, self.styles["separator"]
        return (USER_BAR, self.styles["user"]) if owner.sender == "user" else (TWIN_BAR, self.styles["twin"])

    def _head(self, position: int, safe: SafeEntry | None) -> list[Run]:
        ref, styles = self.layout.plan.index[position], self.styles
        time = "" if ref.time is None else ref.time.astimezone(self.zone).strftime("%H:%M:%S")
        width = self.layout.text_width
        if ref.kind == "message":
            is_user = ref.sender == "user"
            badges = self._badges(position, safe)
            room = width - 4 - len(time) - sum(len(text) for text, _ in badges)
            name = cut(self.names.user if is_user else self.names.twin, max(6, room))
            style = styles["user" if is_user else "twin"]
            return [
                (f"{USER_MARK if is_user else TWIN_MARK} ", style),
                (name, style),
                (f"  {time}" if time else "", styles["time"]),
                *badges,
            ]
        mark = DOCUMENT_MARK if ref.kind == "document" else QUERY_MARK
        label = "" if safe is None else safe.label
        tail = ""
        if position not in self.layout.plan.parents:
            tail = f"  {time}  without a message" if time else "  without a message"
        words = cut(f"{ref.kind} · {label}" if label else ref.kind, max(8, width - 4 - len(tail)))
        return [(f"{mark} ", styles[ref.kind]), (words, styles[ref.kind]), (tail, styles["time"])]

    def _badges(self, position: int, safe: SafeEntry | None) -> list[Run]:
        """Say beside a message what it set going: by what is linked to it, else by the message's own type."""
        plan = self.layout.plan
        kinds = [plan.index[at].kind for at in plan.children.get(position, ())]
        stated = (safe.entry.message_type or "").casefold() if safe else ""
        badges: list[Run] = []
        for kind, plural, mark in _LINKED:
            count = kinds.count(kind)
            if count:
                badges.append((f"  {mark} {count} {kind if count == 1 else plural}", self.styles[kind]))
            elif kind in stated:
                badges.append((f"  {mark} {kind}", self.styles["time"]))
        return badges

    def _fold(self, position: int) -> list[Run]:
        hidden = self.layout.hidden_lines(position)
        words = f"⋯ {number(hidden)} more lines · enter unfolds" if hidden else "⋯ enter folds"
        return [(words, self.styles["fold"])]


def overlaid(runs: Iterable[Run], spans: Iterable[tuple[int, int, Style]]) -> list[Run]:
    """Return the runs with styles laid over character spans.

    >>> plain, bold = Style(), Style(bold=True)
    >>> [(text, bool(style.bold)) for text, style in overlaid([("one two", plain)], [(4, 6, bold)])]
    [('one ', False), ('tw', True), ('o', False)]
    """
    current = list(runs)
    for start, end, over in spans:
        split: list[Run] = []
        at = 0
        for text, style in current:
            first, last = max(0, start - at), min(len(text), end - at)
            if first < last:
                split += [(text[:first], style), (text[first:last], style + over), (text[last:], style)]
            else:
                split.append((text, style))
            at += len(text)
        current = [run for run in split if run[0]]
    return current


def within(found: Iterable[Span], line: Span) -> list[tuple[int, int, int]]:
    """Return the parts of the found spans that lie in a line, as (which, start, end) from the line's start.

    >>> within([(2, 5), (8, 12)], (4, 10))
    [(0, 0, 1), (1, 4, 6)]
    """
    start, end = line
    return [
        (at, max(a, start) - start, min(b, end) - start)
        for at, (a, b) in enumerate(found)
        if a < end and b > start
    ]
