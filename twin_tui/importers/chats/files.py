"""Finds the conversation files of an assistant's export and hands out their items one by one."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from twin_tui.importers.reading.archive import Archive, Names, UnreadableFileError
from twin_tui.importers.reading.json_stream import Item, json_items

SUFFIXES = (".json",)
_NAMED = re.compile(r"conversations?[-_ (]*\d*\)?\.json\Z", re.IGNORECASE)
_OTHERS = frozenset(
    (
        "user.json", "users.json", "projects.json", "memories.json", "message_feedback.json",
        "shared_conversations.json", "model_comparisons.json", "group_chats.json", "shopping.json",
        "user_settings.json", "sora.json", "export_manifest.json",
    )
)  # fmt: skip
_LOOKED_AT = 3
"""Items of a file that are looked at to recognise it."""
_MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands."""

    file: str
    item: Item
    done: int
    """Bytes of all files before it."""


class ChatFiles:
    """The files of an export that hold conversations, in the order of their numbers."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        top = [name for name in archive.names if "/" not in name and name.lower().endswith(SUFFIXES)]
        named = [name for name in top if _NAMED.match(name)]
        self.are_named = bool(named)
        """Whether they bear the name that official exports give them."""
        self.names = sorted(named or [name for name in top if name.lower() not in _OTHERS], key=_in_order)
        self.size = sum(archive.size(name) for name in self.names)
        """Bytes of all of them."""

    def places(self, unreadable: dict[str, str], usual: Callable[[bytes], Any]) -> Iterator[Place]:
        """Yield every item, objects as ``usual`` reads them where it does.

        A file that cannot be read (on) is noted with the reason.
        """
        before = 0
        for name in self.names:
            try:
                with self._archive.stream(name) as stream:
                    for item in json_items(stream, usual=usual):
                        yield Place(name, item, before + item.offset)
            except UnreadableFileError as error:
                unreadable[name] = str(error)
            before += self._archive.size(name)


def holds_conversations(names: Names) -> bool:
    """Say whether names are those of an assistant's export, or of files that may be single conversations.

    >>> holds_conversations(["conversations-000.json", "user.json"]), holds_conversations(["users.json"])
    (True, False)
    """
    return any(
        "/" not in name and name.lower().endswith(SUFFIXES) and name.lower() not in _OTHERS for name in names
    )


def signs_in(names: Collection[str], archive: Archive) -> set[str]:
    """Return the keys of the first few objects in the first few files."""
    found: set[str] = set()
    for name in islice(names, _MOST_FILES):
        try:
            with archive.stream(name) as stream:
                for item in islice(json_items(stream), _LOOKED_AT):
                    if isinstance(item.value, dict):
                        found.update(item.value)
        except UnreadableFileError:
            continue
    return found


def _in_order(name: str) -> tuple[int, str]:
    number = re.search(r"(\d+)\D*\Z", name)
    return (int(number[1]) if number and len(number[1]) < 10 else -1), name
