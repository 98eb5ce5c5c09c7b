"""The columns of the directory of people and twins at every width, and what stands in them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from twin_tui.analytics.answers import PeopleRequest, PeopleSort, PersonRow, TwinRow
from twin_tui.text.formatting import DASH, age, compact, group_name
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.widgets.brief import brief_age
from twin_tui.tui.widgets.columns import Column, Moment, filling
from twin_tui.tui.widgets.conversation_heading import SHARED_MARK, person

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
    chosen = (_of_users if request.kind == "users" else _of_twins)(width)
    mark = "▾" if request.descending else "▴"
    return tuple(
        replace(column, title=_marked(column, mark)) if _SORTED.get(column.title) == request.sort else column
        for column in filling(chosen, width)
    )


_SORTED: dict[str, PeopleSort] = {
    "name": "name",
    "twin": "name",
    "seen": "last_seen",
    "last seen": "last_seen",
    "used": "last_seen",
    "last used": "last_seen",
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
    status, name = _STATUS, _text("name", 0, _name, style="what")
    if width < 76:
        return (status, name, _ages("seen", 6), *_counts(6, 5, 0))
    if width < 112:
        return (status, name, _text("company", 13, _company), _ages("seen", 6), *_counts(6, 5, 3))
    if width < 192:
        return (
            *(status, name, _text("e-mail", 26, _email, style="quiet"), _text("company", 16, _company)),
            *(_ages("last seen", 10), *_counts(6, 6, 5)),
            _number("twins", 5, lambda row: row.twins if isinstance(row, PersonRow) else None),
        )
    return (
        *(status, name, _text("e-mail", 34, _email, style="quiet"), _text("company", 18, _company)),
        _text("department", 16, _department),
        *(_day("created", lambda row: row.created_at), _time("last seen", _seen), _ages("ago", 10)),
        *_counts(6, 9, 10),
        _number("twins", 5, lambda row: row.twins if isinstance(row, PersonRow) else None),
        _number("shared use", 10, lambda row: row.shared_uses if isinstance(row, PersonRow) else None),
    )


def _of_twins(width: int) -> tuple[Column[Row], ...]:
    status, name = _STATUS, _text("twin", 0, _name, style="what")
    owner, shared = _text("owner", 13, _owner), _text("sharing", 8, _sharing)
    users = _number("users", 5, lambda row: row.users if isinstance(row, TwinRow) else None)
    if width < 76:
        return (status, name, shared, _ages("used", 6), users, *_counts(6, 0, 0))
    if width < 112:
        return (status, name, owner, shared, _ages("used", 6), users, *_counts(6, 5, 0))
    outsiders = _number("others", 6, lambda row: row.outsiders if isinstance(row, TwinRow) else None)
    if width < 192:
        return (
            *(status, name, replace(owner, width=18), shared, _ages("last used", 10)),
            *(users, outsiders, *_counts(6, 6, 5)),
        )
    return (
        *(status, name, replace(owner, width=24), _text("owner's e-mail", 30, _email, style="quiet"), shared),
        *(_day("created", lambda row: row.created_at), _time("last used", _seen), _ages("ago", 10)),
        *(users, outsiders, *_counts(6, 9, 10)),
    )


def _text(title: str, width: int, text: Callable[[Row], str], style: str = "text") -> Column[Row]:
    return Column(title, width, lambda row, _: text(row), style=style)


def _number(title: str, width: int, count: Callable[[Row], int | None]) -> Column[Row]:
    return Column(title, width, lambda row, _: compact(count(row)) if count(row) else "·", is_number=True)


def _counts(conversations: int, messages: int, others: int) -> tuple[Column[Row], ...]:
    """Return the four counts with heads as long as they fit; a width of 0 leaves a column out."""
    is_long, is_tiny = others > 5, others < 4
    columns = (
        _number("convs", conversations, lambda row: row.conversations),
        _number("messages" if is_long else "msgs", messages, lambda row: row.messages),
        _number("documents" if is_long else "▤" if is_tiny else "docs", others, lambda row: row.documents),
        _number("queries" if is_long else "⌕" if is_tiny else "qrys", others, lambda row: row.queries),
    )
    return tuple(column for column in columns if column.width)


def _ages(title: str, width: int) -> Column[Row]:
    tell = age if width >= 10 else brief_age

    def ago(row: Row, moment: Moment) -> str:
        seen = _seen(row)
        return DASH if seen is None else tell(seen, moment.now)

    return Column(title, width, ago, is_number=True)


def _time(title: str, when: Callable[[Row], datetime | None]) -> Column[Row]:
    return Column(title, 16, lambda row, moment: _local(when(row), moment, "%Y-%m-%d %H:%M"), style="quiet")


def _day(title: str, when: Callable[[Row], datetime | None]) -> Column[Row]:
    return Column(title, 10, lambda row, moment: _local(when(row), moment, "%Y-%m-%d"), style="quiet")


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


_STATUS: Column[Row] = Column("status", 9, lambda row, _: STATUS_WORDS[row.status], style="status")
