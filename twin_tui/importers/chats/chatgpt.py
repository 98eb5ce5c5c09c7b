"""Imports ChatGPT: the official export, a folder, a ZIP or its conversation files by themselves."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from twin_tui.importers.chats.chat import Chat, Ledger, OddItemError, Told, dict_in, text_in
from twin_tui.importers.chats.chatgpt_path import Node, shown_path
from twin_tui.importers.chats.chatgpt_tools import Canvas, results_in, searches_of
from twin_tui.importers.chats.chatgpt_usual import BRANCH, HIDDEN, OF_SYSTEM, WITHOUT_TEXT, told_by, twin_of
from twin_tui.importers.chats.importer import Account, ChatImporter
from twin_tui.importers.chats.reader import NO_TIME, ChatReader

UNFOLLOWED = "canvas revision that could not be followed: only its new text is stored"
TOOLS = "calls and answers of tools"
_THINKING = frozenset(("thoughts", "reasoning_recap"))
_CONTEXT = frozenset(("user_editable_context", "model_editable_context"))
_OF_TOOLS = frozenset(("execution_output", "tether_browsing_display", "tether_quote", "computer_output"))
_NOTHING = (0, "0.0", "0")
_SHOWN = frozenset(("text", "multimodal_text", "code"))


class ChatGptImporter(ChatImporter):
    """ChatGPT export → sessions; the mapping is told, trap by trap, by the names of its tests."""

    name = "chatgpt"
    label = "ChatGPT export (ZIP, folder or file)"
    assistant = "ChatGPT"
    account_files = ("user.json",)
    sign = "mapping"

    def account(self, raw: Mapping[str, Any]) -> Account | None:
        """Return the person of ``user.json``."""
        ref = text_in(raw, "id") or text_in(raw, "email")
        return None if ref is None else Account(ref, text_in(raw, "email"), text_in(raw, "name"))

    def told(self, data: bytes) -> Told | None:
        """Return a conversation read from its bytes at once, None where it is not as usual."""
        return told_by(data)

    def chat(self, raw: Mapping[str, Any], ledger: Ledger) -> Chat | None:
        """Return a conversation, None when the page shows nothing; raises `OddItemError`."""
        mapping = raw.get("mapping")
        if not isinstance(mapping, dict):
            raise OddItemError("no mapping of messages" if mapping is None else "its mapping is no object")
        path = _nodes(mapping, raw, ledger)
        if not path:
            return None
        reader = _Reader(ledger, raw.get("create_time"), raw.get("update_time"))
        for node, after in zip_longest(path, path[1:]):
            reader.take(node, after)
        reader.finish()
        return reader.chat(
            text_in(raw, "conversation_id") or text_in(raw, "id"),
            account=None,
            title=text_in(raw, "title"),
            topic=None,
            twin=twin_of(text_in(raw, "gizmo_id"), text_in(raw, "default_model_slug"), reader.model),
        )


def _nodes(mapping: Mapping[str, Any], raw: Mapping[str, Any], ledger: Ledger) -> list[Node]:
    """Return the shown path; messages elsewhere are counted as left out."""
    nodes: dict[str, Node] = {}
    for ref, value in mapping.items():
        is_node = isinstance(value, dict)
        message = value.get("message") if is_node else value
        parent = value.get("parent") if is_node else None
        ledger.read += message is not None
        if message is not None and not (is_node and isinstance(message, dict)):
            ledger.reject(f"message {ref}", "not a JSON object", value)
            message = None
        nodes[ref] = Node(ref, parent if isinstance(parent, str) else None, message)
    current = raw.get("current_node")
    path = shown_path(nodes, current if isinstance(current, str) else None)
    on_path = {node.id for node in path}
    elsewhere = sum(node.message is not None and node.id not in on_path for node in nodes.values())
    ledger.leave(BRANCH, elsewhere)
    return path


class _Reader(ChatReader):
    """Walks down the shown path."""

    def __init__(self, ledger: Ledger, created: object, updated: object) -> None:
        super().__init__(ledger, created, updated)
        self._canvas = Canvas()
        self._unanswered: int | None = None
        """Place of the search whose answer comes next; None where a call ran none or several."""
        self.model: str | None = None

    def take(self, node: Node, after: Node | None) -> None:
        """Read the next message of the path, which stands before ``after``."""
        raw = node.message
        if raw is None:
            return
        self.go_on(raw.get("create_time"))
        content, metadata = dict_in(raw, "content"), dict_in(raw, "metadata")
        role, kind = text_in(dict_in(raw, "author"), "role"), text_in(content, "content_type") or "text"
        recipient = text_in(raw, "recipient") or "all"
        if role == "tool":
            self._answered(metadata)
        elif role == "assistant":
            self.model = text_in(metadata, "model_slug") or self.model
        reason = _why_not(raw, role, kind, metadata)
        if reason is not None:
            self.ledger.leave(reason)
        elif not self.has_time:
            self.ledger.reject(f"message {node.id}", NO_TIME, raw)
        elif recipient != "all":
            self._call(node, recipient, _text(content), after)
        elif role not in ("user", "assistant"):
            self.ledger.reject(f"message {node.id}", "its author is neither user, assistant nor tool", raw)
        elif kind not in _SHOWN:
            self.ledger.leave(f"of the kind {kind[:40]}")
        elif not (words := _text(content)).strip():
            self.ledger.leave(WITHOUT_TEXT)
        else:
            self.say(node.id, "user" if role == "user" else "twin", words)

    def finish(self) -> None:
        """Take over what the canvas could not follow."""
        if self._canvas.unfollowed:
            self.ledger.remarks[UNFOLLOWED] += self._canvas.unfollowed

    def _call(self, node: Node, recipient: str, text: str, after: Node | None) -> None:
        self.ledger.leave(TOOLS)
        answer = dict_in(after.message or {}, "metadata") if after is not None else {}
        version = self._canvas.version(recipient, text, answer)
        if version is not None:
            self.draft(node.id, version.kind, version.title, version.content)
        wanted = searches_of(recipient, text)
        for place, (kind, words) in enumerate(wanted):
            self.search(node.id if place == 0 else f"{node.id}/{place}", kind, words, None)
        self._unanswered = len(self.searches) - 1 if len(wanted) == 1 else None

    def _answered(self, metadata: Mapping[str, Any]) -> None:
        found = results_in(metadata)
        if found is not None and self._unanswered is not None:
            place, self._unanswered = self._unanswered, None
            self.searches[place] = self.searches[place]._replace(results=found)


def _why_not(raw: Mapping[str, Any], role: str | None, kind: str, metadata: Mapping[str, Any]) -> str | None:
    """Return why the page does not show a message as one, None where it may."""
    if role == "system":
        return OF_SYSTEM
    if role == "tool" or kind in _OF_TOOLS:
        return TOOLS
    if kind in _CONTEXT or metadata.get("is_visually_hidden_from_conversation") is True:
        return HIDDEN
    if kind in _THINKING:
        return "thinking"
    weight = raw.get("weight")
    if weight in _NOTHING and weight is not False:
        return HIDDEN
    return "errors of the system" if kind == "system_error" else None


def _text(content: Mapping[str, Any]) -> str:
    """Return the words of a content; images and files among its parts have none, speech has a transcript."""
    parts = content.get("parts")
    if not isinstance(parts, list):
        value = content.get("text")
        return value if isinstance(value, str) else ""
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0]
    words = (part if isinstance(part, str) else _transcript(part) for part in parts)
    return "\n".join(each for each in words if each)


def _transcript(part: object) -> str:
    if isinstance(part, dict) and part.get("content_type") in ("audio_transcription", "text"):
        return text_in(part, "text") or ""
    return ""
