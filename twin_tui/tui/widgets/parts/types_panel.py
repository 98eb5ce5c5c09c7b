"""What messages, documents and queries are about, and where conversations happen: a bar per type."""

from collections.abc import Sequence

from textual.content import Content

from twin_tui.analytics.answers import SessionsCell, Share
from twin_tui.text.formatting import compact, group_name, percent
from twin_tui.text.safe_text import pad, safe_line
from twin_tui.tui.widgets.parts.bars import bar
from twin_tui.tui.widgets.parts.pick_panel import PickPanel

KINDS = (
    ("messages", "message_type", "$series-1", "█"),
    ("documents", "document_type", "$series-3", "░"),
    ("queries", "query_type", "$series-2", "▒"),
    ("platforms", "platform", "$muted", "▚"),
)
"""What is parted, its kind of number, colour and glyph of its bars; the colours are the features'."""
HEAD, NUMBERS = 10, 14
"""Cells of the first column, and of total and share."""


class TypesPanel(PickPanel):
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
        opens: list[object] = []
        kinds = [(kind, shares) for kind, shares in zip(KINDS, self._parts, strict=False) if shares]
        for at, (kind, shares) in enumerate(kinds):
            room = max(1, (height - len(lines)) // (len(kinds) - at))
            kept, is_summed = _kept(shares, room)
            whole = kept[:-1] if is_summed else kept
            opens += [(SessionsCell(kind[1], each.name), title_of(kind[0], each)) for each in whole]
            opens += [None] * is_summed
            lines += self._kind(kind, kept, width - 1, len(lines))
        self.stand_for(opens)
        return lines

    def clicked(self, line: int) -> None:
        """Move to the clicked line; a click on the current one opens it."""
        self.pick(line)

    def _kind(
        self, kind: tuple[str, str, str, str], kept: tuple[Share, ...], width: int, first: int
    ) -> list[Content]:
        name, _, color, glyph = kind
        label = max(8, min(24, width - HEAD - NUMBERS - (12 if width >= 56 else 0)))
        strip = max(0, width - HEAD - label - NUMBERS - 2)
        return [
            Content.assemble(
                (pad(name if at == 0 else "", HEAD - 1) + self.mark_of(first + at), "$muted"),
                (pad(safe_line(group_name(each.name)), label), "$ink"),
                (compact(each.count).rjust(NUMBERS - 7) + percent(each.share, 0).rjust(7), "bold $ink"),
                ("  " + bar(each.share, strip, glyph) if strip > 3 else "", color),
            )
            for at, each in enumerate(kept)
        ]


def title_of(kind: str, share: Share) -> str:
    """Return what the conversations behind a share are called."""
    return f"{kind.capitalize()}: {group_name(share.name)}"


def _kept(shares: tuple[Share, ...], room: int) -> tuple[tuple[Share, ...], bool]:
    """Return as many shares as there is room for, and whether the last of them sums up the others."""
    if len(shares) <= room:
        return shares, False
    kept, rest = shares[: room - 1], shares[room - 1 :]
    known = [share.share for share in rest if share.share is not None]
    others = f"{len(rest)} others" if kept else f"{len(rest)} types"
    return (*kept, Share(others, sum(each.count for each in rest), sum(known) if known else None)), True
