"""The drafts of one text in a conversation: documents of the same title, else of the same type."""

from collections.abc import Sequence
from datetime import UTC, datetime

from twin_tui.analytics.answers import Draft
from twin_tui.analytics.columns import brief, is_storable, is_visible, whole, words, words_or_none
from twin_tui.analytics.context import Context
from twin_tui.analytics.errors import NotFoundError
from twin_tui.data.models import Document
from twin_tui.text.draft_titles import essential
from twin_tui.text.safe_text import safe_line

_NEVER = datetime.max.replace(tzinfo=UTC)


def drafts(context: Context, session_id: str, document_id: str) -> tuple[Draft, ...]:
    """Return the drafts that a document is one of, the earliest first, in one statement; it alone where none.

    They bear the same title, up to what merely counts drafts; where no other does, they are the documents of
    the same type, as titles change from draft to draft. Raises `NotFoundError`.
    """
    column = context.source.column
    found: list[Draft] = []
    if is_storable(session_id) and is_storable(document_id):
        select = Document.select(
            column(Document.id),
            brief(column(Document.title)),
            brief(column(Document.document_type)),
            column(Document.word_count),
            column(Document.created_at),
        ).where((column(Document.session) == session_id) & is_visible(context, Document.created_at))
        for key, title, kind, count, time in context.rows(select):
            moment = context.source.dialect.parse_time(time)
            found.append(Draft(words(key), words_or_none(title), words_or_none(kind), whole(count), moment))
    this = next((draft for draft in found if draft.id == document_id), None)
    if this is None:
        asked, of_session = safe_line(document_id, 60), safe_line(session_id, 60)
        raise NotFoundError(f"There is no document {asked!r} in session {of_session!r}.")
    return tuple(sorted(_family(this, found), key=lambda draft: (draft.time or _NEVER, draft.id)))


def _family(this: Draft, found: Sequence[Draft]) -> list[Draft]:
    name, kind = essential(this.title), (this.type or "").casefold()
    alike = [draft for draft in found if (draft.type or "").casefold() == kind]
    namesakes = [draft for draft in alike if name and essential(draft.title) == name]
    return namesakes if len(namesakes) > 1 else alike
