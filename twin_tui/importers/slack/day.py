"""Decodes a Slack day file at once, as the messages that nearly all of them are.

What is decoded is never read otherwise than the standard library reads it: a file that holds anything else,
such as broken JSON, a number for a time or a control character in a text, is not decoded at all.
"""

from collections.abc import Sequence

import msgspec

ABSENT = msgspec.Raw()
"""Stands for a part that a message does not have."""


class Profile(msgspec.Struct, gc=False, frozen=True):
    """The names in a ``user_profile``; values that are equal hash alike."""

    real_name: str | None = None
    display_name: str | None = None
    name: str | None = None
    team: str | None = None


class BotProfile(msgspec.Struct, gc=False, frozen=True):
    """The same of a ``bot_profile``."""

    name: str | None = None
    app_id: str | None = None
    team_id: str | None = None


class Edit(msgspec.Struct, gc=False):
    """When a message was last edited."""

    ts: str | None = None


class Post(msgspec.Struct, gc=False):
    """The parts of a message that are read; of some only whether they are there."""

    ts: str
    text: str | None = None
    user: str | None = None
    thread_ts: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    username: str | None = None
    team: str | None = None
    user_profile: Profile | None = None
    bot_profile: BotProfile | None = None
    edited: Edit | None = None
    reply_count: int | None = None
    replies: msgspec.Raw = ABSENT
    client_msg_id: msgspec.Raw = ABSENT
    files: msgspec.Raw = ABSENT
    file: msgspec.Raw = ABSENT
    comment: msgspec.Raw = ABSENT
    assistant_app_thread: msgspec.Raw = ABSENT
    slackdump_thread_replies: msgspec.Raw = ABSENT


_POSTS = msgspec.json.Decoder(list[Post])
_PIECES = msgspec.json.Decoder(list[msgspec.Raw])


def posts_of(data: bytes) -> list[Post] | None:
    """Return the messages of a day file, None where it holds anything but such messages.

    >>> [post.text for post in posts_of(b'[{"ts": "1700000000.000100", "text": "hi"}]') or ()]
    ['hi']
    """
    try:
        if not data.isascii():
            data.decode()  # The decoder does not look at the bytes of texts that are not asked for.
        return _POSTS.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def pieces_of(data: bytes) -> list[bytes]:
    """Return the items of an array, each as it stands there; the array was decoded before."""
    return [bytes(piece) for piece in _PIECES.decode(data)]


def are_plain(posts: Sequence[Post]) -> list[bool]:
    """Say of each message whether its text is all: there are no files, no replies in it, nothing instead."""
    return [
        post.files is post.file is post.comment is post.assistant_app_thread is ABSENT
        and post.slackdump_thread_replies is ABSENT
        and not (post.text is None or post.text == "" or post.text.isspace())
        for post in posts
    ]
