"""`twin-tui report search` on a database that a person could count, with an index and without."""

import csv
import io
import json

import pytest

from tests.cli.conftest import NOW, Command
from tests.cli.test_report import FORMS, steers
from twin_tui.data.database import open_database
from twin_tui.rollups.search import index as search_index


@pytest.fixture(params=["index", "reading"])
def searched(world: str, request: pytest.FixtureRequest) -> str:
    if request.param == "index":
        with open_database(world, "write") as source:
            search_index.sync(source)
    return world


def ask(twin_tui: Command, world: str, text: str, *more: str) -> dict:
    ended = twin_tui("report", "search", text, "--db", world, "--now", NOW, "--json", *more)
    assert (ended.code, ended.err) == (0, "")
    return json.loads(ended.out)


def test_every_form_is_answered_and_steers_nothing(twin_tui: Command, searched: str):
    for text in ("plan", "long", "cmd calc", "zzz"):
        for form in FORMS:
            ended = twin_tui("report", "search", text, "--db", searched, "--now", NOW, form)
            assert (ended.code, ended.err) == (0, ""), form
            assert ended.out
            assert form == "--csv" or not steers(ended.out), form


def test_texts_people_twins_and_titles_are_found(twin_tui: Command, searched: str):
    found = ask(twin_tui, searched, "PLAN*")
    assert [(item["kind"], item["event_id"]) for item in found["items"]] == [
        ("document", "d-1"),
        ("message", "m-1"),
    ]
    assert [item["session_id"] for item in found["conversations"]["items"]] == ["talk-plans"]
    assert found["items"][1]["snippet"] == {"text": "What is the plan?", "hits": [[12, 16]]}
    assert [item["id"] for item in ask(twin_tui, searched, "roe")["people"]["items"]] == ["u-bob", "u-cid"]
    assert [item["id"] for item in ask(twin_tui, searched, "ann@example.com")["people"]["items"]] == ["u-ann"]
    assert [item["id"] for item in ask(twin_tui, searched, "sc*")["twins"]["items"]] == [
        "t-scout",
        "t-scribe",
    ]


def test_all_words_are_wanted_and_quotes_keep_their_order(twin_tui: Command, searched: str):
    assert [item["event_id"] for item in ask(twin_tui, searched, "friday ship")["items"]] == ["m-2"]
    assert ask(twin_tui, searched, '"friday ship"')["items"] == []
    assert [item["event_id"] for item in ask(twin_tui, searched, '"ship on"')["items"]] == ["m-2"]


def test_filters_narrow_what_is_found(twin_tui: Command, searched: str):
    assert len(ask(twin_tui, searched, "it")["items"]) == 2
    assert [item["event_id"] for item in ask(twin_tui, searched, "it", "--company", "acme")["items"]] == [
        "d-1"
    ]
    assert [item["event_id"] for item in ask(twin_tui, searched, "it", "--own")["items"]] == ["q-1"]
    assert ask(twin_tui, searched, "it", "--period", "2026-11-01..2026-11-19")["items"] == []
    assert [
        item["id"] for item in ask(twin_tui, searched, "roe", "--company", "globex")["people"]["items"]
    ] == ["u-bob"]


def test_pages_are_turned(twin_tui: Command, searched: str):
    first = ask(twin_tui, searched, "it", "--limit", "1")
    second = ask(twin_tui, searched, "it", "--limit", "1", "--page", "2")
    assert [each["items"][0]["event_id"] for each in (first, second)] == ["q-1", "d-1"]
    assert [(each["has_next"], each["has_prev"]) for each in (first, second)] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    "text", ['"', "*", "AND OR NOT", 'a" OR "b', "NEAR(a b)", "words:plan", "(", "^a", "-", "{a}", "\\", "'"]
)
def test_nothing_that_is_typed_is_an_error(twin_tui: Command, searched: str, text: str):
    ended = twin_tui("report", "search", "--db", searched, "--now", NOW, "--json", "--", text)
    assert ended.code == 0
    assert json.loads(ended.out)["search"] == text


def test_what_holds_no_word_is_told(twin_tui: Command, world: str):
    ended = twin_tui("report", "search", "!?", "--db", world, "--now", NOW)
    assert ended.code == 0
    assert "There is no word in what is sought" in ended.err


def test_one_section_can_be_had_alone(twin_tui: Command, world: str):
    ended = twin_tui("report", "search", "plan", "--db", world, "--now", NOW, "--csv", "--section", "texts")
    heads, *rows = csv.reader(io.StringIO(ended.out))
    assert dict(zip(heads, rows[1], strict=True))["snippet"] == "What is the [plan]?"
    ended = twin_tui("report", "search", "plan", "--db", world, "--section", "texts")
    assert (ended.code, "--section goes with" in ended.err) == (2, True)
