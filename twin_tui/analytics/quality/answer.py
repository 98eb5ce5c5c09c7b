"""What did not work in a period: figures, days, reasons, texts, documents and twins."""

from dataclasses import dataclass

from peewee import SQL, fn

from twin_tui.analytics import status
from twin_tui.analytics.answers import (
    DEAD_END_REASONS,
    QUALITY_MEASURES,
    DeadEndCount,
    DocumentType,
    Figure,
    Quality,
    QualityDay,
    QualityMeasure,
    Window,
)
from twin_tui.analytics.columns import words
from twin_tui.analytics.compare import against
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.documents import documents
from twin_tui.analytics.derived.doings import days_of
from twin_tui.analytics.derived.selection import selection
from twin_tui.analytics.errors import BadFilterError
from twin_tui.analytics.fact_reading import Ground, ground, read_facts
from twin_tui.analytics.facts import Facts
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.order import ratio
from twin_tui.analytics.quality.figures import EndCounts, quality_figures, slow_replies
from twin_tui.analytics.quality.sources import Ends, doings_of, ends_of
from twin_tui.analytics.quality.twins import ranked
from twin_tui.analytics.quality.zero_results import empty_texts
from twin_tui.data.models import Document

MOST_TEXTS = 100
"""Texts that travel with an answer."""


def quality(context: Context, filters: Filters, measure: QualityMeasure) -> Quality:
    """Return everything of a period, twins ranked by ``measure``; raises `BadFilterError` for another one."""
    if measure not in QUALITY_MEASURES:
        raise BadFilterError(f"Twins are not ranked by {measure!r}: use {', '.join(QUALITY_MEASURES)}.")
    on, other = ground(context, filters), filters.other
    rivals = None if other is None else _read(context, other, on).figures(other)
    frame, layer, found = on.frame, on.layer, _read(context, filters, on)
    facts, counts, ends = found.facts, found.counts, found.ends
    texts, texts_total = empty_texts(context, filters, on, MOST_TEXTS)
    twins, twins_total = ranked(context, doings_of(context, filters, facts, layer, ends), measure)
    now = frame.current
    return Quality(
        filters=filters,
        window=frame.window,
        previous_window=frame.previous_window,
        timezone=context.zone.key,
        start=frame.start,
        end=frame.end,
        figures=against(found.figures(filters), filters, rivals),
        days=_days(facts, counts),
        reasons=tuple(
            DeadEndCount(reason, count, ratio(count, facts.total("conversations", now)))
            for reason in DEAD_END_REASONS
            for count in (counts.total(reason, now),)
        ),
        texts=texts,
        texts_total=texts_total,
        document_types=_document_types(context, filters, on),
        measure=measure,
        twins=twins,
        twins_total=twins_total,
        status=status.status(context, on.held),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What figures are made of."""

    facts: Facts
    ends: Ends
    counts: EndCounts

    def figures(self, filters: Filters) -> tuple[Figure, ...]:
        return quality_figures(self.facts, self.counts, filters)


def _read(context: Context, filters: Filters, on: Ground) -> _Found:
    ends = ends_of(context, filters, on.frame, on.layer)
    counts = EndCounts(on.frame, ends.dead_counts(), ends.open_counts())
    return _Found(read_facts(context, filters, on), ends, counts)


def _days(facts: Facts, counts: EndCounts) -> tuple[QualityDay, ...]:
    frame = facts.frame
    return tuple(
        QualityDay(
            day=day,
            conversations=facts.total("conversations", part),
            dead_ends=counts.total("dead_ends", part),
            unanswered=counts.total("unanswered", part),
            zero_results=counts.total("zero_results", part),
            repeated=counts.total("repeated", part),
            queries_known=facts.total("results_known", part),
            queries_empty=facts.total("empty", part),
            user_messages=facts.total("by_user", part),
            unanswered_messages=counts.total("unanswered_messages", part),
            replies=len(facts.ordered("replies", part)),
            slow_replies=slow_replies(facts, part),
            is_complete=frame.is_complete(day),
        )
        for day, part in zip(frame.days, frame.day_slices, strict=True)
    )


def _document_types(context: Context, filters: Filters, on: Ground) -> tuple[DocumentType, ...]:
    """Return documents and their words by type, most first, then by name."""
    if on.layer is None or on.layer.reaches_beyond_now:
        rows = _documents(context, filters, on.frame.window)
    else:
        rows = documents(on.layer, selection(on.layer, filters), days_of(on.frame))
    whole = sum(count for _, count, _, _ in rows)
    types = [
        DocumentType(name, count, ratio(count, whole), length if known else None, known)
        for name, count, known, length in rows
    ]
    return tuple(sorted(types, key=lambda each: (-each.documents, each.name)))


def _documents(context: Context, filters: Filters, window: Window) -> list[tuple[str, int, int, int]]:
    """Read documents by type, those with a known number of words, and the words."""
    scope, column = context.scope(filters), context.source.column
    length = column(Document.word_count)
    select = scope.documents(
        fn.COALESCE(column(Document.document_type), "").alias("of_type"),
        fn.COUNT(SQL("*")),
        fn.COUNT(length),
        fn.SUM(length),
    ).where(scope.in_window(Document.created_at, window))
    rows = context.rows(select.group_by(SQL("of_type")))
    return [(words(name), count, known, int(length or 0)) for name, count, known, length in rows]
