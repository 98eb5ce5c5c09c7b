"""Leaderboards and the activity feed as plain text."""

from collections.abc import Iterator, Sequence

from twin_tui.analytics.answers import ActivityItem, ActivityPage, Leaderboard
from twin_tui.reports.about import About
from twin_tui.reports.layout import WIDTH, rule, table
from twin_tui.reports.shown import counted, places
from twin_tui.text.formatting import age, duration, group_name, moment, number, percent
from twin_tui.text.safe_text import cut, safe_line

MEASURES = {
    "conversations": "conversations",
    "active_users": "active users",
    "messages": "messages",
    "documents": "documents",
    "queries": "queries",
    "per_user": "conversations per active user",
}


def leaderboard_lines(board: Leaderboard, width: int) -> Iterator[str]:
    """Yield a leaderboard's title and its rows."""
    beyond = f", {len(board.rows)} of {number(board.total)}" if len(board.rows) < board.total else ""
    yield rule(f"Leaderboard by {board.group} · ranked by {MEASURES[board.measure]}{beyond}", width)
    if not board.rows:
        yield "Nothing to rank in these days."
        return
    rows = [
        [
            str(row.rank),
            places(row.rank_change),
            safe_line(group_name(row.name) + (f" · {row.detail}" if row.detail else "")),
            number(row.conversations),
            number(row.active_users),
            number(row.messages),
            number(row.documents),
            number(row.queries),
            number(row.per_user, 1),
            percent(row.share),
        ]
        for row in board.rows
    ]
    heads = ("#", "±", board.group, "conv.", "users", "messages", "docs", "queries", "/user", "share")
    yield from table(heads, rows, right=frozenset({0, *range(3, 10)}), flexible=2, width=width)


def latest_lines(items: Sequence[ActivityItem], about: About, width: int) -> Iterator[str]:
    """Yield one line per event: when, how long ago, who with which twin, and what."""
    if not items:
        yield "Nothing happened in these days."
        return
    rows = [
        [
            moment(item.time, about.zone),
            age(item.time, about.now),
            item.kind,
            _about_what(item),
        ]
        for item in items
    ]
    yield from table(("", "", "", ""), rows, right=frozenset({1}), flexible=3, width=width)[1:]


def activity_plain(page: ActivityPage, about: About, width: int = WIDTH) -> str:
    """Return one page of the feed, two lines per event: the second holds counts and the id to open it by."""
    first = (page.request.page - 1) * page.request.limit + 1
    lines = [
        cut(f"Activity · {safe_line(about.database)}", width),
        cut(f"{about.days} · {about.timezone}", width),
        *([cut(f"Only {about.narrowed}", width)] if about.narrowed else []),
        *([cut(f"Search {safe_line(page.request.search)}", width)] if page.request.search else []),
        "",
        rule(
            f"{number(first)}–{number(first + len(page.items) - 1)} of {number(page.total)}"
            f" · page {page.request.page} of {number(page.pages)}"
            if page.items
            else "Nothing matches",
            width,
        ),
    ]
    for item in page.items:
        lines += [
            cut(
                f"{moment(item.time, about.zone)}  {age(item.time, about.now):<10} "
                f"{item.kind:<13}{_about_what(item)}",
                width,
            ),
            cut(f"    {_counts(item)}", width),
            f"    {safe_line(item.session_id)}"
            + (f"  {safe_line(item.event_id)}" if item.event_id != item.session_id else ""),
        ]
    if page.has_next:
        lines += ["", f"More: --page {page.request.page + 1}"]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def leaderboard_plain(board: Leaderboard, about: About, width: int = WIDTH) -> str:
    """Return a leaderboard as a page."""
    lines = [
        cut(f"Leaderboard · {safe_line(about.database)}", width),
        cut(f"{about.days} · {about.timezone}", width),
        *([cut(f"Only {about.narrowed}", width)] if about.narrowed else []),
        "",
        *leaderboard_lines(board, width),
    ]
    return "\n".join(lines) + "\n"


def _about_what(item: ActivityItem) -> str:
    twin = safe_line(item.twin.name)
    if item.shared:
        twin += f" (of {safe_line(item.twin.owner.name)})"
    what = safe_line(item.what)
    return f"{safe_line(item.user.name)} → {twin}" + (f" · {what}" if what else "")


def _counts(item: ActivityItem) -> str:
    parts = [
        counted(amount, one, many)
        for amount, one, many in (
            (item.messages, "message", "messages"),
            (item.documents, "document", "documents"),
            (item.queries, "query", "queries"),
        )
        if amount
    ]
    if item.length_s is not None:
        parts.append(duration(item.length_s))
    parts += [safe_line(text) for text in (item.detail, item.platform) if text]
    return " · ".join(parts) or "no messages"
