"""What ChatGPT's calls of tools amount to: versions of a canvas, and searches."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from twin_tui.importers.chats.chat import dict_in, dicts_in, text_in

_CREATE, _UPDATE = "canmore.create_textdoc", "canmore.update_textdoc"
_WILD = re.compile(r"\(?(?:\.|\[\\s\\S\]|\[\\S\\s\])[*+]\??\)?")
_ESCAPED = re.compile(r"\\([^\w\s])")
_SPECIAL = re.compile(r"(?<!\\)[.^$*+?{}\[\]|()]|\\\w")
_CALL = re.compile(r"\bm?search\(\s*")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|' + r"'(?:[^'\\]|\\.)*'", re.DOTALL)
_DECODER = json.JSONDecoder(strict=False)
_NAMES = ("q", "query", "queries", "search_query", "image_query")
_KINDS = {"browser": "web", "web": "web", "file_search": "file", "myfiles_browser": "file"}


@dataclass(frozen=True, slots=True)
class Version:
    """A canvas as one call left it."""

    kind: str | None
    title: str | None
    content: str


class Canvas:
    """The canvases of one conversation: what was created, and what each revision made of it."""

    def __init__(self) -> None:
        self.unfollowed = 0
        """Revisions whose place in the text could not be found."""
        self._by_id: dict[str, Version] = {}
        self._last = Version(None, None, "")

    def version(self, recipient: str, text: str, answer: Mapping[str, Any]) -> Version | None:
        """Return what a call wrote, None where it is no call of the canvas.

        ``answer`` is the metadata of the answer, which alone tells the canvas it was about.
        """
        if recipient not in (_CREATE, _UPDATE):
            return None
        ref = text_in(dict_in(answer, "canvas"), "textdoc_id")
        call = _parsed(text)
        if recipient == _UPDATE:
            made = self._revised(self._by_id.get(ref or "", self._last), call, text)
        elif isinstance(call, dict):
            content = call.get("content")
            made = Version(
                text_in(call, "type"), text_in(call, "name"), content if isinstance(content, str) else text
            )
        else:
            made = Version(None, None, text)
        self._last = made
        if ref is not None:
            self._by_id[ref] = made
        return made

    def _revised(self, before: Version, call: object, text: str) -> Version:
        updates = dicts_in(call, "updates") if isinstance(call, dict) else []
        content: str | None = before.content if updates else None
        for update in updates:
            pattern, new = update.get("pattern"), update.get("replacement")
            if content is None or not isinstance(pattern, str) or not isinstance(new, str):
                content = None
                break
            content = revised(content, pattern, new, is_everywhere=update.get("multiple") is True)
        if content is not None:
            return replace(before, content=content)
        self.unfollowed += 1
        written = (update.get("replacement") for update in updates)
        return replace(before, content="\n".join(each for each in written if isinstance(each, str)) or text)


def revised(text: str, pattern: str, new: str, *, is_everywhere: bool = False) -> str | None:
    r"""Return the text with what the pattern finds replaced, None where it finds nothing.

    The pattern is a regular expression by strangers and is never run as one: it may be words, ``.*`` for
    the whole text, or words with ``.*`` between them; each wildcard takes as little as it can.

    >>> revised("one two three", ".*", "all"), revised("one two three", "one.*three", "1-3")
    ('all', '1-3')
    >>> revised("a.b a.b", r"a\.b", "x", is_everywhere=True), revised("abc", "(a|b)+", "x")
    ('x x', None)
    """
    if pattern in text and pattern:
        return text.replace(pattern, new) if is_everywhere else text.replace(pattern, new, 1)
    pieces = _WILD.split(pattern)
    if any(_SPECIAL.search(piece) for piece in pieces):
        return None
    words = [_ESCAPED.sub(r"\1", piece) for piece in pieces]
    if len(words) == 1:
        if not words[0] or words[0] not in text:
            return None
        return text.replace(words[0], new) if is_everywhere else text.replace(words[0], new, 1)
    start = text.find(words[0])
    at = start + len(words[0])
    for word in words[1:]:
        found = text.find(word, at) if start >= 0 else -1
        if found < 0:
            return None
        at = found + len(word)
    return text[:start] + new + (text[at:] if words[-1] else "")


def searches_of(recipient: str, text: str) -> list[tuple[str, str]]:
    """Return the searches that a call runs: what is searched (web, file) and the words.

    >>> searches_of("browser", 'search("seats left", recency_days=3)'), searches_of("browser", "mclick([0])")
    ([('web', 'seats left')], [])
    >>> searches_of("web.run", '{"search_query": [{"q": "a"}, {"q": "b"}]}')
    [('web', 'a'), ('web', 'b')]
    """
    kind = _KINDS.get(recipient.partition(".")[0])
    if kind is None:
        return []
    call = _parsed(text)
    if call is not None:
        return [(kind, words) for words in _wanted(call)]
    out: list[tuple[str, str]] = []
    for found in _CALL.finditer(text):
        value = _argument(text, found.end())
        out += [(kind, words) for words in _wanted(value)]
    return out


def results_in(metadata: Mapping[str, Any]) -> int | None:
    """Return how many results the answer to a search lists, None where it has no list."""
    listed = dict_in(metadata, "_cite_metadata").get("metadata_list")
    if isinstance(listed, list):
        return len(listed)
    if not isinstance(metadata.get("search_result_groups"), list):
        return None
    return sum(len(dicts_in(group, "entries")) for group in dicts_in(metadata, "search_result_groups"))


def _wanted(value: object) -> Iterator[str]:
    """Yield the words searched for: a text, a list of them, or an object that holds them by a known name."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, list):
        for each in value:
            if isinstance(each, str | dict):
                yield from _wanted(each)
    elif isinstance(value, dict):
        for key in _NAMES:
            inner = value.get(key)
            if isinstance(inner, str | list):
                yield from _wanted(inner)


def _argument(text: str, at: int) -> object:
    """Return the first argument of a call, as JSON or a quoted text; None where it is neither."""
    quoted = _QUOTED.match(text, at)
    if quoted is None:
        try:
            value: object = _DECODER.raw_decode(text, at)[0]
        except (ValueError, RecursionError):
            return None
        return value
    inner = quoted[0][1:-1]
    whole = _parsed(f'"{inner}"') if quoted[0][0] == '"' else None
    return whole if isinstance(whole, str) else _ESCAPED.sub(r"\1", inner)


def _parsed(text: str) -> object:
    """Return a text as JSON, None where it is none."""
    try:
        value: object = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None
    return value
