"""The directory, and the page of one person or twin, as plain text."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal

from twin_tui.analytics.answers import (
    ActivityPage,
    PagedList,
    PeoplePage,
    Person,
    PersonPage,
    PersonRow,
    TwinPage,
    TwinRow,
    TwinUse,
    UseDay,
)
from twin_tui.reports.about import About
from twin_tui.reports.blocks import sparkline
from twin_tui.reports.layout import WIDTH, rule, table, wrapped
from twin_tui.reports.plain_overview import heading
from twin_tui.reports.shown import counted
from twin_tui.text.formatting import DASH, age, moment, number
from twin_tui.text.safe_text import cut, pad, safe_line

_COUNTS = ("conv.", "messages", "docs", "queries")
_LABEL = 14
Told = Literal["twin", "user", "user and twin"]
"""Which of the two a line names; the other one is what the page is about."""


def people_plain(page: PeoplePage, about: About, width: int = WIDTH) -> str:
    """Return one page of the directory, two lines each: the second holds what to find them by."""
    asked = page.request
    first = (asked.page - 1) * asked.limit + 1
    counts = f"{number(page.active)} active · {number(page.dormant)} dormant · {number(page.never)} never"
    lines = [
        *heading(
            f"{'Twins' if asked.kind == 'twins' else 'People'} · {safe_line(about.database)}", about, width
        ),
        cut(counts, width),
        *([cut(f"Search {safe_line(asked.search)}", width)] if asked.search else []),
        "",
        rule(
            f"{number(first)}–{number(first + len(page.items) - 1)} of {number(page.total)}"
            f"{f' {asked.status}' if asked.status else ''}"
            f" · by {_sorted_by(page)} · page {asked.page} of {number(page.pages)}"
            if page.items
            else "Nobody matches"
            if asked.kind == "users"
            else "No twin matches",
            width,
        ),
    ]
    if page.items:
        lines += _entries(page.items, about, width)
    if page.has_next:
        lines += ["", f"More: --page {asked.page + 1}"]
    return _joined(lines)


def person_plain(page: PersonPage, about: About, width: int = WIDTH) -> str:
    """Return everything about one person in lines of at most ``width`` cells."""
    row = page.row
    where = " · ".join(safe_line(text) for text in (row.company, row.department) if text)
    facts = (
        ("E-mail", safe_line(row.email)),
        ("Company", where or DASH),
        ("Id", safe_line(row.id)),
        ("Joined", moment(row.created_at, about.zone)),
        ("Last seen", _ago(row.last_seen, about)),
        ("Status", row.status),
        ("Twins", number(row.twins)),
    )
    lines = [
        *heading(
            f"{safe_line(row.name) or safe_line(row.email)} · {safe_line(about.database)}", about, width
        ),
        "",
        *_facts(facts, width),
        "",
        rule("In these days", width),
        *_facts(_period(row.conversations, row.messages, row.documents, row.queries), width),
        *_facts([("Shared use", counted(row.shared_uses, "conversation", "conversations"))], width),
        *_trend(page.days, width),
        *_twins(page.twins, about, width),
        *_uses("Others' twins used", page.uses, about, width, "twin"),
        *_uses("Own twins used by others", page.used_by, about, width, "user and twin"),
        *_feed("Conversations by their last message", page.sessions, about, width, "twin"),
        *_feed("Documents", page.documents, about, width, "twin"),
        *_feed("Queries", page.queries, about, width, "twin"),
    ]
    return _joined(lines)


def twin_plain(page: TwinPage, about: About, width: int = WIDTH) -> str:
    """Return everything about one twin in lines of at most ``width`` cells."""
    row = page.row
    sharing = "not known" if row.is_shared is None else "shared" if row.is_shared else "private"
    facts = (
        ("Owner", f"{safe_line(row.owner.name)} <{safe_line(row.owner.email)}>"),
        ("Id", safe_line(row.id)),
        ("Sharing", sharing),
        ("Created", moment(row.created_at, about.zone)),
        ("Last used", _ago(row.last_used, about)),
        ("Status", row.status),
    )
    lines = [
        *heading(f"{safe_line(row.name)} · {safe_line(about.database)}", about, width),
        *(["", *wrapped(page.description, width)] if page.description else []),
        "",
        *_facts(facts, width),
        "",
        rule("In these days", width),
        *_facts([("Users", f"{number(row.users)}, {number(row.outsiders)} of them not the owner")], width),
        *_facts(_period(row.conversations, row.messages, row.documents, row.queries), width),
        *_trend(page.days, width),
        *_uses("Users", page.users, about, width, "user"),
        *_feed("Conversations by their last message", page.sessions, about, width, "user"),
        *_feed("Documents", page.documents, about, width, "user"),
        *_feed("Queries", page.queries, about, width, "user"),
    ]
    return _joined(lines)


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _sorted_by(page: PeoplePage) -> str:
    name = page.request.sort.replace("_", " ")
    if page.request.kind == "twins" and page.request.sort == "last_seen":
        name = "last used"
    return name if page.request.descending == (page.request.sort != "name") else f"{name}, reversed"


def _entries(rows: Sequence[PersonRow | TwinRow], about: About, width: int) -> Iterator[str]:
    heads, *lines = _directory(rows, about, width)
    yield heads
    for line, row in zip(lines, rows, strict=True):
        yield line
        yield cut(f"    {_found_by(row)}", width)


def _directory(rows: Sequence[PersonRow | TwinRow], about: About, width: int) -> list[str]:
    cells = []
    for row in rows:
        seen = row.last_seen if isinstance(row, PersonRow) else row.last_used
        counts = (row.conversations, row.messages, row.documents, row.queries)
        name = safe_line(row.name) or (safe_line(row.email) if isinstance(row, PersonRow) else "")
        cells.append([name, row.status, DASH if seen is None else age(seen, about.now), *map(number, counts)])
    of_people = isinstance(rows[0], PersonRow)
    heads = ("name", "status", "last seen" if of_people else "last used", *_COUNTS)
    return table(heads, cells, right=frozenset(range(3, 7)), flexible=0, width=width)


def _found_by(row: PersonRow | TwinRow) -> str:
    if isinstance(row, TwinRow):
        sharing = "shared" if row.is_shared else ""
        users = counted(row.users, "user", "users")
        parts: tuple[str | None, ...] = (f"of {row.owner.name or row.owner.email}", sharing, users, row.id)
    else:
        parts = (row.email, row.id, row.company, row.department)
    return " · ".join(safe_line(part) for part in parts if part)


def _ago(then: datetime | None, about: About) -> str:
    return DASH if then is None else f"{moment(then, about.zone)} · {age(then, about.now)}"


def _facts(facts: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    for label, fact in facts:
        yield cut(f"{pad(label, _LABEL)}{fact}", width)


def _period(conversations: int, messages: int, documents: int, queries: int) -> list[tuple[str, str]]:
    return [
        ("Conversations", number(conversations)),
        ("Messages", number(messages)),
        ("Documents", number(documents)),
        ("Queries", number(queries)),
    ]


def _trend(days: Sequence[UseDay], width: int) -> Iterator[str]:
    if len(days) > 1:
        yield ""
        yield rule("Day by day", width)
        for label, values in (
            ("Conversations", [float(day.conversations) for day in days]),
            ("Messages", [float(day.messages) for day in days]),
        ):
            most = f"  most {number(max(values))}"
            yield f"{pad(label, _LABEL)}{sparkline(values, width - _LABEL - len(most))}{most}"


def _twins(listed: PagedList[TwinRow], about: About, width: int) -> Iterator[str]:
    yield from _titled("Own twins", listed.total, listed.page, listed.pages, width)
    if listed.items:
        yield from _entries(listed.items, about, width)


def _uses(title: str, listed: PagedList[TwinUse], about: About, width: int, told: Told) -> Iterator[str]:
    yield from _titled(title, listed.total, listed.page, listed.pages, width)
    if listed.items:
        rows = [
            [
                _named(use, told),
                DASH if use.last_used is None else age(use.last_used, about.now),
                *map(number, (use.conversations, use.messages, use.documents, use.queries)),
            ]
            for use in listed.items
        ]
        heads = ("twin" if told == "twin" else "user", "last used", *_COUNTS)
        yield from table(heads, rows, right=frozenset(range(2, 6)), flexible=0, width=width)


def _named(use: TwinUse, told: Told) -> str:
    user, twin = _who(use.user), safe_line(use.twin.name or use.twin.id)
    match told:
        case "twin":
            return f"{twin} (of {_who(use.twin.owner)})"
        case "user":
            return f"{user} (owner)" if use.is_owner else user
        case _:
            return f"{user} → {twin}"


def _who(person: Person) -> str:
    return safe_line(person.name or person.email or person.id)


def _feed(title: str, page: ActivityPage, about: About, width: int, told: Told) -> Iterator[str]:
    """Yield lines of the feed without whoever or whatever the page is about."""
    yield from _titled(title, page.total, page.request.page, page.pages, width)
    rows = [
        [
            moment(item.time, about.zone),
            age(item.time, about.now),
            _who(item.user) if told == "user" else safe_line(item.twin.name or item.twin.id),
            safe_line(item.what) or DASH,
        ]
        for item in page.items
    ]
    if rows:
        widest = max(12, width // 3)
        cells = [[time, ago, cut(name, widest), what] for time, ago, name, what in rows]
        yield from table(("", "", "", ""), cells, right=frozenset({1}), flexible=3, width=width)[1:]


def _titled(title: str, total: int, page: int, pages: int, width: int) -> Iterator[str]:
    where = f" · page {number(page)} of {number(pages)}" if pages > 1 else ""
    yield ""
    yield rule(f"{title} · {number(total) if total else 'none'}{where}", width)
