"""Loads on the reader threads: answered, refused, dropped and interrupted."""

import threading
from collections.abc import Iterator

import pytest
from peewee import SQL

from tests.world import NOW
from twin_tui.analytics.context import Context
from twin_tui.analytics.errors import BadFilterError, CancelledError, DatabaseUnavailableError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.service import AnalyticsService

PATIENCE = 30
"""Seconds after which a load that should have ended counts as hanging."""
ENDLESS = SQL(
    "WITH RECURSIVE steps(step) AS (SELECT 1 UNION ALL SELECT step + 1 FROM steps WHERE step < 2000000000)"
    " SELECT max(step) FROM steps"
)


@pytest.fixture
def service(read_world_url: str) -> Iterator[AnalyticsService]:
    with AnalyticsService(read_world_url, clock=lambda: NOW) as opened:
        yield opened


class Endless:
    """A question that reads for minutes, and says when it has begun."""

    def __init__(self, service: AnalyticsService) -> None:
        self.service, self.has_begun = service, threading.Event()

    def __call__(self) -> list:
        return self.service._ask(self.read)

    def read(self, context: Context) -> list:
        self.has_begun.set()
        return context.rows(ENDLESS)


def test_a_submitted_question_is_answered(service: AnalyticsService) -> None:
    future = service.submit("overview", lambda: service.overview(Filters()))
    assert future.result(PATIENCE).figure("conversations").value == 8


def test_a_failure_belongs_to_its_future(service: AnalyticsService) -> None:
    def question() -> None:
        raise BadFilterError("no")

    assert isinstance(service.submit("bad", question).exception(PATIENCE), BadFilterError)


def test_a_running_statement_is_interrupted(service: AnalyticsService) -> None:
    endless = Endless(service)
    future = service.submit("slow", endless)
    assert endless.has_begun.wait(PATIENCE)
    service.cancel("slow")
    assert isinstance(future.exception(PATIENCE), CancelledError)
    assert service.submit("next", service.status).result(PATIENCE).name


def test_only_the_named_load_is_interrupted(service: AnalyticsService) -> None:
    first, second = Endless(service), Endless(service)
    kept, dropped = service.submit("kept", first), service.submit("dropped", second)
    assert first.has_begun.wait(PATIENCE)
    assert second.has_begun.wait(PATIENCE)
    service.cancel("dropped")
    assert isinstance(dropped.exception(PATIENCE), CancelledError)
    assert not kept.done()
    service.cancel("kept")
    assert isinstance(kept.exception(PATIENCE), CancelledError)


def test_a_waiting_load_is_dropped_at_once(service: AnalyticsService) -> None:
    running = [Endless(service), Endless(service)]
    for endless in running:
        service.submit(endless, endless)
    for endless in running:
        assert endless.has_begun.wait(PATIENCE)
    waiting = service.submit("waiting", service.status)
    service.cancel("waiting")
    assert isinstance(waiting.exception(0), CancelledError)


def test_a_cancelled_load_reads_no_further(service: AnalyticsService) -> None:
    go_on, statements = threading.Event(), []

    def between_statements(context: Context) -> None:
        go_on.wait(PATIENCE)
        statements.append(context.rows(SQL("SELECT 1")))

    future = service.submit("load", lambda: service._ask(between_statements))
    service.cancel("load")
    go_on.set()
    assert isinstance(future.exception(PATIENCE), CancelledError)
    assert statements == []


def test_cancelling_what_has_ended_is_harmless(service: AnalyticsService) -> None:
    future = service.submit("load", service.status)
    future.result(PATIENCE)
    service.cancel("load")
    service.cancel("never heard of")
    assert service.status().name


def test_closing_ends_what_runs(read_world_url: str) -> None:
    service = AnalyticsService(read_world_url, clock=lambda: NOW)
    endless = Endless(service)
    future = service.submit("slow", endless)
    assert endless.has_begun.wait(PATIENCE)
    service.close()
    assert isinstance(future.exception(0), CancelledError)
    assert isinstance(service.submit("late", service.status).exception(0), CancelledError)


def test_questions_may_come_from_any_thread(service: AnalyticsService) -> None:
    answers: list[str] = []
    threads = [threading.Thread(target=lambda: answers.append(service.status().name)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(answers) == 4


def test_a_database_that_fails_is_told_in_a_sentence(service: AnalyticsService) -> None:
    with pytest.raises(DatabaseUnavailableError, match="nowhere"):
        service._ask(lambda context: context.rows(SQL("SELECT * FROM nowhere")))


def test_a_database_that_is_not_there_is_told(tmp_path: object) -> None:
    with pytest.raises(DatabaseUnavailableError, match="absent"):
        AnalyticsService(f"{tmp_path}/absent.db", clock=lambda: NOW)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "Europe", "/etc/localtime"])
def test_an_unknown_timezone_is_refused(sqlite_url: str, name: str) -> None:
    with pytest.raises(BadFilterError, match="timezone"):
        AnalyticsService(sqlite_url, timezone=name, clock=lambda: NOW)
