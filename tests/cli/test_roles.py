"""Every role at every command: what it gets, what it is refused, and what is recorded of it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import NOW, Command

CONTENT: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "activity": (("report", "activity"), []),
    "conversation": (("report", "conversation", "talk-plans"), ["open"]),
    "search": (("report", "search", "plan"), ["search"]),
    "person": (("report", "person", "ann@example.com"), []),
    "twin": (("report", "twin", "Scribe"), []),
    "case": (("case", "talk-plans"), ["export", "open"]),
    "case --reveal": (("case", "talk-plans", "--reveal"), ["export", "open"]),
    "notes": (("note", "talk-plans"), []),
    "note": (("note", "talk-plans", "seen"), ["note"]),
    "reviewed": (("note", "talk-plans", "--reviewed"), ["mark"]),
    "render": (("render", "conversation", "--session", "talk-plans", "--format", "text"), ["open"]),
}
"""Commands that show or keep content, and what is recorded of one, the newest first."""
FIGURES = {
    "overview": ("report", "overview"),
    "people": ("report", "people"),
    "leaderboard": ("report", "leaderboard", "--by", "user"),
    "monthly": ("report", "monthly"),
    "retention": ("report", "retention"),
    "engagement": ("report", "engagement"),
    "quality": ("report", "quality"),
    "doctor": ("doctor",),
    "audit": ("audit",),
    "audit verify": ("audit", "verify"),
    "config": ("config",),
}
WRITING = {
    "generate": (("generate", "--users", "2", "--days", "2", "--db", "new.db"), "generate"),
    "migrate": (("migrate", "--db", "new.db"), "migrate"),
    "import": (("import", "tables", "tables", "--db", "new.db"), "import"),
    "rebuild": (("rebuild",), "rebuild"),
    "refresh": (("refresh",), "refresh"),
}
"""Commands that write, and what is recorded of them: roles are about reading, each may do them."""
ROLES = ("metrics", "support", "admin")
PRIVATE = ("Ann Lee", "Sam Roe", "example.com")


@pytest.fixture
def on(world: str, tmp_path: Path) -> tuple[str, ...]:
    """Options that name the database and the instant."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "users.csv").write_text("id,email,full_name\nann,ann@example.com,Ann\n")
    return ("--db", world, "--now", NOW)


def be(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"TWIN_TUI_{name.upper()}", value)


def recorded(twin_tui: Command, place: str) -> list[str]:
    found = json.loads(twin_tui("audit", "--db", place, "--json").out)["records"]
    return [record["action"] for record in found]


@pytest.mark.parametrize("command", CONTENT)
@pytest.mark.parametrize("role", ROLES)
def test_content_is_refused_masked_or_shown_and_recorded(
    twin_tui: Command, on: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, role: str, command: str
):
    be(monkeypatch, role=role)
    arguments, acts = CONTENT[command]
    ended = twin_tui(*arguments, *on)
    if role == "metrics":
        assert (ended.code, ended.out) == (2, "")
        assert "The role metrics sees figures and no content." in ended.err
        acts = []
    else:
        assert (ended.code, ended.err) == (0, "")
        assert ended.out
        is_open = command == "case --reveal" or (role == "admin" and command != "case")
        if not is_open:
            assert not any(name in ended.out for name in PRIVATE)
        elif command not in ("notes", "note", "reviewed"):
            assert any(name in ended.out for name in PRIVATE)
    assert recorded(twin_tui, on[1]) == acts


@pytest.mark.parametrize("command", FIGURES)
@pytest.mark.parametrize("role", ROLES)
def test_figures_are_every_roles_and_unrecorded(
    twin_tui: Command, on: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, role: str, command: str
):
    be(monkeypatch, role=role, require_ticket="yes", audit="required")
    ended = twin_tui(*FIGURES[command], *on)
    assert ended.code in (0, 20)
    assert ended.out
    if role != "admin":
        assert not any(name in ended.out for name in PRIVATE)
    assert recorded(twin_tui, on[1]) == []


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize("role", ROLES)
def test_what_writes_is_recorded_whatever_the_role(
    twin_tui: Command, on: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, role: str, command: str
):
    be(monkeypatch, role=role)
    arguments, act = WRITING[command]
    place = "new.db" if "new.db" in arguments else on[1]
    ended = twin_tui(*arguments, *(() if "new.db" in arguments else on))
    assert (ended.code, act) == (0, recorded(twin_tui, place)[0])


@pytest.mark.parametrize("role", ROLES)
def test_only_the_unmasked_admin_writes_tables_out(
    twin_tui: Command, on: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, role: str
):
    be(monkeypatch, role=role)
    ended = twin_tui("export", "tables", "--out", "out.zip", *on)
    assert ended.code == (0 if role == "admin" else 2)
    assert (tmp_path / "out.zip").exists() == (role == "admin")
    assert recorded(twin_tui, on[1]) == (["export"] if role == "admin" else [])
    be(monkeypatch, privacy="masked")
    assert twin_tui("export", "tables", "--out", "other.zip", *on).code == 2


@pytest.mark.parametrize("command", CONTENT)
def test_a_required_ticket_is_asked_for_by_everything_that_shows_content(
    twin_tui: Command, on: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, command: str
):
    be(monkeypatch, require_ticket="yes")
    arguments, acts = CONTENT[command]
    ended = twin_tui(*arguments, *on)
    assert (ended.code, ended.out) == (2, "")
    assert "say why with --ticket NAME" in ended.err
    assert twin_tui(*arguments, *on, "--ticket", "T-17").code == 0
    records = json.loads(twin_tui("audit", "--db", on[1], "--json").out)["records"]
    assert [(each["action"], each["ticket"]) for each in records] == [(act, "T-17") for act in acts]


@pytest.mark.parametrize("command", [name for name, (_, acts) in CONTENT.items() if acts])
def test_nothing_that_must_be_recorded_is_shown_where_it_cannot_be(
    twin_tui: Command, on: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
):
    be(monkeypatch, audit="required", privacy="open")
    (tmp_path / "XDG_STATE_HOME").write_text("a file where the folder should be")
    ended = twin_tui(*CONTENT[command][0], *on)
    if command == "render":
        assert "Content stays closed" in ended.out
        assert not any(word in ended.out for word in (*PRIVATE, "Friday"))
        return
    assert (ended.code != 0, ended.out) == (True, "")
    assert "plan" not in ended.err.casefold().replace("talk-plans", "")
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("command", [*WRITING, "export"])
def test_nothing_is_written_where_that_must_be_recorded_and_cannot_be(
    twin_tui: Command, on: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
):
    be(monkeypatch, audit="required")
    (tmp_path / "XDG_STATE_HOME").write_text("a file where the folder should be")
    before = Path(on[1]).read_bytes()
    arguments = ("export", "tables", "--out", "out.zip") if command == "export" else WRITING[command][0]
    ended = twin_tui(*arguments, *(() if "new.db" in arguments else on))
    assert (ended.code != 0, ended.out) == (True, "")
    assert "stays closed" in ended.err
    assert not any((tmp_path / name).exists() for name in ("new.db", "out.zip"))
    assert Path(on[1]).read_bytes() == before
