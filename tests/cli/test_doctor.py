import csv
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE, NOW, Command
from tests.data.foreign import PLAIN, make_sqlite, state_of
from tests.operations.broken import EXPECTED, break_world
from twin_tui.data.database import open_database
from twin_tui.data.models import Session, Twin, User
from twin_tui.operations import examination

KEYS = {"now", "environment", "database", "failure", "hints", "differences", "checks"}
ORDERLY = (
    "INSERT INTO users VALUES ('u', 'u@x.example', 'U')",
    "INSERT INTO twins VALUES ('t', 'u', 'T')",
    "INSERT INTO sessions VALUES ('s', 'u', 't', '2026-11-01 08:00:00')",
    "INSERT INTO messages VALUES ('m', 's', 'user', 'hi', '2026-11-01 08:00:00')",
)


@pytest.fixture
def broken(world_url: str) -> str:
    break_world(world_url)
    return world_url


def test_json_holds_every_check_with_its_rows_and_code_20_says_that_something_is_odd(
    twin_tui: Command, broken: str
):
    ended = twin_tui("doctor", "--db", broken, "--now", NOW, "--json", "--rows", "50")
    assert (ended.code, ended.err) == (20, "")
    found = json.loads(ended.out)
    assert set(found) == KEYS
    assert found["now"] == NOW
    assert set(found["environment"]) == {"programs", "terminal", "folders"}
    assert found["database"]["is_ours"] is True
    assert found["database"]["missing_columns"] == []
    checks = {check["key"]: check for check in found["checks"]}
    assert list(checks) == list(EXPECTED)
    assert found["differences"] == sum(1 for check in checks.values() if check["count"])
    assert checks["strangers_on_private_twins"] == {
        "key": "strangers_on_private_twins",
        "table": "sessions",
        "severity": "warn",
        "sentence": "Sessions of one person with another's twin that is not shared.",
        "count": 1,
        "missing_columns": [],
        "rows": [{"id": "x-stranger", "session_id": "x-stranger", "about": "u-ann"}],
    }


def test_plain_text_puts_warnings_first_and_lists_as_many_rows_as_asked(twin_tui: Command, world_sqlite: str):
    break_world(world_sqlite)
    ended = twin_tui("doctor", "--db", world_sqlite, "--now", NOW, "--rows", "2")
    assert ended.code == 20
    data = ended.out.partition("── Data ")[2]
    marks = [line[0] for line in data.split("\n") if re.match(r"[!·] +\d", line)]
    assert marks == sorted(marks)
    assert set(marks) == {"!", "·"}
    assert "x-empty (Nothing)" in data
    assert "… and 5 more" in data
    assert max(map(len, ended.out.split("\n"))) <= 80
    assert data.endswith("33 checks of 38 found something.\n")


def test_csv_and_markdown_tell_the_same(twin_tui: Command, world_sqlite: str):
    break_world(world_sqlite)
    table = twin_tui("doctor", "--db", world_sqlite, "--now", NOW, "--csv")
    page = twin_tui("doctor", "--db", world_sqlite, "--now", NOW, "--md")
    assert (table.code, page.code) == (20, 20)
    parts = table.out.split("\n\n")
    assert [part.split("\n")[0] for part in parts] == ["environment", "checks", "rows"]
    counts = {
        row["key"]: int(row["count"]) for row in csv.DictReader(io.StringIO(parts[1].partition("\n")[2]))
    }
    assert counts == {key: len(rows) for key, rows in EXPECTED.items()}
    assert "## Rows behind them" in page.out
    assert (
        "| shared\\_flag\\_drift | sessions | x-own | x-own | marked as shared, the twin is their own |"
        in page.out
    )


