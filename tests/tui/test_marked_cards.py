"""The rules of monitoring mark the cards, readable without colour."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.tui.conftest import settle
from tests.tui.fake_service import NOW, FakeService
from tests.tui.main_screen import screen_of, text_of
from twin_tui.analytics.filters import Filters, Period
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp

RULES = """
[[rule]]
figure = "active_users"
alert = "< 20"
[[rule]]
figure = "conversations"
warn = "> 1,000"
period = "30d"
[[rule]]
figure = "messages"
alert = "> 0"
period = "7d"
[[rule]]
figure = "documents"
alert = "> 0"
company = "Acme"
[[rule]]
figure = "twin_installations"
change.warn = "< -10 %"
[[rule]]
figure = "queries"
alert = "< 1"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rules.toml"


def app_with(service: FakeService, path: Path) -> TwinApp:
    return TwinApp(service, Settings(now=NOW, rules=str(path)))  # type: ignore[arg-type]


async def test_a_rule_marks_the_card_of_its_figure_where_it_is_about_what_is_shown(
    service: FakeService, path: Path
):
    path.write_text(RULES, "utf-8")
    app = app_with(service, path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        shown = text_of(app)
        assert "‼ Active users" in shown
        assert "! Conversations" in shown
        assert "? Twin installations" in shown
        assert "‼ Messages" not in shown
        assert "‼ Documents" not in shown
        assert "‼ Information" not in shown
        screen_of(app).filters = replace(screen_of(app).filters, company="Acme")
        await settle(pilot)
        shown = text_of(app)
        assert "‼ Documents drafted" in shown
        assert "‼ Active users" not in shown


@pytest.mark.parametrize("text", ["", "[[rule", '[[rule]]\nfigure = "x"'])
async def test_a_file_without_use_marks_nothing(service: FakeService, path: Path, text: str):
    if text:
        path.write_text(text, "utf-8")
    app = app_with(service, path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "Active users" in text_of(app)
        assert "‼" not in text_of(app)


async def test_a_period_without_any_data_is_no_data_as_it_is_to_a_check(service: FakeService, path: Path):
    path.write_text(RULES, "utf-8")
    app = app_with(service, path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        early = Period.between(date(2020, 1, 1), date(2020, 1, 7))
        screen_of(app).filters = Filters(early)
        await settle(pilot)
        assert "? Active users" in text_of(app)
        assert "‼ Active users" not in text_of(app)
