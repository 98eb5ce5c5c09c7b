"""The watch: what it tells, when it keeps silent, how it opens anew, how it ends."""

import queue
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data.test_changes import end_connections, path_of, write
from tests.world import NOW
from twin_tui.analytics.errors import DatabaseUnavailableError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.service import AnalyticsService
from twin_tui.analytics.watch import News

NEW_USER = (
    "INSERT INTO users (id, email, full_name, created_at)"
    " VALUES ('n', 'n@new.example', 'N', '2020-01-01 00:00:00')"
)
PATIENCE = 30
QUICK = 0.01


class Heard:
    """The news of a watch, one after another."""

    def __init__(self, service: AnalyticsService) -> None:
        self._news: queue.Queue[News] = queue.Queue()
        self.watch = service.watch(self._news.put, interval=QUICK)
        self.watch.start()

    def next(self) -> News:
        return self._news.get(timeout=PATIENCE)

    def is_silent(self) -> bool:
        """Whether nothing is told for as long as many looks take."""
        try:
            found = self._news.get(timeout=QUICK * 20)
        except queue.Empty:
            return True
        raise AssertionError(found)


@pytest.fixture
def service(world_url: str) -> Iterator[AnalyticsService]:
    with AnalyticsService(world_url, clock=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def file_service(world_sqlite: str) -> Iterator[AnalyticsService]:
    with AnalyticsService(world_sqlite, clock=lambda: NOW) as opened:
        yield opened


def test_a_write_is_told_and_nothing_else(service: AnalyticsService, world_url: str) -> None:
    heard = Heard(service)
    assert heard.is_silent()
    service.overview(Filters())
    assert heard.is_silent()
    write(world_url, NEW_USER)
    assert heard.next() == News("changed")
    assert heard.is_silent()
    assert "n" in [choice.value for choice in service.choices().users]


def test_a_file_that_goes_away_is_told_once_and_so_is_its_return(file_service: AnalyticsService) -> None:
    path = file_service._source.path
    heard = Heard(file_service)
    away = path.rename(path.with_name("away.db"))
    lost = heard.next()
    assert (lost.kind, lost.since) == ("lost", NOW)
    assert "world.db is gone" in lost.sentence
    assert heard.is_silent()
    away.rename(path)
    assert heard.next() == News("back")
    assert heard.is_silent()
    write(f"sqlite:///{path}", NEW_USER)
    assert heard.next() == News("changed")
    assert "n" in [choice.value for choice in file_service.choices().users]


def test_another_file_is_opened_anew_under_the_same_service(
    file_service: AnalyticsService, sqlite_url: str
) -> None:
    assert not file_service.status().is_empty
    heard = Heard(file_service)
    path_of(sqlite_url).replace(file_service._source.path)
    assert heard.next() == News("changed")
    assert file_service.status().is_empty
    assert heard.is_silent()


def test_a_replacement_that_cannot_be_opened_is_lost_until_it_can(
    file_service: AnalyticsService, tmp_path: Path
) -> None:
    path = file_service._source.path
    good, bad = Path(shutil.copy(path, tmp_path / "good.db")), tmp_path / "bad.db"
    bad.write_bytes(b"")
    heard = Heard(file_service)
    bad.replace(path)
    assert "zero bytes" in heard.next().sentence
    assert file_service.status().as_of is not None, "the file that was opened is still read"
    good.replace(path)
    assert heard.next() == News("back")


def test_a_lock_that_lasts_is_told(file_service: AnalyticsService) -> None:
    path = file_service._source.path
    file_service.close()
    write(f"sqlite:///{path}", "PRAGMA journal_mode = DELETE")
    with AnalyticsService(str(path), clock=lambda: NOW) as service:
        heard = Heard(service)
        assert heard.is_silent()
        conn = sqlite3.connect(path, isolation_level=None)
        conn.execute("BEGIN EXCLUSIVE")
        assert "locked" in heard.next().sentence
        conn.execute("COMMIT")
        conn.close()
        assert heard.next() == News("back")


def test_a_question_under_way_is_asked_again_when_the_file_is_replaced(
    file_service: AnalyticsService, tmp_path: Path
) -> None:
    begun, go_on, answers = threading.Event(), threading.Event(), []

    def question(context):
        begun.set()
        assert go_on.wait(PATIENCE)
        answers.append(context.source)
        return context.rows(context.source.dialect and _one())

    future = file_service.submit("token", lambda: file_service._ask(question))
    assert begun.wait(PATIENCE)
    heard = Heard(file_service)
    assert heard.is_silent()
    before = file_service._source
    shutil.copy(before.path, tmp_path / "copy.db").replace(before.path)
    while file_service._source is before:
        pass
    go_on.set()
    assert future.result(PATIENCE) == [(1,)]
    assert answers == [before, file_service._source]


def _one():
    from peewee import SQL

    return SQL("SELECT 1")


def test_a_server_that_ends_every_connection_is_back_at_once(
    world_postgres: str, postgres_server: object
) -> None:
    with AnalyticsService(world_postgres, clock=lambda: NOW) as service:
        heard = Heard(service)
        service.status()
        for _ in range(3):
            end_connections(world_postgres)
        write(world_postgres, NEW_USER)
        assert heard.next().kind == "changed"
        assert "n" in [choice.value for choice in service.choices().users]


def test_closing_ends_the_watch_and_leaves_no_log_behind(file_service: AnalyticsService) -> None:
    path = file_service._source.path
    heard = Heard(file_service)
    assert heard.is_silent()
    file_service.close()
    assert not heard.watch._thread.is_alive()
    assert sorted(each.name for each in path.parent.iterdir() if each.name.startswith(path.name)) == [
        path.name
    ]
    with pytest.raises(DatabaseUnavailableError):
        file_service.status()