def test_an_orderly_foreign_file_ends_with_0_and_stays_as_it_is(twin_tui: Command, tmp_path: Path):
    folder = tmp_path / "theirs"
    folder.mkdir()
    path = make_sqlite(folder / "other.db", PLAIN, *ORDERLY)
    before = state_of(folder)
    plain, found = twin_tui("doctor", "--db", path), twin_tui("doctor", "--db", path, "--json")
    assert (plain.code, found.code) == (0, 0)
    assert state_of(folder) == before
    assert "another system's" in plain.out
    assert "Not checked, as columns are missing: 12" in plain.out
    assert "wrong_word_counts (documents.content, documents.word_count)" in plain.out
    assert plain.out.endswith("Nothing found by 26 checks.\n")
    checks = {check["key"]: check for check in json.loads(found.out)["checks"]}
    assert checks["wrong_word_counts"]["count"] is None
    assert checks["wrong_word_counts"]["missing_columns"] == ["documents.content", "documents.word_count"]
    assert "documents.content" in json.loads(found.out)["database"]["missing_columns"]


@pytest.mark.parametrize("arguments", [("--db", "gone.db"), ()])
def test_without_a_database_the_environment_is_told_all_the_same(
    twin_tui: Command, arguments: tuple[str, ...]
):
    plain, found = twin_tui("doctor", *arguments), twin_tui("doctor", *arguments, "--json")
    assert (plain.code, found.code) == (3, 3)
    assert "── Terminal" in plain.out
    assert "── Data" not in plain.out
    told = json.loads(found.out)
    assert told["database"] is None
    assert told["failure"] == found.err.split("\n")[0]
    assert plain.err == found.err


def test_a_password_is_never_printed(twin_tui: Command, world_postgres: str):
    url = world_postgres + ("&" if "?" in world_postgres else "?") + "password=S3CRET"
    ended = twin_tui("doctor", "--db", url, "--now", NOW)
    assert ended.code == 20
    assert "***" in ended.out.replace("\n" + " " * 22, "")
    assert "S3CRET" not in ended.out + ended.err


def test_stored_text_is_safe_in_what_is_listed(twin_tui: Command, tmp_path: Path):
    path = make_sqlite(
        tmp_path / "other.db", PLAIN, *ORDERLY, "UPDATE messages SET sender_type = " + _sql(HOSTILE)
    )
    ended = twin_tui("doctor", "--db", path)
    table = twin_tui("doctor", "--db", path, "--csv")
    assert ended.code == 20
    assert "日本" in ended.out
    assert not set(ended.out) & {"\x1b", "\x9b", "\u202e", "\x07"}
    assert "'=cmd" in table.out


def test_ctrl_c_is_code_130(twin_tui: Command, world: str, monkeypatch: pytest.MonkeyPatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(examination, "examine", interrupt)
    ended = twin_tui("doctor", "--db", world)
    assert (ended.code, ended.err) == (130, "Interrupted.\n")


def _sql(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def test_rows_tell_nobodys_words_to_who_should_not_see_them(twin_tui: Command, tmp_path, monkeypatch):
    place = str(tmp_path / "odd.db")
    source = open_database(place, "create")
    with source.writing():
        people = [("u1", "Ann@secret.example", "Ann"), ("u2", "ann@secret.example", "Ann")]
        source.insert_rows(User, ("id", "email", "full_name"), people)
        source.insert_rows(Twin, ("id", "user_id", "name"), [("t1", "u1", "Scribe")])
        source.insert_rows(
            Session,
            ("id", "user_id", "twin_id", "title", "started_at"),
            [("s1", "u1", "t1", "Secret plans", datetime(2026, 1, 1, tzinfo=UTC))],
        )
    source.close()
    forms = ((), ("--json",), ("--csv",), ("--md",))
    for form in forms:
        out = twin_tui("doctor", "--db", place, "--now", NOW, *form).out
        assert "secret.example" in out
        assert "Secret plans" in out
    for role in ("support", "metrics"):
        monkeypatch.setenv("TWIN_TUI_ROLE", role)
        for form in forms:
            out = twin_tui("doctor", "--db", place, "--now", NOW, *form).out
            assert "s1" in out
            assert "ecret" not in out
