"""What stands in a message of claude.ai: visible words, artifacts, searches; thinking is passed over."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from twin_tui.importers.chats.chat import dict_in, text_in

_THINKING_TAG = re.compile(r"<antThinking>.*?(?:</antThinking>|\Z)", re.DOTALL)
_ARTIFACT_TAG = re.compile(r"<antArtifact\b(?P<head>[^>]*)>(?P<body>.*?)(?:</antArtifact>|\Z)", re.DOTALL)
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_BLANK_LINES = re.compile(r"\n{3,}")
_PASSED_OVER = frozenset(("thinking", "redacted_thinking", "tool_use", "tool_result", "token_budget", "flag"))


@dataclass(frozen=True, slots=True)
class Artifact:
    """One version of an artifact."""

    kind: str | None
    title: str | None
    content: str


@dataclass(frozen=True, slots=True)
class Found:
    """A search, and how many results it had, None where that is not told."""

    kind: str
    words: str
    results: int | None


@dataclass(slots=True)
class Parts:
    """What one message amounts to."""

    text: str = ""
    artifacts: list[Artifact] = field(default_factory=list)
    searches: list[Found] = field(default_factory=list)


class Shelf:
    """The artifacts of one conversation, as they stand after each message."""

    def __init__(self, remarks: Counter[str]) -> None:
        self._remarks = remarks
        self._by_id: dict[str, Artifact] = {}

    def parts(self, content: list[Any]) -> Parts:
        """Return what a message's blocks amount to."""
        plain = _plain_words(content)
        if plain is not None:
            return Parts(plain)
        out = Parts()
        words: list[str] = []
        results = [each for each in content if isinstance(each, dict) and each.get("type") == "tool_result"]
        for block in content:
            kind = text_in(block, "type") if isinstance(block, dict) else None
            if kind == "text" and isinstance(block.get("text"), str):
                words.append(self._without_tags(block["text"], out))
            elif kind == "tool_use":
                self._used(block, results, out)
            elif kind == "text":
                self._remarks["block of text that holds no text, passed over"] += 1
            elif kind not in _PASSED_OVER:
                self._remarks[
                    f"content of an unknown kind ({kind[:30] if kind else 'none'}), passed over"
                ] += 1
        out.text = "\n".join(each for each in words if each.strip())
        return out

    def parts_of_text(self, text: str) -> Parts:
        """Return what a message without blocks amounts to."""
        out = Parts()
        out.text = self._without_tags(text, out)
        return out

    def _without_tags(self, text: str, out: Parts) -> str:
        """Return a text without thinking and artifacts written into it; the artifacts go to ``out``."""
        if "<ant" not in text:
            return text
        text = _THINKING_TAG.sub("", text)
        for tag in _ARTIFACT_TAG.finditer(text):
            head = dict(_ATTRIBUTE.findall(tag["head"]))
            made = Artifact(head.get("type") or None, head.get("title") or None, tag["body"].strip("\n"))
            self._keep(head.get("identifier"), made, out)
        return _BLANK_LINES.sub("\n\n", _ARTIFACT_TAG.sub("", text)).strip()

    def _used(self, block: Mapping[str, Any], results: Sequence[Mapping[str, Any]], out: Parts) -> None:
        name, wish = text_in(block, "name") or "", dict_in(block, "input")
        if "artifact" in name:
            made = self._artifact(wish)
            if made is not None:
                self._keep(text_in(wish, "id"), made, out)
            return
        words = text_in(wish, "query")
        if words is not None and "search" in name:
            kind = name.removesuffix("_search") or name
            out.searches.append(Found(kind, words, _results(block, name, results)))

    def _artifact(self, wish: Mapping[str, Any]) -> Artifact | None:
        """Return what a call made of an artifact; None where it holds nothing to write."""
        before = self._by_id.get(text_in(wish, "id") or "", Artifact(None, None, ""))
        kind, title = text_in(wish, "type") or before.kind, text_in(wish, "title") or before.title
        content = wish.get("content")
        if wish.get("command") == "update":
            old, new = wish.get("old_str"), wish.get("new_str")
            if not isinstance(old, str) or not isinstance(new, str):
                content = content if isinstance(content, str) else None
            elif old and old in before.content:
                content = before.content.replace(old, new, 1)
            else:
                self._remarks[
                    "artifact revision that could not be followed: only its new text is stored"
                ] += 1
                content = new
        return Artifact(kind, title, content) if isinstance(content, str) else None

    def _keep(self, ref: str | None, made: Artifact, out: Parts) -> None:
        if ref:
            self._by_id[ref] = made
        out.artifacts.append(made)


def _plain_words(content: list[Any]) -> str | None:
    """Return the words of a message that is nothing but words, as most are; None for any other."""
    if len(content) != 1 or not isinstance(content[0], dict) or content[0].get("type") != "text":
        return None
    words = content[0].get("text")
    if not isinstance(words, str) or "<ant" in words:
        return None
    return words if words.strip() else ""


def _results(block: Mapping[str, Any], name: str, results: Sequence[Mapping[str, Any]]) -> int | None:
    """Return how many results answer a call: by its id, else the only answer of the same name."""
    ref = text_in(block, "id")
    answers = [each for each in results if ref is not None and each.get("tool_use_id") == ref]
    if not answers:
        answers = [each for each in results if not text_in(each, "tool_use_id") and each.get("name") == name]
    if len(answers) != 1 or answers[0].get("is_error") is True:
        return None
    content = answers[0].get("content")
    return len(content) if isinstance(content, list) else None
