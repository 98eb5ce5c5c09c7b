import csv
import io
import json

import pytest

from tests.cli.conftest import HOSTILE, NOW, Command

FORMS = ("--json", "--csv", "--md", "--plain")
REPORTS = (
    ("overview",),
    ("activity", "--type", "all"),
    ("leaderboard", "--by", "user"),
    ("conversation", "talk-hostile"),
)


def steers(text: str) -> set[str]:
    return {
        char for char in text if char != "\n" and (char < " " or "\x7f" <= char < "\xa0" or char == "\u202e")
    }


def test_the_overview_counts_the_world(twin_tui: Command, world: str):
    ended = twin_tui("report", "overview", "--db", world, "--now", NOW, "--period", "7d", "--json")
    assert (ended.code, ended.err) == (0, "")
    found = json.loads(ended.out)
    assert found["period"] == {
        "start": "2026-11-17",
        "end": "2026-11-24",
        "last_day": "2026-11-23",
        "timezone": "UTC",
    }
    values = {key: kpi["value"] for key, kpi in found["kpis"].items()}
    # 3 sessions of 2 users, 2 of them with another's twin; 2 + 1 + 1 messages; 1 query without a result
    assert values["active_users"] == 2
    assert values["conversations"] == 3
    assert values["messages"] == 4
    assert values["documents"] == 1
    assert values["queries"] == 1
    assert values["shared_conversations"] == 2
    assert values["shared_share"] == pytest.approx(2 / 3)
    assert values["twin_installations"] == 2
    assert values["zero_result_rate"] == 1
    assert values["session_length_median"] == 252  # only talk-plans has two messages, 4 min 12 s apart


def test_promised_kpis_are_all_there(twin_tui: Command, world: str):
    found = json.loads(twin_tui("report", "overview", "--db", world, "--now", NOW, "--json").out)
    assert set(found["kpis"]) >= {
        "active_users", "conversations", "messages", "documents", "queries", "shared_conversations",
        "shared_share", "twin_installations", "zero_result_rate", "session_length_median",
    }  # fmt: skip


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report[0])
@pytest.mark.parametrize("form", ["--csv", "--md", "--plain"])
def test_hostile_text_reaches_no_reader_of_prose(
    twin_tui: Command, world: str, report: tuple[str, ...], form: str
):
    ended = twin_tui("report", *report, "--db", world, "--now", NOW, form)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out
    if form != "--csv":
        assert not steers(ended.out)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report[0])
def test_json_is_valid_and_safe(twin_tui: Command, world: str, report: tuple[str, ...]):
    ended = twin_tui("report", *report, "--db", world, "--now", NOW, "--json")
    assert ended.code == 0
    assert isinstance(json.loads(ended.out), dict)
    assert not steers(ended.out)


def test_plain_is_the_default_and_fits_80_columns(twin_tui: Command, world: str):
    plain = twin_tui("report", "overview", "--db", world, "--now", NOW)
    assert plain.out == twin_tui("report", "overview", "--db", world, "--now", NOW, "--plain").out
    assert max(map(len, plain.out.split("\n"))) == 80


def test_global_options_stand_before_or_after_the_command(twin_tui: Command, world: str):
    after = twin_tui("report", "overview", "--db", world, "--now", NOW, "--tz", "Asia/Tokyo", "--json")
    before = twin_tui("--db", world, "--now", NOW, "--tz", "Asia/Tokyo", "report", "overview", "--json")
    between = twin_tui(
        "--db", "no.db", "report", "--tz", "Asia/Tokyo", "--now", NOW, "overview", "--db", world, "--json"
    )
    assert after.code == 0
    assert before.out == after.out == between.out
    assert json.loads(after.out)["period"]["timezone"] == "Asia/Tokyo"


def test_a_conversation_is_found_by_its_event_and_told_whole(twin_tui: Command, world: str):
    found = json.loads(twin_tui("report", "conversation", "d-1", "--db", world, "--json").out)
    assert found["event_id"] == "d-1"
    assert found["session"]["id"] == "talk-plans"
    assert [(entry["kind"], entry["id"]) for entry in found["entries"]] == [
        ("message", "m-1"),
        ("message", "m-2"),
        ("document", "d-1"),
    ]
    long = json.loads(twin_tui("report", "conversation", "talk-own", "--db", world, "--json").out)
    assert [len(entry["text"]) for entry in long["entries"]] == [100_000, 11]
    hostile = json.loads(twin_tui("report", "conversation", "talk-hostile", "--db", world, "--json").out)
    assert hostile["entries"][0]["text"] == HOSTILE


def test_an_unknown_or_ambiguous_id_is_wrong_usage(twin_tui: Command, world: str):
    unknown = twin_tui("report", "conversation", "nothing", "--db", world)
    assert (unknown.code, unknown.out) == (2, "")
    ambiguous = twin_tui("report", "conversation", "talk-", "--db", world)
    assert (ambiguous.code, ambiguous.out) == (2, "")
    assert ambiguous.err.count("\n") >= 4  # the sentence and the three candidates


