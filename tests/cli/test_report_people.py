"""`twin-tui report people`, `person` and `twin` on a database that a person could count."""

import csv
import io
import json

import pytest

from tests.cli.conftest import NOW, Command
from tests.cli.test_report import FORMS, steers

REPORTS = (("people",), ("people", "--kind", "twins"), ("person", "u-ann"), ("twin", "Scribe"))


@pytest.mark.parametrize("report", REPORTS, ids=" ".join)
def test_every_form_is_answered_and_steers_nothing(twin_tui: Command, world: str, report: tuple[str, ...]):
    for form in FORMS:
        ended = twin_tui("report", *report, "--db", world, "--now", NOW, form)
        assert (ended.code, ended.err) == (0, ""), form
        assert ended.out
        assert form == "--csv" or not steers(ended.out), form


def test_the_directory_counts_searches_and_sorts(twin_tui: Command, world: str):
    asked = ("report", "people", "--db", world, "--now", NOW, "--period", "7d", "--json")
    found = json.loads(twin_tui(*asked).out)
    # Bob owns a twin and never did anything; Cid was last seen on the 22nd, Ann on the 21st
    assert [row["id"] for row in found["items"]] == ["u-cid", "u-ann", "u-bob"]
    assert found["counts"] == {"active": 2, "dormant": 0, "never": 1}
    ann = found["items"][1]
    assert (ann["conversations"], ann["messages"], ann["documents"], ann["queries"]) == (2, 2, 1, 0)
    assert (ann["twins"], ann["shared_uses"], ann["last_seen"]) == (0, 2, "2026-11-21T09:00:00Z")
    never = json.loads(twin_tui(*asked, "--status", "never").out)
    assert [row["id"] for row in never["items"]] == ["u-bob"]
    assert (never["total"], never["counts"]) == (1, found["counts"])
    named = json.loads(twin_tui(*asked, "--search", "SAM", "--sort", "name").out)
    assert [row["id"] for row in named["items"]] == ["u-bob", "u-cid"]
    turned = json.loads(twin_tui(*asked, "--sort", "name", "--reverse", "--limit", "1").out)
    assert (turned["items"][0]["name"], turned["pages"], turned["has_next"]) == ("Sam Roe", 3, True)


def test_a_page_that_does_not_exist_is_told_and_the_last_one_shown(twin_tui: Command, world: str):
    ended = twin_tui("report", "people", "--db", world, "--now", NOW, "--page", "9", "--limit", "2", "--json")
    assert ended.err == "There is no page 9: page 2 is the last.\n"
    assert len(json.loads(ended.out)["items"]) == 1


def test_a_person_is_found_by_email_name_or_id(twin_tui: Command, world: str):
    told = {
        twin_tui("report", "person", who, "--db", world, "--now", NOW, "--json").out
        for who in ("ANN@example.com", "ann lee", "u-ann")
    }
    (only,) = told
    found = json.loads(only)
    assert found["person"]["id"] == "u-ann"
    assert [item["session_id"] for item in found["sessions"]["items"]] == ["talk-hostile", "talk-plans"]
    assert [use["twin"]["id"] for use in found["uses"]["items"]] == ["t-scribe"]
    assert found["used_by"]["total"] == 0
    assert sum(day["messages"] for day in found["series"]) == 2
    bob = json.loads(
        twin_tui("report", "person", "bob@example.com", "--db", world, "--now", NOW, "--json").out
    )
    assert [(use["user"]["id"], use["conversations"]) for use in bob["used_by"]["items"]] == [("u-ann", 2)]
    assert bob["twins"]["items"][0]["outsiders"] == 1


def test_a_twin_tells_its_owner_and_its_users(twin_tui: Command, world: str):
    found = json.loads(twin_tui("report", "twin", "scribe", "--db", world, "--now", NOW, "--json").out)
    assert (found["twin"]["owner_id"], found["twin"]["is_shared"]) == ("u-bob", True)
    assert [use["user"]["id"] for use in found["users"]["items"]] == ["u-ann"]
    assert (found["twin"]["messages"], found["documents"]["total"], found["queries"]["total"]) == (3, 1, 0)


def test_a_section_of_a_person_is_one_bare_table(twin_tui: Command, world: str):
    asked = ("report", "person", "u-ann", "--db", world, "--now", NOW, "--csv", "--section", "sessions")
    heads, *rows = csv.reader(io.StringIO(twin_tui(*asked).out))
    assert heads[0] == "time"
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("person", "nobody"), "There is no user"),
        (("person", "Sam Roe"), "u-cid"),
        (("person", ""), "an empty name is none"),
        (("twin", "nothing"), "There is no twin"),
        (("person", "u-ann", "--user", "u-bob"), "--user does not apply here"),
        (("twin", "Scribe", "--twin", "Scout"), "--twin does not apply here"),
        (("twin", "Scribe", "--json", "--section", "users"), "--section goes with --csv or --md"),
        (("people", "--status", "asleep"), "asleep"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_answered_is_one_sentence_and_exit_2(
    twin_tui: Command, world: str, arguments: tuple[str, ...], words: str
):
    ended = twin_tui("report", *arguments, "--db", world, "--now", NOW)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("role", ["admin", "support"])
@pytest.mark.parametrize("report", [("people", "--sort", "name"), ("person", "u-ben"), ("twin", "t-ann")])
def test_sqlite_and_postgresql_tell_the_same(
    twin_tui: Command,
    world_sqlite: str,
    world_postgres: str,
    monkeypatch: pytest.MonkeyPatch,
    *,
    report: tuple[str, ...],
    role: str,
):
    monkeypatch.setenv("TWIN_TUI_ROLE", role)
    told = []
    for place in (world_sqlite, world_postgres):
        asked = ("report", *report, "--db", place, "--now", NOW, "--tz", "America/New_York", "--json")
        ended = twin_tui(*asked)
        assert (ended.code, ended.err) == (0, "")
        told.append(json.loads(ended.out) | {"database": ""})
    assert told[0] == told[1]
