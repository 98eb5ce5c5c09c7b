"""What messages, documents and queries are about, and where conversations happen: a bar per type."""

from collections.abc import Sequence

from textual.content import Content

from twin_tui.analytics.answers import Share
from twin_tui.text.formatting import compact, group_name, percent
from twin_tui.text.safe_text import pad, safe_line
from twin_tui.tui.widgets.bars import bar
from twin_tui.tui.widgets.panel import Panel

KINDS = (
    ("messages", "$series-1", "█"),
    ("documents", "$series-3", "░"),
    ("queries", "$series-2", "▒"),
    ("platforms", "$muted", "▚"),
)
"""What is parted, colour and glyph of its bars; the colours are the features'."""
HEAD, NUMBERS = 10, 14
"""Cells of the first column, and of total and share."""


class TypesPanel(Panel):
    """One line per type, the most frequent first; what does not fit is summed up."""

    NOTE = (
        "Types: messages by message type (a message that asked for a document and a query counts in both), "
        "documents and queries by their own type, conversations by platform; each with its share of its kind."
    )

    def __init__(self) -> None:
        super().__init__("Types and platforms", id="types")
        self._parts: tuple[tuple[Share, ...], ...] = ()

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figures that are parted here."""
        return ("messages", "documents", "queries", "conversations")

    def show(self, *parts: tuple[Share, ...]) -> None:
        """Draw the shares of messages, documents, queries and platforms."""
        self._parts = parts
        self.put(parts)

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """Return the lines of every kind, as evenly as the height allows."""
        lines: list[Content] = []
        kinds = [(kind, shares) for kind, shares in zip(KINDS, self._parts, strict=False) if shares]
        for at, (kind, shares) in enumerate(kinds):
            room = max(1, (height - len(lines)) // (len(kinds) - at))
            lines += self._kind(kind, shares, width - 1, room)
        return lines

    def _kind(
        self, kind: tuple[str, str, str], shares: tuple[Share, ...], width: int, room: int
    ) -> list[Content]:
        name, color, glyph = kind
        kept, rest = (shares, ()) if len(shares) <= room else (shares[: room - 1], shares[room - 1 :])
        if rest:
            known = [share.share for share in rest if share.share is not None]
            others = f"{len(rest)} others" if kept else f"{len(rest)} types"
            kept = (*kept, Share(others, sum(each.count for each in rest), sum(known) if known else None))
        label = max(8, min(24, width - HEAD - NUMBERS - (12 if width >= 56 else 0)))
        strip = max(0, width - HEAD - label - NUMBERS - 2)
        return [
            Content.assemble(
                (pad(name if at == 0 else "", HEAD), "$muted"),
                (pad(safe_line(group_name(each.name)), label), "$ink"),
                (compact(each.count).rjust(NUMBERS - 7) + percent(each.share, 0).rjust(7), "bold $ink"),
                ("  " + bar(each.share, strip, glyph) if strip > 3 else "", color),
            )
            for at, each in enumerate(kept)
        ]
