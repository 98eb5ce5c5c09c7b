from dataclasses import replace
from datetime import date, timedelta

import pytest
from rich.text import Text

from twin_tui.tui.axes import row_of
from twin_tui.tui.plots import MEAN, OPEN_POINT, POINT, Picture, Series, bucket_days, draw

PALETTE = (
    ("series-1", "#5aa9ff"),
    ("series-2", "#ffb454"),
    ("series-3", "#c79bff"),
    ("rule", "#66758c"),
    ("muted", "#9fabbd"),
)
MONDAY = date(2026, 11, 2)


def days(count: int) -> tuple[date, ...]:
    return tuple(MONDAY + timedelta(days=at) for at in range(count))


def points(*values: float | None, mean: float | None = None) -> Picture:
    return Picture(days(len(values)), (Series("users", values, "points", "series-1", mean),))


def lines(text: Text) -> list[str]:
    return text.plain.split("\n")


def test_a_picture_has_exactly_the_size_asked_for():
    for width, height in ((40, 8), (78, 12), (130, 30), (300, 80)):
        drawn = lines(draw(points(1, 5, 3, 8), width, height, PALETTE))
        assert len(drawn) == height
        assert max(map(len, drawn)) == width


def test_the_size_does_not_depend_on_the_terminal_of_the_process(monkeypatch: pytest.MonkeyPatch):
    before = draw(points(1, 5, 3), 120, 40, PALETTE).plain
    draw.cache_clear()
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("LINES", "5")
    assert draw(points(1, 5, 3), 120, 40, PALETTE).plain == before


@pytest.mark.parametrize(
    "picture",
    [
        Picture((), ()),
        points(0, 0, 0),
        points(None, None),
        points(None, 4, None),
        points(7),
        points(0),
        points(1e12, 3),
        Picture(days(3), ()),
        Picture(
            days(2), (Series("a", (0, 0), "bars", "series-1"), Series("b", (None, 0), "bars", "series-2"))
        ),
        replace(points(3), is_open=True),
    ],
)
@pytest.mark.parametrize("size", [(0, 0), (1, 1), (15, 3), (16, 4), (60, 10)])
def test_a_picture_survives_every_input(picture: Picture, size: tuple[int, int]):
    drawn = lines(draw(picture, *size, PALETTE))
    assert len(drawn) == max(1, size[1])


def test_first_and_last_day_are_named_whole():
    for width in (30, 50, 78, 150):
        foot = lines(draw(points(*map(float, range(30))), width, 10, PALETTE))[-1]
        assert "2 Nov" in foot
        assert foot.rstrip().endswith("1 Dec")


def test_the_highest_value_stands_in_the_top_row_and_nothing_in_the_lowest():
    drawn = lines(draw(points(10, 0), 40, 10, PALETTE))
    assert drawn[0].startswith("10┤")
    assert drawn[0][3] == POINT
    assert drawn[7].startswith(" 0┤")
    assert drawn[7].rstrip().endswith(POINT)


def test_an_unfinished_day_looks_different_and_is_not_joined():
    closed = Picture(days(3), (Series("m", (1.0, 1.0, 9.0), "line", "series-1"),))
    joined, apart = (
        draw(replace(closed, is_open=is_open), 40, 10, PALETTE).plain for is_open in (False, True)
    )
    assert OPEN_POINT not in joined
    assert apart.count(OPEN_POINT) == 1
    dots = [sum(0x2800 < ord(char) < 0x2900 for char in plain) for plain in (joined, apart)]
    assert dots[1] < dots[0]


def test_the_mean_is_a_flat_line_with_its_value():
    drawn = lines(draw(points(2, 6, mean=4.0), 40, 10, PALETTE))
    flat = [line for line in drawn if MEAN in line]
    assert len(flat) == 1
    assert flat[0].endswith(" 4")


def test_a_gap_is_left_where_nothing_is_known():
    picture = Picture(days(3), (Series("avg", (1.0, None, 1.0), "line", "series-1"),))
    whole = Picture(days(3), (Series("avg", (1.0, 1.0, 1.0), "line", "series-1"),))
    dots = [
        sum(0x2800 < ord(char) < 0x2900 for char in draw(p, 40, 8, PALETTE).plain) for p in (picture, whole)
    ]
    assert dots[0] < dots[1]


def test_bars_stack_and_differ_without_colour():
    picture = Picture(
        days(1),
        (Series("a", (4.0,), "bars", "series-1"), Series("b", (4.0,), "bars", "series-2")),
    )
    drawn = lines(draw(picture, 40, 10, PALETTE))
    order = ["▒" if "▒" in line else "█" for line in drawn if "█" in line or "▒" in line]
    reached = row_of(4.0, 8.0, 8) + 1  # each bar ends in the row of its value's tick
    assert order == ["▒"] * (8 - reached) + ["█"] * reached


def test_more_days_than_columns_are_averaged_per_bar():
    assert bucket_days(30, 60) == 1
    assert bucket_days(365, 60) == 7
    year = tuple(map(float, range(365)))
    drawn = draw(Picture(days(365), (Series("a", year, "bars", "series-1"),)), 60, 10, PALETTE)
    assert len(lines(drawn)) == 10


def test_terminal_colours_stay_terminal_colours():
    palette = tuple((word, "ansi_blue" if word == "series-1" else "ansi_default") for word, _ in PALETTE)
    spans = draw(points(1, 2), 40, 8, palette).spans
    colors = {str(span.style) for span in spans}
    assert not any("#" in color for color in colors)