def test_a_user_is_found_by_mail_and_a_shared_name_lists_the_candidates(twin_tui: Command, world: str):
    found = twin_tui("report", "activity", "--user", "ANN@example.com", "--db", world, "--now", NOW, "--json")
    assert json.loads(found.out)["total"] == 2
    ambiguous = twin_tui("report", "activity", "--user", "sam roe", "--db", world, "--now", NOW)
    assert (ambiguous.code, ambiguous.out) == (2, "")
    assert "bob@example.com" in ambiguous.err
    assert "cid@example.com" in ambiguous.err
    assert twin_tui("report", "activity", "--twin", "nobody", "--db", world).code == 2


def test_filters_narrow_and_an_unknown_company_is_told(twin_tui: Command, world: str):
    def total(*filters: str) -> int:
        ended = twin_tui("report", "activity", "--db", world, "--now", NOW, "--json", *filters)
        return int(json.loads(ended.out)["total"])

    assert total() == 3
    assert total("--company", "acme") == 2
    assert total("--company", "") == 1
    assert total("--platform", "web") == 1
    assert total("--shared") == 2
    assert total("--own") == 1
    assert total("--has", "document") == 1
    assert total("--has", "document", "--has", "query") == 0
    assert total("--search", "plan") == 1
    assert total("--period", "2026-11-20") == 1
    unknown = twin_tui("report", "activity", "--db", world, "--now", NOW, "--json", "--company", "Acne")
    assert (unknown.code, json.loads(unknown.out)["total"]) == (0, 0)
    assert unknown.err.startswith("No company here is called 'Acne'; there are ")
    assert "Acme" in unknown.err


def test_a_page_beyond_the_last_answers_with_the_last_and_says_so(twin_tui: Command, world: str):
    arguments = ("--db", world, "--now", NOW, "--limit", "2", "--page", "9", "--json")
    ended = twin_tui("report", "activity", *arguments)
    found = json.loads(ended.out)
    assert (found["page"], found["pages"], found["has_next"], found["has_prev"]) == (2, 2, False, True)
    assert len(found["items"]) == 1
    assert ended.err == "There is no page 9: page 2 is the last.\n"


def test_one_section_of_the_overview_is_a_bare_table(twin_tui: Command, world: str):
    arguments = ("report", "overview", "--db", world, "--now", NOW, "--period", "7d", "--section", "series")
    rows = list(csv.DictReader(io.StringIO(twin_tui(*arguments, "--csv").out)))
    assert [row["conversations"] for row in rows] == ["0", "0", "0", "1", "1", "1", "0"]
    refused = twin_tui(*arguments, "--json")
    assert (refused.code, refused.out) == (2, "")


@pytest.mark.parametrize(
    "wrong", [["--period", "soon"], ["--page", "0"], ["--type", "x"], ["--limit", "9999"]]
)
def test_what_cannot_be_meant_is_wrong_usage(twin_tui: Command, world: str, wrong: list[str]):
    ended = twin_tui("report", "activity", "--db", world, *wrong)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err


def test_a_leaderboard_ranks_what_is_asked(twin_tui: Command, world: str):
    arguments = (
        "--db",
        world,
        "--now",
        NOW,
        "--by",
        "user",
        "--rank-by",
        "messages",
        "--limit",
        "1",
        "--json",
    )
    found = json.loads(twin_tui("report", "leaderboard", *arguments).out)
    assert (found["by"], found["rank_by"], found["total"]) == ("user", "messages", 2)
    assert [(row["rank"], row["name"], row["messages"]) for row in found["leaderboard"]] == [
        (1, "Ann Lee", 3)
    ]


def test_all_time_runs_from_the_first_to_the_last_day_with_data(twin_tui: Command, world: str):
    for report in ("overview", "activity", "leaderboard"):
        arguments = ("report", report, "--db", world, "--now", NOW, "--period", "all", "--json")
        period = json.loads(twin_tui(*arguments).out)["period"]
        assert (period["start"], period["last_day"]) == ("2026-10-01", "2026-11-22"), report


def test_what_was_active_on_a_day_is_listed(twin_tui: Command, world: str):
    now = ("--db", world, "--now", NOW, "--json")
    on = twin_tui("report", "activity", "--on", "last friday", *now)
    asked = twin_tui("report", "activity", "--period", "2026-11-20", "--dated", "active", *now)
    assert (on.code, on.out) == (0, asked.out)
    assert '"talk-plans"' in on.out
    both = twin_tui("report", "activity", "--on", "friday", "--period", "7d", *now)
    assert (both.code, both.out) == (2, "")
    assert "leave --period out" in both.err
    wrong = twin_tui("report", "activity", "--on", "someday", *now)
    assert (wrong.code, "last tuesday" in wrong.err) == (2, True)


def test_reviewed_conversations_can_be_left_out(twin_tui: Command, world: str):
    twin_tui("note", "talk-plans", "--reviewed", "--db", world)
    out = twin_tui("report", "activity", "--not-reviewed", "--db", world, "--now", NOW, "--json").out
    assert '"only_unreviewed": true' in out
    assert "talk-own" in out
    assert "talk-plans" not in out
