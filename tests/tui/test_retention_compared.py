"""The retention tab beside what is compared with."""

from dataclasses import replace
from typing import Any

import pytest

from tests.tui.conftest import settle
from tests.tui.fake_service import NOW
from tests.tui.retention_world import FakeRetention, retention
from tests.tui.test_retention import lines, press, to
from twin_tui.analytics.against import Against
from twin_tui.analytics.answers import Retention
from twin_tui.analytics.filters import Filters
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.tabs.retention import RetentionTab
from twin_tui.tui.widgets.chart.chart import ChartPanel
from twin_tui.tui.widgets.parts.panel import Panel


def compared(filters: Filters, *, is_unbounded: bool = False) -> Retention:
    found = retention(filters, is_unbounded=is_unbounded)
    if filters.against is None:
        return found
    beside: dict[str, Any] = {"previous": 7, "change": 0.5, "compared_with": "Glo\x1b[2Jbex"}
    line = (0.25,) * len(found.series_days)
    return replace(
        found,
        figures=tuple(replace(each, compared_series=line, **beside) for each in found.figures),
        returned=tuple(
            replace(each, compared_series=line, **{**beside, "previous": 0.25}) for each in found.returned
        ),
        states=tuple(replace(each, **beside) for each in found.states),
    )


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
async def test_what_is_compared_with_is_a_second_line_and_a_second_column(size: tuple[int, int]) -> None:
    past = FakeRetention(retained=compared)
    app = TwinApp(past, Settings(now=NOW))  # type: ignore[arg-type]
    async with app.run_test(size=size) as pilot:
        back = await to(pilot, "BackPanel")
        assert "Glo" not in frame(app)
        screen = app.screen
        assert isinstance(screen, MainScreen)
        screen.filters = replace(screen.filters, against=Against("company", "Globex"))
        await settle(pilot)
        assert "\x1b" not in frame(app)
        head = ["day", "back", "people", "Glo␛[2Jb…", "change"]
        assert lines(back)[0].split() == head[: 4 if size == (100, 30) else 5]
        assert lines(back)[1].split()[:7] == ["▸D1", "60.0", "%", "nobody", "yet", "25.0", "%"]
        assert lines(back)[2].split()[0] == "D7", "a line fits its panel"
        states = screen.query_one("#states", Panel)
        assert "Glo␛[2Jb…" in lines(states)[0]
        chart = screen.query_one(RetentionTab).query_one("#chart", ChartPanel)
        chart.take_focus()
        await settle(pilot)
        assert "●⠒ Glo␛[2Jbex: 30 days" in frame(app)
        await press(pilot, "v", "v")
        assert "Glo␛[2Jbex: D1" in frame(app)
    past.close()


async def test_the_days_before_get_their_column_where_the_same_numbers_stood_without_it() -> None:
    past = FakeRetention()
    app = TwinApp(past, Settings(now=NOW))  # type: ignore[arg-type]
    async with app.run_test(size=(120, 40)) as pilot:
        await to(pilot, "#states")
        screen = app.screen
        assert isinstance(screen, MainScreen)
        states = screen.query_one("#states", Panel)
        assert "before" not in lines(states)[0]
        screen.filters = replace(screen.filters, against=Against("previous"))
        await settle(pilot)
        assert "before" in frame(app).split("Everybody by state")[1].splitlines()[1]
    past.close()
