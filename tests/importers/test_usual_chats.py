"""Conversations read at once are read as message by message, whatever they hold."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.importers.chat_exports import branch, chat, node, talk, turn
from tests.importers.mutations import ODD, at, places
from twin_tui.importers.chats.chat import Ledger, OddItemError, Told
from twin_tui.importers.chats.chatgpt import ChatGptImporter
from twin_tui.importers.chats.claude import ClaudeImporter
from twin_tui.importers.reading.json_value import parse_json

TIMES = (1_790_000_000, 1_790_000_000.5, 1_790_000_000.123456, 1_790_000_000.1234565, 1e9, 1.7e9, 1e-7, 3e12)
MORE = (*ODD, *TIMES, 1.0, 0.0, "all", "system", "tool", "thoughts", "execution_output", "auto", "r", "q")
ISO = (
    "2026-09-21T14:13:20.5Z",
    "2026-09-21T14:13:20.000000+02:00",
    "2026-09-21",
    "2026-W09-1T14:13:20.000000Z",
)


def of_chatgpt() -> dict[str, Any]:
    """Return a conversation as most are: context of the system, two turns, a branch."""
    context = node("r", "system", "", None, weight=0.0)
    context["metadata"] = {"is_visually_hidden_from_conversation": True}
    hidden = node("h", "user", "Only for you.", 1, metadata={"is_visually_hidden_from_conversation": True})
    said = [
        node("q", "user", "How many?", 1.5),
        node("a", "assistant", "Twelvé.", 2),
        node("e", "user", " ", 3),
    ]
    return branch(chat("c1", context, hidden, *said), "q", node("b", "assistant", "Thirteen.", 3))


def of_claude() -> dict[str, Any]:
    """Return a conversation as most are: two turns, one without words."""
    said = [
        turn("q", "human", "How many?", 1),
        turn("a", "assistant", "Twelvé.", 2),
        turn("e", "human", " ", 3),
    ]
    return talk("c1", *said, account={"uuid": "u"}, project={"name": "p"}, model="m")


def of_claude_with_parents() -> dict[str, Any]:
    """Return a conversation whose messages name the ones before them, with a branch."""
    found = of_claude()
    for message, parent in zip(found["chat_messages"], ("0", "q", "q"), strict=True):
        message["parent_message_uuid"] = parent
    found["current_leaf_message_uuid"] = "a"
    return found


KINDS = {
    "chatgpt": (ChatGptImporter(), of_chatgpt),
    "claude": (ClaudeImporter(), of_claude),
    "claude with parents": (ClaudeImporter(), of_claude_with_parents),
}


def damaged(found: dict[str, Any]) -> Iterator[bytes]:
    """Yield a conversation with each of its values left out, or replaced by each odd one."""
    for place in filter(None, places(found)):
        for odd in (*MORE, *ISO, KeyError):
            other = copy.deepcopy(found)
            if odd is KeyError:
                del at(other, place[:-1])[place[-1]]
            else:
                at(other, place[:-1])[place[-1]] = odd
            yield json.dumps(other).encode()


def one_by_one(importer: Any, data: bytes) -> Told:
    """Return what is read message by message."""
    ledger = Ledger()
    return Told(importer.chat(parse_json(data)[0], ledger), ledger)


@pytest.mark.parametrize("kind", KINDS)
def test_a_usual_conversation_is_read_at_once(kind: str) -> None:
    importer, make = KINDS[kind]
    data = json.dumps(make(), ensure_ascii=False).encode()
    told = importer.told(data)
    assert told is not None
    assert told.chat is not None
    assert [words for _, _, words, _ in told.chat.said] == ["How many?", "Twelvé."]
    assert told == one_by_one(importer, data)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_read_at_once_is_what_is_read_one_by_one(kind: str) -> None:
    importer, make = KINDS[kind]
    at_once = 0
    for data in damaged(make()):
        told = importer.told(data)
        at_once += told is not None
        if told is None:
            continue
        try:
            assert told == one_by_one(importer, data), data
        except OddItemError:
            pytest.fail(f"read at once: {data!r}")
    assert at_once > 500


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "broken", [b'"x": "\xff", ', b'"x": "\\q", ', b'"x": "\x01", ', b'"x": NaN, ', b'"x" 1, ']
)
def test_what_is_broken_anywhere_is_not_read_at_once(kind: str, broken: bytes) -> None:
    importer, make = KINDS[kind]
    data = json.dumps(make()).encode()
    assert importer.told(data[:1] + broken + data[1:]) is None
