"""Which documents of a conversation are drafts of the same text, on both databases."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from tests.analytics.feed_worlds import NOW, asked, document, load
from tests.analytics.test_conversation import START, thread
from twin_tui.analytics.conversation.drafts import drafts
from twin_tui.analytics.errors import NotFoundError
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.data.source import Source
from twin_tui.text.draft_titles import essential


@pytest.fixture
def source(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as opened:
        yield opened


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("Offer", "offer", True),
        ("Offer letter v1", "Offer letter (v2)", True),
        ("Offer letter", "Offer letter, second draft", True),
        ("Offer letter", "FINAL: offer letter", True),
        ("Angebot Entwurf 2", "Angebot", True),
        ("見積書 v2", "見積書", True),
        ("Offer 2025", "Offer 2026", False),
        ("Offer letter", "Offer", False),
        ("Draft", "Copy", False),
    ],
)
def test_titles_of_drafts_are_the_same_but_for_what_counts_them(
    first: str, second: str, is_same: bool
) -> None:
    assert (essential(first) == essential(second)) is is_same


def written(key: str, title: str | None, kind: str | None, minute: int | None) -> dict[str, Any]:
    time = None if minute is None else START + timedelta(minutes=minute)
    return document(key, "s", time, title=title, type=kind)


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("d1", ["d1", "d3", "d0"]),
        ("d3", ["d1", "d3", "d0"]),
        ("d2", ["d2"]),
        ("d5", ["d4", "d5"]),
        ("d6", ["d6"]),
    ],
)
def test_drafts_share_a_title_else_a_type(source: Source, key: str, found: list[str]) -> None:
    rows = (
        written("d3", "Offer (v2)", "email", 3),
        written("d1", "Offer", "email", 1),
        written("d0", "Offer, final", "email", None),
        written("d2", "Offer", "report", 2),
        written("d4", "Minutes", "summary", 4),
        written("d5", "Protocol", "summary", 5),
        written("d6", None, None, 6),
        document("other", "o", START, title="Offer", type="email"),
    )
    load(source, thread(*rows))
    answer = asked(source, partial(drafts, session_id="s", document_id=key))
    assert [draft.id for draft in answer] == found


def test_a_document_of_another_session_is_not_found(source: Source) -> None:
    load(source, thread(document("other", "o", START, title="Offer")))
    for key in ("other", "none", "a\0b"):
        with pytest.raises(NotFoundError):
            asked(source, partial(drafts, session_id="s", document_id=key))


def test_masked_drafts_name_nobody(database_url: str) -> None:
    with open_database(database_url, "write") as opened:
        load(opened, thread(written("d1", "Letter to Ada, for bob@acme.example", "email", 1)))
    guard = Guard("support", masking_key=b"key")
    with AnalyticsService(database_url, clock=lambda: NOW, guard=guard) as service:
        (draft,) = service.drafts("s", "d1")
    assert draft.title is not None
    assert draft.title.startswith("Letter to Person ")
    assert "acme" not in draft.title
