"""Reads a ChatGPT conversation at once where it is as most are: words of a person and of the model alone.

What is read so is never read otherwise message by message. A conversation that holds anything else, such as
tools, images, a weight of nothing or a circle of parents, is not read here at all.
"""

import msgspec

from twin_tui.importers.chats.chat import Ledger, Said, Told, moment, said_text
from twin_tui.importers.chats.reader import shown_chat
from twin_tui.importers.reading.odd import OddError
from twin_tui.importers.reading.usual import read_usual

BRANCH = "on a branch that is not shown"
HIDDEN = "hidden context"
OF_SYSTEM = "of the system"
WITHOUT_TEXT = "without text"
_ROLES = ("user", "assistant")
_SENT_TO = (None, "all")
_TEXT = (None, "text")
_NONE = msgspec.Raw()
_POINT, _FEWEST = b".", 10**15
_MICROS, _TENTHS = 17, 18
"""Bytes of a time with six digits behind the point, and with seven."""


class _Author(msgspec.Struct, gc=False):
    role: str


class _Content(msgspec.Struct, gc=False):
    parts: list[str]
    content_type: str | None = None


class _Metadata(msgspec.Struct, gc=False):
    model_slug: str | None = None
    is_visually_hidden_from_conversation: bool | None = None


class _Message(msgspec.Struct, gc=False):
    author: _Author
    content: _Content
    create_time: msgspec.Raw = _NONE
    weight: float | None = None
    recipient: str | None = None
    metadata: _Metadata | None = None


class _Node(msgspec.Struct, gc=False):
    message: _Message | None = None
    parent: str | None = None


class _Conversation(msgspec.Struct, gc=False):
    mapping: dict[str, _Node]
    current_node: str
    create_time: msgspec.Raw = _NONE
    update_time: msgspec.Raw = _NONE
    conversation_id: str | None = None
    id: str | None = None
    title: str | None = None
    default_model_slug: str | None = None
    gizmo_id: str | None = None


_CONVERSATIONS = msgspec.json.Decoder(_Conversation)


def told_by(data: bytes) -> Told | None:
    """Return what a conversation shows, None where it is no JSON or not as usual."""
    return read_usual(data, _CONVERSATIONS, _told)


def twin_of(gizmo: str | None, default: str | None, spoke: str | None) -> str:
    """Return the model or custom assistant of a conversation; ``spoke`` is the model that wrote in it."""
    return gizmo or (default if default != "auto" else None) or spoke or ""


def _told(found: _Conversation) -> Told:
    path = _shown_path(found)
    ledger = Ledger(read=sum(node.message is not None for node in found.mapping.values()))
    ledger.leave(BRANCH, ledger.read - sum(message is not None for _, message in path))
    created, updated = _moment(found.create_time), _moment(found.update_time)
    time, last = created if created is not None else updated, 0
    model: str | None = None
    said: list[Said] = []
    for ref, message in path:
        if message is None:
            continue
        own = _moment(message.create_time)
        time = time if own is None else own
        role = message.author.role
        if role == "system":
            ledger.leave(OF_SYSTEM)
            continue
        metadata = message.metadata
        if role == "assistant":
            model = (said_text(metadata.model_slug) if metadata is not None else None) or model
        content = message.content
        if role not in _ROLES or content.content_type not in _TEXT:
            raise OddError
        if metadata is not None and metadata.is_visually_hidden_from_conversation:
            ledger.leave(HIDDEN)
            continue
        if time is None or message.weight == 0 or message.recipient not in _SENT_TO:
            raise OddError
        words = content.parts[0] if len(content.parts) == 1 else "\n".join(filter(None, content.parts))
        if not words or words.isspace():
            ledger.leave(WITHOUT_TEXT)
            continue
        last = time if time > last else last + 1
        said.append((ref, "user" if role == "user" else "twin", words, last))
    chat = shown_chat(
        said,
        created,
        updated,
        native=said_text(found.conversation_id) or said_text(found.id),
        title=said_text(found.title),
        twin=twin_of(said_text(found.gizmo_id), said_text(found.default_model_slug), model),
    )
    return Told(chat, ledger)


def _shown_path(found: _Conversation) -> list[tuple[str, _Message | None]]:
    """Return the messages from the root to the current node."""
    nodes = found.mapping
    path: list[tuple[str, _Message | None]] = []
    ref: str | None = found.current_node
    if ref not in nodes:
        raise OddError
    while ref is not None and (node := nodes.get(ref)) is not None:
        path.append((ref, node.message))
        if len(path) > len(nodes):
            raise OddError
        ref = node.parent
    path.reverse()
    return path


def _moment(raw: msgspec.Raw) -> int | None:
    """Return a number of seconds as microseconds, exactly as `moment` does, None for nothing."""
    written = bytes(raw)
    try:
        if len(written) == _MICROS and written[10:11] == _POINT:
            micros = int(written[:10] + written[11:])
            if micros >= _FEWEST:
                return micros
        elif len(written) == _TENTHS and written[10:11] == _POINT:
            micros, rest = divmod(int(written[:10] + written[11:]), 10)
            if micros >= _FEWEST:
                return micros + (rest > 5 or (rest == 5 and micros & 1))
    except ValueError:
        pass
    if not written or written == b"null":
        return None
    if written[:1] == b'"':
        raise OddError
    return moment(written.decode())
