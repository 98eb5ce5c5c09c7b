"""The benchmark compares before it measures, on databases it makes itself."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent.parent / "scripts"


def run(*arguments: str) -> dict:
    """Run the script and return what it prints as JSON."""
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / "bench_scale.py"), *arguments, "--json"],
        env=os.environ | {"PYTHONPATH": str(SCRIPTS.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict, Path]:
    """What it prints of two thousand messages, and the folder of its databases."""
    cache = tmp_path_factory.mktemp("bench")
    asked = (
        "--messages",
        "2k",
        "--rounds",
        "1",
        "--only",
        "overview,year,filters,feed,monthly,quality,engagement,retention,figures,people",
        "--cache",
        str(cache),
    )
    return run(*asked), cache / "2000"


def test_every_question_is_answered_alike_and_measured(told: tuple[dict, Path]):
    (size,) = told[0]["sizes"]

    assert size["messages"] == 2_000
    assert len(size["questions"]) > 10
    for question in size["questions"]:
        assert question["differences"] == [], question["label"]
        assert question["cpu"]["product"] > 0
        assert question["cpu"]["plain SQL"] > 0


def test_the_plain_file_holds_the_rows_and_the_seeds_indexes_only(told: tuple[dict, Path]):
    files = {name: sqlite3.connect(told[1] / f"{name}.db") for name in ("product", "plain")}
    try:
        rows = {
            name: each.execute("SELECT count(*) FROM messages").fetchall() for name, each in files.items()
        }
        names = files["plain"].execute(
            "SELECT name FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
            " UNION SELECT name FROM sqlite_master WHERE name LIKE 'twin_tui_%'"
        )
        found = {name for (name,) in names}
    finally:
        for each in files.values():
            each.close()

    assert rows["plain"] == rows["product"] == [(2_000,)]
    assert "idx_messages_session_id" in found
    assert "idx_messages_created_at" not in found
    assert {name for name in found if name.startswith("twin_tui_")} == {"twin_tui_migration"}


def test_made_databases_are_used_again(told: tuple[dict, Path]):
    before = (told[1] / "product.db").stat().st_ino
    again = run("--messages", "2000", "--rounds", "1", "--only", "feed", "--cache", str(told[1].parent))

    assert (told[1] / "product.db").stat().st_ino == before
    assert [each["key"] for each in again["sizes"][0]["questions"]]


def test_what_is_compared_is_told_where_it_differs(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    from bench.answers import differences

    assert differences({"a": (1, 2.0)}, {"a": (1, 2.0 + 1e-12)}) == []
    assert differences({"a": (1, 2)}, {"a": (1, 3)}) == ["a[1]: 2 against 3"]
    assert differences((1,), (1, 2)) == [": 1 against 2 values"]
    assert differences({"a": None}, {"a": 0}) == ["a: None against 0"]


def test_growth_is_told_among_as_many_people_without_copies_for_programs_left_out(tmp_path: Path):
    told = run(
        *("--grow", "1k,3k", "--users", "50", "--rounds", "1", "--only", "figures,refresh"),
        *("--without", "plain SQL", "--without", "DuckDB", "--cache", str(tmp_path)),
    )

    assert told["growth"]["growth: all figures, 30 days"] > 0
    assert {path.name for path in tmp_path.glob("*/*.db")} == {"product.db"}
    for size, path in zip(told["sizes"], sorted(tmp_path.glob("*/product.db")), strict=True):
        assert size["others"]["rebuild_over_refresh"] > 0
        with closing(sqlite3.connect(path)) as rows:
            assert rows.execute("SELECT count(*) FROM users").fetchall() == [(50,)]
