"""`--columns`: a report's table with the columns that were asked for."""

import csv
import io

import pytest

from tests.cli.conftest import NOW, Command

TABLES = {
    "activity": ("kind", "session_id"),
    "leaderboard": ("name", "messages"),
    "people": ("email", "name"),
    "monthly": ("month", "sessions"),
}


@pytest.mark.parametrize("report", TABLES)
def test_a_table_has_the_columns_asked_for_in_their_order(twin_tui: Command, world: str, report: str):
    asked = ("report", report, "--period", "all", "--db", world, "--now", NOW)
    whole = list(csv.DictReader(io.StringIO(twin_tui(*asked, "--csv").out)))
    wanted = TABLES[report]
    told = twin_tui(*asked, "--csv", "--columns", ", ".join(wanted))
    assert (told.code, told.err) == (0, "")
    rows = list(csv.reader(io.StringIO(told.out)))
    assert tuple(rows[0]) == wanted
    assert len(rows) > 1
    assert rows[1:] == [[row[name] for name in wanted] for row in whole]
    page = twin_tui(*asked, "--md", "--columns", ",".join(wanted)).out
    assert next(line for line in page.split("\n") if line.startswith("|")).count("|") == len(wanted) + 1


@pytest.mark.parametrize("report", TABLES)
def test_what_is_no_column_is_one_sentence_and_2(twin_tui: Command, world: str, report: str):
    asked = ("report", report, "--db", world, "--now", NOW)
    for more, told in (
        (("--csv", "--columns", "nmae"), "'nmae' is not known, "),
        (("--csv", "--columns", " , "), "--columns names none: there are "),
        (("--columns", "name"), "--columns goes with --csv or --md."),
        (("--json", "--columns", "name"), "--columns goes with --csv or --md."),
    ):
        ended = twin_tui(*asked, *more)
        assert (ended.code, ended.out) == (2, "")
        assert told in ended.err
