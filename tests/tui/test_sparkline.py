from twin_tui.tui.widgets.parts.sparkline import resampled, sparkline


def test_the_strip_is_as_wide_and_high_as_asked():
    for width, rows in ((1, 1), (13, 1), (24, 2), (60, 4)):
        strip = sparkline(tuple(map(float, range(30))), width, rows)
        assert len(strip) == rows
        assert {len(line) for line in strip} == {width}


def test_nothing_is_the_lowest_block_and_unknown_is_blank():
    assert sparkline((0.0, None, 4.0), 3) == ("▁ █",)


def test_all_zero_all_unknown_and_no_days_survive():
    assert sparkline((0.0, 0.0), 2) == ("▁▁",)
    assert sparkline((None, None), 2) == ("  ",)
    assert sparkline((), 3) == ("   ",)
    assert sparkline((1.0,), 0) == ("",)


def test_two_rows_tell_sixteen_levels_apart():
    upper, lower = sparkline((8.0, 9.0, 16.0), 3, rows=2)
    assert lower == "███"
    assert upper == " ▁█"


def test_more_values_than_cells_are_averaged_and_fewer_repeated():
    assert resampled((2.0, 4.0, 6.0, 8.0), 2) == [3.0, 7.0]
    assert resampled((2.0, 4.0), 4) == [2.0, 2.0, 4.0, 4.0]
