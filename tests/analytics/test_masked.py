"""Answers as they are shown to somebody who should not know whom they are about."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from twin_tui.analytics.answers import (
    ActivityRequest,
    EngagementCell,
    MonthlyRequest,
    PeopleRequest,
    SearchRequest,
    SessionsCell,
)
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.masked import masked
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.data.models import Twin, User
from twin_tui.text.masking import Masker

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MASKER_KEY = b"key"


@pytest.fixture
def asked(world_sqlite: str) -> Iterator[tuple[AnalyticsService, Masker, set[str]]]:
    """A service on the world, a masker that knows everybody, and every name and e-mail there is."""
    with open_database(world_sqlite) as source:
        users = source.rows(User.select(User.id, User.full_name, User.email))
        twins = source.rows(Twin.select(Twin.name))
    people = {word.casefold(): key for key, *words in users for word in words}
    private = {word for _, *words in users for word in words} | {name for (name,) in twins}
    with AnalyticsService(world_sqlite, clock=lambda: NOW) as service:
        yield (
            service,
            Masker(MASKER_KEY, people.get),
            {word for word in private if "@" in word or " " in word},
        )


def words_of(value: Any) -> Iterator[str]:
    """Yield every text of an answer, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from words_of(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from words_of(getattr(value, each.name))


def answers(service: AnalyticsService) -> Iterator[Any]:
    """Yield an answer of every method that can hold a name."""
    every = Filters()
    for group in ("company", "department", "user", "twin"):
        yield service.overview(every, group)
        yield service.leaderboard(every, group, "messages")
    feed = service.activity(every, ActivityRequest(type="all"))
    yield feed
    yield service.monthly(every, MonthlyRequest())
    yield service.engagement(every)
    yield service.engagement_people(every, EngagementCell("active"))
    yield service.quality(every)
    yield service.sessions_behind(every, SessionsCell("dead_end"))
    for kind in ("users", "twins"):
        page = service.people(every, PeopleRequest(kind=kind))
        yield page
        for row in page.items:
            yield (service.person if kind == "users" else service.twin)(row.id, every)
    yield service.choices()
    for text in ("ann", "ben berg", "offer", "twin", "example", "dear", "旅"):
        yield service.search(every, SearchRequest(text))
    for session_id in {item.session_id for item in feed.items}:
        conversation = service.conversation(session_id)
        yield conversation
        yield service.entries(session_id, 0, len(conversation.index))
        for ref in conversation.index:
            if ref.kind == "document":
                yield service.drafts(session_id, ref.id)


def test_no_name_and_no_e_mail_is_left_in_any_answer(
    asked: tuple[AnalyticsService, Masker, set[str]],
) -> None:
    service, masker, private = asked
    seen_before = set()
    for answer in answers(service):
        seen_before |= {word for text in words_of(answer) for word in private if word in text}
        left = {word for text in words_of(masked(answer, masker)) for word in private if word in text}
        assert not left, type(answer)
    assert seen_before >= {word for word in private if "@" in word}, (
        "the world shows names where nothing is masked"
    )


def test_ids_times_and_figures_stay(asked: tuple[AnalyticsService, Masker, set[str]]) -> None:
    service, masker, _ = asked
    plain = service.activity(Filters(), ActivityRequest(type="all"))
    shown = masked(plain, masker)
    assert [item.session_id for item in shown.items] == [item.session_id for item in plain.items]
    assert [item.user.id for item in shown.items] == [item.user.id for item in plain.items]
    assert [(item.time, item.messages, item.length_s) for item in shown.items] == [
        (item.time, item.messages, item.length_s) for item in plain.items
    ]
    overview = service.overview(Filters())
    assert masked(overview, masker).figures == overview.figures


def test_the_same_person_bears_the_same_mark_everywhere(
    asked: tuple[AnalyticsService, Masker, set[str]],
) -> None:
    service, masker, _ = asked
    people = masked(service.people(Filters(), PeopleRequest()), masker)
    marks = {row.id: row.name for row in people.items}
    assert len(set(marks.values())) == len(marks)
    for item in masked(service.activity(Filters(), ActivityRequest(type="all")), masker).items:
        assert item.user.name == marks[item.user.id]
