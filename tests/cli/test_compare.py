"""`--compare`: reports say what figures are compared with."""

import json

import pytest

from tests.cli.conftest import NOW, Command


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("previous", "Compared with 14–16 Nov 2026"),
        ("company:Globex", "Compared with company Globex"),
        ("company:", "Compared with company (none)"),
    ],
)
def test_the_heading_and_the_column_say_what_is_compared_with(
    twin_tui: Command, world: str, asked: str, told: str
):
    ended = twin_tui(
        *("report", "overview", "--period", "2026-11-17..2026-11-19", "--compare", asked),
        *("--db", world, "--now", NOW),
    )
    assert ended.code == 0
    assert told in ended.out


def test_json_carries_it_and_the_other_companys_values(twin_tui: Command, world: str):
    asked = ("report", "overview", "--company", "Acme", "--db", world, "--now", NOW, "--json")
    told = json.loads(twin_tui(*asked, "--compare", "company:").out)
    assert told["filters"]["compare"] == "company:"
    conversations = told["kpis"]["conversations"]
    assert (conversations["value"], conversations["previous"], conversations["change"]) == (2, 1, 1.0)


def test_anything_else_is_refused_in_one_sentence(twin_tui: Command, world: str):
    ended = twin_tui("report", "overview", "--compare", "Globex", "--db", world)
    assert (ended.code, ended.out) == (2, "")
    assert "use previous, year or company:NAME" in ended.err


def test_a_company_that_is_not_there_is_told_and_compared_all_the_same(twin_tui: Command, world: str):
    ended = twin_tui("report", "overview", "--compare", "company:Hooli", "--db", world, "--now", NOW)
    assert ended.code == 0
    assert "No company here is called 'Hooli'; there are Acme" in ended.err
