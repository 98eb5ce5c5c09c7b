"""What is said of a search: how much was found, or why nothing, and which conversation an id meant."""

from datetime import tzinfo

from twin_tui.analytics.answers import SearchPage, SessionHit
from twin_tui.analytics.filters import Filters
from twin_tui.text.formatting import moment, number
from twin_tui.text.permalinks import read_link

NOTHING_SOUGHT = "Type what to look for."


def nothing_found(answer: SearchPage, filters: Filters, zone: tzinfo) -> tuple[str, str]:
    """Return the sentence of a search that found nothing, and what helps."""
    if not answer.terms:
        return "There is no word in that.", "letters or digits are needed"
    helps = []
    if filters.is_narrowed:
        helps.append("x clears the filters")
    if not filters.period.is_all:
        helps.append("p chooses a period")
    where = "" if filters.period.is_all else " in this period"
    said = f"Nothing{where} holds {'that word' if len(answer.terms) == 1 else 'all these words'}."
    if answer.searched_back_to is not None:
        said = f"Nothing since {moment(answer.searched_back_to, zone)} holds that."
    return said, " · ".join(helps)


def count_words(answer: SearchPage, zone: tzinfo) -> str:
    """Return how many texts were found and how far back was looked; "" for none."""
    if not answer.hits:
        return ""
    first = (answer.request.page - 1) * answer.request.limit + 1
    if first == 1 and not answer.has_next:
        said = f"{number(len(answer.hits))} text{'' if len(answer.hits) == 1 else 's'}"
    else:
        last = number(first + len(answer.hits) - 1)
        said = f"{number(first)}–{last}{' and more' if answer.has_next else ''}"
    if answer.searched_back_to is not None:
        said += f" back to {moment(answer.searched_back_to, zone)}"
    if answer.behind:
        said += f" · {number(answer.behind)} not indexed yet"
    return said


def meant(answer: SearchPage) -> SessionHit | None:
    """Return the one conversation that was typed by id, its beginning or a link; ``None`` where none was.

    A beginning without a digit may be just a word: then it is meant only where nothing else is found.
    """
    named, typed = answer.named, answer.request.text.strip()
    if len(named.items) != 1 or named.has_more:
        return None
    (hit,) = named.items
    is_whole = typed.casefold() in (hit.session_id.casefold(), (hit.event_id or "").casefold())
    others = (answer.hits, answer.people.items, answer.twins.items, answer.sessions.items)
    is_plain = any(map(str.isdigit, typed)) or not any(others)
    return hit if is_whole or read_link(typed) is not None or is_plain else None
