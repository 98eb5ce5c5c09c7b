"""Every role against every question of the service: what it gets, what it is refused, what is noted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from twin_tui.analytics.answers import (
    ActivityRequest,
    EngagementCell,
    MonthlyRequest,
    PeopleRequest,
    RetentionCell,
    SearchRequest,
    SessionsCell,
)
from twin_tui.analytics.errors import AmbiguousError, NotFoundError, RefusedError, TicketNeededError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.guard import Guard, Role
from twin_tui.analytics.service import AnalyticsService
from twin_tui.store.act import Act
from twin_tui.store.desk import Desk
from twin_tui.store.errors import StoreError
from twin_tui.store.file import StoreFile

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
EVERY = Filters()


@contextmanager
def asking(url: str, role: Role, **more: Any) -> Iterator[tuple[AnalyticsService, list[Act]]]:
    acts: list[Act] = []
    desk = more.pop("desk", None)
    guard = Guard(role, record=acts.append, **more)
    with AnalyticsService(url, clock=lambda: NOW, guard=guard, desk=desk) as service:
        yield service, acts


@pytest.fixture
def session_id(world_sqlite: str) -> str:
    """A session that holds a document and a query."""
    with AnalyticsService(world_sqlite, clock=lambda: NOW) as service:
        items = service.activity(EVERY, ActivityRequest(has_documents=True, has_queries=True)).items
        return items[0].session_id


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(StoreFile(tmp_path / "state" / "world.db"))


def first_entry(service: AnalyticsService, session_id: str) -> Any:
    return service.entries(session_id, 0, 1)[0]


CONTENT: dict[str, Callable[[AnalyticsService, str], object]] = {
    "activity": lambda service, _: service.activity(EVERY, ActivityRequest()),
    "search": lambda service, _: service.search(EVERY, SearchRequest("the")),
    "sessions_behind": lambda service, _: service.sessions_behind(EVERY, SessionsCell("dead_end")),
    "neighbours": lambda service, key: service.neighbours(key, EVERY, ActivityRequest()),
    "find_session": lambda service, key: service.find_session(key),
    "person": lambda service, _: service.person("u1", EVERY),
    "twin": lambda service, _: service.twin("t1", EVERY),
    "conversation": lambda service, key: service.conversation(key),
    "entries": lambda service, key: service.entries(key, 0, 5),
    "entry_text": lambda service, key: service.entry_text(key, "message", "none"),
    "drafts": lambda service, key: service.drafts(key, "none"),
    "find_in_conversation": lambda service, key: service.find_in_conversation(key, "a"),
    "reveal_entry": lambda service, key: service.reveal_entry(key, "message", "none"),
    "reveal_person": lambda service, _: service.reveal_person("u1"),
    "kept": lambda service, key: service.kept(key),
    "add_note": lambda service, key: service.add_note(key, "seen"),
    "remove_note": lambda service, key: service.remove_note(key, 1),
    "mark": lambda service, key: service.mark(key, "reviewed", is_set=True),
    "shelf": lambda service, _: service.shelf(),
}
FIGURES: dict[str, Callable[[AnalyticsService], object]] = {
    "status": lambda service: service.status(),
    "overview": lambda service: service.overview(EVERY),
    "leaderboard": lambda service: service.leaderboard(EVERY, "user", "messages"),
    "people": lambda service: service.people(EVERY, PeopleRequest()),
    "choices": lambda service: service.choices(),
    "engagement": lambda service: service.engagement(EVERY),
    "engagement_people": lambda service: service.engagement_people(EVERY, EngagementCell("active")),
    "retention": lambda service: service.retention(EVERY),
    "retention_people": lambda service: service.retention_people(EVERY, RetentionCell("day", 1)),
    "quality": lambda service: service.quality(EVERY),
    "figures": lambda service: service.figures(EVERY),
    "monthly": lambda service: service.monthly(EVERY, MonthlyRequest()),
    "find_user": lambda service: service.find_user("u-ann"),
    "find_twin": lambda service: service.find_twin("t-ann"),
}
EVERYBODYS = {"annotations", "annotate", "change_annotation", "remove_annotation"}
"""Who reads figures may say what happened on a day, too; who wrote it is recorded."""
MACHINERY = {"cancel", "close", "now", "rest", "submit", "today", "watch"}
"""Methods that ask nothing of the six tables."""


def test_every_question_of_the_service_is_asked_here() -> None:
    public = {name for name in dir(AnalyticsService) if not name.startswith("_") and name not in dir(object)}
    assert public == {*CONTENT, *FIGURES, *EVERYBODYS, *MACHINERY}
    assert not CONTENT.keys() & FIGURES.keys()


@pytest.mark.parametrize("role", ["metrics", "support", "admin"])
def test_what_happened_on_a_day_is_told_to_and_by_every_role(
    world_sqlite: str, role: Role, desk: Desk
) -> None:
    with asking(world_sqlite, role, desk=desk, closed="Say which ticket this is for.") as (service, acts):
        written = service.annotate(NOW.date(), "New price list")
        assert service.annotations() == (written,)
        service.change_annotation(written.id, NOW.date(), "New prices")
        assert [each.text for each in service.annotations()] == ["New prices"]
        service.remove_annotation(written.id)
        assert service.annotations() == ()
    assert [(act.action, act.detail["did"]) for act in acts] == [
        ("annotate", "added"),
        ("annotate", "changed"),
        ("annotate", "removed"),
    ]


@pytest.mark.parametrize("question", CONTENT)
@pytest.mark.parametrize("role", ["support", "admin"])
def test_without_the_ticket_that_is_required_all_content_is_closed(
    world_sqlite: str, session_id: str, role: Role, question: str, desk: Desk
) -> None:
    with asking(world_sqlite, role, desk=desk, closed="Say which ticket this is for.") as (service, acts):
        with pytest.raises(TicketNeededError, match="which ticket"):
            CONTENT[question](service, session_id)
        assert acts == []
    assert desk.notes(session_id) == desk.marks(session_id) == ()


RECORDED = {
    "search", "conversation", "entries", "entry_text", "find_in_conversation", "reveal_entry",
    "reveal_person", "add_note", "remove_note", "mark",
}  # fmt: skip
"""Questions whose answer, or act, leaves a record."""


@pytest.mark.parametrize("question", sorted(RECORDED))
@pytest.mark.parametrize("role", ["support", "admin"])
def test_what_leaves_a_record_stays_closed_where_none_can_be_written(
    world_sqlite: str, session_id: str, role: Role, question: str, desk: Desk
) -> None:
    def full(_: Act) -> None:
        raise StoreError("The disk is full.")

    guard = Guard(role, record=full, is_required=True)
    note = desk.add_note(session_id, "before")
    with (
        AnalyticsService(world_sqlite, clock=lambda: NOW, guard=guard, desk=desk) as service,
        pytest.raises(RefusedError, match="disk is full"),
    ):
        CONTENT[question](service, session_id)
    assert (desk.notes(session_id), desk.marks(session_id)) == ((note,), ())


@pytest.mark.parametrize("question", sorted(CONTENT.keys() - RECORDED))
def test_what_leaves_none_shows_no_text_of_a_conversation(
    world_sqlite: str, session_id: str, question: str, desk: Desk
) -> None:
    with asking(world_sqlite, "admin", desk=desk) as (service, acts):
        texts = [entry.text for entry in service.entries(session_id, 0, 99) if entry.kind == "message"]
        acts.clear()
        with suppress(NotFoundError):
            shown = str(CONTENT[question](service, session_id))
            assert not any(text in shown for text in texts if len(text) > 12)
        assert acts == []


@pytest.mark.parametrize("question", CONTENT)
def test_the_role_metrics_is_refused_all_content(world_sqlite: str, session_id: str, question: str) -> None:
    with asking(world_sqlite, "metrics") as (service, acts):
        with pytest.raises(RefusedError, match="no content"):
            CONTENT[question](service, session_id)
        assert acts == []


@pytest.mark.parametrize("question", FIGURES)
@pytest.mark.parametrize("role", ["metrics", "support", "admin"])
def test_every_role_sees_figures_unnoted(world_sqlite: str, role: Role, question: str) -> None:
    with asking(world_sqlite, role) as (service, acts):
        FIGURES[question](service)
        assert acts == []


def test_the_role_metrics_sees_no_topics(world_sqlite: str) -> None:
    with asking(world_sqlite, "metrics") as (service, _):
        assert service.engagement(EVERY).topics.rows == ()
    with asking(world_sqlite, "support") as (service, _):
        assert service.engagement(EVERY).topics.rows != ()


def test_the_role_metrics_sees_no_lines_of_the_feed_on_the_overview(world_sqlite: str) -> None:
    with asking(world_sqlite, "metrics") as (service, _):
        assert service.overview(EVERY).latest == ()
    with asking(world_sqlite, "support") as (service, _):
        assert service.overview(EVERY).latest != ()


def test_the_role_metrics_sees_how_often_nothing_was_found_and_no_texts(world_sqlite: str) -> None:
    with asking(world_sqlite, "metrics") as (service, _):
        answer = service.quality(EVERY)
        assert (answer.texts, answer.texts_total) == ((), 1)
    with asking(world_sqlite, "support") as (service, _):
        assert [text.text for text in service.quality(EVERY).texts] == ["hotel straße"]


@pytest.mark.parametrize(
    "question", ["activity", "search", "neighbours", "find_session", "conversation", "entries"]
)
@pytest.mark.parametrize("role", ["support", "admin"])
def test_support_and_admin_get_content(world_sqlite: str, session_id: str, role: Role, question: str) -> None:
    with asking(world_sqlite, role) as (service, _):
        assert CONTENT[question](service, session_id) is not None


@pytest.mark.parametrize("role", ["support", "admin"])
def test_a_conversation_read_to_its_end_is_one_record(world_sqlite: str, session_id: str, role: Role) -> None:
    with asking(world_sqlite, role) as (service, acts):
        conversation = service.conversation(session_id)
        service.entries(session_id, 0, 3)
        service.find_in_conversation(session_id, "a")
        service.conversation(session_id)
        assert acts == [Act("open", session_id, detail={"entries": len(conversation.index)})]


def test_a_text_read_without_opening_its_conversation_is_noted_too(
    world_sqlite: str, session_id: str
) -> None:
    with asking(world_sqlite, "admin") as (service, acts):
        service.entries(session_id, 0, 1)
        assert acts == [Act("open", session_id)]


def test_a_conversation_that_is_not_there_is_not_noted(world_sqlite: str) -> None:
    with asking(world_sqlite, "admin") as (service, acts):
        with pytest.raises(NotFoundError):
            service.conversation("nowhere")
        assert acts == []


def test_masked_texts_are_revealed_one_at_a_time_and_noted(world_sqlite: str, session_id: str) -> None:
    with asking(world_sqlite, "support", masking_key=b"key") as (service, acts):
        user = service.conversation(session_id).header.user
        assert user.email.endswith("@masked.invalid")
        person = service.reveal_person(user.id, session_id)
        assert person.email.endswith(".example")
        entry = first_entry(service, session_id)
        text = service.reveal_entry(session_id, entry.kind, entry.id)
        assert [(act.action, act.session_id, act.subject) for act in acts] == [
            ("open", session_id, None),
            ("reveal", session_id, user.id),
            ("reveal", session_id, entry.id),
        ]
        assert len(text) == entry.size
        assert not any(word in str(act) for act in acts for word in (person.name, person.email))


def test_errors_name_nobody_who_is_masked(world_sqlite: str) -> None:
    with asking(world_sqlite, "admin") as (service, _), pytest.raises(NotFoundError) as plain:
        service.find_user("north")
    assert "Ann Berg" in str(plain.value)
    with asking(world_sqlite, "support", masking_key=b"key") as (service, _):
        with pytest.raises((NotFoundError, AmbiguousError)) as hidden:
            service.find_user("north")
        assert "Ann" not in str(hidden.value)
        assert "north.example" not in str(hidden.value)


def test_content_stays_closed_where_it_must_be_recorded_and_nothing_records(
    world_sqlite: str, session_id: str
) -> None:
    guard = Guard("admin", is_required=True)
    with AnalyticsService(world_sqlite, clock=lambda: NOW, guard=guard) as service:
        for question in (service.conversation, lambda key: service.entries(key, 0, 1)):
            with pytest.raises(RefusedError, match="stays closed"):
                question(session_id)
        assert service.overview(EVERY).figures
