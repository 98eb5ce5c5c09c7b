"""The columns of the activity table at every width, and what stands in them."""

from dataclasses import replace

from twin_tui.analytics.answers import ActivityItem
from twin_tui.text.formatting import age, compact, duration, short_day
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.widgets.brief import brief_age, brief_length
from twin_tui.tui.widgets.keeping_marks import MARKS_TITLE, mark_cells
from twin_tui.tui.widgets.tables.columns import Column, Forms, Moment, filling, named
from twin_tui.tui.widgets.transcript.heading import SHARED_MARK, person
from twin_tui.tui.widgets.transcript.paint import DOCUMENT_MARK, QUERY_MARK

KIND_MARKS = {"conversation": "", "document": f"{DOCUMENT_MARK} ", "query": f"{QUERY_MARK} "}


def columns_for(width: int, *, is_marked: bool = False) -> tuple[Column[ActivityItem], ...]:
    """Return the columns whose widths, with one cell between them, fill ``width`` cells exactly.

    ``is_marked``: among them one that tells what is kept about a conversation.

    >>> [sum(c.width + 1 for c in columns_for(w)) - 1 for w in (59, 79, 119, 199)]
    [59, 79, 119, 199]
    >>> sum(column.width + 1 for column in columns_for(79, is_marked=True)) - 1
    79
    """
    fixed: tuple[Column[ActivityItem], ...]
    if width < 76:
        fixed = (_TIME, _BRIEF_AGE, _user(13), _WHAT, _MESSAGES, _DOCUMENTS, _QUERIES)
    elif width < 108:
        fixed = (
            _TIME,
            _BRIEF_AGE,
            _user(13),
            _twin(10),
            _WHAT,
            _MESSAGES,
            _DOCUMENTS,
            _QUERIES,
            _BRIEF_LENGTH,
        )
    elif width < 172:
        fixed = (
            _TIME if width < 132 else _FULL_TIME,
            _AGE,
            _user(15),
            _twin(21),
            _WHAT,
            *_SHORT_COUNTS,
            replace(_LENGTH, width=11),
        )
    else:
        fixed = (
            _FULL_TIME,
            _AGE,
            _user(20),
            _EMAIL,
            _twin(34),
            _WHAT,
            *_LONG_COUNTS,
            replace(_LENGTH, width=12),
        )
    if is_marked:
        fixed = (*fixed[:2], _MARKS, *fixed[2:])
    return filling(fixed, width)


def what(item: ActivityItem) -> str:
    """Return what a line is about: sign of a document or query, title or topic or text, then details."""
    words = safe_line(item.what, 300) or "(untitled)"
    detail = safe_line(item.detail, 120)
    if item.kind == "query":
        results = "" if item.results_count is None else f"{compact(item.results_count)} found"
        words = " · ".join(part for part in (words, detail, results) if part)
    elif detail and detail.casefold() != words.casefold():
        words = f"{words} · {detail}"
    return KIND_MARKS[item.kind] + words


def _time(item: ActivityItem, moment: Moment) -> str:
    local = item.time.astimezone(moment.zone)
    if local.year == moment.now.astimezone(moment.zone).year:
        return f"{short_day(local.date()):>6} {local:%H:%M}"
    return f"{local:%Y-%m-%d}"


def _twin_words(item: ActivityItem, moment: Moment) -> str:
    del moment
    name = safe_line(item.twin.name or item.twin.id, 60)
    return f"{SHARED_MARK} {name} ({person(item.twin.owner)})" if item.shared else name


def _user(width: int) -> Column[ActivityItem]:
    return Column("user", width, lambda item, _: person(item.user), key="user")


def _twin(width: int) -> Column[ActivityItem]:
    return Column("twin", width, _twin_words, key="twin")


_TIME: Column[ActivityItem] = Column("time", 12, _time, style="quiet", key="time")
_FULL_TIME: Column[ActivityItem] = Column(
    "time",
    16,
    lambda item, moment: f"{item.time.astimezone(moment.zone):%Y-%m-%d %H:%M}",
    style="quiet",
    key="time",
)
_AGE: Column[ActivityItem] = Column(
    "age", 10, lambda item, moment: age(item.time, moment.now), is_number=True, style="quiet", key="age"
)
_BRIEF_AGE = replace(_AGE, width=6, text=lambda item, moment: brief_age(item.time, moment.now))
_EMAIL: Column[ActivityItem] = Column(
    "e-mail", 24, lambda item, _: safe_line(item.user.email, 60), style="quiet", key="email"
)
_WHAT: Column[ActivityItem] = Column("what", 0, lambda item, _: what(item), style="what", key="what")
_MARKS: Column[ActivityItem] = Column(
    MARKS_TITLE, 3, lambda item, _: mark_cells(item.marks), style="good", key="marks"
)
_MESSAGES: Column[ActivityItem] = Column(
    "m", 3, lambda item, _: compact(item.messages), is_number=True, key="messages"
)
_DOCUMENTS: Column[ActivityItem] = Column(
    "▤",
    2,
    lambda item, _: compact(item.documents) if item.documents else "·",
    is_number=True,
    key="documents",
)
_QUERIES: Column[ActivityItem] = Column(
    "⌕", 2, lambda item, _: compact(item.queries) if item.queries else "·", is_number=True, key="queries"
)
_SHORT_COUNTS = (
    replace(_MESSAGES, title="msgs", width=4),
    replace(_DOCUMENTS, title="docs", width=4),
    replace(_QUERIES, title="qrys", width=4),
)
_LONG_COUNTS = (
    replace(_MESSAGES, title="messages", width=8),
    replace(_DOCUMENTS, title="documents", width=9),
    replace(_QUERIES, title="queries", width=7),
)
_LENGTH: Column[ActivityItem] = Column(
    "length", 10, lambda item, _: duration(item.length_s), is_number=True, key="length"
)
_BRIEF_LENGTH = replace(_LENGTH, title="long", width=5, text=lambda item, _: brief_length(item.length_s))
_PLATFORM: Column[ActivityItem] = Column("platform", 10, lambda item, _: safe_line(item.platform, 40))
_ID: Column[ActivityItem] = Column("id", 36, lambda item, _: safe_line(item.session_id, 80), style="quiet")

FORMS: Forms[ActivityItem] = named(
    {
        "time": (_FULL_TIME, _TIME),
        "age": (_AGE, _AGE, _BRIEF_AGE),
        "marks": (_MARKS,),
        "user": (_user(20), _user(15), _user(13)),
        "email": (replace(_EMAIL, width=30), _EMAIL, replace(_EMAIL, width=16)),
        "twin": (_twin(34), _twin(21), _twin(10)),
        "what": (_WHAT,),
        "messages": (_LONG_COUNTS[0], _SHORT_COUNTS[0], _MESSAGES),
        "documents": (_LONG_COUNTS[1], _SHORT_COUNTS[1], _DOCUMENTS),
        "queries": (_LONG_COUNTS[2], _SHORT_COUNTS[2], _QUERIES),
        "length": (replace(_LENGTH, width=12), _LENGTH, _BRIEF_LENGTH),
        "platform": (_PLATFORM, _PLATFORM, replace(_PLATFORM, width=8)),
        "id": (_ID, replace(_ID, width=13), replace(_ID, width=8)),
    }
)
"""The columns that can be chosen."""
