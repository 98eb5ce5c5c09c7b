"""What did not work as tables: figures, days, dead ends by reason, texts, documents by type, twins."""

from functools import partial
from operator import attrgetter

from twin_tui.analytics.answers import DEAD_END_REASONS, DeadEndReason, Quality, QualityDay
from twin_tui.reports.figure_fields import CHANGE, KEY, LABEL, PREVIOUS, UNIT, VALUE
from twin_tui.reports.sections import Field, Section

REASON_WORDS: dict[DeadEndReason, str] = {
    "unanswered": "End without a reply",
    "zero_results": "End on a search without results",
    "repeated": "Ask the same twice",
}


def quality_sections(found: Quality) -> list[Section]:
    """Return every part of the answer as a table."""
    return [
        Section.of("figures", "Figures", _FIGURES, found.figures),
        Section.of("days", "Days", _DAYS, found.days),
        Section.of("dead_ends", "Dead ends by reason", _REASONS, found.reasons),
        Section.of("zero_result_texts", "Searches that find nothing", _TEXTS, found.texts),
        Section.of("document_types", "Documents by type", _TYPES, found.document_types),
        Section.of("twins", "Twins, the worst first", _TWINS, found.twins),
    ]


def _of_reason(reason: DeadEndReason, day: QualityDay) -> int:
    return day.of(reason)


_FIGURES = (KEY, LABEL, VALUE, PREVIOUS, CHANGE, Field("n", "Of", "count"), UNIT)
_DAYS = (
    Field("day", "Day", "day"),
    Field("conversations", "Conversations", "conversations"),
    Field("dead_ends", "Dead ends", "conversations"),
    *(
        Field(reason, REASON_WORDS[reason], "conversations", partial(_of_reason, reason), brief=False)
        for reason in DEAD_END_REASONS
    ),
    Field("queries_known", "Searches", "queries"),
    Field("queries_empty", "Without results", "queries"),
    Field("user_messages", unit="messages", brief=False),
    Field("unanswered_messages", "Unanswered", "messages"),
    Field("replies", unit="messages", brief=False),
    Field("slow_replies", "Slow replies", "messages"),
)
_REASONS = (
    Field("reason", brief=False),
    Field("label", "Conversations that", value=lambda each: REASON_WORDS[each.reason]),
    Field("conversations", "Number", "conversations"),
    Field("share", "Of all", "ratio"),
)
_TEXTS = (
    Field("text", "Text"),
    Field("queries", "Times", "queries"),
    Field("users", "People", "users", attrgetter("people")),
    Field("last_at", "Last", "time"),
)
_TYPES = (
    Field("type", "Type", value=lambda each: each.name or "(none)"),
    Field("documents", "Documents", "documents"),
    Field("share", "Share", "ratio"),
    Field("words", "Words", "words"),
    Field("documents_with_words", unit="documents", value=attrgetter("known"), brief=False),
)
_TWINS = (
    Field("rank", "Rank", "count"),
    Field("twin_id", value=attrgetter("twin.id"), brief=False),
    Field("twin", "Twin", value=attrgetter("twin.name")),
    Field("owner", "Owner", value=lambda row: row.twin.owner.name or row.twin.owner.email),
    Field("zero_result_rate", "Zero results", "ratio"),
    Field("queries_known", "of searches", "queries"),
    Field("dead_end_share", "Dead ends", "ratio"),
    Field("conversations", "of conversations", "conversations"),
    Field("unanswered_share", "Unanswered", "ratio"),
    Field("user_messages", "of messages", "messages"),
    Field("reply_time_median", "Reply", "seconds"),
    Field("replies", "of replies", "messages"),
)
