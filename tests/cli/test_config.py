import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command


def test_each_value_is_shown_with_where_it_came_from(
    twin_tui: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "c.toml").write_text('theme = "twin-light"\n', "utf-8")
    monkeypatch.setenv("TWIN_TUI_TZ", "Asia/Tokyo")
    ended = twin_tui("config", "--config", "c.toml", "--db", "x.db", "--json")
    found = json.loads(ended.out)
    assert found["file"] == {"path": "c.toml", "exists": True}
    assert found["settings"] == {
        "db": {"value": "x.db", "origin": "option --db"},
        "tz": {"value": "Asia/Tokyo", "origin": "environment TWIN_TUI_TZ"},
        "now": {"value": None, "origin": "default"},
        "theme": {"value": "twin-light", "origin": "file c.toml"},
        "page_size": {"value": 50, "origin": "default"},
        "no_color": {"value": False, "origin": "default"},
        "period": {"value": "30d", "origin": "default"},
        "driver": {"value": "auto", "origin": "default"},
        "live": {"value": True, "origin": "default"},
        "role": {"value": None, "origin": "default"},
        "privacy": {"value": None, "origin": "default"},
        "audit": {"value": "on", "origin": "default"},
        "ticket": {"value": None, "origin": "default"},
        "require_ticket": {"value": False, "origin": "default"},
        "rules": {"value": None, "origin": "default"},
        "views": {"value": None, "origin": "default"},
        "exports": {"value": None, "origin": "default"},
    }


def test_the_database_that_would_be_found_is_shown(twin_tui: Command, tmp_path: Path):
    (tmp_path / "ai_twin_analytics.db").touch()
    line = next(line for line in twin_tui("config").out.split("\n") if line.startswith("db "))
    assert line.split(maxsplit=2)[1:] == ["ai_twin_analytics.db", "default, found in this folder"]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:S3CRET@db/twins",
        "postgresql://ann:S3CRET/x?y#z@db/twins",
        "postgresql://ann@db/twins?password=S3CRET",
        "postgresql://ann:a@S3CRET@db/twins?sslmode=require",
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_no_password_is_ever_printed(
    twin_tui: Command, monkeypatch: pytest.MonkeyPatch, url: str, form: tuple[str, ...]
):
    given = twin_tui("config", "--db", url, *form)
    monkeypatch.setenv("TWIN_TUI_DB", url)
    inherited = twin_tui("config", *form)
    for ended in (given, inherited):
        assert ended.code == 0
        assert "***" in ended.out
        assert "S3CRET" not in ended.out + ended.err


def test_a_failing_report_tells_no_password(twin_tui: Command):
    ended = twin_tui("report", "overview", "--db", "postgresql://ann:S3CRET@127.0.0.1:9/twins")
    assert ended.code == 3
    assert "S3CRET" not in ended.out + ended.err
