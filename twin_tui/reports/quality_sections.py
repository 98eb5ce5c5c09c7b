"""What did not work as tables: figures, days, dead ends by reason, texts, documents by type, twins."""

from twin_tui.analytics.answers import DEAD_END_REASONS, DeadEndReason, Quality
from twin_tui.reports.sections import Cell, Column, Section

REASON_WORDS: dict[DeadEndReason, str] = {
    "unanswered": "End without a reply",
    "zero_results": "End on a search without results",
    "repeated": "Ask the same twice",
}


def quality_sections(found: Quality) -> list[Section]:
    """Return every part of the answer as a table."""
    return [_figures(found), _days(found), _reasons(found), _texts(found), _types(found), _twins(found)]


def _figures(found: Quality) -> Section:
    columns = (
        Column("key", brief=False),
        Column("label", "Figure"),
        Column("value", "Value"),
        Column("previous", "Before"),
        Column("change", "Change"),
        Column("n", "Of"),
        Column("unit", brief=False),
    )
    return Section(
        "figures",
        "Figures",
        columns,
        tuple(
            (
                Cell(each.key),
                Cell(each.label),
                Cell(each.value, each.unit),
                Cell(each.previous, each.unit),
                Cell(each.change, "points" if each.unit == "ratio" else "change"),
                Cell(each.n, "count"),
                Cell(each.unit),
            )
            for each in found.figures
        ),
    )


def _days(found: Quality) -> Section:
    columns = (
        Column("day", "Day"),
        Column("conversations", "Conversations"),
        Column("dead_ends", "Dead ends"),
        *(Column(reason, REASON_WORDS[reason], brief=False) for reason in DEAD_END_REASONS),
        Column("queries_known", "Searches"),
        Column("queries_empty", "Without results"),
        Column("user_messages", brief=False),
        Column("unanswered_messages", "Unanswered"),
        Column("replies", brief=False),
        Column("slow_replies", "Slow replies"),
    )
    return Section(
        "days",
        "Days",
        columns,
        tuple(
            (
                Cell(day.day, "day"),
                Cell(day.conversations, "conversations"),
                Cell(day.dead_ends, "conversations"),
                *(Cell(day.of(reason), "conversations") for reason in DEAD_END_REASONS),
                Cell(day.queries_known, "queries"),
                Cell(day.queries_empty, "queries"),
                Cell(day.user_messages, "messages"),
                Cell(day.unanswered_messages, "messages"),
                Cell(day.replies, "messages"),
                Cell(day.slow_replies, "messages"),
            )
            for day in found.days
        ),
    )


def _reasons(found: Quality) -> Section:
    return Section(
        "dead_ends",
        "Dead ends by reason",
        (
            Column("reason", brief=False),
            Column("label", "Conversations that"),
            Column("conversations", "Number"),
            Column("share", "Of all"),
        ),
        tuple(
            (
                Cell(each.reason),
                Cell(REASON_WORDS[each.reason]),
                Cell(each.conversations, "conversations"),
                Cell(each.share, "ratio"),
            )
            for each in found.reasons
        ),
    )


def _texts(found: Quality) -> Section:
    return Section(
        "zero_result_texts",
        "Searches that find nothing",
        (
            Column("text", "Text"),
            Column("queries", "Times"),
            Column("users", "People"),
            Column("last_at", "Last"),
        ),
        tuple(
            (
                Cell(text.text),
                Cell(text.queries, "queries"),
                Cell(text.people, "users"),
                Cell(text.last_at, "time"),
            )
            for text in found.texts
        ),
    )


def _types(found: Quality) -> Section:
    return Section(
        "document_types",
        "Documents by type",
        (
            Column("type", "Type"),
            Column("documents", "Documents"),
            Column("share", "Share"),
            Column("words", "Words"),
            Column("documents_with_words", brief=False),
        ),
        tuple(
            (
                Cell(each.name or "(none)"),
                Cell(each.documents, "documents"),
                Cell(each.share, "ratio"),
                Cell(each.words, "words"),
                Cell(each.known, "documents"),
            )
            for each in found.document_types
        ),
    )


def _twins(found: Quality) -> Section:
    columns = (
        Column("rank", "Rank"),
        Column("twin_id", brief=False),
        Column("twin", "Twin"),
        Column("owner", "Owner"),
        Column("zero_result_rate", "Zero results"),
        Column("queries_known", "of searches"),
        Column("dead_end_share", "Dead ends"),
        Column("conversations", "of conversations"),
        Column("unanswered_share", "Unanswered"),
        Column("user_messages", "of messages"),
        Column("reply_time_median", "Reply"),
        Column("replies", "of replies"),
    )
    return Section(
        "twins",
        "Twins, the worst first",
        columns,
        tuple(
            (
                Cell(row.rank, "count"),
                Cell(row.twin.id),
                Cell(row.twin.name),
                Cell(row.twin.owner.name or row.twin.owner.email),
                Cell(row.zero_result_rate, "ratio"),
                Cell(row.queries_known, "queries"),
                Cell(row.dead_end_share, "ratio"),
                Cell(row.conversations, "conversations"),
                Cell(row.unanswered_share, "ratio"),
                Cell(row.user_messages, "messages"),
                Cell(row.reply_time_median, "seconds"),
                Cell(row.replies, "messages"),
            )
            for row in found.twins
        ),
    )
