"""One refresher at a time, and none waits for a dead one; on both databases."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from twin_tui.data.database import Source, open_database
from twin_tui.rollups.capture.lock import BeingRefreshedError, alone, lock_of

HOLDER = """
import sys
from twin_tui.data.database import open_database
from twin_tui.rollups.capture.lock import lock_of
lock = lock_of(open_database(sys.argv[1], "write"))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def source(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as source:
        yield source


def test_the_second_keeps_away_until_the_first_is_done(source: Source) -> None:
    first, second = lock_of(source), lock_of(source)
    assert first.acquire()
    assert first.acquire()
    assert first.is_held()
    assert not second.acquire()
    assert not second.is_held()
    first.release()
    assert not first.is_held()
    assert second.acquire()
    second.release()
    second.release()


def test_holding_it_alone_says_who_is_in_the_way(source: Source) -> None:
    with alone(source) as lock:
        assert lock.is_held()
        with (
            pytest.raises(BeingRefreshedError, match="is being refreshed by another twin-tui"),
            alone(source),
        ):
            pass
        assert lock.is_held()
    with alone(source) as lock:
        assert lock.is_held()


def test_a_killed_holder_is_not_waited_for(source: Source, database_url: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, database_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        lock = lock_of(source)
        assert not lock.acquire()
        holder.send_signal(signal.SIGKILL)
        holder.wait(10)
    assert any(lock.acquire() for _ in range(1000))
    lock.release()


def test_nothing_stays_beside_the_file(sqlite_url: str, tmp_path: Path) -> None:
    with open_database(sqlite_url, "write") as source, alone(source):
        before = set(os.listdir(tmp_path))
        assert "twins.db-refresher" in before
    assert set(os.listdir(tmp_path)) == {"twins.db"}


def test_a_lock_whose_file_was_taken_away_is_lost(sqlite_url: str, tmp_path: Path) -> None:
    with open_database(sqlite_url, "write") as source:
        first, second = lock_of(source), lock_of(source)
        assert first.acquire()
        (tmp_path / "twins.db-refresher").unlink()
        assert not first.is_held()
        assert second.acquire()
        assert not first.acquire()
        first.release()
        assert second.is_held()
        second.release()


def test_a_lost_connection_means_a_lost_lock(postgres_url: str) -> None:
    with open_database(postgres_url, "write") as source:
        lock = lock_of(source)
        assert lock.acquire()
        with source.writing():
            source.run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
        assert not lock.is_held()
        assert lock.acquire()
        lock.release()
