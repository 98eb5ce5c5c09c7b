"""What a command line reads is recorded and can be looked up; where it cannot be, content may stay closed."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Command


def records(twin_tui: Command, world: str, *more: str) -> list[dict]:
    return json.loads(twin_tui("audit", "--db", world, "--json", *more).out)["records"]


def test_reading_a_conversation_is_recorded_and_figures_are_not(twin_tui: Command, world: str):
    twin_tui("report", "overview", "--db", world)
    twin_tui("report", "activity", "--db", world)
    assert records(twin_tui, world) == []
    twin_tui("report", "conversation", "talk-plans", "--db", world, "--ticket", "T-17")
    (record,) = records(twin_tui, world)
    assert (record["action"], record["session_id"], record["ticket"]) == ("open", "talk-plans", "T-17")
    assert (record["role"], record["seq"], record["db_user"]) == ("admin", 1, None)
    assert "plan" not in json.dumps(record["detail"])


def test_records_are_found_by_session_and_by_account(twin_tui: Command, world: str):
    for session in ("talk-plans", "talk-own"):
        twin_tui("report", "conversation", session, "--db", world)
    assert [each["session_id"] for each in records(twin_tui, world, "--session", "talk-o")] == ["talk-own"]
    assert records(twin_tui, world, "--user", "nobody-here") == []
    who = records(twin_tui, world)[0]["os_user"]
    assert len(records(twin_tui, world, "--user", who, "--limit", "1")) == 1
    shown = twin_tui("audit", "--db", world).out
    assert "talk-plans" in shown
    assert who in shown


def test_an_account_that_reads_nothing_leaves_no_record(twin_tui: Command, world: str, tmp_path: Path):
    ended = twin_tui("audit", "--db", world)
    assert (ended.code, ended.out) == (0, f"{world}: nothing is recorded.\n")
    assert twin_tui("audit", "verify", "--db", world).out == f"{world}: 0 records, unbroken.\n"


def test_a_broken_chain_ends_with_20(twin_tui: Command, world: str, tmp_path: Path):
    twin_tui("report", "conversation", "talk-plans", "--db", world)
    assert twin_tui("audit", "verify", "--db", world).out == f"{world}: 1 record, unbroken.\n"
    (store,) = (tmp_path / "XDG_STATE_HOME").rglob("world-*.db")
    conn = sqlite3.connect(store)
    conn.execute("DROP TRIGGER audit_is_append_only")
    conn.execute("UPDATE audit SET os_user = 'somebody else'")
    conn.commit()
    conn.close()
    ended = twin_tui("audit", "verify", "--db", world)
    assert ended.code == 20
    assert "record 1 was changed" in ended.out


def test_content_stays_closed_without_a_ticket_where_one_is_asked_for(
    twin_tui: Command, world: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TWIN_TUI_REQUIRE_TICKET", "yes")
    ended = twin_tui("report", "conversation", "talk-plans", "--db", world)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "Content stays closed without a ticket: say why with --ticket NAME.\n"
    assert twin_tui("report", "overview", "--db", world).code == 0
    assert twin_tui("report", "conversation", "talk-plans", "--db", world, "--ticket", "T-1").code == 0


def test_content_stays_closed_where_it_cannot_be_recorded_and_must(
    twin_tui: Command, world: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "XDG_STATE_HOME").write_text("a file where the folder should be")
    assert twin_tui("report", "conversation", "talk-plans", "--db", world).code == 0
    monkeypatch.setenv("TWIN_TUI_AUDIT", "required")
    ended = twin_tui("report", "conversation", "talk-plans", "--db", world)
    assert (ended.code, ended.out) == (2, "")
    assert "cannot be recorded" in ended.err
    assert twin_tui("report", "overview", "--db", world).code == 0
    refused = twin_tui("migrate", "--db", "new.db")
    assert refused.code == 1
    assert not (tmp_path / "new.db").exists()


def test_nothing_is_recorded_where_it_is_switched_off(
    twin_tui: Command, world: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TWIN_TUI_AUDIT", "off")
    twin_tui("report", "conversation", "talk-plans", "--db", world)
    assert records(twin_tui, world) == []


def test_making_and_migrating_are_recorded(twin_tui: Command):
    twin_tui("generate", "--users", "2", "--days", "2", "--db", "new.db")
    twin_tui("migrate", "--db", "new.db")
    assert [each["action"] for each in records(twin_tui, "new.db")] == ["migrate", "generate"]


def test_the_role_metrics_reads_figures_only(twin_tui: Command, world: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TWIN_TUI_ROLE", "metrics")
    for content in (("activity",), ("conversation", "talk-plans"), ("person", "u-ann")):
        ended = twin_tui("report", *content, "--db", world)
        assert (ended.code, ended.out) == (2, "")
        assert "no content" in ended.err
    overview = twin_tui("report", "overview", "--db", world)
    assert overview.code == 0
    assert "The plan" not in overview.out


def test_support_sees_no_name_unless_told_to(twin_tui: Command, world: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TWIN_TUI_ROLE", "support")
    for report in (
        ("activity",),
        ("people",),
        ("conversation", "talk-plans"),
        ("leaderboard", "--by", "user"),
    ):
        out = twin_tui("report", *report, "--db", world).out
        assert out
        assert not any(name in out for name in ("Ann Lee", "Sam Roe", "example.com")), report
    monkeypatch.setenv("TWIN_TUI_PRIVACY", "open")
    assert "Ann Lee" in twin_tui("report", "people", "--db", world).out


def test_another_accounts_file_is_read_as_support(
    twin_tui: Command, world: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("os.geteuid", lambda: 12_345)
    assert "Ann Lee" not in twin_tui("report", "people", "--db", world).out


@pytest.mark.parametrize(
    ("setting", "wanted"),
    [
        (("ROLE", "boss"), "metrics, support, admin"),
        (("PRIVACY", "none"), "masked, open"),
        (("AUDIT", "maybe"), "off, on, required"),
        (("TICKET", "x" * 101), "at most 100"),
    ],
)
def test_what_cannot_be_configured_is_told(
    twin_tui: Command, world: str, monkeypatch: pytest.MonkeyPatch, setting: tuple[str, str], wanted: str
):
    monkeypatch.setenv(f"TWIN_TUI_{setting[0]}", setting[1])
    ended = twin_tui("report", "people", "--db", world)
    assert (ended.code, ended.out) == (2, "")
    assert wanted in ended.err


def test_a_picture_is_masked_as_the_screen_is_and_recorded(
    twin_tui: Command, world: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TWIN_TUI_ROLE", "support")
    asked = ("--db", world, "--format", "text", "--now", "2026-11-23T12:00:00Z")
    for screen in (("people",), ("conversation", "--session", "talk-plans")):
        picture = twin_tui("render", *screen, *asked)
        assert picture.code == 0
        assert "Person " in picture.out
        assert not any(name in picture.out for name in ("Ann Lee", "Sam Roe", "example.com"))
    assert [each["action"] for each in records(twin_tui, world)] == ["open"]
