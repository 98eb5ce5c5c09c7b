"""Tiny exports, most of them Slack's, written from dicts as a folder or a ZIP."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from twin_tui.importers.reading.archive_open import open_archive
from twin_tui.importers.reading.spool import Spool
from twin_tui.importers.report import Journal
from twin_tui.importers.slack.days import DayReader
from twin_tui.importers.slack.importer import LOOKED_FOR, is_slack_export
from twin_tui.importers.slack.members import read_directory
from twin_tui.importers.slack.posts import Met, conversations
from twin_tui.importers.slack.spool import Conversation
from twin_tui.importers.tables.format import csv_text

START = 1_790_000_000
"""2026-09-21 14:13:20 UTC, the first moment of every export here."""
TEAM = "T1"

Json = dict[str, Any]


def ts(minute: float, micro: int = 0) -> str:
    """Return a ``ts`` so many minutes after the start."""
    return f"{START + round(minute * 60)}.{micro:06d}"


def person(ref: str, name: str, email: str | None = None, **extra: Any) -> Json:
    """Return a human of users.json."""
    profile: Json = {"real_name": name, "display_name": "", "fields": None}
    if email:
        profile["email"] = email
    profile |= extra.pop("profile", {})
    return {
        "id": ref,
        "team_id": TEAM,
        "name": name.lower(),
        "real_name": name,
        "is_bot": False,
        "profile": profile,
        **extra,
    }


def bot(ref: str, name: str, bot_id: str | None = None, app_id: str | None = None, **extra: Any) -> Json:
    """Return a bot of users.json."""
    profile = {"real_name": name, "bot_id": bot_id, "api_app_id": app_id, "fields": {}}
    return {"id": ref, "team_id": TEAM, "name": name.lower(), "is_bot": True, "profile": profile, **extra}


def said(user: str, minute: float, text: str, thread: float | None = None, **extra: Any) -> Json:
    """Return a person's message."""
    raw: Json = {"type": "message", "user": user, "ts": ts(minute), "text": text, **extra}
    return raw if thread is None else {**raw, "thread_ts": ts(thread)}


def answered(
    user: str, minute: float, text: str, thread: float | None = None, bot_id: str = "B9", **extra: Any
) -> Json:
    """Return a new-style bot's message."""
    return said(user, minute, text, thread, bot_id=bot_id, **extra)


@dataclass
class Export:
    """Files by their names in the export; a value is JSON, bytes are written as they are."""

    files: dict[str, Any] = field(default_factory=dict)

    def with_users(self, *users: Json) -> "Export":
        return self.put("users.json", list(users))

    def with_channels(self, *channels: tuple[str, str]) -> "Export":
        return self.put("channels.json", [{"id": ref, "name": name} for ref, name in channels])

    def with_day(self, folder: str, messages: Sequence[Any], day: str = "2026-09-21") -> "Export":
        return self.put(f"{folder}/{day}.json", list(messages))

    def put(self, name: str, value: Any) -> "Export":
        self.files[name] = value
        return self

    def folder(self, path: Path) -> Path:
        """Write the export as a folder and return it."""
        for name, value in self.files.items():
            target = path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(as_bytes(value))
        path.mkdir(exist_ok=True)
        return path

    def zip(self, path: Path, names: Mapping[str, str] | None = None) -> Path:
        """Write the export as a ZIP, members renamed by ``names``, and return it."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, value in self.files.items():
                archive.writestr((names or {}).get(name, name), as_bytes(value))
        return path


def as_bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def rows_as_bytes(name: str, value: Any) -> bytes:
    """Return a file's bytes: lists as a table where its name says so, anything else as JSON."""
    if not isinstance(value, list) or not name.endswith((".csv", ".jsonl")):
        return as_bytes(value)
    if name.endswith(".jsonl"):
        return "\n".join(map(json.dumps, value)).encode()
    rows = [row if isinstance(row, dict) else {"id": row} for row in value]
    names = list(dict.fromkeys(str(key) for row in rows for key in row))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(names)
    for row in rows:
        cells = (row.get(name) for name in names)
        writer.writerow(
            json.dumps(cell) if isinstance(cell, list | dict | float) else csv_text(cell) for cell in cells
        )
    return out.getvalue().encode("utf-8", "surrogatepass")


def small() -> Export:
    """Ann asks a bot in a thread, Bo joins in: one session of four messages, one message outside."""
    return (
        Export()
        .with_users(
            person("U1", "Ann", "ann@example.com"), person("U2", "Bo"), bot("U9", "Helper", "B9", "A9")
        )
        .with_channels(("C1", "general"))
        .with_day(
            "general",
            [
                said("U1", 0, "<@U9> how many seats are left?", thread=0, reply_count=3),
                answered("U9", 1, "Twelve seats.", thread=0),
                said("U2", 2, "And parking?", thread=0),
                answered("U9", 3, "Three places.", thread=0),
                said("U2", 500, "Lunch?"),
            ],
        )
    )


def read_all(export: Export, path: Path, spool: Spool) -> tuple[list[Conversation], Met]:
    """Write an export to ``path`` and read its conversations; their columns stay in memory."""
    journal = Journal()
    with open_archive(export.folder(path), is_slack_export, LOOKED_FOR, journal) as archive:
        met = Met(spool, journal, read_directory(archive, journal))
        places = conversations(archive, met.directory)
        reader = DayReader(archive, met)
        return [reader.conversation(channel, names) for channel, names in places], met


def markups(conversation: Conversation) -> list[str]:
    """Return what a conversation's messages say, by time."""
    return [conversation.body(index)[0] for index in range(len(conversation))]
