"""The lists of the quality tab: what went wrong how often, searches, documents by type, twins."""

from dataclasses import dataclass

from twin_tui.analytics.answers import (
    SLOW_SECONDS,
    DocumentType,
    EmptyText,
    Figure,
    Quality,
    SessionsCell,
)
from twin_tui.text.formatting import DASH, compact, percent
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.widgets.brief import brief_age
from twin_tui.tui.widgets.parts.list_panel import ListPanel, Place
from twin_tui.tui.widgets.tables.columns import Column, Moment, filling

NO_TEXT = "(no text)"
NO_TYPE = "(none)"


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
