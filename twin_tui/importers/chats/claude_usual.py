"""Reads a claude.ai conversation at once where it is as most are: each message one block of text.

What is read so is never read otherwise message by message. A conversation that holds anything else, such as
tools, artifacts, thinking or a message without an id, is not read here at all.
"""

from typing import Literal

import msgspec

from twin_tui.importers.base import SenderType
from twin_tui.importers.chats.chat import Ledger, Said, Told, moment, said_text
from twin_tui.importers.chats.reader import shown_chat
from twin_tui.importers.reading.odd import OddError
from twin_tui.importers.reading.usual import read_usual

BRANCH = "on a branch that is not shown"
WITHOUT_TEXT = "without text"
_SENDERS: dict[str, SenderType] = {"human": "user", "assistant": "twin"}


class _Block(msgspec.Struct, gc=False):
    type: Literal["text"]
    text: str


class _Message(msgspec.Struct, gc=False):
    uuid: str
    sender: Literal["human", "assistant"]
    content: list[_Block]
    created_at: str | None = None
    parent_message_uuid: str | None = None


class _Account(msgspec.Struct, gc=False):
    uuid: str | None = None


class _Project(msgspec.Struct, gc=False):
    name: str | None = None


class _Conversation(msgspec.Struct, gc=False):
    chat_messages: list[_Message]
    uuid: str | None = None
    name: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    account: _Account | None = None
    project: _Project | None = None
    model: str | None = None
    current_leaf_message_uuid: str | None = None


_CONVERSATIONS = msgspec.json.Decoder(_Conversation)


def told_by(data: bytes) -> Told | None:
    """Return what a conversation shows, None where it is no JSON or not as usual."""
    return read_usual(data, _CONVERSATIONS, _told)


def _told(found: _Conversation) -> Told:
    messages = found.chat_messages
    known = {message.uuid: message for message in messages}
    if len(known) < len(messages) or not all(map(said_text, known)):
        raise OddError
    times = [moment(message.created_at) for message in messages]
    shown = list(zip(messages, times, strict=True))
    if any(message.parent_message_uuid in known for message in messages):
        shown = _path(dict(zip(known, shown, strict=True)), said_text(found.current_leaf_message_uuid))
    ledger = Ledger(read=len(messages))
    ledger.leave(BRANCH, len(messages) - len(shown))
    created, updated = moment(found.created_at), moment(found.updated_at)
    time, last = created if created is not None else updated, 0
    said: list[Said] = []
    for message, own in shown:
        time = time if own is None else own
        if time is None or len(message.content) != 1 or "<ant" in message.content[0].text:
            raise OddError
        words = message.content[0].text
        if not words or words.isspace():
            ledger.leave(WITHOUT_TEXT)
            continue
        last = time if time > last else last + 1
        said.append((message.uuid, _SENDERS[message.sender], words, last))
    chat = shown_chat(
        said,
        created,
        updated,
        native=said_text(found.uuid),
        account=None if found.account is None else said_text(found.account.uuid),
        title=said_text(found.name),
        topic=None if found.project is None else said_text(found.project.name),
        twin=said_text(found.model) or "",
    )
    return Told(chat, ledger)


_Timed = tuple[_Message, int | None]
"""A message and when it was written."""


def _path(known: dict[str, _Timed], leaf: str | None) -> list[_Timed]:
    """Return the messages from the first to ``leaf``, or to the newest where none is told, by parents."""
    ref = leaf
    if ref not in known:
        refs = list(known)
        ref = refs[max(range(len(refs)), key=lambda at: (known[refs[at]][1] or 0, at))]
    path: dict[str, _Timed] = {}
    while ref is not None and ref in known and ref not in path:
        path[ref] = known[ref]
        ref = known[ref][0].parent_message_uuid
    return list(reversed(path.values()))
