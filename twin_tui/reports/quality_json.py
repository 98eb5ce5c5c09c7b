"""What did not work as JSON: rates are fractions, unknown is null, days are local."""

from twin_tui.analytics.answers import (
    DEAD_END_REASONS,
    FEWEST,
    SLOW_SECONDS,
    DocumentType,
    EmptyText,
    Quality,
    QualityDay,
    TwinQuality,
)
from twin_tui.reports.about import About
from twin_tui.reports.json_form import Json, figure_json, frame, instant, twin_ref, window_json


def quality_json(found: Quality, about: About) -> Json:
    """Return the whole answer under keys frozen by a test."""
    return {
        **frame(about),
        "window": window_json(found.window),
        "previous_window": window_json(found.previous_window),
        "as_of": instant(found.status.as_of),
        "slow_seconds": SLOW_SECONDS,
        "fewest": FEWEST,
        "kpis": {figure.key: figure_json(figure) for figure in found.figures},
        "series": [_day(day) for day in found.days],
        "dead_ends": {
            each.reason: {"conversations": each.conversations, "share": each.share} for each in found.reasons
        },
        "zero_result_texts_total": found.texts_total,
        "zero_result_texts": [_text(text) for text in found.texts],
        "document_types": [_type(each) for each in found.document_types],
        "rank_by": found.measure,
        "twins_total": found.twins_total,
        "twins": [_twin(twin) for twin in found.twins],
    }


def _day(day: QualityDay) -> Json:
    return {
        "day": day.day.isoformat(),
        "conversations": day.conversations,
        "dead_ends": day.dead_ends,
        "dead_ends_by_reason": {reason: day.of(reason) for reason in DEAD_END_REASONS},
        "queries_known": day.queries_known,
        "queries_empty": day.queries_empty,
        "user_messages": day.user_messages,
        "unanswered_messages": day.unanswered_messages,
        "replies": day.replies,
        "slow_replies": day.slow_replies,
        "is_complete": day.is_complete,
    }


def _text(text: EmptyText) -> Json:
    return {
        "text": text.text,
        "queries": text.queries,
        "users": text.people,
        "last_at": instant(text.last_at),
    }


def _type(each: DocumentType) -> Json:
    return {
        "type": each.name,
        "documents": each.documents,
        "share": each.share,
        "words": each.words,
        "documents_with_words": each.known,
    }


def _twin(row: TwinQuality) -> Json:
    return {
        "rank": row.rank,
        "twin": twin_ref(row.twin),
        "queries_known": row.queries_known,
        "queries_empty": row.queries_empty,
        "zero_result_rate": row.zero_result_rate,
        "conversations": row.conversations,
        "dead_ends": row.dead_ends,
        "dead_end_share": row.dead_end_share,
        "user_messages": row.user_messages,
        "unanswered_messages": row.unanswered_messages,
        "unanswered_share": row.unanswered_share,
        "replies": row.replies,
        "reply_time_median": row.reply_time_median,
    }
