"""`twin-tui view`: lists, names what is not there, opens what is."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command
from twin_tui.cli import screens

FILE = """\
[acme-week]
tab = "activity"
period = "7d"
company = "Acme"
options.type = "query"
columns.activity = ["user", "what"]
"""


@pytest.fixture
def views(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "team.toml"
    path.write_text(FILE, "utf-8")
    monkeypatch.setenv("TWIN_TUI_VIEWS", str(path))
    return path


def test_views_are_listed_and_removed(twin_tui: Command, views: Path):
    assert twin_tui("view").out == "acme-week: activity, 7d · Acme · type query · activity by user, what\n"
    assert twin_tui("view", "acme-week", "--remove").code == 0
    assert twin_tui("view").out == f"{views} holds no view yet.\n"
    assert twin_tui("view", "acme-week", "--remove").code == 2


def test_a_file_is_named_by_an_option(twin_tui: Command, views: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("TWIN_TUI_VIEWS")
    assert "holds no view" in twin_tui("view").out
    assert twin_tui("view", "--views", str(views)).out.startswith("acme-week")


@pytest.mark.usefixtures("views")
def test_a_view_opens_the_dashboard_with_its_filters(
    twin_tui: Command, monkeypatch: pytest.MonkeyPatch, world: str
):
    opened: list[Any] = []
    monkeypatch.setattr(screens, "open_dashboard", lambda *asked, **more: opened.append((asked, more)) or 0)
    assert twin_tui("view", "acme-week", "--db", world).code == 0
    ((settings, asked), more) = opened[0]
    assert (settings.database, asked.period, asked.company) == (world, "7d", "Acme")
    assert more["view"].columns == (("activity", ("user", "what")),)
    assert (more["view"].tab, more["view"].options) == ("activity", (("type", "query"),))


@pytest.mark.usefixtures("views")
def test_what_is_not_there_is_told_with_what_is(twin_tui: Command):
    ended = twin_tui("view", "acme")
    assert (ended.code, ended.out) == (2, "")
    assert "  acme-week" in ended.err
    assert twin_tui("view", "--remove").code == 2


def test_a_column_nobody_knows_ends_with_one_sentence_and_2(twin_tui: Command, views: Path):
    views.write_text('[x]\ntab = "activity"\ncolumns.activity = ["usr"]\n', "utf-8")
    ended = twin_tui("view", "x")
    assert (ended.code, ended.out) == (2, "")
    assert f"{views}: view 'x': columns of activity: 'usr' is not known, did you mean user." in ended.err
    assert ended.err.count("\n") == 1
