"""Days that are kept decoded are those that are stored."""

import random
from dataclasses import replace

import pytest

from tests.analytics.feed_worlds import NOW
from twin_tui.analytics.derived.decoding import _Large, decoded
from twin_tui.analytics.service import AnalyticsService
from twin_tui.rollups import bitset
from twin_tui.rollups.day_facts import DayFacts
from twin_tui.rollups.multiset import Multiset


def day_of(people: int, seed: int) -> DayFacts:
    dice = random.Random(seed)
    replies = Multiset(dice.randrange(1 << 31) for _ in range(people))
    return replace(DayFacts.of(()), active=dice.getrandbits(people), by_user=seed, replies=replies)


def stored(day: DayFacts) -> tuple[bytes, bytes]:
    return bitset.encode(day.active), day.encode()


@pytest.mark.parametrize("people", [10, 4_000, 40_000], ids=["small", "large", "not kept"])
def test_days_of_every_size_are_told_again_and_again_as_they_are_stored(people: int) -> None:
    days = [day_of(people, seed) for seed in range(3)]
    for _ in range(2):
        assert [decoded(*stored(day)) for day in days] == days


def test_a_large_day_is_decoded_once_and_anew_when_it_changed() -> None:
    large, day = _Large(), day_of(4_000, 1)
    first = large.decode(*stored(day))
    assert large.decode(*stored(day)) is first
    changed = replace(day, active=day.active ^ 1)
    assert large.decode(*stored(changed)) == changed
    assert large.decode(*stored(replace(day, by_user=2))).by_user == 2
    assert large.decode(*stored(day)) is first


def test_a_service_at_rest_keeps_no_large_day_and_tells_it_again(read_world_url: str) -> None:
    day = day_of(4_000, 5)
    kept = decoded(*stored(day))
    with AnalyticsService(read_world_url, clock=lambda: NOW) as service:
        assert decoded(*stored(day)) is kept
        service.rest()
    assert decoded(*stored(day)) is not kept
    assert decoded(*stored(day)) == kept


def test_the_latest_used_days_are_kept() -> None:
    large = _Large(most=2)
    one, two, three = (stored(day_of(4_000, seed)) for seed in range(3))
    kept = large.decode(*one)
    large.decode(*two)
    large.decode(*one)
    large.decode(*three)
    assert large.decode(*one) is kept
    assert len(large) == 2
