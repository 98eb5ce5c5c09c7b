"""A small database that a person could count, and folders of their own for every test."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from twin_tui.cli import run
from twin_tui.data.database import open_database
from twin_tui.data.models import Document, Message, Query, Session, Twin, User

NOW = "2026-11-23T12:00:00Z"
HOSTILE = "=cmd \x1b]52;c;aGk=\x07\x1b[2J \x9b31m [x](y) \u202e日本"


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    for name in (
        *("DB", "TZ", "NOW", "THEME", "PERIOD", "PAGE_SIZE", "NO_COLOR", "CONFIG"),
        *("ROLE", "PRIVACY", "AUDIT", "TICKET", "REQUIRE_TICKET"),
    ):
        monkeypatch.delenv(f"TWIN_TUI_{name}", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def twin_tui(capsys: pytest.CaptureFixture[str]) -> Command:
    """The command line in this process: arguments in, exit code and both outputs back."""

    def call(*arguments: str) -> Ended:
        code = run(list(arguments))
        captured = capsys.readouterr()
        return Ended(code, captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("world") / "world.db"
    fill(path)
    return path


@pytest.fixture
def world(_filled: Path, tmp_path: Path) -> str:
    """A copy of the database: 3 conversations of the last week, one of them hostile."""
    copy = tmp_path / "world.db"
    copy.write_bytes(_filled.read_bytes())
    return str(copy)


def fill(path: Path) -> None:
    """Ann (Acme) talks twice with Bob's shared twin, a namesake once with his own."""
    made = "2026-10-01 08:00:00"
    people = [
        ("u-ann", "ann@example.com", "Ann Lee", "Acme", "R&D", made),
        ("u-bob", "bob@example.com", "Sam Roe", "Globex", None, made),
        ("u-cid", "cid@example.com", "Sam Roe", None, None, made),
    ]
    twins = [("t-scribe", "u-bob", "Scribe", True, made), ("t-scout", "u-cid", "Scout", False, made)]
    sessions = [
        ("talk-plans", "u-ann", "t-scribe", "slack", True, "2026-11-20 09:00:00", "Plans", "general"),
        ("talk-hostile", "u-ann", "t-scribe", "slack", True, "2026-11-21 09:00:00", HOSTILE, HOSTILE),
        ("talk-own", "u-cid", "t-scout", "web", False, "2026-11-22 09:00:00", None, None),
    ]
    messages = [
        ("m-1", "talk-plans", "user", "What is the plan?", "2026-11-20 09:00:00"),
        ("m-2", "talk-plans", "twin", "To ship on Friday.", "2026-11-20 09:04:12"),
        ("m-3", "talk-hostile", "user", HOSTILE, "2026-11-21 09:00:00"),
        ("m-4", "talk-own", "user", "Long " * 20_000, "2026-11-22 09:00:00"),
    ]
    documents = [("d-1", "talk-plans", "m-2", "memo", "The plan", "Ship it", 2, "2026-11-20 09:05:00")]
    queries = [("q-1", "talk-own", "m-4", "where is it", "search", 0, "2026-11-22 09:00:10")]
    source = open_database(str(path), "create")
    with source.writing():
        source.insert_rows(User, ("id", "email", "full_name", "company", "department", "created_at"), people)
        source.insert_rows(Twin, ("id", "user_id", "name", "is_shared", "created_at"), twins)
        source.insert_rows(
            Session,
            ("id", "user_id", "twin_id", "platform", "is_shared_twin", "started_at", "title", "topic"),
            sessions,
        )
        source.insert_rows(Message, ("id", "session_id", "sender_type", "content", "created_at"), messages)
        source.insert_rows(
            Document,
            (
                *("id", "session_id", "message_id", "document_type", "title", "content", "word_count"),
                "created_at",
            ),
            documents,
        )
        source.insert_rows(
            Query,
            ("id", "session_id", "message_id", "query_text", "query_type", "results_count", "created_at"),
            queries,
        )
    source.close()
