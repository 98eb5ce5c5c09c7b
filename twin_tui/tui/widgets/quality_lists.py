"""The lists of the quality tab: what went wrong how often, searches, documents by type, twins."""

from dataclasses import dataclass, replace

from twin_tui.analytics.answers import (
    SLOW_SECONDS,
    DocumentType,
    EmptyText,
    Figure,
    Quality,
    QualityMeasure,
    SessionsCell,
    TwinQuality,
)
from twin_tui.text.formatting import DASH, compact, duration, number, percent
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.widgets.brief import brief_age
from twin_tui.tui.widgets.columns import Column, Moment, filling
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.list_panel import ListPanel, Place

NO_TEXT = "(no text)"
NO_TYPE = "(none)"
MEASURE_WORDS: dict[QualityMeasure, str] = {
    "zero_result_rate": "zero-result rate",
    "dead_end_share": "dead ends",
    "unanswered_share": "unanswered messages",
    "reply_time_median": "reply time",
}
MEASURE_HEADS: dict[QualityMeasure, str] = {
    "zero_result_rate": "zero",
    "dead_end_share": "dead",
    "unanswered_share": "unansw",
    "reply_time_median": "reply",
}
MEASURE_CELLS: dict[QualityMeasure, tuple[SessionsCell, str]] = {
    "zero_result_rate": (SessionsCell("zero_results"), "queries that found nothing"),
    "dead_end_share": (SessionsCell("dead_end"), "dead ends"),
    "unanswered_share": (SessionsCell("unanswered"), "messages without a reply"),
    "reply_time_median": (SessionsCell("slow_replies"), f"replies over {SLOW_SECONDS} s"),
}
"""What is behind a twin's rate, and its name in a title."""
_N_HEADS: dict[QualityMeasure, str] = {
    "zero_result_rate": "queries",
    "dead_end_share": "convs",
    "unanswered_share": "msgs",
    "reply_time_median": "replies",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that goes wrong, and how often."""

    label: str
    count: int
    share: float | None
    """Of conversations, of messages of people, of replies."""
    cell: SessionsCell


def troubles(answer: Quality) -> tuple[Trouble, ...]:
    """Return dead ends, by reason and together, then messages without a reply and slow replies."""
    figures = {figure.key: figure for figure in answer.figures}
    labels = {
        "unanswered": "Ends without a reply",
        "zero_results": "Last query found nothing",
        "repeated": "Asks the same twice",
    }
    of_reasons = tuple(
        Trouble(
            labels[each.reason],
            each.conversations,
            each.share,
            SessionsCell("dead_end", each.reason),
        )
        for each in answer.reasons
    )
    return (
        *of_reasons,
        _of(figures["dead_end_share"], "Any of these: dead ends", "dead_end"),
        _of(figures["unanswered_share"], "Messages without a reply", "unanswered"),
        _of(figures["slow_reply_share"], f"Replies over {SLOW_SECONDS} s", "slow_replies"),
    )


def _of(figure: Figure, label: str, kind: str) -> Trouble:
    return Trouble(label, int(figure.numerator or 0), figure.value, SessionsCell(kind))


class TroublePanel(ListPanel[Trouble]):
    """Dead ends by reason and what happens to single messages; enter lists the conversations."""

    NOTE = (
        "Dead ends by reason: one of several reasons is counted in each. Below them, messages without a reply"
        " and slow replies, each by the time of the message."
    )

    def __init__(self) -> None:
        super().__init__(
            "Dead ends and replies",
            _trouble_columns,
            lambda trouble: trouble.label,
            id="troubles",
            empty="nothing happened in this period",
        )

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figures of the lines."""
        return ("dead_end_share", "unanswered_share", "slow_reply_share")


class TextsPanel(ListPanel[EmptyText]):
    """What is looked for and not found; enter lists the conversations."""

    NOTE = (
        "Queries that find nothing: grouped by their text, in any case and without blanks around it; how "
        "often, how many people, and the last time."
    )

    def __init__(self) -> None:
        super().__init__(
            "Queries that find nothing",
            _text_columns,
            lambda text: text.key,
            id="texts",
            empty="none in this period",
            keys=(("enter", "list", "enter"),),
        )

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figure of the lines."""
        return ("zero_result_rate", "queries")

    def show_texts(self, answer: Quality, moment: Moment) -> None:
        """Draw the texts, or that they are not for whoever looks."""
        hidden = answer.texts_total and not answer.texts
        self._empty = "their texts are not shown to this role" if hidden else "none in this period"
        total = len(answer.texts) if hidden else answer.texts_total
        self.show(answer.texts, Place(1, 1, max(1, len(answer.texts)), total), moment)


class DocumentTypesPanel(ListPanel[DocumentType]):
    """Documents and their words by type; enter lists the conversations."""

    NOTE = "Documents by type, their share, and the words of those whose number of words is known."

    def __init__(self) -> None:
        super().__init__(
            "Documents by type",
            _type_columns,
            lambda each: each.name,
            id="types",
            empty="none in this period",
            keys=(("enter", "list", "enter"),),
        )

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figures of the lines."""
        return ("documents", "document_words")


class TwinsPanel(ListPanel[TwinQuality]):
    """Twins, the worst first; enter lists the conversations behind the ranked rate."""

    NOTE = (
        "Twins ranked by this figure, the worst first; equals share a rank. A twin with fewer than five of "
        "what its rate is made of stands last and has no rank."
    )

    def __init__(self) -> None:
        self._measure: QualityMeasure = "zero_result_rate"
        keys: tuple[Hint, ...] = (("o", "order", "o"), ("enter", "list", "enter"))
        super().__init__(
            "Twins",
            lambda width: _twin_columns(width, self._measure),
            lambda row: row.twin.id,
            id="twins",
            empty="none has anything to be ranked by",
            keys=keys,
        )

    def figure_keys(self) -> tuple[str, ...]:
        """Return the figure that twins are ranked by, then the others."""
        others = (measure for measure in MEASURE_HEADS if measure != self._measure)
        return (self._measure, *others)

    def show_twins(self, answer: Quality, moment: Moment) -> None:
        """Draw the twins in the order of the answer's measure."""
        self._measure = answer.measure
        self._title = f"Twins by {MEASURE_WORDS[answer.measure]}"
        self.show(answer.twins, Place(1, 1, max(1, len(answer.twins)), answer.twins_total), moment)


def _trouble_columns(width: int) -> tuple[Column[Trouble], ...]:
    columns: tuple[Column[Trouble], ...] = (
        Column("what", 0, lambda trouble, _: trouble.label, style="what"),
        Column("times", 6, lambda trouble, _: compact(trouble.count), is_number=True),
        Column("share", 7, lambda trouble, _: percent(trouble.share), is_number=True),
    )
    return filling(columns, width)


def _text_columns(width: int) -> tuple[Column[EmptyText], ...]:
    columns: tuple[Column[EmptyText], ...] = (
        Column("text", 0, lambda text, _: safe_line(text.text, 300) or NO_TEXT, style="what"),
        Column("times", 5, lambda text, _: compact(text.queries), is_number=True),
        Column("people", 6, lambda text, _: compact(text.people), is_number=True),
        Column(
            "last", 6, lambda text, moment: brief_age(text.last_at, moment.now), is_number=True, style="quiet"
        ),
    )
    return filling(columns, width)


def _type_columns(width: int) -> tuple[Column[DocumentType], ...]:
    words: Column[DocumentType] = Column(
        "words", 7, lambda each, _: DASH if each.words is None else compact(each.words), is_number=True
    )
    columns: tuple[Column[DocumentType], ...] = (
        Column("type", 0, lambda each, _: safe_line(each.name, 80) or NO_TYPE, style="what"),
        Column("docs", 6, lambda each, _: compact(each.documents), is_number=True),
        Column("share", 7, lambda each, _: percent(each.share), is_number=True),
        words,
    )
    return filling(columns, width)


def _twin_columns(width: int, measure: QualityMeasure) -> tuple[Column[TwinQuality], ...]:
    ranked = replace(_rate(measure), title=f"▾{MEASURE_HEADS[measure]}", style="text")
    others = [_rate(each) for each in MEASURE_HEADS if each != measure] if width >= 52 else []
    owner: Column[TwinQuality] = Column(
        "owner", 16, lambda row, _: safe_line(row.twin.owner.name or row.twin.owner.email, 60), style="quiet"
    )
    columns: tuple[Column[TwinQuality], ...] = (
        Column("", 3, lambda row, _: DASH if row.rank is None else number(row.rank), is_number=True),
        Column("twin", 0, lambda row, _: safe_line(row.twin.name or row.twin.id, 80), style="what"),
        *((owner,) if width >= 76 else ()),
        ranked,
        Column(
            f"of {_N_HEADS[measure]}", 10, lambda row, _: compact(row.n(measure)), is_number=True,
            style="quiet",
        ),
        *others,
    )  # fmt: skip
    return filling(columns, width)


def _rate(measure: QualityMeasure) -> Column[TwinQuality]:
    def told(row: TwinQuality, _: Moment) -> str:
        rate = row.of(measure)
        return _brief(rate) if measure == "reply_time_median" else percent(rate, 0)

    return Column(MEASURE_HEADS[measure], 6, told, is_number=True, style="quiet")


def _brief(seconds: float | None) -> str:
    """Return a wait in at most six cells: its largest unit.

    >>> _brief(44.0), _brief(65), _brief(40_000), _brief(None)
    ('44 s', '1 min', '11 h', '–')
    """
    return " ".join(duration(seconds).split()[:2])
