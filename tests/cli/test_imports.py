import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command, fill
from tests.cli.test_derived import check_current


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A workspace of one thread: Ann asks the agent, it answers."""
    folder = tmp_path / "export"
    (folder / "general").mkdir(parents=True)
    people = [
        {
            "id": "U1",
            "team_id": "T1",
            "name": "ann",
            "profile": {"real_name": "Ann", "email": "ann@example.com"},
        },
        {"id": "U2", "team_id": "T1", "name": "agent", "is_bot": True, "profile": {"real_name": "Agent"}},
    ]
    (folder / "users.json").write_text(json.dumps(people), "utf-8")
    (folder / "channels.json").write_text(json.dumps([{"id": "C1", "name": "general"}]), "utf-8")
    root = "1790000000.000100"
    asked = {"user": "U1", "text": "<@U2> help", "ts": root, "thread_ts": root, "reply_count": 1}
    told = {
        "user": "U2",
        "bot_id": "B1",
        "text": "Here you are.",
        "ts": "1790000060.000200",
        "thread_ts": root,
    }
    messages = [{"type": "message", **asked}, {"type": "message", **told}]
    (folder / "general" / "2026-09-21.json").write_text(json.dumps(messages), "utf-8")
    return folder


def test_an_export_becomes_a_database_that_reads_back(twin_tui: Command, export: Path):
    ended = twin_tui("import", "slack", str(export), "--db", "new.db", "--company", "Acme")
    assert (ended.code, ended.err) == (0, "")
    assert "2 messages read" in ended.out
    arguments = ("report", "activity", "--db", "new.db", "--period", "all", "--json")
    found = json.loads(twin_tui(*arguments).out)
    assert found["total"] == 1
    assert found["items"][0]["user"]["email"] == "ann@example.com"
    assert twin_tui("import", "slack", str(export), "--db", "new.db", "--company", "Acme").code == 0
    assert json.loads(twin_tui(*arguments).out)["items"] == found["items"]
    assert check_current("new.db", "UTC") == 1


def test_a_dry_run_writes_nothing(twin_tui: Command, export: Path, tmp_path: Path):
    for place in ((), ("--db", "new.db")):
        ended = twin_tui("import", "slack", str(export), "--dry-run", *place)
        assert ended.code == 0
        assert "Dry run" in ended.out
    assert not (tmp_path / "new.db").exists()


def test_a_dry_run_compares_with_what_the_database_holds(twin_tui: Command, export: Path):
    twin_tui("import", "slack", str(export), "--db", "new.db")
    before = Path("new.db").read_bytes()
    ended = twin_tui("import", "slack", str(export), "--db", "new.db", "--dry-run")
    assert "messages: 0 new, 0 changed, 2 equal" in ended.out
    assert Path("new.db").read_bytes() == before


def test_an_import_is_recorded(twin_tui: Command, export: Path):
    twin_tui("import", "slack", str(export), "--db", "new.db")
    assert "import" in twin_tui("audit", "--db", "new.db").out


def test_something_rejected_is_code_4_and_the_rest_is_in(twin_tui: Command, export: Path):
    (export / "general" / "2026-09-22.json").write_text("[{broken", "utf-8")
    ended = twin_tui("import", "slack", str(export), "--db", "new.db", "--rejects", "rejects.jsonl")
    assert ended.code == 4
    assert "2026-09-22.json" in ended.out
    (rejected,) = map(json.loads, Path("rejects.jsonl").read_text("utf-8").splitlines())
    assert rejected["file"] == "general/2026-09-22.json"
    assert json.loads(
        twin_tui("report", "activity", "--db", "new.db", "--period", "all", "--json").out
    )["total"] == 1  # fmt: skip


def test_without_a_database_or_an_export_it_is_wrong_usage(twin_tui: Command, export: Path, tmp_path: Path):
    nowhere = twin_tui("import", "slack", str(export))
    assert (nowhere.code, nowhere.out) == (2, "")
    assert "--db" in nowhere.err
    nothing = twin_tui("import", "slack", str(tmp_path / "none"), "--db", "new.db")
    assert (nothing.code, nothing.out) == (2, "")
    assert nothing.err.count("\n") == 1


def test_the_sample_database_lying_here_is_not_imported_into(twin_tui: Command, export: Path, tmp_path: Path):
    fill(tmp_path / "ai_twin_analytics.db")
    assert twin_tui("import", "slack", str(export)).code == 2


def test_another_systems_database_is_refused(twin_tui: Command, export: Path, tmp_path: Path):
    import sqlite3

    connection = sqlite3.connect(tmp_path / "foreign.db")
    connection.execute("CREATE TABLE users (id TEXT)")
    connection.commit()
    connection.close()
    content = (tmp_path / "foreign.db").read_bytes()
    ended = twin_tui("import", "slack", str(export), "--db", "foreign.db")
    assert (ended.code, ended.out) == (3, "")
    assert (tmp_path / "foreign.db").read_bytes() == content


@pytest.mark.parametrize("wrong", ["nowhere", "export/users.json", "hollow"])
def test_what_is_no_export_leaves_no_database_behind(twin_tui: Command, export: Path, wrong: str):
    (export.parent / "hollow").mkdir()
    ended = twin_tui("import", "slack", str(export.parent / wrong), "--db", "made.db")
    assert ended.code == 2
    assert wrong in ended.err
    assert not Path("made.db").exists()


def test_the_export_is_never_overwritten_by_what_it_lacks(twin_tui: Command, export: Path):
    users = export / "users.json"
    before = users.read_bytes()
    for path in (users, export):
        assert twin_tui("import", "slack", str(path), "--dry-run", "--rejects", str(path)).code == 2
    assert users.read_bytes() == before
    ended = twin_tui("import", "slack", str(export), "--dry-run", "--rejects", str(export / "no" / "r.jsonl"))
    assert (ended.code, ended.err.count("\n")) == (2, 1)


def conversation(**extra: Any) -> dict[str, Any]:
    """A conversation of ChatGPT: one question."""
    said = {"author": {"role": "user"}, "create_time": 1790000000, "content": {"parts": ["How many seats?"]}}
    return {"conversation_id": "c1", "mapping": {"m": {"message": said}}, "current_node": "m", **extra}


def talk(**extra: Any) -> dict[str, Any]:
    """A conversation of claude.ai: one question."""
    said = {"uuid": "m", "sender": "human", "text": "How many seats?", "created_at": "2026-09-21T12:00:00Z"}
    return {"uuid": "c1", "chat_messages": [said], **extra}


@pytest.mark.parametrize(("kind", "made"), [("chatgpt", conversation), ("claude", talk)])
def test_an_assistants_export_is_imported_by_its_name(
    twin_tui: Command, tmp_path: Path, kind: str, made: Any
):
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps([made()]), "utf-8")
    ended = twin_tui("import", kind, str(path), "--db", "new.db", "--user", "ann@example.com")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("1 message read = 1 kept + 0 left out + 0 rejected\n")
    found = json.loads(
        twin_tui("report", "activity", "--db", "new.db", "--period", "all", "--json").out
    )["items"]  # fmt: skip
    assert [item["user"]["email"] for item in found] == ["ann@example.com"]


@pytest.mark.parametrize(
    ("options", "made"),
    [
        ((), None),
        (("--dry-run",), conversation),
        (("--company", "slack", "--dry-run"), talk),
        (("--",), conversation),
    ],
)
def test_a_path_alone_is_recognised_wherever_the_options_stand(
    twin_tui: Command, export: Path, tmp_path: Path, options: tuple[str, ...], made: Any
):
    path = export
    if made is not None:
        path = tmp_path / "saved.json"
        path.write_text(json.dumps(made()), "utf-8")
    ended = twin_tui("import", "--db", "new.db", *options, str(path))
    kind = {None: "slack", conversation: "chatgpt", talk: "claude"}[made]
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"Recognised as {kind}: ")


def test_a_path_of_no_known_format_names_those_that_are_known(twin_tui: Command, tmp_path: Path):
    path = tmp_path / "notes.json"
    path.write_text("{}", "utf-8")
    ended = twin_tui("import", str(path), "--db", "new.db")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert "ChatGPT" in ended.err
    assert not Path("new.db").exists()
    assert "does not exist" in twin_tui("import", "nowhere", "--db", "new.db").err


def test_whose_it_is_must_be_an_email(twin_tui: Command, tmp_path: Path):
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps([conversation()]), "utf-8")
    ended = twin_tui("import", "chatgpt", str(path), "--dry-run", "--user", "Ann")
    assert (ended.code, ended.err.count("\n")) == (2, 1)


def test_what_a_newer_export_said_is_remembered_between_commands(twin_tui: Command, export: Path):
    day = export / "general" / "2026-09-21.json"
    older = json.loads(day.read_text("utf-8"))
    newer = [older[0], {**older[1], "text": "Edited.", "edited": {"user": "U2", "ts": "1790009999.000000"}}]
    for content, outcome in ((newer, "2 new"), (older, "1 left as they are"), (newer, "2 equal")):
        day.write_text(json.dumps(content), "utf-8")
        assert outcome in twin_tui("import", "slack", str(export), "--db", "new.db").out


def test_an_import_goes_on_where_nothing_can_be_remembered(
    twin_tui: Command, export: Path, monkeypatch: pytest.MonkeyPatch
):
    (export.parent / "state").write_text("a file, no folder")
    monkeypatch.setenv("XDG_STATE_HOME", str(export.parent / "state"))
    ended = twin_tui("import", "slack", str(export), "--db", "new.db")
    assert ended.code == 0
    assert "2 new" in ended.out
    assert "Which exports are newest is not remembered: " in ended.err


def test_one_line_in_the_registry_makes_a_format_a_command(
    twin_tui: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from twin_tui.importers import IMPORTERS
    from twin_tui.importers.chats.claude import ClaudeImporter

    class Letters(ClaudeImporter):
        name = "letters"

    monkeypatch.setitem(IMPORTERS, "letters", Letters())  # type: ignore[misc]
    path = tmp_path / "saved.json"
    path.write_text(json.dumps(talk()), "utf-8")
    ended = twin_tui("import", "letters", str(path), "--db", "new.db", "--user", "ann@example.com")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("1 message read")


def test_help_and_errors_of_a_path_alone_show_what_is_typed(twin_tui: Command):
    assert twin_tui("import", "export.zip", "--help").out.startswith(
        "Usage: twin-tui import [OPTIONS] PATH\n"
    )
    assert "Try: twin-tui import --help" in twin_tui("import", "export.zip", "--nothing").err
