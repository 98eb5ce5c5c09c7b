"""What did not work, from the command line: stable keys, the same numbers in every form, nobody's words."""

import json

import pytest

from tests.cli.conftest import HOSTILE, NOW, Command
from twin_tui.data.database import open_database
from twin_tui.data.models import Query

KEYS = {
    *("database", "now", "period", "filters", "window", "previous_window", "as_of", "slow_seconds", "fewest"),
    *("kpis", "series", "dead_ends", "zero_result_texts_total", "zero_result_texts", "document_types"),
    *("rank_by", "twins_total", "twins"),
}


def ask(twin_tui: Command, world: str, *more: str) -> str:
    ended = twin_tui("report", "quality", "--db", world, "--now", NOW, "--period", "7d", *more)
    assert (ended.code, ended.err) == (0, "")
    return ended.out


def found(twin_tui: Command, world: str, *more: str) -> dict:
    return json.loads(ask(twin_tui, world, "--json", *more))


def test_the_keys_are_these(twin_tui: Command, world: str):
    told = found(twin_tui, world)
    assert set(told) == KEYS
    assert list(told["kpis"]) == [
        *("zero_result_rate", "dead_end_share", "unanswered_share", "reply_time_median", "slow_reply_share"),
        *("conversations", "messages", "queries", "documents", "document_words"),
    ]
    assert set(told["series"][0]) == {
        *("day", "conversations", "dead_ends", "dead_ends_by_reason", "queries_known", "queries_empty"),
        *("user_messages", "unanswered_messages", "replies", "slow_replies", "is_complete"),
    }
    assert set(told["zero_result_texts"][0]) == {"text", "queries", "users", "last_at"}
    assert set(told["document_types"][0]) == {
        *("type", "documents", "share", "words", "documents_with_words"),
    }
    assert set(told["twins"][0]) == {
        *("rank", "twin", "queries_known", "queries_empty", "zero_result_rate", "conversations"),
        *("dead_ends", "dead_end_share", "user_messages", "unanswered_messages", "unanswered_share"),
        *("replies", "reply_time_median"),
    }


def test_two_conversations_lead_nowhere_and_one_search_found_nothing(twin_tui: Command, world: str):
    told = found(twin_tui, world)
    # m-3 and m-4 have no reply; q-1 is the last thing in talk-own, which so ends for two reasons.
    assert told["kpis"]["dead_end_share"]["value"] == 2 / 3
    assert {name: each["conversations"] for name, each in told["dead_ends"].items()} == {
        "unanswered": 2,
        "zero_results": 1,
        "repeated": 0,
    }
    assert (told["kpis"]["unanswered_share"]["numerator"], told["kpis"]["unanswered_share"]["n"]) == (2, 3)
    # The one reply took 252 s.
    assert told["kpis"]["slow_reply_share"]["value"] == 1.0
    assert told["zero_result_texts"] == [
        {"text": "where is it", "queries": 1, "users": 1, "last_at": "2026-11-22T09:00:10Z"}
    ]
    assert [(row["rank"], row["twin"]["id"]) for row in told["twins"]] == [(None, "t-scout")]


def test_twins_are_ranked_by_what_is_asked_for(twin_tui: Command, world: str):
    told = found(twin_tui, world, "--rank-by", "dead_end_share")
    assert told["rank_by"] == "dead_end_share"
    assert [row["twin"]["id"] for row in told["twins"]] == ["t-scribe", "t-scout"]
    refused = twin_tui("report", "quality", "--db", world, "--rank-by", "charm")
    assert refused.code == 2
    assert "charm" in refused.err


@pytest.mark.parametrize("form", ["--plain", "--md", "--csv"])
def test_every_form_tells_texts_reasons_and_twins(twin_tui: Command, world: str, form: str):
    out = ask(twin_tui, world, form)
    for word in ("where is it", "memo", "Scout", "End without a reply"):
        assert word in out


@pytest.mark.parametrize("form", ["--plain", "--md", "--csv", "--json"])
def test_a_hostile_text_steers_nothing(twin_tui: Command, world: str, form: str):
    with open_database(world, "write") as source, source.writing():
        columns = ("id", "session_id", "query_text", "results_count", "created_at")
        source.insert_rows(Query, columns, [("q-9", "talk-hostile", HOSTILE, 0, "2026-11-21 09:00:05")])
    out = ask(twin_tui, world, form)
    assert not {"\x1b", "\x9b", "\u202e", "\x07"} & set(out.replace("\n", "")) or form == "--csv"
    if form == "--csv":
        assert "'=cmd" in out
        assert "\n=cmd" not in out


def test_the_role_metrics_gets_numbers_without_texts(twin_tui: Command, world: str, monkeypatch):
    monkeypatch.setenv("TWIN_TUI_ROLE", "metrics")
    told = found(twin_tui, world)
    assert (told["zero_result_texts"], told["zero_result_texts_total"]) == ([], 1)
    assert "where is it" not in ask(twin_tui, world)
    assert "Their texts are not shown here." in ask(twin_tui, world)


def test_masked_texts_name_nobody(twin_tui: Command, world: str, monkeypatch):
    with open_database(world, "write") as source, source.writing():
        columns = ("id", "session_id", "query_text", "results_count", "created_at")
        made = [("q-9", "talk-own", "mail of ann@example.com", 0, "2026-11-22 09:00:30")]
        source.insert_rows(Query, columns, made)
    assert "mail of ann@example.com" in ask(twin_tui, world)
    monkeypatch.setenv("TWIN_TUI_ROLE", "support")
    assert "ann@example.com" not in ask(twin_tui, world)
    assert "mail of" in ask(twin_tui, world)
