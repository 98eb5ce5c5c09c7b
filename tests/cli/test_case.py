"""A conversation handed over: masked unless told otherwise, the same bytes every time, recorded."""

import json
import stat
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.conftest import Command

FORMS = ("--md", "--html", "--json")


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("form", FORMS)
def test_a_case_is_masked_for_every_role_and_the_same_every_time(twin_tui: Command, world: str, form: str):
    first = twin_tui("case", "talk-plans", "--db", world, form)
    assert (first.code, first.err) == (0, "")
    assert twin_tui("case", "talk-plans", "--db", world, form).out == first.out
    assert not any(name in first.out for name in ("Ann Lee", "Sam Roe", "example.com"))
    for told in ("What is the plan?", "The plan", "Ship it", "twin://talk-plans/m-2", "masked"):
        assert told in first.out.replace("\\", "")


@pytest.mark.parametrize("form", FORMS)
def test_revealing_it_all_is_asked_for_and_recorded(twin_tui: Command, world: str, form: str):
    out = twin_tui("case", "talk-plans", "--db", world, form, "--reveal", "--ticket", "T-9").out
    assert "Ann Lee" in out
    records = json.loads(twin_tui("audit", "--db", world, "--json").out)["records"]
    export = records[0]
    assert (export["action"], export["session_id"], export["ticket"]) == ("export", "talk-plans", "T-9")
    assert export["detail"]["revealed"] == 1


def test_it_says_what_happened_how_long_it_took_and_where_each_step_is(twin_tui: Command, world: str):
    case = json.loads(twin_tui("case", "talk-plans", "--db", world, "--json").out)
    assert case["case"]["summary"] == "4 min 12 s active · 1 turn · 1 document · 0 queries"
    assert case["outcome"]["unanswered"] is False
    assert [
        (step["number"], step["kind"], step["after_s"], step["waited_s"]) for step in case["entries"]
    ] == [
        (1, "message", None, None),
        (2, "message", 252.0, 252.0),
        (3, "document", 48.0, None),
    ]
    own = json.loads(twin_tui("case", "talk-own", "--db", world, "--json").out)
    assert own["case"]["summary"] == (
        "length unknown · 1 turn · 0 documents · 1 query, 1 without a result · ends unanswered"
    )


def test_a_permalink_finds_its_session_again(twin_tui: Command, world: str):
    by_id = twin_tui("case", "talk-plans", "--db", world).out
    assert twin_tui("case", "twin://talk-plans/m-2", "--db", world).out == by_id
    assert twin_tui("case", "m-1", "--db", world).out == by_id
    missing = twin_tui("case", "twin://nowhere", "--db", world)
    assert (missing.code, missing.out) == (2, "")


def test_a_page_loads_nothing_and_what_strangers_wrote_is_only_text(twin_tui: Command, world: str):
    page = twin_tui("case", "talk-hostile", "--db", world, "--html").out
    tags = Tags()
    tags.feed(page)
    assert {tag for tag, _ in tags.found} == {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "table", "tr", "th", "td"),
        *("article", "div", "pre"),
    }
    assert not any(name in attributes for _, attributes in tags.found for name in ("href", "src", "onclick"))
    assert not any(char in page for char in "\x1b\x07\x9b\u202e")


def test_a_file_is_written_for_this_account_alone(twin_tui: Command, world: str, tmp_path: Path):
    ended = twin_tui("case", "talk-plans", "--db", world, "--html", "--output", "case.html")
    assert (ended.code, ended.out) == (0, "")
    written = tmp_path / "case.html"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert written.read_text("utf-8") == twin_tui("case", "talk-plans", "--db", world, "--html").out
    refused = twin_tui("case", "talk-plans", "--db", world, "--output", "nowhere/case.md")
    assert (refused.code, refused.err.count("\n")) == (1, 1)


def test_the_role_metrics_hands_nothing_over(twin_tui: Command, world: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TWIN_TUI_ROLE", "metrics")
    ended = twin_tui("case", "talk-plans", "--db", world)
    assert (ended.code, ended.out) == (2, "")
