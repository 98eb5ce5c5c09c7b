"""One saved view, and what each tab lets be saved of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

from twin_tui.analytics.answers import (
    QUALITY_MEASURES,
    ActivityType,
    Group,
    Measure,
    PeopleKind,
    PeopleSort,
    PeopleStatus,
)
from twin_tui.analytics.asked import Asked
from twin_tui.views.columns import Chosen, ColumnsError, checked_columns, unknown

Option = str | bool | int
_CHART = range(1, 100)
TABS: Mapping[str, Mapping[str, Any]] = {
    "overview": {"chart": _CHART, "by": get_args(Group), "rank_by": get_args(Measure)},
    "activity": {
        "type": get_args(ActivityType),
        "has_documents": bool,
        "has_queries": bool,
        "only_unreviewed": bool,
        "dated": ("started", "active"),
        "search": str,
    },
    "people": {
        "kind": get_args(PeopleKind),
        "search": str,
        "status": get_args(PeopleStatus),
        "sort": get_args(PeopleSort),
        "descending": bool,
    },
    "retention": {"chart": _CHART},
    "engagement": {"chart": _CHART},
    "quality": {"chart": _CHART, "rank_by": QUALITY_MEASURES},
}
"""By tab, what can be set: a type, the words that are known, or the numbers."""
_ASKED = tuple(each.name for each in fields(Asked))
_KNOWN = ("tab", "options", "columns", *_ASKED)
LONGEST_NAME = 60


class ViewsError(Exception):
    """Views cannot be used; one clear sentence says which, where and why."""


@dataclass(frozen=True, slots=True)
class View:
    """What somebody looks at."""

    name: str
    tab: str
    """One of `TABS`."""
    asked: Asked
    """Users and twins by id, as they are saved; names and e-mails will do in a file written by hand."""
    options: tuple[tuple[str, Option], ...] = ()
    """How the tab is set, by name; what is not said is as at its first look."""
    columns: tuple[tuple[str, Chosen], ...] = ()
    """The columns of its tables, and of lists behind numbers, by table; others are chosen by the room."""


def checked_name(name: str) -> str:
    """Return a name without blanks around it; raises `ViewsError`."""
    words = " ".join(name.split())
    if not words or len(words) > LONGEST_NAME or not words.isprintable():
        raise ViewsError(f"A view's name has 1 to {LONGEST_NAME} characters, all of them visible")
    return words


def view_of(name: str, stored: Any) -> View:
    """Return a view as a file holds it; raises `ViewsError`."""
    if not isinstance(stored, dict):
        raise ViewsError(f"view {name!r} is no table")
    tab = stored.get("tab", "overview")
    if tab not in TABS:
        raise ViewsError(f"view {name!r}: there is no tab {tab!r}, there are {', '.join(TABS)}")
    for key in stored:
        if key not in _KNOWN:
            raise ViewsError(f"view {name!r}: {unknown(key, _KNOWN)}")
    for key in _ASKED:
        wanted = bool if key == "shared" else str
        if key in stored and not isinstance(stored[key], wanted):
            raise ViewsError(f"view {name!r}: {key} wants {'true or false' if wanted is bool else 'a text'}")
    options = stored.get("options", {})
    if not isinstance(options, dict):
        raise ViewsError(f"view {name!r}: options is no table")
    for key, value in options.items():
        _check(name, tab, key, value)
    asked = Asked(**{key: stored[key] for key in _ASKED if key in stored})
    return View(name, tab, asked, tuple(options.items()), _columns_of(name, tab, stored.get("columns", {})))


def stored_of(view: View) -> dict[str, Any]:
    """Return a view as a file holds it, without what is not said."""
    found: dict[str, Any] = {"tab": view.tab}
    found |= {key: value for key in _ASKED if (value := getattr(view.asked, key)) is not None}
    if view.options:
        found["options"] = dict(view.options)
    if view.columns:
        found["columns"] = {table: list(columns) for table, columns in view.columns}
    return found


def _columns_of(name: str, tab: str, stored: Any) -> tuple[tuple[str, Chosen], ...]:
    if not isinstance(stored, dict):
        raise ViewsError(
            f"view {name!r}: columns is no table, but one list of columns for each of its tables"
        )
    found = []
    for table, columns in stored.items():
        if not isinstance(columns, list):
            raise ViewsError(f"view {name!r}: columns of {table} wants a list of columns")
        try:
            found.append((table, checked_columns(table, columns, tab)))
        except ColumnsError as error:
            raise ViewsError(f"view {name!r}: {error}") from error
    return tuple(found)


def _check(name: str, tab: str, key: str, value: Any) -> None:
    known = TABS[tab]
    if key not in known:
        raise ViewsError(f"view {name!r}: {unknown(key, tuple(known))}")
    wanted = known[key]
    if isinstance(wanted, type):
        if type(value) is not wanted:
            raise ViewsError(f"view {name!r}: {key} wants {'a text' if wanted is str else 'true or false'}")
    elif isinstance(wanted, range):
        if type(value) is not int or value not in wanted:
            raise ViewsError(f"view {name!r}: {key} wants a number from 1")
    elif value not in wanted:
        raise ViewsError(f"view {name!r}: {key} is one of {', '.join(wanted)}")
