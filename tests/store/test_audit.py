"""The chain of records: what it holds, and that nothing can be changed or taken away unnoticed."""

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from twin_tui.store.act import Act
from twin_tui.store.audit import Audit
from twin_tui.store.errors import StoreError
from twin_tui.store.file import StoreFile
from twin_tui.store.places import secret_key, store_file

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEY = b"k" * 32


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "world.db"


def audit(path: Path, **more: object) -> Audit:
    return Audit(StoreFile(path), KEY, clock=lambda: NOON, **more)  # type: ignore[arg-type]


def test_a_ticket_named_later_is_recorded_for_its_own_acts(tmp_path: Path) -> None:
    trail = Audit(StoreFile(tmp_path / "world.db"), b"key", ticket="T-1")
    assert [trail.append(act).ticket for act in (Act("open"), Act("open", ticket="T-2"), Act("open"))] == [
        "T-1",
        "T-2",
        "T-1",
    ]
    assert trail.verify() is None


def test_a_record_tells_who_what_when_and_why(path: Path) -> None:
    trail = audit(path, db_user="viewer", role="support", ticket="T-17")
    trail.append(Act("open", "s1", detail={"entries": 3}))
    trail.append(Act("reveal", "s1", "m2"))
    newest, oldest = trail.records()
    assert (oldest.action, oldest.session_id, oldest.detail) == ("open", "s1", {"entries": 3})
    assert (newest.action, newest.subject, newest.db_user, newest.role) == (
        "reveal",
        "m2",
        "viewer",
        "support",
    )
    assert (newest.ticket, newest.at, newest.seq) == ("T-17", NOON, 2)
    assert newest.os_user


def test_records_are_found_by_account_and_by_session(path: Path) -> None:
    audit(path, db_user="ann").append(Act("open", "s1"))
    audit(path, db_user="bob").append(Act("open", "s2"))
    trail = audit(path)
    assert [record.session_id for record in trail.records(user="bob")] == ["s2"]
    assert [record.db_user for record in trail.records(session_prefix="s1")] == ["ann"]
    assert [record.seq for record in trail.records(limit=1)] == [2]


def test_an_untouched_chain_holds(path: Path) -> None:
    trail = audit(path)
    assert trail.verify() is None
    for number in range(5):
        trail.append(Act("open", f"s{number}"))
    assert trail.verify() is None


def tamper(path: Path, *statements: str) -> None:
    conn = sqlite3.connect(path)
    conn.execute("DROP TRIGGER audit_is_append_only")
    conn.execute("DROP TRIGGER audit_is_kept")
    for statement in statements:
        conn.execute(statement)
    conn.commit()
    conn.close()


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE audit SET session_id = 'other' WHERE seq = 2", 2),
        ("UPDATE audit SET os_user = 'other' WHERE seq = 3", 3),
        ("UPDATE audit SET detail = '{}' WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 2", 2),
        ("DELETE FROM audit WHERE seq = 4", 4),
        ("DELETE FROM audit", 1),
    ],
)
def test_a_change_is_found_where_it_is(path: Path, statement: str, seq: int) -> None:
    trail = audit(path)
    for number in range(4):
        trail.append(Act("open", f"s{number}", detail={"n": number}))
    tamper(path, statement)
    broken = audit(path).verify()
    assert broken is not None
    assert broken.seq == seq


def test_two_records_that_changed_places_are_found(path: Path) -> None:
    trail = audit(path)
    for number in range(3):
        trail.append(Act("open", f"s{number}"))
    tamper(
        path, *(f"UPDATE audit SET seq = {new} WHERE seq = {old}" for old, new in ((2, 9), (3, 2), (9, 3)))
    )
    broken = audit(path).verify()
    assert broken is not None
    assert broken.seq == 2


def test_the_note_of_the_last_record_may_not_vanish(path: Path) -> None:
    audit(path).append(Act("open", "s1"))
    path.with_suffix(".last").unlink()
    broken = audit(path).verify()
    assert broken is not None
    assert "missing" in broken.reason


def test_another_key_does_not_verify(path: Path) -> None:
    audit(path).append(Act("open", "s1"))
    assert Audit(StoreFile(path), b"x" * 32).verify() is not None


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'x'", "DELETE FROM audit"])
def test_the_table_itself_only_takes_more(path: Path, statement: str) -> None:
    audit(path).append(Act("open", "s1"))
    conn = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="append only"):
        conn.execute(statement)
    conn.close()


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="cannot be written"):
        audit(tmp_path / "state" / "world.db").append(Act("open", "s1"))


def test_nothing_is_made_by_looking(path: Path) -> None:
    assert audit(path).records() == []
    assert not path.parent.exists()


def test_files_belong_to_this_account_alone(path: Path) -> None:
    secret_key(path.parent)
    audit(path).append(Act("open", "s1"))
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_records_of_several_processes_are_one_chain(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from twin_tui.store.audit import *; "
        "from twin_tui.store.file import StoreFile\n"
        "trail = Audit(StoreFile(Path(sys.argv[1])), b'k' * 32)\n"
        "for number in range(20): trail.append(Act('open', f'{sys.argv[2]}{number}'))"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in "abc"]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert len(audit(path).records()) == 60
    assert audit(path).verify() is None


def test_a_file_that_another_process_is_just_making_is_no_other_programs(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two looks at the file somebody else wrote its tables."""
    other = StoreFile(path)
    connect, made = sqlite3.connect, []

    class Slow(sqlite3.Connection):
        def execute(self, statement: str, *values: object) -> sqlite3.Cursor:  # type: ignore[override]
            found = super().execute(statement, *values)  # type: ignore[arg-type]
            if statement in ("PRAGMA application_id", "BEGIN") and not made:
                made.append(True)
                monkeypatch.setattr(sqlite3, "connect", connect)
                audit(path).append(Act("open"))
                monkeypatch.setattr(sqlite3, "connect", slow)
            return found

    def slow(*given: object, **options: object) -> sqlite3.Connection:
        return connect(*given, factory=Slow, **options)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(sqlite3, "connect", slow)
    with other.writing():
        pass
    assert made == [True]


def test_a_store_of_another_program_or_a_newer_version_is_refused(path: Path) -> None:
    path.parent.mkdir()
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE theirs (x)")
    conn.commit()
    with pytest.raises(StoreError, match="another program"):
        audit(path).records()
    conn.executescript("DROP TABLE theirs; PRAGMA user_version = 99")
    conn.close()
    with pytest.raises(StoreError, match="newer"):
        audit(path).records()


def test_the_key_is_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    assert secret_key(folder) == secret_key(folder)
    assert [each.name for each in folder.iterdir()] == ["secret.key"]
    (folder / "secret.key").write_bytes(b"short")
    with pytest.raises(StoreError, match="32 bytes"):
        secret_key(folder)


@pytest.mark.parametrize(
    "spelled",
    ["/srv/a.db", "/srv/b/a.db", "postgresql://ann@db.example/twins", "postgresql://ann@other/twins"],
)
def test_every_database_has_a_file_of_its_own(spelled: str, tmp_path: Path) -> None:
    others: Callable[[str], Path] = lambda place: store_file(place, tmp_path)  # noqa: E731
    assert others(spelled) == others(spelled) != others(spelled + "x")
    assert others(spelled).parent == tmp_path
