"""The columns of the directory of people and twins at every width, and what stands in them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from twin_tui.analytics.answers import PeopleKind, PeopleRequest, PeopleSort, PersonRow, TwinRow
from twin_tui.text.formatting import DASH, age, compact, group_name
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.widgets.brief import brief_age
from twin_tui.tui.widgets.tables.columns import Column, Forms, Moment, filling, fitted, named
from twin_tui.tui.widgets.transcript.heading import SHARED_MARK, person
from twin_tui.views.columns import Chosen

STATUS_WORDS = {"active": "● active", "dormant": "○ dormant", "never": "· never"}
"""Status as sign and word: neither needs colour."""
STATUS_STYLES = {"active": "good", "dormant": "warn", "never": "quiet"}
Row = PersonRow | TwinRow


def sharing(is_shared: bool | None) -> str:
    """Return how a twin's owner set its sharing, in a word.

    >>> sharing(True), sharing(False), sharing(None)
    ('⇄ shared', 'private', '–')
    """
    return DASH if is_shared is None else f"{SHARED_MARK} shared" if is_shared else "private"


def people_columns(request: PeopleRequest, width: int) -> tuple[Column[Row], ...]:
    """Return the columns of a directory, the sorted one marked, that fill ``width`` cells exactly.

    >>> asked = PeopleRequest(), PeopleRequest(kind="twins")
    >>> [sum(c.width + 1 for c in people_columns(a, w)) - 1 for a in asked for w in (59, 79, 119, 199)]
    [59, 79, 119, 199, 59, 79, 119, 199]
    """
    columns = (_of_users if request.kind == "users" else _of_twins)(width)
    return _with_order(filling(columns, width), request)


def chosen_columns(chosen: Chosen, request: PeopleRequest, width: int) -> tuple[Column[Row], ...]:
    """Return the columns that were chosen, the sorted one marked, that fill ``width`` cells exactly."""
    return _with_order(fitted(chosen, forms(request.kind), width), request)


def _with_order(columns: tuple[Column[Row], ...], request: PeopleRequest) -> tuple[Column[Row], ...]:
    mark = "▾" if request.descending else "▴"
    return tuple(
        replace(column, title=_marked(column, mark)) if _SORTED.get(column.title) == request.sort else column
        for column in columns
    )


_SORTED: dict[str, PeopleSort] = {
    "name": "name",
    "twin": "name",
    "seen": "last_seen",
    "last seen": "last_seen",
    "used": "last_seen",
    "last used": "last_seen",
    "seen ago": "last_seen",
    "used ago": "last_seen",
    "convs": "conversations",
    "msgs": "messages",
    "messages": "messages",
    "▤": "documents",
    "docs": "documents",
    "documents": "documents",
    "⌕": "queries",
    "qrys": "queries",
    "queries": "queries",
}
"""Which order a column's head stands for."""


def _marked(column: Column[Row], mark: str) -> str:
    return f"{mark}{column.title}" if column.is_number else f"{column.title} {mark}"


def _of_users(width: int) -> tuple[Column[Row], ...]:
    status, name = _STATUS, _name_column("name")
    if width < 76:
        return (status, name, _ages("seen", 6), *_counts(6, 5, 0))
    if width < 112:
        return (status, name, replace(_COMPANY, width=13), _ages("seen", 6), *_counts(6, 5, 3))
    if width < 192:
        return (
            *(status, name, replace(_EMAIL, width=26), replace(_COMPANY, width=16)),
            *(_ages("last seen", 10), *_counts(6, 6, 5), _TWINS),
        )
    return (
        *(status, name, replace(_EMAIL, width=34), replace(_COMPANY, width=18), _DEPARTMENT),
        *(_CREATED, _time("last seen"), _ages("ago", 10)),
        *(*_counts(6, 9, 10), _TWINS, _SHARED_USE),
    )


def _of_twins(width: int) -> tuple[Column[Row], ...]:
    status, name = _STATUS, _name_column("twin")
    if width < 76:
        return (status, name, _SHARING, _ages("used", 6), _USERS, *_counts(6, 0, 0))
    if width < 112:
        return (status, name, _OWNER, _SHARING, _ages("used", 6), _USERS, *_counts(6, 5, 0))
    if width < 192:
        return (
            *(status, name, replace(_OWNER, width=18), _SHARING, _ages("last used", 10)),
            *(_USERS, _OUTSIDERS, *_counts(6, 6, 5)),
        )
    return (
        *(status, name, replace(_OWNER, width=24), replace(_OWNERS_EMAIL, width=30), _SHARING),
        *(_CREATED, _time("last used"), _ages("ago", 10)),
        *(_USERS, _OUTSIDERS, *_counts(6, 9, 10)),
    )


