import csv
import io
import json

import pytest

from tests.reports import given_people as given
from tests.reports.given import HOSTILE, about
from tests.reports.test_json_form import FILTERS, ITEM, PERIOD, PERSON, TWIN, WINDOW
from tests.reports.test_plain import too_wide
from twin_tui.reports.csv_form import to_csv
from twin_tui.reports.json_form import to_json
from twin_tui.reports.markdown_form import to_markdown
from twin_tui.reports.people_json import people_json, person_json, twin_json
from twin_tui.reports.people_plain import people_plain, person_plain, twin_plain
from twin_tui.reports.people_sections import (
    PERSON_SECTIONS,
    TWIN_SECTIONS,
    people_section,
    person_sections,
    twin_sections,
)
from twin_tui.text.safe_text import safe_text

FRAME = {"database", "now", "period", "filters"}
PAGED = {"total", "page", "pages", "limit", "items"}
PEOPLE = FRAME | PAGED | {
    "kind", "search", "status", "sort", "descending", "counts", "has_next", "has_prev",
}  # fmt: skip
PERSON_ROW = {
    "id", "name", "email", "company", "department", "created_at", "last_seen", "status", "conversations",
    "messages", "documents", "queries", "twins", "shared_uses",
}  # fmt: skip
TWIN_ROW = {
    "id", "name", "owner", "owner_id", "owner_email", "is_shared", "created_at", "last_used", "status",
    "users", "outsiders", "conversations", "messages", "documents", "queries",
}  # fmt: skip
USE = {"user", "twin", "is_owner", "conversations", "messages", "documents", "queries", "last_used"}
FEEDS = {"sessions", "documents", "queries"}


def test_keys_of_the_directory_are_frozen():
    found = people_json(given.people(), about())
    assert set(found) == PEOPLE
    assert set(found["period"]) == PERIOD
    assert set(found["filters"]) == FILTERS
    assert found["counts"] == {"active": 3, "dormant": 0, "never": 2}
    assert [set(row) for row in found["items"]] == [PERSON_ROW] * 2
    assert (found["items"][0]["last_seen"], found["items"][1]["last_seen"]) == ("2026-11-23T09:12:00Z", None)
    found = people_json(given.people(kind="twins"), about())
    assert set(found) == PEOPLE
    assert [set(row) for row in found["items"]] == [TWIN_ROW] * 2


def test_keys_of_a_person_are_frozen():
    found = person_json(given.person(), about())
    assert set(found) == FRAME | FEEDS | {"window", "person", "series", "twins", "uses", "used_by"}
    assert set(found["window"]) == WINDOW
    assert set(found["person"]) == PERSON_ROW
    assert found["series"][1] == {"day": "2026-11-18", "conversations": 1, "messages": 4}
    assert [set(found[key]) for key in ("twins", "uses", "used_by", *FEEDS)] == [PAGED] * 6
    assert set(found["twins"]["items"][0]) == TWIN_ROW
    check_lists(found, ("uses", "used_by"))


def test_keys_of_a_twin_are_frozen():
    found = twin_json(given.twin(), about())
    assert set(found) == FRAME | FEEDS | {"window", "twin", "series", "users"}
    assert set(found["twin"]) == TWIN_ROW | {"description"}
    check_lists(found, ("users",))
    assert [row["is_owner"] for row in found["users"]["items"]] == [False, True]


def check_lists(found: dict, uses: tuple[str, ...]) -> None:
    for key in uses:
        for row in found[key]["items"]:
            assert set(row) == USE
            assert (set(row["user"]), set(row["twin"])) == (PERSON, TWIN)
    for key in FEEDS:
        assert [set(row) for row in found[key]["items"]] == [ITEM] * 2


def test_sections_bear_the_names_that_the_command_offers_and_whole_rows():
    for sections, names in (
        (person_sections(given.person()), PERSON_SECTIONS),
        (twin_sections(given.twin()), TWIN_SECTIONS),
    ):
        assert tuple(each.key for each in sections) == names
        for each in sections:
            assert {len(row) for row in each.rows} == {len(each.columns)}
            assert len({column.key for column in each.columns}) == len(each.columns)


def test_csv_of_people_reads_back_and_runs_nothing():
    written = to_csv([people_section(given.people(HOSTILE))])
    heads, ann, unseen = csv.reader(io.StringIO(written))
    row = dict(zip(heads, ann, strict=True))
    assert set(heads) == PERSON_ROW
    assert row["name"].startswith("'=cmd")
    assert (row["queries"], row["last_seen"]) == ("1200", "2026-11-23T09:12:00Z")
    assert dict(zip(heads, unseen, strict=True))["last_seen"] == ""


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("text", ["Ann Lee", HOSTILE, "名" * 90, "wordless" * 40, ""], ids=range(5))
def test_every_page_fits_its_width_and_steers_nothing(text: str, width: int):
    pages = {
        "people": people_plain(given.people(text), about(company=text), width),
        "twins": people_plain(given.people(text, "twins"), about(), width),
        "nobody": people_plain(given.nobody(), about(), width),
        "person": person_plain(given.person(text), about(), width),
        "newcomer": person_plain(given.newcomer(), about(), width),
        "twin": twin_plain(given.twin(text), about(), width),
    }
    for name, page in pages.items():
        assert not too_wide(page, width), name
        assert safe_text(page) == page, name


@pytest.mark.parametrize("text", [HOSTILE, "a|b*c"])
def test_markdown_and_json_of_hostile_people_stay_what_they_are(text: str):
    written = to_markdown(text, about(), twin_sections(given.twin(text)))
    assert not [char for char in written if char != "\n" and (char < " " or "\x7f" <= char < "\xa0")]
    assert "a|b" not in written
    assert json.loads(to_json(person_json(given.person(text), about())))["person"]["name"] == text


def test_the_directory_tells_where_it_is_and_how_to_go_on():
    lines = people_plain(given.people(), about()).split("\n")
    assert lines[2] == "3 active · 0 dormant · 2 never"
    assert lines[3] == "Search Ann Lee"
    assert lines[5].startswith("── 3–4 of 5 · by last seen · page 2 of 3 ─")
    assert lines[6].split() == ["name", "status", "last", "seen", "conv.", "messages", "docs", "queries"]
    assert lines[7].split() == ["Ann", "Lee", "active", "2", "h", "ago", "3", "12", "1", "1,200"]
    assert lines[8] == "    ann@example.com · u1 · Ann Lee"
    assert lines[9].split() == ["Ann", "Lee", "never", "–", "0", "0", "0", "0"]
    assert "More: --page 3" in lines
    assert "── Nobody matches ─" in people_plain(given.nobody(), about())
    assert "── No twin matches ─" in people_plain(given.nobody("twins"), about())


def test_a_person_and_a_twin_are_told_with_what_was_done():
    page = person_plain(given.person(), about())
    for line in (
        "Last seen     2026-11-23 10:12 · 2 h ago",
        "Messages      12",
        "Shared use    1 conversation",
        "── Conversations by their last message · 5 · page 1 of 3 ─",
        "Ann Lee (of Ann Lee)",
        "Ann Lee → Ann Lee",
    ):
        assert line in page
    assert "▁" in page
    empty = person_plain(given.newcomer(), about())
    assert "Last seen     –" in empty
    assert "── Own twins · none ─" in empty
    assert "Day by day" not in empty
    told = twin_plain(given.twin(), about())
    assert "Users         2, 1 of them not the owner" in told
    assert "Sharing       shared" in told
    assert "Scribe (owner)" in told
    assert "Sharing       not known" in twin_plain(given.twin(""), about())
