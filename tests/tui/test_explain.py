"""The explanation of a figure, in words."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rich.console import Console

from tests.tui.conftest import settle
from tests.tui.fake_answers import figure
from tests.tui.fake_service import NOW
from twin_tui.analytics.answers import Figure, Window
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.dialogs.explain import ExplainScreen, explanation

BERLIN = ZoneInfo("Europe/Berlin")
RATE = replace(
    figure("zero_result_rate", "Zero-result rate", "ratio", 0.25, -0.021, good="down"),
    previous=0.271,
    numerator=3,
    denominator=12,
    n=12,
    window=Window(datetime(2026, 10, 24, 22, tzinfo=UTC), NOW, "Europe/Berlin"),
    previous_window=Window(
        datetime(2026, 9, 24, 22, tzinfo=UTC), datetime(2026, 10, 24, 8, tzinfo=UTC), "Europe/Berlin"
    ),
    definition="Queries with no result ÷ queries whose count is known.",
    parts=(("p90", 780, "seconds"), ("starters", 7, "users")),
    unfiltered=True,
)


def words(figure: Figure, width: int = 100) -> str:
    console = Console(width=width, record=True, file=open("/dev/null", "w", encoding="utf-8"))  # noqa: SIM115
    console.print(explanation(figure, BERLIN))
    console.file.close()
    return console.export_text()


def test_everything_a_figure_carries_is_said() -> None:
    said = [" ".join(line.split()) for line in words(RATE).splitlines()]
    assert said[0] == "Queries with no result ÷ queries whose count is known."
    for line in (
        "value 25.0 %",
        "previous 27.1 %",
        "change ▼ -2.1 pp · less is better",
        "numerator 3",
        "denominator 12",
        "n 12",
        "p90 13 min",
        "starters 7 users",
        "window 2026-10-25 00:00:00 → 2026-11-23 10:12:04 Europe/Berlin",
        "2026-10-24 22:00:00 → 2026-11-23 09:12:04 UTC",
        "previous 2026-09-25 00:00:00 → 2026-10-24 10:00:00 Europe/Berlin",
        "2026-09-24 22:00:00 → 2026-10-24 08:00:00 UTC",
        "Some of the filters in force do not apply to this figure.",
    ):
        assert line in said, line


def test_unknown_is_a_dash_and_no_comparison_is_said() -> None:
    said = words(
        replace(RATE, value=None, previous=None, change=None, previous_window=None, unfiltered=False)
    )
    assert "value        –" in said
    assert "nothing to compare with" in said
    assert "better" not in said
    assert "do not apply" not in said


def test_a_window_without_a_beginning_says_so() -> None:
    assert "the beginning → 2026-11-23 10:12:04" in words(replace(RATE, window=Window(None, NOW, "x")))


async def test_i_explains_the_focused_card_and_escape_closes(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        assert isinstance(app.screen, ExplainScreen)
        assert "Active users" in frame(app)
        await pilot.press("down", "up", "escape")
        await settle(pilot)
        assert not isinstance(app.screen, ExplainScreen)


async def test_a_hostile_label_is_drawn_as_it_is(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await app.push_screen(ExplainScreen(replace(RATE, label="[/nope] [red]x\x1b[2J"), BERLIN))
        await pilot.pause()
        assert "[/nope] [red]x␛[2J" in frame(app)
