import json

from tests.reports.given import HOSTILE, about, activity, board, conversation, overview
from twin_tui.reports.json_form import (
    activity_json,
    conversation_json,
    leaderboard_json,
    overview_json,
    to_json,
)

PERIOD = {"start", "end", "last_day", "timezone"}
FILTERS = {"company", "department", "user", "twin", "platform", "shared", "compare"}
WINDOW = {"start", "end", "timezone"}
PERSON = {"id", "name", "email"}
TWIN = {"id", "name", "owner", "owner_id", "owner_email"}
FIGURE = {
    "label", "unit", "value", "previous", "change", "good", "numerator", "denominator", "n", "window",
    "previous_window", "unfiltered", "definition", "parts", "series",
}  # fmt: skip
DAY = {
    "day", "active_users", "new_users", "conversations", "messages", "documents", "queries",
    "shared_conversations", "active_users_average", "conversations_average", "messages_average",
    "is_complete",
}  # fmt: skip
RANK = {
    "rank", "id", "name", "detail", "conversations", "active_users", "messages", "documents", "queries",
    "per_user", "share", "rank_change",
}  # fmt: skip
ITEM = {
    "time", "kind", "session_id", "event_id", "user", "twin", "what", "detail", "platform", "length_s",
    "messages", "documents", "queries", "results_count", "shared",
}  # fmt: skip
OVERVIEW = {
    "database", "now", "period", "filters", "window", "previous_window", "as_of", "kpis", "series",
    "features", "leaderboard_by", "leaderboard_rank_by", "leaderboard_total", "leaderboard", "hourly",
    "hourly_counts", "hourly_profile", "hourly_mean", "peak_hours", "message_types", "platforms", "latest",
}  # fmt: skip
ACTIVITY = {
    "database", "now", "period", "filters", "type", "has", "dated", "only_unreviewed", "search", "total",
    "page", "pages", "limit", "has_next", "has_prev", "items",
}  # fmt: skip
SESSION = {
    "id", "user", "twin", "title", "topic", "platform", "started_at", "last_at", "shared", "messages",
    "user_messages", "twin_messages", "documents", "queries", "elapsed_s", "active_s",
}  # fmt: skip
ENTRY = {
    "kind", "id", "time", "sender", "text", "size", "message_id", "message_type", "title", "type",
    "word_count", "results_count",
}  # fmt: skip


def test_keys_of_the_overview_are_frozen():
    found = overview_json(overview(), about())
    assert set(found) == OVERVIEW
    assert set(found["period"]) == PERIOD
    assert set(found["filters"]) == FILTERS
    assert set(found["window"]) == set(found["previous_window"]) == WINDOW
    assert all(set(figure) == FIGURE for figure in found["kpis"].values())
    assert all(set(figure["window"]) == WINDOW for figure in found["kpis"].values())
    assert found["kpis"]["active_users"]["parts"] == [{"label": "p90", "value": 9.0, "unit": "seconds"}]
    assert all(set(day) == DAY for day in found["series"])
    assert all(set(row) == {"feature", "label", "count", "share", "per_day"} for row in found["features"])
    assert all(set(row) == RANK for row in found["leaderboard"])
    assert [len(row) for row in found["hourly"]] == [24] * 7
    assert [len(row) for row in found["hourly_counts"]] == [24] * 7
    for key in ("message_types", "platforms"):
        assert all(set(share) == {"name", "count", "share"} for share in found[key])
    assert all(set(item) == ITEM for item in found["latest"])


def test_keys_of_the_activity_are_frozen():
    found = activity_json(activity(), about())
    assert set(found) == ACTIVITY
    assert [set(item) for item in found["items"]] == [ITEM] * 3
    assert {frozenset(item["user"]) for item in found["items"]} == {frozenset(PERSON)}
    assert {frozenset(item["twin"]) for item in found["items"]} == {frozenset(TWIN)}


def test_keys_of_the_leaderboard_are_frozen():
    found = leaderboard_json(board(), about())
    assert set(found) == {"database", "now", "period", "filters", "by", "rank_by", "total", "leaderboard"}
    assert [set(row) for row in found["leaderboard"]] == [RANK] * 2


def test_keys_of_a_conversation_are_frozen():
    found = conversation_json(*conversation(), about(), "message-3")
    assert set(found) == {"database", "timezone", "now", "event_id", "session", "entries"}
    assert set(found["session"]) == SESSION
    assert set(found["session"]["user"]) == PERSON | {"company", "department"}
    assert set(found["session"]["twin"]) == TWIN
    assert [set(entry) for entry in found["entries"]] == [ENTRY] * 5


def test_times_are_utc_days_are_local_and_unknown_is_null():
    found = overview_json(overview(), about())
    assert found["period"] == {
        "start": "2026-11-17",
        "end": "2026-11-24",
        "last_day": "2026-11-23",
        "timezone": "Europe/Berlin",
    }
    assert found["window"]["start"] == "2026-11-16T23:00:00Z"
    assert found["series"][0]["day"] == "2026-11-17"
    assert found["series"][0]["active_users_average"] is None
    assert found["hourly"][6][2] is None
    assert found["kpis"]["active_users"]["change"] == 0.124
    assert found["kpis"]["session_length_median"]["change"] is None


def test_an_empty_overview_is_json_too():
    found = json.loads(to_json(overview_json(overview(empty=True), about())))
    assert found["period"]["start"] == "2026-11-17"
    assert (found["series"], found["leaderboard"], found["latest"]) == ([], [], [])
    assert found["kpis"]["active_users"]["value"] is None


def test_stored_text_comes_back_exactly_and_no_steering_character_is_written():
    written = to_json(conversation_json(*conversation(HOSTILE), about()))
    assert json.loads(written)["entries"][0]["text"] == HOSTILE
    assert not [char for char in written if char != "\n" and (char < " " or "\x7f" <= char < "\xa0")]
    assert not set(written) & set("\u202e\u200b\ud800")
    assert "日本" in written
    written.encode("utf-8")
