"""One line over a transcript that says what happened: length, turns, documents, queries, how it ends."""

from collections.abc import Iterator

from twin_tui.analytics.answers import ConversationHeader, Outcome
from twin_tui.text.formatting import DASH, duration, number
from twin_tui.text.safe_text import cell_width, cut
from twin_tui.tui.widgets.brief import brief_length
from twin_tui.tui.widgets.transcript.paint import DOCUMENT_MARK, QUERY_MARK, TWIN_MARK, USER_MARK

UNANSWERED = "ends unanswered"


def outcome_line(outcome: Outcome, header: ConversationHeader, width: int) -> str:
    """Return in at most ``width`` cells what happened, as fully as there is room for.

    Queries without a result and an unanswered end stay to the last.
    """
    line = ""
    for line in _wordings(outcome, header):
        if cell_width(line) <= width:
            return line
    return cut(line, width)


def _wordings(outcome: Outcome, header: ConversationHeader) -> Iterator[str]:
    """Yield the line at its longest, then shorter and shorter."""
    turns = f"{number(outcome.turns)} {'turn' if outcome.turns == 1 else 'turns'}"
    if outcome.length_s is None:
        length = brief = "length unknown" if header.messages else "no messages"
    else:
        length, brief = f"{duration(outcome.length_s)} active", f"{brief_length(outcome.length_s)} active"
    sides = f"({USER_MARK} {number(header.user_messages)} {TWIN_MARK} {number(header.twin_messages)})"
    counted = f"{_counted(header.messages, 'message', 'messages')} {sides}"
    documents = f"{DOCUMENT_MARK} {_counted(outcome.documents, 'document', 'documents')}"
    queries = f"{QUERY_MARK} {_counted(outcome.queries, 'query', 'queries')}"
    few_documents = f"{DOCUMENT_MARK} {number(outcome.documents)}"
    few_queries = f"{QUERY_MARK} {number(outcome.queries)}"
    empty = outcome.empty_queries
    without = f", {number(empty)} without a result" if empty else ""
    nothing = f", {number(empty)} found 0" if empty else ""
    end = UNANSWERED if outcome.is_unanswered else ""
    unanswered = "unanswered" if outcome.is_unanswered else ""
    yield _joined(length, turns, counted, documents, queries + without, end)
    yield _joined(length, turns, documents, queries + without, end)
    yield _joined(brief, turns, few_documents, few_queries + without, end)
    yield _joined(brief, turns, few_documents, few_queries + nothing, unanswered)
    shortest = DASH if outcome.length_s is None else brief_length(outcome.length_s)
    yield _joined(shortest, turns, few_documents, few_queries + nothing, unanswered)
    yield _joined(turns, few_queries + nothing, unanswered)
    yield _joined(few_queries + nothing, unanswered)


def _counted(count: int, one: str, many: str) -> str:
    return f"{number(count)} {one if count == 1 else many}"


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