def forms(kind: PeopleKind) -> Forms[Row]:
    """Return the columns of a directory that can be chosen."""
    seen = "seen" if kind == "users" else "used"
    counts = zip(_counts(6, 9, 10), _counts(6, 6, 5), _counts(6, 5, 3), strict=True)
    widths = {
        "owner": (24, 18, 13),
        "email": (34, 26, 18),
        "company": (18, 16, 13),
        "department": (16, 16, 12),
        "id": (36, 13, 8),
    }
    columns: tuple[Column[Row], ...] = (_STATUS, _name_column("name" if kind == "users" else "twin"))
    columns += (_EMAIL, _COMPANY, _DEPARTMENT) if kind == "users" else (_OWNER, _OWNERS_EMAIL, _SHARING)
    columns += (_CREATED, _ID)
    columns += (_TWINS, _SHARED_USE) if kind == "users" else (_USERS, _OUTSIDERS)
    found = {
        column.key: tuple(replace(column, width=width) for width in widths.get(column.key, (column.width,)))
        for column in columns
    }
    found |= {each[0].key: each for each in counts}
    found["seen"] = (_time(f"last {seen}"),)
    found["ago"] = (_ages(f"{seen} ago", 10), _ages(seen, 6))
    return named(found)


def _name_column(title: str) -> Column[Row]:
    return Column(title, 0, lambda row, _: _name(row), style="what", key="name")


def _text(
    title: str, width: int, text: Callable[[Row], str], key: str = "", style: str = "text"
) -> Column[Row]:
    return Column(title, width, lambda row, _: text(row), style=style, key=key or title)


def _number(title: str, width: int, count: Callable[[Row], int | None], key: str = "") -> Column[Row]:
    return Column(
        title,
        width,
        lambda row, _: compact(count(row)) if count(row) else "·",
        is_number=True,
        key=key or title,
    )


def _counts(conversations: int, messages: int, others: int) -> tuple[Column[Row], ...]:
    """Return the four counts with heads as long as they fit; a width of 0 leaves a column out."""
    is_long, is_tiny = others > 5, others < 4
    documents = "documents" if is_long else "▤" if is_tiny else "docs"
    queries = "queries" if is_long else "⌕" if is_tiny else "qrys"
    columns = (
        _number("convs", conversations, lambda row: row.conversations, "conversations"),
        _number("messages" if is_long else "msgs", messages, lambda row: row.messages, "messages"),
        _number(documents, others, lambda row: row.documents, "documents"),
        _number(queries, others, lambda row: row.queries, "queries"),
    )
    return tuple(column for column in columns if column.width)


def _ages(title: str, width: int) -> Column[Row]:
    tell = age if width >= 10 else brief_age

    def ago(row: Row, moment: Moment) -> str:
        seen = _seen(row)
        return DASH if seen is None else tell(seen, moment.now)

    return Column(title, width, ago, is_number=True, key="ago")


def _time(title: str) -> Column[Row]:
    return Column(
        title, 16, lambda row, moment: _local(_seen(row), moment, "%Y-%m-%d %H:%M"), style="quiet", key="seen"
    )


def _local(instant: datetime | None, moment: Moment, form: str) -> str:
    return DASH if instant is None else instant.astimezone(moment.zone).strftime(form)


def _seen(row: Row) -> datetime | None:
    return row.last_seen if isinstance(row, PersonRow) else row.last_used


def _name(row: Row) -> str:
    """Return the name, else the e-mail, else the id."""
    return safe_line(row.name or (row.email if isinstance(row, PersonRow) else "") or row.id, 80)


def _email(row: Row) -> str:
    return safe_line(row.email if isinstance(row, PersonRow) else row.owner.email, 80)


def _company(row: Row) -> str:
    return safe_line(group_name(row.company), 60) if isinstance(row, PersonRow) else ""


def _department(row: Row) -> str:
    return safe_line(group_name(row.department), 60) if isinstance(row, PersonRow) else ""


def _owner(row: Row) -> str:
    return person(row.owner) if isinstance(row, TwinRow) else ""


def _sharing(row: Row) -> str:
    return sharing(row.is_shared) if isinstance(row, TwinRow) else ""


_STATUS: Column[Row] = Column(
    "status", 9, lambda row, _: STATUS_WORDS[row.status], style="status", key="status"
)
_EMAIL = _text("e-mail", 34, _email, "email", "quiet")
_OWNERS_EMAIL = _text("owner's e-mail", 30, _email, "email", "quiet")
_COMPANY = _text("company", 18, _company)
_DEPARTMENT = _text("department", 16, _department)
_OWNER = _text("owner", 13, _owner)
_SHARING = _text("sharing", 8, _sharing)
_ID = _text("id", 36, lambda row: safe_line(row.id, 80), style="quiet")
_CREATED: Column[Row] = Column(
    "created",
    10,
    lambda row, moment: _local(row.created_at, moment, "%Y-%m-%d"),
    style="quiet",
    key="created",
)
_TWINS = _number("twins", 5, lambda row: row.twins if isinstance(row, PersonRow) else None)
_SHARED_USE = _number(
    "shared use", 10, lambda row: row.shared_uses if isinstance(row, PersonRow) else None, "shared"
)
_USERS = _number("users", 5, lambda row: row.users if isinstance(row, TwinRow) else None)
_OUTSIDERS = _number("others", 6, lambda row: row.outsiders if isinstance(row, TwinRow) else None)
