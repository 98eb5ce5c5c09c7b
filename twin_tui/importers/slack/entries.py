"""The entries of a Slack export's files, which are all JSON arrays: fast where they are in order."""

from collections.abc import Callable, Iterator
from typing import Any

from twin_tui.importers.reading.archive import Archive, UnreadableFileError
from twin_tui.importers.reading.json_stream import json_items
from twin_tui.importers.reading.json_value import parse_json
from twin_tui.importers.report import Journal, counted

AT_ONCE = 4 * 2**20
"""Bytes of a file that is parsed as a whole; larger ones are streamed."""
_SPACE = b"\xef\xbb\xbf \t\r\n"
OnBroken = Callable[[str, str, str], None]
"""Called with file, position and reason for each entry that is no JSON."""


def entries(
    archive: Archive, name: str, journal: Journal, on_broken: OnBroken, noun: str
) -> Iterator[tuple[str, Any]]:
    """Yield the entries of an array with their positions (``message 3``).

    A broken entry is told and the next one follows; a file that cannot be read, or is no array, is one line
    in the journal.
    """
    try:
        if archive.size(name) <= AT_ONCE:
            whole = _parsed(archive.read(name))
            if isinstance(whole, list):
                yield from ((f"{noun} {number}", value) for number, value in enumerate(whole, 1))
                return
        yield from _streamed(archive, name, journal, on_broken, noun)
    except UnreadableFileError as error:
        journal.reject_file(name, str(error))


def _parsed(data: bytes) -> Any:
    """Return a file's value, None where it must be read entry by entry."""
    try:
        value, is_mended = parse_json(data)
    except ValueError:
        return None
    return None if is_mended else value


def _streamed(
    archive: Archive, name: str, journal: Journal, on_broken: OnBroken, noun: str
) -> Iterator[tuple[str, Any]]:
    with archive.stream(name) as stream:
        first = stream.read(64).lstrip(_SPACE)[:1]
    if first != b"[":
        raise UnreadableFileError("not a JSON array" if first else "the file is empty")
    mended = 0
    with archive.stream(name) as stream:
        for item in json_items(stream):
            position = f"{noun} {item.position + 1}"
            mended += item.is_mended
            if item.error is None:
                yield position, item.value
            elif not item.is_item:
                journal.reject_file(name, item.error)
            else:
                on_broken(name, position, item.error)
    if mended:
        journal.note(f"{name}: {counted(mended, noun)} with bytes that are no UTF-8, replaced by U+FFFD")
