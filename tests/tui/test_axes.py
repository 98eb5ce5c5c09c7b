from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from twin_tui.tui.axes import columns_of, day_line, row_of, ticks


@given(st.floats(0, 1e9), st.integers(2, 60))
@settings(max_examples=60)
def test_ticks_begin_at_nothing_reach_the_largest_and_fit_the_rows(largest: float, rows: int):
    values = ticks(largest, rows)
    assert values[0] == 0
    assert values[-1] >= largest or abs(values[-1] - largest) < 1e-6
    assert len(values) - 1 <= max(5, rows)
    assert all(value.is_integer() for value in values)
    assert len({row_of(value, values[-1], rows) for value in values}) == len(values)


def test_ratios_have_fractional_ticks():
    assert ticks(0.5, 10, whole=False) == (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)


@given(st.integers(1, 800), st.integers(8, 200))
@settings(max_examples=60)
def test_day_names_are_whole_and_apart(count: int, width: int):
    days = [date(2026, 1, 1) + timedelta(days=at) for at in range(count)]
    line, named = day_line(days, columns_of(count, width), width)
    assert len(line) == width
    names = [part for part in line.split("  ") if part.strip()]
    known = {f"{day.day} {day:%b}" if count <= 300 else f"{day:%b %Y}" for day in days}
    assert {name.strip() for name in names} <= known
    assert len(names) == len(named)


def test_an_axis_over_years_tells_the_years():
    days = [date(2017, 10, 4) + timedelta(days=at) for at in range(3_189)]
    line, named = day_line(days, columns_of(len(days), 80), 80)
    assert line.split("  ")[0] == "Oct 2017"
    assert line.endswith("Jun 2026")
    assert len(named) > 3
