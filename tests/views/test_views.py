"""Saved views: the file, and what it may hold."""

from pathlib import Path

import pytest

from twin_tui.analytics.asked import Asked
from twin_tui.views.file import read_views, remove_view, save_view
from twin_tui.views.view import View, ViewsError, checked_name

WEEK = View("acme week", "activity", Asked("7d", company="Acme", shared=False), (("type", "query"),))
LISTS = View(
    "lists",
    "people",
    Asked("all"),
    columns=(("people", ("email", "name")), ("conversations_behind", ("what", "why"))),
)
KEPT = View("all", "overview", Asked("all"))


def test_views_are_kept_in_order_and_replaced_in_place(tmp_path: Path):
    path = tmp_path / "new" / "views.toml"
    save_view(path, WEEK)
    save_view(path, KEPT)
    assert list(read_views(path).items()) == [("acme week", WEEK), ("all", KEPT)]
    changed = View("acme week", "people", Asked("30d"), (("status", "dormant"), ("descending", False)))
    save_view(path, changed)
    assert list(read_views(path).values()) == [changed, KEPT]
    remove_view(path, "acme week")
    assert list(read_views(path)) == ["all"]
    assert [each.name for each in path.parent.iterdir()] == ["views.toml"]


def test_what_people_wrote_into_the_file_stays(tmp_path: Path):
    path = tmp_path / "views.toml"
    path.write_text('# of the team\n[mine]  # Mondays\ntab = "people"\n', "utf-8")
    save_view(path, KEPT)
    text = path.read_text("utf-8")
    assert text.startswith('# of the team\n[mine]  # Mondays\ntab = "people"\n')
    assert list(read_views(path)) == ["mine", "all"]


def test_columns_are_kept_by_table_in_their_order(tmp_path: Path):
    path = tmp_path / "views.toml"
    save_view(path, LISTS)
    assert list(read_views(path).values()) == [LISTS]
    path.write_text('[x]\ntab = "activity"\ncolumns.activity = ["user", "id"]\n', "utf-8")
    assert read_views(path)["x"].columns == (("activity", ("what", "user", "id")),)


def test_any_text_survives(tmp_path: Path):
    path = tmp_path / "views.toml"
    words = 'q"u\\o\x1b[2J\n日本 \u202e'
    save_view(path, View("日本 view.x", "activity", Asked(user=words), (("search", words),)))
    (view,) = read_views(path).values()
    assert (view.name, view.asked.user, dict(view.options)) == ("日本 view.x", words, {"search": words})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[x", "is not valid TOML"),
        ("x = 3", "view 'x' is no table"),
        ('[x]\ntab = "activty"', "there is no tab 'activty'"),
        ('[x]\nperiods = "7d"', "'periods' is not known, did you mean period"),
        ("[x]\nperiod = 7", "period wants a text"),
        ('[x]\nshared = "yes"', "shared wants true or false"),
        ("[x]\noptions = 3", "options is no table"),
        ('[x]\ntab = "activity"\noptions.typ = "query"', "'typ' is not known, did you mean type"),
        ('[x]\ntab = "activity"\noptions.type = "queries"', "type is one of conversation, shared, document"),
        ('[x]\ntab = "activity"\noptions.search = 3', "search wants a text"),
        ('[x]\ntab = "people"\noptions.descending = 1', "descending wants true or false"),
        ("[x]\noptions.chart = 0", "chart wants a number from 1"),
        ("[x]\noptions.chart = true", "chart wants a number from 1"),
        ("[x]\ncolumns = 3", "columns is no table"),
        ('[x]\ncolumns = ["name"]', "columns is no table"),
        ('[x]\ncolumns.leaderboard = "name"', "columns of leaderboard wants a list"),
        ('[x]\ncolumns.people = ["name"]', "there is no table 'people' on the tab overview"),
        ('[x]\ntab = "people"\ncolumns.people = ["mail"]', "'mail' is not known, did you mean email"),
        ('[x]\ntab = "people"\ncolumns.people = ["id", "id"]', "'id' is named twice"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_is_overwritten(tmp_path: Path, text: str, told: str):
    path = tmp_path / "views.toml"
    path.write_text(text, "utf-8")
    for use in (lambda: read_views(path), lambda: save_view(path, KEPT), lambda: remove_view(path, "x")):
        with pytest.raises(ViewsError) as caught:
            use()
        assert str(caught.value).startswith(str(path))
        assert told in str(caught.value)
    assert path.read_text("utf-8") == text


def test_a_file_that_is_none_is_told(tmp_path: Path):
    assert read_views(tmp_path / "none.toml") == {}
    with pytest.raises(ViewsError, match="no view 'x'"):
        remove_view(tmp_path / "none.toml", "x")
    with pytest.raises(ViewsError, match="cannot be read"):
        read_views(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(ViewsError, match="cannot be"):
        save_view(tmp_path / "file" / "views.toml", KEPT)


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x1b[2J", "a\u202eb"])
def test_a_name_can_be_seen(name: str):
    with pytest.raises(ViewsError, match="name"):
        checked_name(name)
