"""The lines of a search's answer: groups under their names, each line with its hits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from twin_tui.analytics.answers import Hit, PersonHit, SearchPage, SessionHit, Shelf, TwinHit
from twin_tui.analytics.answers.search import Parts
from twin_tui.text.safe_text import cell_width, cut, safe_line, safe_text
from twin_tui.tui.widgets.transcript.heading import SHARED_MARK, person
from twin_tui.tui.widgets.transcript.paint import DOCUMENT_MARK, QUERY_MARK

Found = Hit | SessionHit | PersonHit | TwinHit
SENDERS = {"user": "● ", "twin": "◆ ", None: ""}
_BEFORE = 3
"""A hit stands at least a part of so many from a line's beginning."""


@dataclass(frozen=True, slots=True)
class SearchLine:
    """One line: the name of a group, or something found."""

    key: str
    """Stays the same when the line is found again."""
    found: Found | None
    """``None`` for the name of a group."""
    time: datetime | None
    who: str
    """Safe, uncut."""
    mark: str
    """Sign of what it is, and a blank."""
    parts: Parts
    """Safe pieces of one line, each with whether it is a hit."""


def lines_of(page: SearchPage) -> tuple[SearchLine, ...]:
    """Return the lines of an answer: people, twins and conversations on the first page, then texts."""
    lines: list[SearchLine] = []
    if page.request.page == 1:
        lines += _group("Conversations by id", page.named.items, has_more=page.named.has_more)
        lines += _group("People", page.people.items, has_more=page.people.has_more)
        lines += _group("Twins", page.twins.items, has_more=page.twins.has_more)
        lines += _group("Conversations by title", page.sessions.items, has_more=page.sessions.has_more)
    order = "newest first" if page.request.by == "newest" else "most relevant first"
    if page.hits:
        lines += _group(f"Texts, {order}", page.hits, has_more=False)
    return tuple(lines)


def shelf_lines(shelf: Shelf) -> tuple[SearchLine, ...]:
    """Return the lines that stand where nothing is sought: conversations to go back to."""
    return (
        *_group("Pinned", shelf.pinned, has_more=False),
        *_group("Opened lately", shelf.opened, has_more=False),
    )


def _group(name: str, items: tuple[Found, ...], *, has_more: bool) -> Iterator[SearchLine]:
    if items:
        name = f"{name}, the first of more" if has_more else name
        yield SearchLine(f"group {name}", None, None, "", "", ((name, False),))
    for item in items:
        yield line_of(item)


def line_of(item: Found) -> SearchLine:
    """Return the line of something found."""
    match item:
        case Hit():
            kinds = {
                "document": f"{DOCUMENT_MARK} ",
                "query": f"{QUERY_MARK} ",
                "message": SENDERS[item.sender],
            }
            return SearchLine(
                f"{item.kind} {item.id}",
                item,
                item.time,
                person(item.user),
                kinds[item.kind],
                safe_parts(item.snippet),
            )
        case SessionHit():
            key = " ".join(filter(None, ("session", item.session_id, item.event_id)))
            title = safe_parts(item.title) or (("(untitled)", False),)
            return SearchLine(key, item, item.time, person(item.user), "", title)
        case PersonHit():
            where = " · ".join(text for text in (item.company, item.department) if text)
            rest = (("  ", False), *item.email, (f"  {where}" if where else "", False))
            return SearchLine(f"person {item.person.id}", item, None, "", "", safe_parts((*item.name, *rest)))
        case TwinHit():
            owner = ((f"  of {item.twin.owner.name}", False),)
            return SearchLine(f"twin {item.twin.id}", item, None, "", "", safe_parts((*item.name, *owner)))


def safe_parts(parts: Parts) -> Parts:
    r"""Return pieces of stored text safe to draw in one line; blanks at their ends stay.

    >>> safe_parts((("a\x1b[2J ", False), ("b\nc", True)))
    (('a␛[2J ', False), ('b c', True))
    """
    return tuple((" ".join(safe_text(text).split("\n")), is_hit) for text, is_hit in parts if text)


def fitting(parts: Parts, width: int) -> Parts:
    """Return the pieces of one line of at most ``width`` cells, moved so that its first hit is seen.

    >>> fitting((("one two three four ", False), ("five", True), (" six seven", False)), 20)
    (('… four ', False), ('five', True), (' six sev…', False))
    """
    before = next((at for at, (_, is_hit) in enumerate(parts) if is_hit), len(parts))
    head = "".join(text for text, _ in parts[:before])
    rest = list(parts[before:])
    room = max(0, width - sum(cell_width(text) for text, _ in rest))
    if rest and cell_width(head) > max(room, width // _BEFORE):
        head = _end_of(head, max(room, width // _BEFORE))
    fitted: list[tuple[str, bool]] = []
    used = 0
    for text, is_hit in ((head, False), *rest):
        shown = cut(text, width - used)
        if shown:
            fitted.append((shown, is_hit))
        used += cell_width(shown)
        if shown != text:
            break
    return tuple(fitted)


def _end_of(text: str, width: int) -> str:
    """Return the end of a text in at most ``width`` cells, an ellipsis before it."""
    while text and cell_width(text) > width - 1:
        text = text[max(1, (cell_width(text) - width + 1) // 2) :]
    return f"…{text}"


def about(found: Found) -> str:
    """Return in one safe line whom and what something found is about."""
    match found:
        case PersonHit():
            return " · ".join(
                safe_line(text)
                for text in (found.person.name, found.person.email, found.company, found.department)
                if text
            )
        case TwinHit():
            return f"{safe_line(found.twin.name)} · of {person(found.twin.owner)}"
        case Hit() | SessionHit():
            twin = safe_line(found.twin.name)
            whose = f"{SHARED_MARK} {twin} of {person(found.twin.owner)}" if found.shared else twin
            title = safe_line((found.title or found.conversation) if isinstance(found, Hit) else "")
            kind = found.kind if isinstance(found, Hit) else "conversation"
            told = (kind, f"{person(found.user)} → {whose}", title, safe_line(found.platform))
            return " · ".join(text for text in told if text)
