"""What the twins are used for: each feature's total, share and mean per day, with a bar."""

from collections.abc import Sequence

from textual.content import Content

from twin_tui.analytics.answers import Feature
from twin_tui.text.formatting import compact, mean, percent
from twin_tui.text.safe_text import pad
from twin_tui.tui.widgets.parts.panel import PanelBody
from twin_tui.tui.widgets.parts.pick_panel import PickPanel

COLORS = {
    "question_asked": ("$series-1", "█"),
    "info_retrieved": ("$series-2", "▒"),
    "document_drafted": ("$series-3", "░"),
    "shared_interaction": ("$muted", "▚"),
}
NAMES = {"shared_interaction": "with a shared twin"}
SHORT_NAMES = {
    "question_asked": "conversations",
    "info_retrieved": "queries",
    "document_drafted": "documents",
    "shared_interaction": "shared",
}

LABEL = 13
"""Cells of the longest short name."""
TOTAL_AND_SHARE = 14
"""Cells of a line's numbers without the mean per day."""


def bar(share: float | None, width: int, glyph: str) -> str:
    """Return a bar of that share of ``width``, at least one cell for anything above nothing.

    >>> bar(0.5, 8, "█"), bar(0.001, 8, "█"), bar(None, 4, "█")
    ('████    ', '█       ', '    ')
    """
    cells = 0 if not share else max(1, min(width, round(share * width)))
    return glyph * cells + " " * (width - cells)


class FeaturePanel(PickPanel):
    """Total, share of the three and mean per day; shared sessions beside them."""

    NOTE = (
        "Feature usage: each total, its share of conversations, queries and documents together, and its mean "
        "per day of the period. Conversations with a shared twin stand beside them, as a share of all."
    )

    def __init__(self) -> None:
        super().__init__("Feature usage", id="features")
        self._features: tuple[Feature, ...] = ()

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figures of the lines, in their order."""
        return ("conversations", "queries", "documents", "shared_conversations")

    def show(self, features: tuple[Feature, ...]) -> None:
        """Draw these features."""
        self._features = features
        self.stand_for(list(features))
        self.put(features)

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """Return two lines per feature where there is room for bars below, else one."""
        width -= 1
        if width < 60 and height >= 2 * len(self._features):
            pairs = (self._two_lines(at, feature, width) for at, feature in enumerate(self._features))
            return [line for pair in pairs for line in pair]
        return [self._one_line(at, feature, width) for at, feature in enumerate(self._features)]

    def clicked(self, line: int) -> None:
        """Move to the clicked line; a click on the current one opens it."""
        lines = len(self.draw(*self.query_one(PanelBody).size))
        self.pick(line * len(self._features) // max(1, lines))

    def _one_line(self, at: int, feature: Feature, width: int) -> Content:
        color, glyph = COLORS.get(feature.feature, ("$ink", "█"))
        numbers = _numbers(feature)
        if width < 2 + LABEL + len(numbers):
            numbers = numbers[:TOTAL_AND_SHARE]
        wide = width >= 60
        label = max(8, min(29, width - 2 - len(numbers))) if wide else max(8, width - 2 - len(numbers))
        strip = width - 2 - label - len(numbers)
        return Content.assemble(
            (glyph + self.mark_of(at), color),
            (pad(_name(feature) if label > 26 else _short(feature), label), "$ink"),
            (numbers, "bold $ink"),
            ("  " + bar(feature.share, strip - 2, glyph) if strip > 10 else "", color),
        )

    def _two_lines(self, at: int, feature: Feature, width: int) -> tuple[Content, Content]:
        color, glyph = COLORS.get(feature.feature, ("$ink", "█"))
        numbers = _numbers(feature)
        total, rest = numbers[:7], numbers[7:]
        return (
            Content.assemble(
                (pad(self.mark_of(at).strip() + _name(feature), width - 7), "$ink"), (total, "bold $ink")
            ),
            Content.assemble((bar(feature.share, width - len(rest), glyph), color), (rest, "$ink")),
        )


def _name(feature: Feature) -> str:
    return NAMES.get(feature.feature, feature.label)


def _short(feature: Feature) -> str:
    return SHORT_NAMES.get(feature.feature, feature.label)


def _numbers(feature: Feature) -> str:
    """Total, share and mean per day in 24 cells."""
    per_day = f"{mean(feature.per_day)}/d"
    return compact(feature.count).rjust(7) + percent(feature.share, 0).rjust(7) + per_day.rjust(9)
