"""Tiny exports of ChatGPT and claude.ai, written from dicts."""

from typing import Any

from tests.importers.exports import Export, Json

START = 1_790_000_000
"""2026-09-21 14:13:20 UTC."""


def node(ref: str, role: str, text: Any, minute: float | None = 0, **extra: Any) -> Json:
    """Return a message of ChatGPT; ``text`` is its text, or its whole content."""
    content = text if isinstance(text, dict) else {"content_type": "text", "parts": [text]}
    return {
        "id": ref,
        "author": {"role": role, "name": extra.pop("name", None), "metadata": {}},
        "create_time": None if minute is None else START + minute * 60,
        "content": content,
        "weight": 1.0,
        "recipient": "all",
        "metadata": {"model_slug": "gpt-4o"} if role == "assistant" else {},
        **extra,
    }


def call(ref: str, recipient: str, text: str, minute: float = 0, **extra: Any) -> Json:
    """Return a call of a tool."""
    code = {"content_type": "code", "language": "unknown", "text": text}
    return node(ref, "assistant", code, minute, recipient=recipient, **extra)


def chat(ref: str, *messages: Json, **extra: Any) -> Json:
    """Return a conversation of ChatGPT: messages below one another, below an empty root."""
    mapping: Json = {"root": {"id": "root", "message": None, "parent": None, "children": []}}
    parent = "root"
    for message in messages:
        mapping[message["id"]] = {"id": message["id"], "message": message, "parent": parent, "children": []}
        parent = message["id"]
    return {
        "title": f"About {ref}",
        "create_time": START,
        "update_time": START + 86_400,
        "mapping": mapping,
        "current_node": parent,
        "conversation_id": ref,
        "default_model_slug": "gpt-4o",
        "gizmo_id": None,
        **extra,
    }


def branch(conversation: Json, parent: str, message: Json) -> Json:
    """Put a message below another, beside what is there."""
    conversation["mapping"][message["id"]] = {"id": message["id"], "message": message, "parent": parent}
    return conversation


def chatgpt(*conversations: Any, user: Any = None) -> Export:
    """Return an export of ChatGPT."""
    export = Export().put("conversations.json", list(conversations))
    return export.put("user.json", user or {"id": "user-1", "email": "Ann@Example.com"})


def at(minute: float) -> str:
    """Return claude.ai's spelling of a time so many minutes after the start."""
    seconds = 13 * 60 + 20 + round(minute * 60)
    return f"2026-09-21T{14 + seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.000000Z"


def turn(ref: str, sender: str, content: Any, minute: float = 0, **extra: Any) -> Json:
    """Return a message of claude.ai; ``content`` is a text or its blocks."""
    blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
    return {"uuid": ref, "sender": sender, "text": "", "content": blocks, "created_at": at(minute), **extra}


def talk(ref: str, *messages: Any, **extra: Any) -> Json:
    """Return a conversation of claude.ai."""
    return {
        "uuid": ref,
        "name": f"About {ref}",
        "created_at": at(0),
        "updated_at": at(90),
        "account": {"uuid": "acc-1"},
        "chat_messages": list(messages),
        **extra,
    }


def claude(*conversations: Any, users: Any = None) -> Export:
    """Return an export of claude.ai."""
    people = users or [{"uuid": "acc-1", "full_name": "Ann", "email_address": "ann@example.com"}]
    return Export().put("conversations.json", list(conversations)).put("users.json", people)
