"""Medians, percentiles and rolling unions against plain sorting, over random numbers of every shape."""

from collections.abc import Callable
from random import Random
from statistics import median

import pytest

from twin_tui.analytics.order import Ordered
from twin_tui.analytics.people_sets import added_up, at_least, planes_of, rolling_unions, union
from twin_tui.rollups.multiset import Multiset

SHAPES: dict[str, Callable[[Random], int]] = {
    "even": lambda draw: draw.randrange(10**9),
    "long-tailed": lambda draw: int(draw.expovariate(1) ** 4 * 1e6),
    "small": lambda draw: draw.randrange(20),
    "equal": lambda draw: 7,
    "whole seconds, mostly": lambda draw: draw.randrange(900) * 10**6 + (draw.random() < 0.002),
    "far apart": lambda draw: draw.choice((0, 1, 10**15, 10**15 + 1)),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_place_is_that_of_the_sorted_numbers(shape: str) -> None:
    draw = Random(shape)
    for _ in range(30):
        lists = [
            [SHAPES[shape](draw) for _ in range(draw.choice((0, 1, 5, 300)))]
            for _ in range(draw.choice((1, 2, 5, 40)))
        ]
        everything = sorted(number for numbers in lists for number in numbers)
        ordered = Ordered([Multiset(numbers) for numbers in lists])
        assert (len(ordered), ordered.sum) == (len(everything), sum(everything))
        places = {0, len(everything) - 1, len(everything) // 3} if everything else set()
        assert [ordered.at(place) for place in places] == [everything[place] for place in places]
        zeros = draw.choice((0, 0, 1, len(everything), 5000))
        padded = [0] * zeros + everything
        assert ordered.median(zeros) == (median(padded) if padded else None)


def test_rolling_unions_are_those_of_every_stretch() -> None:
    draw = Random(5)
    for length in (1, 2, 7, 30):
        sets = [1 << draw.randrange(50) for _ in range(draw.choice((0, 1, 29, 95)))]
        wanted = [union(sets[max(0, place - length + 1) : place + 1]) for place in range(len(sets))]
        assert rolling_unions(sets, length) == wanted


def test_people_who_reach_a_number_are_found_by_its_digits() -> None:
    draw = Random(6)
    for _ in range(50):
        numbers = {person: draw.randrange(1, 40) for person in range(draw.randrange(30))}
        least = draw.randrange(1, 50)
        reached = {person for person, number in numbers.items() if number >= least}
        assert at_least(planes_of(numbers.items()), least) == sum(1 << person for person in reached)


def test_numbers_of_people_are_added_up_pile_by_pile() -> None:
    draw = Random(7)
    for _ in range(50):
        piles = [
            [(draw.randrange(40), draw.randrange(9)) for _ in range(draw.randrange(30))]
            for _ in range(draw.choice((0, 1, 2, 3, 62)))
        ]
        together = planes_of(pair for pile in piles for pair in pile)
        assert added_up([planes_of(pile) for pile in piles]) == together


def test_places_among_very_many_short_rows_are_found() -> None:
    draw = Random(8)
    lists = [[draw.randrange(10**8) for _ in range(draw.randrange(9))] for _ in range(700)]
    everything = sorted(number for numbers in lists for number in numbers)
    ordered = Ordered([Multiset(numbers) for numbers in lists])
    places = range(0, len(everything), 97)
    assert [ordered.at(place) for place in places] == [everything[place] for place in places]
