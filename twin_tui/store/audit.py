"""The read-audit: one record per act of reading or writing, chained so that a missing one is noticed.

Each record's code is an HMAC-SHA256 (RFC 2104) over the code before it and the record itself. A file beside
it remembers the last one, so that records cut off at the end are missed, too. Who holds the key can forge all
of it: on one's own account this keeps honest people honest, no more.
"""

import contextlib
import getpass
import hashlib
import hmac
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from twin_tui.store.act import Act
from twin_tui.store.errors import StoreError
from twin_tui.store.file import StoreFile

FIRST = "0" * 64
"""The code before the first record."""
_COLUMNS = "seq, at, os_user, db_user, role, action, session_id, subject, ticket, detail, mac"


@dataclass(frozen=True, slots=True)
class Record:
    """One act with who, when and why, as it stands in the file."""

    seq: int
    at: datetime
    """Aware UTC."""
    os_user: str
    db_user: str
    role: str
    action: str
    session_id: str | None
    subject: str | None
    ticket: str | None
    detail: Mapping[str, str | int]
    mac: str


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the chain does not hold."""

    seq: int
    """The first record that is wrong or missing."""
    reason: str


def os_user() -> str:
    """Return the name of the account this process runs as, its number where it has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


class Audit:
    """The record of one database."""

    def __init__(
        self,
        file: StoreFile,
        key: bytes,
        *,
        db_user: str = "",
        role: str = "admin",
        ticket: str | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Append to ``file`` as this account, signed with ``key``; ``ticket`` is why."""
        self._file, self._key, self._clock = file, key, clock
        self._who = (os_user(), db_user, role)
        self.ticket = ticket

    @property
    def _anchor(self) -> Path:
        return self._file.path.with_suffix(".last")

    def append(self, act: Act) -> Record:
        """Append one record and return it; raises `StoreError` where it cannot be written."""
        with self._file.writing() as conn:
            last = conn.execute("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
            seq, before = (last[0] + 1, last[1]) if last else (1, FIRST)
            values = (
                seq,
                self._clock().astimezone(UTC).isoformat(timespec="microseconds"),
                *self._who,
                act.action,
                act.session_id,
                act.subject,
                act.ticket or self.ticket,
                json.dumps(dict(act.detail), sort_keys=True, ensure_ascii=True, separators=(",", ":")),
            )
            mac = self._mac(before, values)
            conn.execute(f"INSERT INTO audit ({_COLUMNS}) VALUES ({', '.join('?' * 11)})", (*values, mac))
        self._remember(seq, mac)
        return _record((*values, mac))

    def records(
        self, *, user: str | None = None, session_prefix: str | None = None, limit: int | None = None
    ) -> list[Record]:
        """Return records, the newest first.

        Asked for can be those of one account (of the system or the database), and those of sessions whose id
        begins with ``session_prefix``.
        """
        asked: list[str] = []
        values: list[Any] = []
        if user is not None:
            asked.append("(os_user = ? OR db_user = ?)")
            values += [user, user]
        if session_prefix is not None:
            asked.append("substr(session_id, 1, ?) = ?")
            values += [len(session_prefix), session_prefix]
        where = f" WHERE {' AND '.join(asked)}" if asked else ""
        cut = "" if limit is None else f" LIMIT {limit:d}"
        rows = self._file.rows(f"SELECT {_COLUMNS} FROM audit{where} ORDER BY seq DESC{cut}", values)
        return [_record(row) for row in rows]

    def verify(self) -> Broken | None:
        """Return where the chain is broken first, ``None`` when every record holds."""
        before, expected = FIRST, 1
        known = self._remembered()
        for row in self._file.rows(f"SELECT {_COLUMNS} FROM audit ORDER BY seq"):
            *values, mac = row
            if row[0] != expected:
                return Broken(expected, f"record {expected} is missing")
            if not hmac.compare_digest(self._mac(before, tuple(values)), str(mac)):
                return Broken(expected, f"record {expected} was changed, or signed with another key")
            if known is not None and known[0] == expected and known[1] != mac:
                return Broken(expected, f"record {expected} is not the one that was written last")
            before, expected = str(mac), expected + 1
        if known is not None and known[0] >= expected:
            return Broken(expected, f"records {expected} to {known[0]} are missing")
        if known is None and expected > 1:
            return Broken(expected, f"{self._anchor.name}, which remembers the last record, is missing")
        return None

    def _mac(self, before: str, values: tuple[Any, ...]) -> str:
        content = json.dumps([before, *values], ensure_ascii=True, separators=(",", ":")).encode("ascii")
        return hmac.new(self._key, content, hashlib.sha256).hexdigest()

    def _remember(self, seq: int, mac: str) -> None:
        """Note the last record, once it is committed: a crash in between loses no more than this note."""
        known = self._remembered()
        if known is not None and known[0] >= seq:
            return
        signature = hmac.new(self._key, f"last\0{seq}\0{mac}".encode("ascii"), hashlib.sha256).hexdigest()
        try:
            handle, name = tempfile.mkstemp(prefix=".last-", dir=self._anchor.parent)
            try:
                with os.fdopen(handle, "w", encoding="ascii") as written:
                    json.dump([seq, mac, signature], written)
                os.replace(name, self._anchor)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(name)
                raise
        except OSError as error:
            raise StoreError(f"{self._anchor} cannot be written: {error.strerror}.") from error

    def _remembered(self) -> tuple[int, str] | None:
        try:
            seq, mac, signature = json.loads(self._anchor.read_text("ascii"))
            expected = hmac.new(self._key, f"last\0{seq}\0{mac}".encode("ascii"), hashlib.sha256).hexdigest()
            return (int(seq), str(mac)) if hmac.compare_digest(expected, str(signature)) else None
        except (OSError, ValueError, TypeError):
            return None


def _record(row: tuple[Any, ...]) -> Record:
    seq, at, account, db_user, role, action, session_id, subject, ticket, detail, mac = row
    return Record(
        seq, datetime.fromisoformat(at), account, db_user, role, action, session_id, subject, ticket,
        json.loads(detail), mac,
    )  # fmt: skip
