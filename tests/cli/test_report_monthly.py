"""`twin-tui report monthly` on a database that a person could count."""

import csv
import io
import json

from tests.cli.conftest import NOW, Command
from tests.cli.test_report import FORMS, steers

ASKED = ("report", "monthly", "--now", NOW, "--period", "all")


def test_every_form_is_answered_and_steers_nothing(twin_tui: Command, world: str):
    for form in FORMS:
        ended = twin_tui(*ASKED, "--db", world, form)
        assert (ended.code, ended.err) == (0, ""), form
        assert ended.out
        assert form == "--csv" or not steers(ended.out), form


def test_keys_are_frozen(twin_tui: Command, world: str):
    found = json.loads(twin_tui(*ASKED, "--db", world, "--json").out)

    assert set(found) == {
        "database", "now", "period", "filters", "window", "sort", "descending", "total", "page", "pages",
        "limit", "has_next", "has_prev", "units", "items",
    }  # fmt: skip
    assert found["units"] == {"mean_length": "seconds"}
    assert set(found["items"][0]) == {
        "month", "user", "sessions", "documents", "queries", "events", "mean_length", "known_lengths",
    }  # fmt: skip
    assert set(found["items"][0]["user"]) == {"id", "name", "email"}


def test_forms_agree_and_orders_turn_round(twin_tui: Command, world: str):
    told = json.loads(twin_tui(*ASKED, "--db", world, "--json").out)["items"]
    rows = list(csv.DictReader(io.StringIO(twin_tui(*ASKED, "--db", world, "--csv").out)))

    assert [(row["month"], row["user_id"], int(row["events"])) for row in rows] == [
        (item["month"], item["user"]["id"], item["events"]) for item in told
    ]
    assert [item["events"] for item in told] == [
        item["sessions"] + item["documents"] + item["queries"] for item in told
    ]
    names = [
        [
            item["user"]["name"]
            for item in json.loads(twin_tui(*ASKED, *more, "--db", world, "--json").out)["items"]
        ]
        for more in (("--sort", "name"), ("--sort", "name", "--reverse"))
    ]
    assert names[0] == sorted(names[0], key=str.casefold)
    assert names[1] == names[0][::-1]
    assert len(set(names[0])) > 1


def test_a_page_that_does_not_exist_is_told_and_the_last_one_shown(twin_tui: Command, world: str):
    ended = twin_tui(*ASKED, "--db", world, "--page", "99", "--limit", "1", "--json")
    found = json.loads(ended.out)

    assert ended.err == f"There is no page 99: page {found['pages']} is the last.\n"
    assert (found["page"], len(found["items"])) == (found["pages"], 1)
