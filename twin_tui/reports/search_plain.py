"""What a search found as plain text."""

from collections.abc import Iterator

from twin_tui.analytics.answers import Hit, SearchPage, SessionHit, TwinRef
from twin_tui.reports.about import About
from twin_tui.reports.layout import WIDTH, rule, wrapped
from twin_tui.reports.plain_overview import heading
from twin_tui.reports.search_sections import marked
from twin_tui.reports.shown import counted
from twin_tui.text.formatting import age, moment, number
from twin_tui.text.safe_text import cut, safe_line

_INDENT = "    "


def search_plain(page: SearchPage, about: About, width: int = WIDTH) -> str:
    """Return one page of texts below the people, twins and conversations of that name."""
    asked = page.request
    lines = [
        *heading(f"Search · {safe_line(about.database)}", about, width),
        cut(f"Sought {safe_line(' · '.join(page.terms)) or 'nothing'}", width),
        *_groups(page, about, width),
        "",
        rule(_standing(page), width),
    ]
    for hit in page.hits:
        lines += _text(hit, about, width)
    lines += ["", *notes(page, about)] if notes(page, about) else []
    if page.has_next:
        lines += ["", f"More: --page {asked.page + 1}"]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def notes(page: SearchPage, about: About) -> list[str]:
    """Return what a reader must know of how far the search went; nothing when it went everywhere."""
    told = []
    if page.searched_back_to is not None:
        told.append(f"Searched back to {moment(page.searched_back_to, about.zone)}; nothing before.")
    if page.behind:
        told.append(f"{counted(page.behind, 'row is', 'rows are')} not in the search index yet.")
    return told


def _standing(page: SearchPage) -> str:
    asked = page.request
    if not page.hits:
        return "No text matches"
    first = (asked.page - 1) * asked.limit + 1
    order = "newest first" if asked.by == "newest" else "most relevant first"
    more = " and more" if page.has_next else ""
    return f"Texts {number(first)}–{number(first + len(page.hits) - 1)}{more} · {order}"


def _groups(page: SearchPage, about: About, width: int) -> Iterator[str]:
    for title, few, lines in (
        ("Conversations by id", page.named, _conversations(page.named.items, about)),
        (
            "People",
            page.people,
            [
                (
                    " · ".join(
                        safe_line(text)
                        for text in (marked(hit.name), marked(hit.email), hit.company, hit.department)
                        if text
                    ),
                    hit.person.id,
                )
                for hit in page.people.items
            ],
        ),
        (
            "Twins",
            page.twins,
            [
                (f"{safe_line(marked(hit.name))} (of {safe_line(hit.twin.owner.name)})", hit.twin.id)
                for hit in page.twins.items
            ],
        ),
        ("Conversations by title", page.sessions, _conversations(page.sessions.items, about)),
    ):
        if lines:
            yield ""
            yield rule(f"{title}{', the first of more' if few.has_more else ''}", width)
        for words, key in lines:
            yield cut(words, width)
            yield f"{_INDENT}{safe_line(key)}"


def _conversations(hits: tuple[SessionHit, ...], about: About) -> list[tuple[str, str]]:
    """Return lines with the ids that stand below them."""
    return [
        (
            f"{_when(hit, about)}{_who(hit)} · {safe_line(marked(hit.title)) or '(untitled)'}",
            "  ".join(filter(None, (hit.session_id, hit.event_id))),
        )
        for hit in hits
    ]


def _text(hit: Hit, about: About, width: int) -> Iterator[str]:
    where = safe_line(hit.title or hit.conversation)
    yield cut(f"{_when(hit, about)}{hit.kind:<9}{_who(hit)}{f' · {where}' if where else ''}", width)
    for line in wrapped(safe_line(marked(hit.snippet)), width - len(_INDENT)):
        yield f"{_INDENT}{line}"
    yield f"{_INDENT}{safe_line(hit.session_id)}  {safe_line(hit.id)}"


def _when(hit: Hit | SessionHit, about: About) -> str:
    return f"{moment(hit.time, about.zone)}  {age(hit.time, about.now):<10} "


def _who(hit: Hit | SessionHit) -> str:
    return f"{safe_line(hit.user.name)} → {_twin(hit.twin, is_shared=hit.shared)}"


def _twin(twin: TwinRef, *, is_shared: bool) -> str:
    return safe_line(twin.name) + (f" (of {safe_line(twin.owner.name)})" if is_shared else "")
