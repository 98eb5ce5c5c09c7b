"""Rests between transactions are as long as others need, and others are noticed."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.rollups.plain import Writer
from twin_tui.data.database import Source, open_database
from twin_tui.rollups import portions
from twin_tui.rollups.others import RECENT_SECONDS, Others
from twin_tui.rollups.portions import Rests


@pytest.fixture
def source(world_sqlite: str) -> Iterator[Source]:
    with open_database(world_sqlite, "write") as source:
        yield source


class Clock:
    """Stands for time, which only goes on when it is told to."""

    now = 100.0

    def monotonic(self) -> float:
        """Return the seconds."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let them pass."""
        self.now += seconds


def test_after_a_while_of_transactions_others_have_time_enough_to_look_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, spans = Clock(), []
    monkeypatch.setattr(portions, "time", clock)
    monkeypatch.setattr(portions, "REST_SECONDS", 0.03)
    rests = Rests(clock.sleep)
    begun = clock.now
    for number in range(200):
        ended = clock.now
        clock.now += 0.001 * (number % 7)  # What is read in between.
        rests.rest()
        if clock.now - ended > 0.02:
            assert clock.now - ended == pytest.approx(0.03)
            spans.append(ended - begun)
            begun = clock.now
        clock.now += 0.004
        rests.ended()
    assert len(spans) > 20
    assert max(spans) <= portions.WITHOUT_REST_SECONDS + 0.012


def test_now_and_then_there_is_a_rest_without_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, away = Clock(), []
    monkeypatch.setattr(portions, "time", clock)
    monkeypatch.setattr(portions, "REST_SECONDS", 0.03)
    rests = Rests(clock.sleep)
    for _ in range(100):
        ended = clock.now
        rests.stay_away()
        if clock.now > ended:
            away.append(ended)
            assert clock.now - ended == pytest.approx(0.03)
        clock.now += 0.04  # Reading long enough for a rest, then writing.
        rests.rest()
        clock.now += 0.02
        rests.ended()
    assert len(away) > 20
    assert max(later - earlier for earlier, later in pairwise(away)) < 0.2


def test_others_are_noticed_for_a_while(
    source: Source, world_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, others = Clock(), Others(source)
    monkeypatch.setattr("twin_tui.rollups.others.time", clock)
    with others.minded(), Writer(world_sqlite) as writer:
        assert not others.are_writing()
        with source.writing():
            source.run("UPDATE users SET company = 'here'")
        assert not others.are_writing(), "what is written here is nobody else's"
        assert source.run("PRAGMA wal_autocheckpoint") == [(16_384,)]
        writer.run("UPDATE users SET company = 'elsewhere'")
        assert others.are_writing()
        assert source.run("PRAGMA wal_autocheckpoint") == [(1_000,)]
        clock.now += RECENT_SECONDS - 1
        assert others.are_writing()
        clock.now += 2
        assert not others.are_writing()
        assert source.run("PRAGMA wal_autocheckpoint") == [(16_384,)]
    assert source.run("PRAGMA wal_autocheckpoint") == [(1_000,)]
