"""What a search found as JSON under keys frozen by a test."""

from twin_tui.analytics.answers import Hit, PersonHit, SearchPage, SessionHit, TwinHit
from twin_tui.analytics.answers.search import Parts
from twin_tui.reports.about import About
from twin_tui.reports.json_form import Json, frame, instant, person_ref, twin_ref


def search_json(page: SearchPage, about: About) -> Json:
    """Return one page of texts, and people, twins and conversations by name.

    ``hits`` of a text are pairs of positions in it, half-open, in characters.
    """
    asked = page.request
    return {
        **frame(about),
        "search": asked.text,
        "terms": list(page.terms),
        "by": asked.by,
        "page": asked.page,
        "limit": asked.limit,
        "has_next": page.has_next,
        "has_prev": asked.page > 1,
        "searched_back_to": instant(page.searched_back_to),
        "is_indexed": page.is_indexed,
        "behind": page.behind,
        "named": {
            "has_more": page.named.has_more,
            "items": [{**_conversation(hit), "event_id": hit.event_id} for hit in page.named.items],
        },
        "people": {
            "has_more": page.people.has_more,
            "items": [_person(hit) for hit in page.people.items],
        },
        "twins": {"has_more": page.twins.has_more, "items": [_twin(hit) for hit in page.twins.items]},
        "conversations": {
            "has_more": page.sessions.has_more,
            "items": [_conversation(hit) for hit in page.sessions.items],
        },
        "items": [_text(hit) for hit in page.hits],
    }


def _person(hit: PersonHit) -> Json:
    return {**person_ref(hit.person), "company": hit.company, "department": hit.department}


def _twin(hit: TwinHit) -> Json:
    return twin_ref(hit.twin)


def _conversation(hit: SessionHit) -> Json:
    return {
        "session_id": hit.session_id,
        "time": instant(hit.time),
        "title": _marked(hit.title),
        **_who(hit),
    }


def _text(hit: Hit) -> Json:
    return {
        "kind": hit.kind,
        "session_id": hit.session_id,
        "event_id": hit.id,
        "time": instant(hit.time),
        "sender": hit.sender,
        "conversation": hit.conversation,
        "title": hit.title,
        "snippet": _marked(hit.snippet),
        **_who(hit),
    }


def _who(hit: Hit | SessionHit) -> Json:
    return {
        "user": person_ref(hit.user),
        "twin": twin_ref(hit.twin),
        "platform": hit.platform,
        "shared": hit.shared,
    }


def _marked(parts: Parts) -> Json:
    hits, at = [], 0
    for text, is_hit in parts:
        if is_hit:
            hits.append([at, at + len(text)])
        at += len(text)
    return {"text": "".join(text for text, _ in parts), "hits": hits}
