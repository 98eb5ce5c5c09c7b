"""Reads one conversation of a Slack export: every day file, each message reduced to what is needed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from twin_tui.importers.archive import Archive, UnreadableFileError, read_json
from twin_tui.importers.report import Journal
from twin_tui.importers.slack_members import Channel, Directory, text_of
from twin_tui.importers.slack_text import files_of, markup_of
from twin_tui.importers.slack_time import parse_ts

DAY_FILE = re.compile(r"(?P<folder>[^/]+)/\d{4}-\d{2}-\d{2}\.json\Z")
_DM_FOLDER = re.compile(r"D[A-Z0-9]{5,}\Z")
_TOKEN = re.compile(r"xox[a-z]-", re.IGNORECASE)
_WORKSPACE = re.compile(r"https://([a-z0-9-]+)\.(?:enterprise\.)?slack\.com/")

EMPTY = "empty messages"
NOTICE = "joins, topics and other notices"
DELETED = "deleted in Slack"
DUPLICATE = "duplicates of a message already read"

_SPOKEN = frozenset(
    (
        None,
        "bot_message",
        "me_message",
        "thread_broadcast",
        "reply_broadcast",
        "file_share",
        "file_comment",
        "file_mention",
        "assistant_app_thread",
        "slackbot_response",
    )
)
_NOTICE = re.compile(
    r"(channel|group|mpim|im|app_conversation)_(join|leave|topic|purpose|name|archive|unarchive|posting_permissions"
    r"|convert_to_(private|public)|canvas_updated|retention.*)\Z"
    r"|(un)?pinned_item\Z|bot_(add|remove|enable|disable)\Z|reminder_(add|delete)\Z|joiner_notification.*"
    r"|huddle_thread\Z|sh_room_\w+|message_(changed|deleted|replied)\Z|tabbed_canvas_updated\Z|ekm_access_denied\Z"
)


@dataclass(frozen=True, slots=True)
class Post:
    """One message as the export has it, before anyone decided who its author is."""

    micros: int
    """Its ``ts``."""
    thread: int | None
    """Its thread's root's ``ts``."""
    markup: str
    user: str | None
    bot_id: str | None
    app_id: str | None
    username: str | None
    """What an old bot calls itself."""
    bot_name: str | None
    profile_name: str | None
    """The name in ``user_profile``."""
    has_profile: bool
    is_bot_message: bool
    edited: int
    has_replies: bool
    """The root says that it has replies."""
    team: str | None
    files: tuple[Mapping[str, Any], ...] = ()


@dataclass(slots=True)
class Conversation:
    """All posts of a conversation by time, and what is known without being one."""

    channel: Channel
    posts: list[Post] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)
    """Titles of assistant threads, by root."""
    seen: dict[str, int] = field(default_factory=dict)
    """Earliest sign of a person who only joined, microseconds."""
    newest: int = 0
    """The latest moment the export knows of, edits included, microseconds."""
    with_tokens: int = 0
    workspaces: list[str] = field(default_factory=list)


def conversations(archive: Archive, directory: Directory) -> list[tuple[Channel, list[str]]]:
    """Return each conversation with its day files; the folders are the truth, not ``channels.json``."""
    folders: dict[str, list[str]] = {}
    for name in sorted(archive.names):
        match = DAY_FILE.match(name)
        if match:
            folders.setdefault(match["folder"], []).append(name)
    found: dict[str, tuple[Channel, list[str]]] = {}
    for folder, names in folders.items():
        channel = directory.channels.get(folder)
        if channel is None:
            channel = Channel(folder, folder, bool(_DM_FOLDER.match(folder)))
        found.setdefault(channel.id, (channel, []))[1].extend(names)
    return list(found.values())


def read_conversation(archive: Archive, channel: Channel, names: list[str], journal: Journal) -> Conversation:
    """Return a conversation read whole, as threads span files; each loss is written into the journal."""
    out = Conversation(channel)
    by_time: dict[int, Post] = {}
    for name in names:
        try:
            value = read_json(archive, name)
        except UnreadableFileError as error:
            journal.reject_file(name, str(error))
            continue
        if not isinstance(value, list):
            journal.reject_file(name, "not a JSON array")
            continue
        for index, raw in _items(value):
            journal.read += 1
            post = _post(raw, name, f"message {index}", out, journal)
            if post is None:
                continue
            before = by_time.get(post.micros)
            if before is not None:
                journal.left_out[DUPLICATE] += 1
            if before is None or _is_better(post, before):
                by_time[post.micros] = post
    out.posts = [by_time[at] for at in sorted(by_time)]
    return out


def _items(value: list[Any]) -> Iterator[tuple[int, Any]]:
    """Yield messages with their positions, slackdump's nested replies after their root, no placeholders."""
    for index, raw in enumerate(value, 1):
        if not raw:
            continue
        yield index, raw
        nested = raw.get("slackdump_thread_replies") if isinstance(raw, dict) else None
        for reply in nested if isinstance(nested, list) else []:
            if isinstance(reply, dict) and reply.get("ts") != raw.get("ts"):
                yield index, reply


