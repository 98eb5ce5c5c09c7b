"""Tables whose columns can be chosen: their names, as files of views write them, and words for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

Chosen = tuple[str, ...]
"""Names of columns, in the order in which they stand."""


class ColumnsError(Exception):
    """Columns cannot be chosen so; one clear sentence says which and why."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table whose columns can be chosen."""

    title: str
    tab: str | None
    """The tab it stands on; ``None``: it opens over any of them."""
    always: str
    """The column that tells what a line is: it stays."""
    columns: Mapping[str, str]
    """By name, what each tells."""


_OF_FEED = {
    "time": "day and time",
    "age": "how long ago",
    "marks": "reviewed, notes, pinned",
    "user": "person",
    "email": "the person's e-mail",
    "twin": "twin, and whose where it is another's",
    "what": "title, topic or text",
    "messages": "number of messages",
    "documents": "number of documents",
    "queries": "number of queries",
    "length": "session length",
    "platform": "platform",
    "id": "id of the conversation",
}
_COUNTS = {
    "conversations": "conversations",
    "messages": "messages",
    "documents": "documents",
    "queries": "queries",
}
TABLES: Mapping[str, Table] = {
    "activity": Table("Activity", "activity", "what", _OF_FEED),
    "people": Table(
        "People",
        "people",
        "name",
        {
            "status": "active, dormant, never",
            "name": "name",
            "email": "e-mail",
            "company": "company",
            "department": "department",
            "created": "day of the account",
            "seen": "last seen: day and time",
            "ago": "last seen: how long ago",
            **_COUNTS,
            "twins": "twins owned",
            "shared": "conversations with others' twins",
            "id": "id",
        },
    ),
    "twins": Table(
        "Twins",
        "people",
        "name",
        {
            "status": "active, dormant, never",
            "name": "name",
            "owner": "owner",
            "email": "the owner's e-mail",
            "sharing": "shared or private",
            "created": "day it was made",
            "seen": "last used: day and time",
            "ago": "last used: how long ago",
            "users": "people who used it",
            "others": "of these, not its owner",
            **_COUNTS,
            "id": "id",
        },
    ),
    "leaderboard": Table(
        "Leaderboard",
        "overview",
        "name",
        {
            "name": "name, and what it is ranked by",
            "conversations": "conversations",
            "active_users": "active users",
            "messages": "messages",
            "documents": "documents",
            "queries": "queries",
            "per_user": "conversations per user",
            "share": "share of the total",
            "rank_change": "places won or lost",
        },
    ),
    "ranked_twins": Table(
        "Twins ranked",
        "quality",
        "twin",
        {
            "twin": "name, and what it is ranked by",
            "owner": "owner",
            "zero_result_rate": "zero-result rate",
            "dead_end_share": "dead ends",
            "unanswered_share": "unanswered messages",
            "reply_time_median": "reply time",
        },
    ),
    "conversations_behind": Table(
        "Conversations behind a number",
        None,
        "what",
        {**{key: words for key, words in _OF_FEED.items() if key != "marks"}, "why": "why it counts"},
    ),
    "people_behind": Table(
        "People behind a number", None, "name", {"name": "name", "email": "e-mail", "id": "id"}
    ),
}
"""By the name of the table."""


def checked_columns(name: str, wanted: Iterable[object], tab: str | None = None) -> Chosen:
    """Return the columns of a table, the one that always stays among them; raises `ColumnsError`.

    ``tab``: the table is to stand on that tab, or to open over any.

    >>> checked_columns("people_behind", ["id"])
    ('name', 'id')
    """
    there = [key for key, each in TABLES.items() if tab is None or each.tab in (None, tab)]
    if (table := TABLES.get(name)) is None:
        raise ColumnsError(f"table {unknown(name, there)}")
    if name not in there:
        raise ColumnsError(f"there is no table {name!r} on the tab {tab}, there are {', '.join(there)}")
    columns: list[str] = []
    for key in wanted:
        if not isinstance(key, str) or key not in table.columns:
            raise ColumnsError(f"columns of {name}: {unknown(str(key), list(table.columns))}")
        if key in columns:
            raise ColumnsError(f"columns of {name}: {key!r} is named twice")
        columns.append(key)
    return tuple(columns) if table.always in columns else (table.always, *columns)


def unknown(key: str, known: Sequence[str]) -> str:
    """Return that a name is not known, and the nearest, or all there are."""
    close = get_close_matches(key, known, 1)
    return f"{key!r} is not known, " + (
        f"did you mean {close[0]}" if close else f"known are {', '.join(known)}"
    )
