import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twin_tui.reports.blocks import bar, columns, resampled, shade, sparkline

VALUES = st.lists(st.none() | st.floats(0, 1e9), max_size=40)


@given(VALUES, st.integers(1, 50))
@settings(max_examples=100)
def test_a_sparkline_is_never_longer_than_asked_nor_than_its_values(values: list[float | None], width: int):
    line = sparkline(values, width)
    assert len(line) == min(width, len(values))
    assert set(line) <= set(" ▁▂▃▄▅▆▇█")


@given(VALUES.filter(bool), st.integers(1, 6), st.integers(1, 4))
@settings(max_examples=100)
def test_columns_are_a_full_rectangle(values: list[float | None], height: int, thickness: int):
    assert [len(row) for row in columns(values, height, thickness)] == [len(values) * thickness] * height


@pytest.mark.parametrize("values", [[], [0], [None], [0, 0, None]])
def test_nothing_to_draw_is_drawn_without_height(values: list[float | None]):
    assert set(sparkline(values, 10)) <= set("▁ ")
    assert set("".join(columns(values, 3, 2))) <= {" "}


def test_resampling_keeps_the_mean_of_equal_groups():
    assert resampled([1, 3, 5, 7], 2) == [2.0, 6.0]


def test_the_smallest_bar_and_shade_are_visible_and_the_fullest_is_full():
    assert bar(1e-9, 10) == "▏"
    assert bar(2.0, 10) == "█" * 10
    assert shade(1e-9, 1) == "░"
    assert shade(1, 1) == "█"