def _is_better(post: Post, before: Post) -> bool:
    return (post.edited, post.thread is not None) > (before.edited, before.thread is not None)


def _post(raw: object, file: str, where: str, out: Conversation, journal: Journal) -> Post | None:
    if not isinstance(raw, dict):
        journal.reject_message(file, where, "not a JSON object", raw)
        return None
    micros = parse_ts(raw.get("ts"))
    if micros is None:
        reason = f"ts {raw.get('ts')!r:.40} is no time" if "ts" in raw else "no ts"
        journal.reject_message(file, where, reason, raw)
        return None
    thread = parse_ts(raw.get("thread_ts"))
    if thread is None and raw.get("thread_ts"):
        journal.reject_message(file, where, f"thread_ts {raw['thread_ts']!r:.40} is no time", raw)
        return None
    edited = _part(raw, "edited")
    edited_at = parse_ts(edited.get("ts")) or 0
    out.newest = max(out.newest, micros, edited_at)
    user = text_of(raw, "user") or text_of(_part(raw, "comment"), "user")
    if user and micros < out.seen.get(user, micros + 1):
        out.seen[user] = micros
    assistant = text_of(_part(raw, "assistant_app_thread"), "title")
    if assistant:
        out.titles[micros if thread is None else thread] = assistant
    markup = markup_of(raw)
    subtype = text_of(raw, "subtype")
    lost = _left_out(subtype, user, markup)
    if lost:
        journal.left_out[lost] += 1
        return None
    files = files_of(raw)
    _look_at_addresses(raw, files, out)
    profile = _part(raw, "user_profile")
    bot = _part(raw, "bot_profile")
    names = (text_of(profile, key) for key in ("real_name", "display_name", "name"))
    count = raw.get("reply_count")
    return Post(
        micros=micros,
        thread=thread,
        markup=markup,
        user=user,
        bot_id=text_of(raw, "bot_id"),
        app_id=text_of(raw, "app_id") or text_of(bot, "app_id"),
        username=text_of(raw, "username"),
        bot_name=text_of(bot, "name"),
        profile_name=next((name for name in names if name), None),
        has_profile=bool(profile),
        is_bot_message=subtype == "bot_message",
        edited=edited_at,
        has_replies=bool(raw.get("replies")) or (isinstance(count, int) and count > 0),
        team=text_of(raw, "team") or text_of(profile, "team") or text_of(bot, "team_id"),
        files=tuple(files),
    )


def _left_out(subtype: str | None, user: str | None, markup: str) -> str | None:
    """Return why a message is nobody's words, None when it is somebody's."""
    if subtype == "tombstone":
        return DELETED
    if subtype is not None and _NOTICE.match(subtype):
        return NOTICE
    if subtype not in _SPOKEN and not (user and markup.strip()):
        return NOTICE
    return None if markup.strip() else EMPTY


def _look_at_addresses(raw: Mapping[str, Any], files: list[Mapping[str, Any]], out: Conversation) -> None:
    addresses = [
        str(file.get(key) or "") for file in files for key in ("url_private", "url_private_download")
    ]
    if any(map(_TOKEN.search, addresses)) or (
        isinstance(raw.get("text"), str) and "xox" in raw["text"] and _TOKEN.search(raw["text"])
    ):
        out.with_tokens += 1
    for file in files:
        match = _WORKSPACE.match(str(file.get("permalink") or ""))
        if match and match[1] not in ("files", "app", "slack"):
            out.workspaces.append(match[1])


def _part(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = raw.get(key)
    return value if isinstance(value, dict) else {}
