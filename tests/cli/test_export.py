import re
import shlex
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Command, fill

README = Path(__file__).parents[2] / "README.md"


def test_exported_tables_make_the_same_database_again(twin_tui: Command, tmp_path: Path):
    fill(tmp_path / "a.db")
    first = twin_tui("export", "tables", "--db", "a.db", "--out", "a.zip")
    assert (first.code, first.err) == (0, "")
    assert first.out.splitlines()[0].startswith("users: ")
    assert twin_tui("import", "a.zip", "--db", "b.db").out.startswith("Recognised as tables: ")
    assert twin_tui("export", "tables", "--db", "b.db", "--out", "b.zip").out == first.out
    assert Path("a.zip").read_bytes() == Path("b.zip").read_bytes()
    again = twin_tui("import", "tables", "a.zip", "--db", "b.db")
    assert again.code == 0
    assert " 0 new, 0 changed, " in again.out


def test_a_folder_that_is_not_empty_is_left_alone_without_force(twin_tui: Command, tmp_path: Path):
    fill(tmp_path / "a.db")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", "utf-8")
    ended = twin_tui("export", "tables", "--db", "a.db", "--out", "out", "--format", "jsonl")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert "--force" in ended.err
    assert twin_tui("export", "tables", "--db", "a.db", "--out", "out", "--force").code == 0
    assert (tmp_path / "out" / "mine.txt").read_text("utf-8") == "mine"
    assert (tmp_path / "out" / "queries.csv").exists()


@pytest.mark.parametrize("role", ["support", "metrics"])
def test_only_who_may_see_everything_exports(
    twin_tui: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, role: str
):
    fill(tmp_path / "a.db")
    monkeypatch.setenv("TWIN_TUI_ROLE", role)
    ended = twin_tui("export", "tables", "--db", "a.db", "--out", "a.zip")
    assert (ended.code, ended.out) == (2, "")
    assert "admin" in ended.err
    assert not Path("a.zip").exists()


def test_an_export_is_recorded(twin_tui: Command, tmp_path: Path):
    fill(tmp_path / "a.db")
    twin_tui("export", "tables", "--db", "a.db", "--out", "a.zip")
    assert "export" in twin_tui("audit", "--db", "a.db").out


def test_the_example_of_the_readme_works_as_it_stands(twin_tui: Command):
    (block,) = re.findall(r"```sh\n(mkdir tables\n.*?)```", README.read_text("utf-8"), re.DOTALL)
    for line in block.splitlines():
        if line.startswith("twin-tui "):
            ended = twin_tui(*shlex.split(line, comments=True)[1:])
            assert (ended.code, ended.err) == (0, ""), line
        else:
            subprocess.run(["sh", "-c", line], check=True)
    with zipfile.ZipFile("backup.zip") as archive:
        assert b"How many seats?" in archive.read("messages.csv")
