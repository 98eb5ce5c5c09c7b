"""Where the record cannot be written: a full disk, a folder or a file that may not be written to."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.world import NOW
from twin_tui.analytics.errors import RefusedError
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.store.act import Act
from twin_tui.store.audit import Audit
from twin_tui.store.errors import StoreError
from twin_tui.store.file import StoreFile

KEY = b"k" * 32


def audit(path: Path) -> Audit:
    return Audit(StoreFile(path), KEY)


def append_many(path: Path) -> None:
    """Append more than a page of the file takes."""
    for _ in range(40):
        audit(path).append(Act("open", "s" * 200))


def no_page_is_left(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own answer to a full disk."""
    prepare = StoreFile._prepare

    def full(self: StoreFile, conn: object) -> None:
        prepare(self, conn)  # type: ignore[arg-type]
        conn.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]

    monkeypatch.setattr(StoreFile, "_prepare", full)


def the_file_is_read_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a file system mounted read-only; rights alone do not stop root."""
    before = os.open

    def refuse(file: object, flags: int, *more: object, **others: object) -> int:
        if str(file).startswith(str(path.parent)) and flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(file))
        return before(file, flags, *more, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)


def the_last_record_cannot_be_noted(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record is in, what remembers that it is the last one is not."""

    def refuse(old: object, new: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(new))

    monkeypatch.setattr(os, "replace", refuse)


TROUBLES: dict[Callable[[Path, pytest.MonkeyPatch], None], str] = {
    no_page_is_left: "database or disk is full",
    the_file_is_read_only: "Read-only file system",
    the_last_record_cannot_be_noted: "No space left on device",
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_record_that_cannot_be_written_says_why_and_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Callable[[Path, pytest.MonkeyPatch], None]
) -> None:
    path = tmp_path / "state" / "world.db"
    append_many(path)
    trouble(path, monkeypatch)
    with pytest.raises(StoreError, match=TROUBLES[trouble]) as failed:
        append_many(path)
    assert str(path.with_suffix("")) in str(failed.value)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_content_stays_closed_then_where_it_must_be_recorded_and_figures_do_not(
    world_sqlite: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Callable[[Path, pytest.MonkeyPatch], None],
) -> None:
    path = tmp_path / "state" / "world.db"
    append_many(path)
    trouble(path, monkeypatch)

    guard = Guard(record=lambda _: append_many(path), is_required=True)
    with AnalyticsService(world_sqlite, clock=lambda: NOW, guard=guard) as service:
        for _ in range(2):
            with pytest.raises(RefusedError, match=f"cannot be recorded: .*{TROUBLES[trouble]}"):
                service.entries("s1", 0, 1)
        assert service.status().last_day is not None


def test_a_disk_that_fills_up_leaves_a_chain_that_holds(tmp_path: Path) -> None:
    """A file may grow to a few pages in this process: what a quota or a full disk does."""
    path = tmp_path / "world.db"
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from twin_tui.store.act import Act; from twin_tui.store.audit import Audit\n"
        "from twin_tui.store.errors import StoreError; from twin_tui.store.file import StoreFile\n"
        f"trail = Audit(StoreFile(Path({str(path)!r})), {KEY!r}); trail.append(Act('open'))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "try:\n"
        "    for _ in range(2000): trail.append(Act('open', 's' * 200))\n"
        "except StoreError as error: sys.exit(f'stopped: {error}')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.stderr.startswith("stopped: "), ended.stderr
    assert str(path.with_suffix("")) in ended.stderr
    assert audit(path).verify() is None
    audit(path).append(Act("open", "s2"))
    assert audit(path).verify() is None
