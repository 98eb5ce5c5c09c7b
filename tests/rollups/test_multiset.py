"""Multisets and bitsets: what goes in comes out, and ranks over several are those of all together."""

from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin_tui.rollups import bitset
from twin_tui.rollups.multiset import Multiset, rank_of_many

VALUES = st.lists(
    st.one_of(
        st.integers(0, 300),
        st.integers(0, 70_000),
        st.integers(0, 2**40),
        st.integers(2**32 - 2, 2**32 + 2),
        st.integers(0, 5_000_000).map(lambda seconds: seconds * 1_000_000),
    ),
    max_size=30,
)


@given(VALUES)
def test_a_multiset_is_its_values_in_order(values: list[int]) -> None:
    held = Multiset(values)
    assert list(held) == sorted(values)
    assert (len(held), held.total) == (len(values), sum(values))
    assert [held.at(rank) for rank in range(len(values))] == sorted(values)


@given(VALUES)
def test_a_multiset_comes_back_as_it_was_stored(values: list[int]) -> None:
    held = Multiset.decode(Multiset(values).encode())
    assert held == Multiset(values)
    assert (list(held), held.total) == (sorted(values), sum(values))


@given(VALUES, st.integers(-5, 2**41))
def test_counting_up_to_a_value_includes_it(values: list[int], bound: int) -> None:
    for value in (bound, *values):
        assert Multiset(values).count_to(value) == bisect_right(sorted(values), value)


@given(st.lists(VALUES, max_size=5))
def test_a_rank_over_several_is_that_of_all_together(lists: list[list[int]]) -> None:
    together = sorted(value for values in lists for value in values)
    sets = [Multiset(values) for values in lists]
    assert [rank_of_many(sets, rank) for rank in range(len(together))] == together
    merged = Multiset.merged(sets)
    assert merged == Multiset(together)
    assert (list(merged), merged.total) == (together, sum(together))


@given(VALUES, VALUES, VALUES)
def test_changing_takes_values_away_and_adds_others(stay: list[int], gone: list[int], new: list[int]) -> None:
    assert Multiset(stay + gone).changed(gone, new) == Multiset(stay + new)


def test_what_is_not_there_cannot_be_taken_away() -> None:
    with pytest.raises(ValueError, match="not there"):
        Multiset([1, 2]).changed([1, 1], [])


@pytest.mark.parametrize("rank", [-1, 2])
def test_there_is_no_rank_outside(rank: int) -> None:
    with pytest.raises(IndexError):
        Multiset([1, 2]).at(rank)
    with pytest.raises(IndexError):
        rank_of_many([Multiset([1]), Multiset([2])], rank)


def test_whole_seconds_take_little_room() -> None:
    assert len(Multiset(range(0, 200_000_000, 1_000_000)).encode()) < 250
    assert len(Multiset(range(1, 200_000_001, 1_000_000)).encode()) > 800


@given(st.sets(st.one_of(st.integers(0, 40), st.integers(0, 100_000)), max_size=60))
def test_a_set_of_people_comes_back_as_it_was_stored(people: set[int]) -> None:
    bits = bitset.bitset(people)
    assert set(bitset.members(bits)) == people
    assert bits.bit_count() == len(people)
    assert bitset.decode(bitset.encode(bits)) == bits


def test_a_few_of_many_people_take_little_room() -> None:
    assert len(bitset.encode(bitset.bitset(range(0, 100_000, 71)))) < 4_000
    assert len(bitset.encode(bitset.bitset([99_999]))) == 5
