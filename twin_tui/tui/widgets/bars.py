"""What the twins are used for: each feature's total, share and mean per day, with a bar."""

from collections.abc import Sequence

from textual.content import Content

from twin_tui.analytics.answers import Feature
from twin_tui.text.formatting import compact, number, percent
from twin_tui.text.safe_text import pad
from twin_tui.tui.widgets.panel import Panel

COLORS = {
    "question_asked": ("$series-1", "█"),
    "info_retrieved": ("$series-2", "▓"),
    "document_drafted": ("$series-3", "▒"),
    "shared_interaction": ("$muted", "░"),
}
NAMES = {"shared_interaction": "of them with a shared twin"}
_NUMBERS = 8 + 9 + 9


def bar(share: float | None, width: int, glyph: str) -> str:
    """Return a bar of that share of ``width``, at least one cell for anything above nothing.

    >>> bar(0.5, 8, "█"), bar(0.001, 8, "█"), bar(None, 4, "█")
    ('████    ', '█       ', '    ')
    """
    cells = 0 if not share else max(1, min(width, round(share * width)))
    return glyph * cells + " " * (width - cells)


class FeaturePanel(Panel):
    """Total, share of the three and mean per day; shared sessions beside them."""

    def __init__(self) -> None:
        super().__init__("Feature usage", id="features")
        self._features: tuple[Feature, ...] = ()

    def show(self, features: tuple[Feature, ...]) -> None:
        """Draw these features."""
        self._features = features
        self.put(features)

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """Return a head line and one line per feature, two where there is room below but not beside."""
        width -= 1
        beside = width - _NUMBERS - 27
        stacked = beside < 8
        label = width - _NUMBERS if stacked else 27
        head = " " * label + "   total    share  per day"
        lines = [Content.styled(head if stacked else head.ljust(width), "$muted")]
        two = stacked and height >= 1 + 2 * len(self._features)
        for feature in self._features:
            color, glyph = COLORS.get(feature.feature, ("$ink", "█"))
            name = NAMES.get(feature.feature, feature.label)
            numbers = (
                compact(feature.count).rjust(8)
                + percent(feature.share).rjust(9)
                + number(feature.per_day, 1).rjust(9)
            )
            line = [(pad(name, label), "$ink"), (numbers, "bold $ink")]
            if not stacked:
                line.append(("  " + bar(feature.share, beside - 2, glyph), color))
            lines.append(Content.assemble(*line))
            if two:
                lines.append(Content.styled(bar(feature.share, width, glyph), color))
        return lines
