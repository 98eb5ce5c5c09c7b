"""Engagement from the command line: stable keys, the same numbers in every form, hostile text made safe."""

import csv
import io
import json

import pytest

from tests.cli.conftest import NOW, Command

KEYS = {
    *("database", "now", "period", "filters", "window", "previous_window", "kpis", "funnel", "features"),
    *("series", "distributions", "concentration", "busiest", "pairs", "topics", "platforms"),
    *("message_types", "document_types", "query_types", "hourly", "hourly_counts", "hourly_profile"),
    *("hourly_mean", "peak_hours"),
}


def asked(twin_tui: Command, world: str, *more: str) -> str:
    ended = twin_tui("report", "engagement", "--db", world, "--now", NOW, "--period", "7d", *more)
    assert (ended.code, ended.err) == (0, "")
    return ended.out


@pytest.fixture
def told(twin_tui: Command, world: str) -> dict:
    return json.loads(asked(twin_tui, world, "--json"))


def test_the_keys_are_these(told: dict) -> None:
    assert set(told) == KEYS
    assert set(told["funnel"][0]) == {"step", "label", "users", "rate"}
    assert set(told["distributions"]) == {
        *("sessions_per_user", "messages_per_conversation", "session_length", "reply_time"),
    }
    spread = told["distributions"]["reply_time"]
    assert set(spread) == {"label", "unit", "counted", "n", "mean", "median", "p90", "buckets"}
    assert set(spread["buckets"][0]) == {"start", "stop", "count", "share"}
    assert set(told["concentration"][0]) == {"top", "users", "conversations", "share"}
    assert set(told["busiest"][0]) == {"user", "conversations", "share"}
    assert set(told["pairs"]) == {"total", "users", "twins", "rows"}
    assert set(told["pairs"]["rows"][0]) == {"user", "twin", "conversations", "share"}
    assert set(told["topics"]) == {"total", "rows"}
    assert set(told["topics"]["rows"][0]) == {"name", "count", "share"}
    assert set(told["kpis"]) == {
        *("active_users", "conversations", "messages", "documents", "queries"),
        *("shared_conversations", "shared_share", "sessions_per_user"),
        *("power_users", "messages_per_conversation", "session_length_median", "reply_time_median"),
    }


def test_the_numbers_are_those_of_the_world(told: dict) -> None:
    # Three accounts, Bob and Cid own twins, only Bob's is shared, and Bob did nothing.
    assert [(step["users"], step["rate"]) for step in told["funnel"]] == [
        (3, None),
        (2, pytest.approx(2 / 3)),
        (1, 0.5),
        (0, 0.0),
    ]
    # Ann began two of three conversations; 20 % of two people are one.
    assert told["concentration"][-1] == {
        "top": 0.2,
        "users": 1,
        "conversations": 2,
        "share": pytest.approx(2 / 3),
    }
    pair = told["pairs"]["rows"][0]
    assert (told["pairs"]["total"], pair["user"]["id"], pair["twin"]["id"], pair["conversations"]) == (
        1,
        "u-ann",
        "t-scribe",
        2,
    )
    # The only reply came after 252 s.
    assert [each["count"] for each in told["distributions"]["reply_time"]["buckets"]] == [
        *(0, 0, 0, 0, 0),
        1,
        *(0, 0),
    ]


def test_a_page_of_text_tells_the_same_and_is_safe(twin_tui: Command, world: str) -> None:
    page = asked(twin_tui, world, "--plain")
    for words in (
        "Own a shared twin",
        "1–5 min",
        "top 20 % (1 person)",
        "Scribe",
        "general",
        "Busiest people",
    ):
        assert words in page, words
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(page)


def test_sections_are_chosen_for_a_table(twin_tui: Command, world: str) -> None:
    rows = list(csv.DictReader(io.StringIO(asked(twin_tui, world, "--csv", "--section", "funnel"))))
    assert [(row["step"], row["users"]) for row in rows] == [
        ("created", "3"),
        ("own_twin", "2"),
        ("own_shared_twin", "1"),
        ("active", "0"),
    ]
    page = asked(twin_tui, world, "--md", "--section", "pairs")
    assert "| Ann Lee | Scribe | Sam Roe | 2 |" in page
    assert "Own a twin" not in page


def test_sections_belong_to_tables(twin_tui: Command, world: str) -> None:
    ended = twin_tui("report", "engagement", "--db", world, "--json", "--section", "pairs")
    assert ended.code == 2
    assert "--csv or --md" in ended.err


def test_the_role_metrics_is_told_no_topics(
    twin_tui: Command, world: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIN_TUI_ROLE", "metrics")
    assert json.loads(asked(twin_tui, world, "--json"))["topics"]["rows"] == []
