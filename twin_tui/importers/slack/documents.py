"""Files, canvases and snippets that a twin posted, as documents."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from twin_tui.importers.base import DocumentRecord
from twin_tui.importers.loading.stable_ids import stable_id
from twin_tui.importers.reading.archive import Archive, UnreadableFileError
from twin_tui.importers.slack.members import text_of
from twin_tui.importers.slack.text import file_name, without_tokens
from twin_tui.text.word_count import word_count

MAX_TEXT = 2 * 2**20
"""Bytes of a downloaded file that is read as a document's content."""
_DOWNLOADED = re.compile(r"(?:__uploads/(?P<id>F[A-Z0-9]+)/|[^/]+/attachments/(?P<ref>F[A-Z0-9]+)-)[^/]+\Z")
_CANVAS = frozenset(("quip", "canvas"))
_TEXTUAL = frozenset(("application/json", "application/xml", "application/x-yaml", "application/javascript"))


@dataclass(frozen=True, slots=True)
class Files:
    """What the export knows of its files beside the messages."""

    archive: Archive
    downloaded: Mapping[str, str]
    """slackdump's downloads: a file's id → its name in the archive."""
    listed: Mapping[str, Mapping[str, Any]]
    """``canvases.json`` by id."""

    def content(self, file: Mapping[str, Any]) -> str:
        """Return a file's text as far as the export holds it, else ""."""
        ref = text_of(file, "id") or ""
        name = self.downloaded.get(ref)
        if name is not None and _is_text(file):
            text = self._read(name)
            if text is not None:
                return without_tokens(text)
        for key in ("content", "plain_text", "preview_plain_text", "preview"):
            value = file.get(key)
            if isinstance(value, str) and value.strip():
                return without_tokens(value)
        return ""

    def _read(self, name: str) -> str | None:
        try:
            data = self.archive.read(name)
            return data.decode("utf-8-sig") if len(data) <= MAX_TEXT else None
        except (UnreadableFileError, UnicodeDecodeError):
            return None


def known_files(archive: Archive, listed: Mapping[str, Mapping[str, Any]]) -> Files:
    """Return what is known of the files of an export."""
    downloaded: dict[str, str] = {}
    for name in archive.names:
        match = _DOWNLOADED.match(name)
        if match:
            downloaded.setdefault(match["id"] or match["ref"], name)
    return Files(archive, downloaded, listed)


def documents(
    posted: Iterable[Mapping[str, Any]],
    at: datetime,
    files: Files,
    *,
    session_id: str,
    asked_by: str | None,
    native: tuple[str, ...],
) -> Iterator[DocumentRecord]:
    """Yield what a twin's message posted as documents; ``asked_by`` is the message they answer."""
    for index, raw in enumerate(posted):
        if text_of(raw, "mode") == "tombstone":
            continue
        ref = text_of(raw, "id") or str(index)
        file = {
            **files.listed.get(ref, {}),
            **{key: value for key, value in raw.items() if value not in (None, "")},
        }
        content = files.content(file)
        yield DocumentRecord(
            id=stable_id(*native, "file", ref),
            session_id=session_id,
            message_id=asked_by,
            document_type=_kind(file),
            title=file_name(file) or None,
            content=content,
            word_count=word_count(content),
            created_at=at,
        )


def _kind(file: Mapping[str, Any]) -> str:
    mode, filetype = text_of(file, "mode") or "", (text_of(file, "filetype") or "").lower()
    if mode in _CANVAS or filetype in _CANVAS:
        return "canvas"
    if mode == "snippet":
        return "snippet"
    return filetype or "file"


def _is_text(file: Mapping[str, Any]) -> bool:
    mimetype = (text_of(file, "mimetype") or "").lower()
    return (
        mimetype.startswith("text/")
        or mimetype in _TEXTUAL
        or _kind(file) in ("canvas", "snippet")
        or text_of(file, "mode") == "post"
    )
