"""A service that opens its database with the first question, wherever that is asked."""

import threading
from datetime import UTC, datetime

import pytest

from twin_tui.analytics import late as late_module
from twin_tui.analytics.errors import DatabaseUnavailableError
from twin_tui.analytics.late import LateService
from twin_tui.analytics.readers import Readers
from twin_tui.analytics.service import AnalyticsService

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)


def late(url: str, opened: list[str]) -> LateService:
    """A service that notes the thread in which its database is opened."""

    def open_it(readers: Readers) -> AnalyticsService:
        opened.append(threading.current_thread().name)
        return AnalyticsService(url, clock=lambda: NOW, readers=readers)

    return LateService(open_it, timezone="Europe/Berlin", clock=lambda: NOW)


def test_clock_and_timezone_are_there_before_the_database(read_world_url: str) -> None:
    opened: list[str] = []
    with late(read_world_url, opened) as service:
        assert (service.now(), service.today().isoformat()) == (NOW, "2026-11-24")
        assert service.timezone.key == "Europe/Berlin"
    assert opened == []


def test_the_first_question_opens_it_in_its_own_thread_and_once(read_world_url: str) -> None:
    opened: list[str] = []
    with late(read_world_url, opened) as service:
        answers = [service.submit(object(), service.status).result() for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(opened) == 1
    assert opened[0].startswith("twin-tui-reader")


def test_a_failure_to_open_is_the_answer_and_the_next_question_tries_again(read_world_url: str) -> None:
    opened: list[str] = []
    with late("/nowhere/at/all.db", opened) as service:
        for _ in range(2):
            with pytest.raises(DatabaseUnavailableError):
                service.submit(object(), service.status).result()
    assert len(opened) == 2


def test_closing_closes_what_was_opened(read_world_url: str) -> None:
    service = late(read_world_url, [])
    service.status()
    service.close()
    with pytest.raises(DatabaseUnavailableError, match="closed"):
        service.status()


def test_once_nothing_is_asked_any_more_it_rests(
    read_world_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rested = threading.Event()
    monkeypatch.setattr(late_module, "REST_AFTER", 0.01)
    monkeypatch.setattr(AnalyticsService, "rest", lambda self: rested.set())
    with late(read_world_url, []) as service:
        service.submit(object(), service.status).result()
        assert rested.wait(30)


def test_a_rested_service_answers_as_before(read_world_url: str) -> None:
    with AnalyticsService(read_world_url, clock=lambda: NOW) as service:
        before = service.status()
        service.rest()
        assert service.status() == before
