import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import NOW, Command

SMALL = ("--users", "3", "--days", "6", "--until", "2026-11-22")


def content(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    tables = ("users", "twins", "sessions", "messages", "documents", "queries")
    rows = [str(row) for name in tables for row in connection.execute(f"SELECT * FROM {name} ORDER BY id")]
    connection.close()
    return rows


def test_generate_fills_a_new_file_and_the_same_arguments_give_the_same_rows(
    twin_tui: Command, tmp_path: Path
):
    first = twin_tui("generate", *SMALL, "--seed", "7", "--db", "deep/a.db")
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("deep/a.db: 3 users, ")
    twin_tui("generate", *SMALL, "--seed", "7", "--db", "b.db")
    twin_tui("generate", *SMALL, "--seed", "8", "--db", "c.db")
    assert content(tmp_path / "deep" / "a.db") == content(tmp_path / "b.db")
    assert content(tmp_path / "c.db") != content(tmp_path / "b.db")


def test_without_a_place_it_is_the_usual_file_here_never_a_configured_one(
    twin_tui: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TWIN_TUI_DB", str(tmp_path / "precious.db"))
    assert twin_tui("generate", *SMALL).code == 0
    assert (tmp_path / "ai_twin_analytics.db").exists()
    assert not (tmp_path / "precious.db").exists()


def test_a_database_with_data_is_replaced_only_by_force(twin_tui: Command, world: str):
    before = content(Path(world))
    refused = twin_tui("generate", *SMALL, "--db", world)
    assert (refused.code, refused.out) == (2, "")
    assert "--force" in refused.err
    assert content(Path(world)) == before
    assert twin_tui("generate", *SMALL, "--db", world, "--force").code == 0
    assert not set(content(Path(world))) & set(before)


@pytest.mark.parametrize(
    "wrong",
    [
        ("--users", "0"),
        ("--days", "x"),
        ("--sessions", "5-2"),
        ("--sessions", "few"),
        ("--messages-per-session", "0-3"),
        ("--until", "tomorrow"),
        ("--until", "1999-01-01"),
        ("--messages", "0"),
        ("--messages", "1.5"),
        ("--messages", "1e6", "--sessions", "2"),
    ],
    ids=" ".join,
)
def test_what_no_sample_can_be_is_wrong_usage_and_makes_no_file(
    twin_tui: Command, tmp_path: Path, wrong: tuple[str, ...]
):
    ended = twin_tui("generate", "--db", "new.db", *wrong)
    assert (ended.code, ended.out) == (2, "")
    assert not (tmp_path / "new.db").exists()


def test_so_many_messages_are_made_as_asked(twin_tui: Command, tmp_path: Path):
    arguments = ("generate", "--messages", "1.2k", "--seed", "7", "--now", NOW)
    first = twin_tui(*arguments, "--db", "a.db")
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("a.db: 12 users, 9 twins, ")
    assert " 1,200 messages, " in first.out
    twin_tui(*arguments, "--db", "b.db", "--users", "12")
    assert content(tmp_path / "a.db") == content(tmp_path / "b.db")
    assert not list(tmp_path.glob(".*.part*"))

    refused = twin_tui(*arguments, "--db", "a.db")
    assert (refused.code, refused.out) == (2, "")
    assert "--force" in refused.err
    assert twin_tui("generate", "--messages", "90", "--db", "a.db", "--force").code == 0
    connection = sqlite3.connect(tmp_path / "a.db")
    assert connection.execute("SELECT count(*) FROM messages").fetchall() == [(90,)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_a_server_takes_a_large_sample_too(twin_tui: Command, postgres_url: str):
    ended = twin_tui("generate", "--messages", "500", "--now", NOW, "--db", postgres_url)
    assert (ended.code, ended.err) == (0, "")
    assert " 500 messages, " in ended.out
    told = twin_tui("report", "overview", "--db", postgres_url, "--now", NOW, "--period", "all", "--json")
    assert json.loads(told.out)["kpis"]["messages"]["value"] == 500


@pytest.mark.parametrize("size", [(), ("--messages", "2000")], ids=["small", "large"])
def test_a_sample_made_today_is_sound_now(twin_tui: Command, size: tuple[str, ...]):
    assert twin_tui("generate", *size, "--db", "a.db", "--now", NOW).code == 0
    ended = twin_tui("doctor", "--db", "a.db", "--now", NOW, "--json")
    assert json.loads(ended.out)["differences"] == 0
    assert ended.code == 0


def test_one_number_is_a_range_of_one(twin_tui: Command, tmp_path: Path):
    twin_tui("generate", *SMALL, "--messages-per-session", "4", "--db", "a.db")
    connection = sqlite3.connect(tmp_path / "a.db")
    counts = {n for (n,) in connection.execute("SELECT count(*) FROM messages GROUP BY session_id")}
    connection.close()
    assert counts == {4}


def test_a_demo_without_a_terminal_prints_its_overview(twin_tui: Command, tmp_path: Path):
    ended = twin_tui("demo", "--now", NOW)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Overview · ai_twin_analytics.db\n")
    assert "── Latest activity ──" in ended.out
    assert (tmp_path / "XDG_DATA_HOME" / "twin-tui" / "ai_twin_analytics.db").exists()
    assert twin_tui("demo", "--now", NOW).out == ended.out


def test_an_older_demo_is_topped_up_to_today(twin_tui: Command, tmp_path: Path):
    twin_tui("demo", "--db", "demo.db", "--now", NOW)
    before = set(content(tmp_path / "demo.db"))
    later = "2026-12-20T12:00:00Z"
    twin_tui("demo", "--db", "demo.db", "--now", later)
    after = set(content(tmp_path / "demo.db"))
    kept = {row for row in before if "@" not in row}
    assert kept <= after
    assert len(after) > len(before)
    arguments = ("report", "overview", "--db", "demo.db", "--now", later, "--period", "7d", "--json")
    assert json.loads(twin_tui(*arguments).out)["kpis"]["conversations"]["value"] > 0


def test_a_database_that_is_no_sample_is_never_topped_up(twin_tui: Command, world: str):
    before = content(Path(world))
    ended = twin_tui("demo", "--db", world, "--now", NOW)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert content(Path(world)) == before


def test_one_of_a_kind_is_told_as_one(twin_tui: Command):
    ended = twin_tui("generate", "--db", "one.db", "--users", "1", "--days", "2", "--until", "2026-11-20")
    assert ended.code == 0
    assert ": 1 user, 1 twin, " in ended.out
