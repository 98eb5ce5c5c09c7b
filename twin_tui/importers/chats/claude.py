"""Imports claude.ai: the official export, or the one conversation that browser extensions save."""

from collections.abc import Mapping
from typing import Any

from twin_tui.importers.base import SenderType
from twin_tui.importers.chats.chat import Chat, Ledger, OddItemError, Told, dict_in, moment, text_in
from twin_tui.importers.chats.claude_blocks import Parts, Shelf
from twin_tui.importers.chats.claude_usual import BRANCH, WITHOUT_TEXT, told_by
from twin_tui.importers.chats.importer import Account, ChatImporter
from twin_tui.importers.chats.reader import NO_TIME, ChatReader

_SENDERS: Mapping[object, SenderType] = {"human": "user", "assistant": "twin"}


class ClaudeImporter(ChatImporter):
    """claude.ai export → sessions; the mapping is told, trap by trap, by the names of its tests."""

    name = "claude"
    label = "claude.ai export (ZIP, folder or file)"
    assistant = "Claude"
    account_files = ("users.json",)
    sign = "chat_messages"

    def account(self, raw: Mapping[str, Any]) -> Account | None:
        """Return a person of ``users.json``."""
        ref = text_in(raw, "uuid")
        email = text_in(raw, "email_address") or text_in(raw, "email")
        return None if ref is None else Account(ref, email, text_in(raw, "full_name"))

    def told(self, data: bytes) -> Told | None:
        """Return a conversation read from its bytes at once, None where it is not as usual."""
        return told_by(data)

    def chat(self, raw: Mapping[str, Any], ledger: Ledger) -> Chat | None:
        """Return a conversation, None when the page shows nothing; raises `OddItemError`."""
        listed = raw.get("chat_messages")
        if not isinstance(listed, list):
            raise OddItemError("no list chat_messages")
        messages = _messages(listed, ledger)
        shown = _shown(messages, text_in(raw, "current_leaf_message_uuid"))
        ledger.leave(BRANCH, len(messages) - len(shown))
        reader = _Reader(ledger, raw.get("created_at"), raw.get("updated_at"))
        for place, message in shown:
            reader.take(place, message)
        return reader.chat(
            text_in(raw, "uuid"),
            account=text_in(dict_in(raw, "account"), "uuid"),
            title=text_in(raw, "name"),
            topic=text_in(dict_in(raw, "project"), "name"),
            twin=text_in(raw, "model") or "",
        )


Placed = tuple[str, Mapping[str, Any]]
"""A message with its id, its place in the list where it has none."""


def _messages(listed: list[Any], ledger: Ledger) -> list[Placed]:
    out: dict[str, Mapping[str, Any]] = {}
    for at, message in enumerate(listed, 1):
        ledger.read += 1
        ref = (text_in(message, "uuid") or str(at)) if isinstance(message, dict) else ""
        if not ref:
            ledger.reject(f"message {at}", "not a JSON object", message)
        elif ref in out:
            ledger.leave("twice in a conversation")
        else:
            out[ref] = message
    return list(out.items())


def _shown(messages: list[Placed], leaf: str | None) -> list[Placed]:
    """Return the messages from the first to ``leaf``, or to the newest where none is told, by parents.

    Where no message names a parent they stand in a row.
    """
    known = dict(messages)
    parents = {ref: text_in(message, "parent_message_uuid") for ref, message in messages}
    if not any(parent in known for parent in parents.values()):
        return messages
    ref: str | None = leaf if leaf in known else _newest(messages)
    path: list[Placed] = []
    seen: set[str] = set()
    while ref is not None and ref in known and ref not in seen:
        seen.add(ref)
        path.append((ref, known[ref]))
        ref = parents[ref]
    path.reverse()
    return path


def _newest(messages: list[Placed]) -> str:
    times = [moment(message.get("created_at")) or 0 for _, message in messages]
    return messages[max(range(len(times)), key=lambda at: (times[at], at))][0]


class _Reader(ChatReader):
    """Walks down the shown messages."""

    def __init__(self, ledger: Ledger, created: object, updated: object) -> None:
        super().__init__(ledger, created, updated)
        self._shelf = Shelf(ledger.remarks)

    def take(self, native: str, raw: Mapping[str, Any]) -> None:
        """Read the next message."""
        self.go_on(raw.get("created_at"))
        sender, content = _SENDERS.get(_plain(raw.get("sender"))), raw.get("content")
        if sender is None:
            self.ledger.reject(f"message {native}", "its sender is neither human nor assistant", raw)
        elif content is not None and not isinstance(content, list):
            self.ledger.reject(f"message {native}", "its content is no list", raw)
        elif not self.has_time:
            self.ledger.reject(f"message {native}", NO_TIME, raw)
        else:
            text = raw.get("text")
            words = text if isinstance(text, str) else ""
            parts = self._shelf.parts(content) if content else self._shelf.parts_of_text(words)
            self._take(native, sender, parts)

    def _take(self, native: str, sender: SenderType, parts: Parts) -> None:
        if parts.text.strip():
            self.say(native, sender, parts.text)
        else:
            reason = "only a document or a search" if parts.artifacts or parts.searches else WITHOUT_TEXT
            self.ledger.leave(reason)
        for at, made in enumerate(parts.artifacts):
            self.draft(f"{native}/{at}", made.kind, made.title, made.content)
        for at, found in enumerate(parts.searches):
            self.search(f"{native}/{at}", found.kind, found.words, found.results)


def _plain(value: object) -> object:
    return value if isinstance(value, str) else None
