"""What a search found in every form, with hostile text in every place that holds stored text."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.reports.given import HOSTILE, about
from tests.reports.test_json_form import PERSON, TWIN
from tests.reports.test_plain import too_wide
from twin_tui.analytics.answers import (
    Few,
    Hit,
    Person,
    PersonHit,
    SearchPage,
    SearchRequest,
    SessionHit,
    TwinHit,
    TwinRef,
)
from twin_tui.reports.csv_form import to_csv
from twin_tui.reports.json_form import to_json
from twin_tui.reports.markdown_form import to_markdown
from twin_tui.reports.search_json import search_json
from twin_tui.reports.search_plain import search_plain
from twin_tui.reports.search_sections import SEARCH_SECTIONS, search_sections
from twin_tui.text.safe_text import safe_text

SEEN = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
PAGE = {
    "database", "now", "period", "filters", "search", "terms", "by", "page", "limit", "has_next", "has_prev",
    "searched_back_to", "is_indexed", "behind", "named", "people", "twins", "conversations", "items",
}  # fmt: skip
WHO = {"user", "twin", "platform", "shared"}


def found(text: str = "the plan") -> SearchPage:
    user, owner = Person("u1", text, text), Person("u2", text, text)
    twin = TwinRef("t1", text, owner)
    parts = (("Before ", False), (text, True), (" after", False))
    return SearchPage(
        request=SearchRequest(text, page=2, limit=1),
        terms=(text,),
        people=Few((PersonHit(user, parts, parts, text, text),), has_more=True),
        twins=Few((TwinHit(twin, parts),)),
        sessions=Few((SessionHit("s1", SEEN, parts, user, twin, text, shared=True),)),
        hits=(Hit("document", "d1", "s1", SEEN, None, text, parts, text, user, twin, text, shared=False),),
        has_next=True,
        searched_back_to=SEEN,
        is_indexed=True,
        behind=1200,
        named=Few((SessionHit("s2", SEEN, ((text, False),), user, twin, text, True, "m7"),), has_more=True),
    )


def nothing() -> SearchPage:
    request = SearchRequest("zzz", by="relevance")
    return SearchPage(request, ("zzz",), Few(), Few(), Few(), (), False, None, True, 0)


def test_keys_of_a_search_are_frozen():
    answer = search_json(found(), about())
    assert set(answer) == PAGE
    assert set(answer["named"]["items"][0]) == WHO | {"session_id", "time", "title", "event_id"}
    assert set(answer["people"]) == {"has_more", "items"}
    assert set(answer["people"]["items"][0]) == PERSON | {"company", "department"}
    assert set(answer["twins"]["items"][0]) == TWIN
    assert set(answer["conversations"]["items"][0]) == WHO | {"session_id", "time", "title"}
    (item,) = answer["items"]
    assert set(item) == WHO | {
        "kind", "session_id", "event_id", "time", "sender", "conversation", "title", "snippet",
    }  # fmt: skip
    assert item["snippet"] == {"text": "Before the plan after", "hits": [[7, 15]]}
    assert (item["time"], item["sender"], answer["has_prev"]) == ("2026-11-23T09:12:00Z", None, True)


def test_sections_are_as_named_and_square():
    sections = search_sections(found())
    assert tuple(each.key for each in sections) == SEARCH_SECTIONS
    for each in sections:
        assert {len(row) for row in each.rows} == {len(each.columns)}


def test_csv_marks_hits_and_runs_nothing():
    written = to_csv([search_sections(found(HOSTILE))[4]])
    heads, row = csv.reader(io.StringIO(written))
    cells = dict(zip(heads, row, strict=True))
    assert cells["snippet"].startswith("Before [")
    assert cells["user_name"].startswith("'=cmd")


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("text", ["the plan", HOSTILE, "名" * 90, "wordless" * 40, ""], ids=range(5))
def test_every_page_fits_its_width_and_steers_nothing(text: str, width: int):
    for page in (found(text), nothing(), replace(nothing(), terms=())):
        written = search_plain(page, about(company=text), width)
        assert not too_wide(written, width)
        assert safe_text(written) == written


@pytest.mark.parametrize("text", [HOSTILE, "a|b*c"])
def test_markdown_and_json_of_hostile_hits_stay_what_they_are(text: str):
    written = to_markdown("Search", about(), search_sections(found(text)))
    assert not [char for char in written if char != "\n" and (char < " " or "\x7f" <= char < "\xa0")]
    assert "a|b" not in written
    assert json.loads(to_json(search_json(found(text), about())))["items"][0]["title"] == text


def test_the_page_tells_where_it_is_what_it_left_out_and_how_to_go_on():
    lines = search_plain(found(), about()).split("\n")
    assert "── People, the first of more ─" in "\n".join(lines)
    assert "Before [the plan] after · Before [the plan] after · the plan · the plan" in lines
    assert any(line.startswith("── Texts 2–2 and more · newest first ─") for line in lines)
    assert "    Before [the plan] after" in lines
    assert "    s1  d1" in lines
    assert "Searched back to 2026-11-23 10:12; nothing before." in lines
    assert "1,200 rows are not in the search index yet." in lines
    assert "More: --page 3" in lines
    empty = search_plain(nothing(), about())
    assert "── No text matches ─" in empty
    assert "People" not in empty
