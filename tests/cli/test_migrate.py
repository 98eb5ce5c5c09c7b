import sqlite3
from pathlib import Path

from tests.cli.conftest import Command


def names(out: str, state: str) -> list[str]:
    return [line.split()[1] for line in out.split("\n") if line.strip().startswith(state)]


def test_a_missing_file_is_made_and_its_migrations_are_listed(twin_tui: Command, tmp_path: Path):
    ended = twin_tui("migrate", "--db", "new.db")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("new.db: ours\n")
    assert names(ended.out, "applied")[0].startswith("0001_")
    assert names(ended.out, "pending") == []
    assert twin_tui("migrate", "--db", "new.db").out == ended.out


def test_down_takes_one_step_and_up_brings_it_back(twin_tui: Command):
    before = twin_tui("migrate", "--db", "new.db").out
    down = twin_tui("migrate", "--db", "new.db", "--down")
    assert down.code == 0
    assert names(down.out, "applied") == names(before, "applied")[:-1]
    assert names(down.out, "pending") == names(before, "applied")[-1:]
    assert twin_tui("migrate", "--db", "new.db").out == before


def test_status_changes_nothing(twin_tui: Command, tmp_path: Path):
    missing = twin_tui("migrate", "--db", "none.db", "--status")
    assert (missing.code, missing.out) == (3, "")
    assert not (tmp_path / "none.db").exists()
    twin_tui("migrate", "--db", "new.db")
    twin_tui("migrate", "--db", "new.db", "--down")
    content = (tmp_path / "new.db").read_bytes()
    status = twin_tui("migrate", "--db", "new.db", "--status")
    assert status.code == 0
    assert len(names(status.out, "pending")) == 1
    assert (tmp_path / "new.db").read_bytes() == content


def test_tables_with_rows_are_not_dropped_without_yes(twin_tui: Command, world: str):
    step = ("migrate", "--db", world, "--down")
    applied = len(names(twin_tui("migrate", "--db", world, "--status").out, "applied"))
    for _ in range(applied - 1):
        assert twin_tui(*step).code == 0
    refused = twin_tui(*step)
    assert refused.code in (2, 3)
    assert "--yes" in refused.err
    assert twin_tui(*step, "--yes").code == 0


def test_another_systems_database_is_left_alone(twin_tui: Command, tmp_path: Path):
    with sqlite3.connect(tmp_path / "foreign.db") as connection:
        connection.execute("CREATE TABLE users (id TEXT)")
    connection.close()
    content = (tmp_path / "foreign.db").read_bytes()
    ended = twin_tui("migrate", "--db", "foreign.db")
    assert (ended.code, ended.out) == (3, "")
    assert (tmp_path / "foreign.db").read_bytes() == content


def test_options_that_exclude_each_other_are_wrong_usage(twin_tui: Command):
    assert twin_tui("migrate", "--db", "x.db", "--status", "--down").code == 2
    assert twin_tui("migrate", "--db", "x.db", "--yes").code == 2
