"""Reads any message of a Slack export, however odd, and reduces it to what is needed."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from twin_tui.importers.reading.archive import Archive
from twin_tui.importers.reading.spool import Spool
from twin_tui.importers.report import Journal
from twin_tui.importers.slack.members import Channel, Directory, text_of
from twin_tui.importers.slack.spool import Conversation
from twin_tui.importers.slack.text import files_of, markup_of, mentioned_ids
from twin_tui.importers.slack.time import parse_ts
from twin_tui.importers.slack.voices import Voice, Voices

DAY_FILE = re.compile(r"(?P<folder>[^/]+)/\d{4}-\d{2}-\d{2}\.json\Z")
_DM_FOLDER = re.compile(r"D[A-Z0-9]{5,}\Z")
TOKEN = re.compile(r"xox[a-z]-", re.IGNORECASE)
_NOTHING: Mapping[str, Any] = {}
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


_FILE_KEYS = (
    "id", "mode", "title", "name", "filetype", "mimetype",
    "content", "plain_text", "preview_plain_text", "preview",
)  # fmt: skip
_NO_FILES: tuple[dict[str, str], ...] = ()


@dataclass(slots=True)
class Met:
    """What is learned while reading, of the whole export."""

    spool: Spool
    journal: Journal
    directory: Directory
    voices: Voices = field(default_factory=Voices)
    mentions: dict[tuple[str, ...], int] = field(default_factory=lambda: {(): 0})
    """Whom messages mention together, numbered."""
    with_tokens: int = 0
    workspaces: Counter[str] = field(default_factory=Counter)
    """Workspace names in file addresses."""

    def duplicates(self, count: int) -> None:
        """Count messages that were read twice."""
        if count:
            self.journal.left_out[DUPLICATE] += count


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


def read_item(item: object, file: str, position: str, out: Conversation, met: Met) -> None:
    """Add an entry of a day file to its conversation, a message or one with replies nested in it."""
    for message in _with_replies(item):
        met.journal.read += 1
        _read(message, file, position, out, met)


def _with_replies(raw: Any) -> tuple[Any, ...]:
    """Return a message and slackdump's nested replies to it; of a placeholder nothing."""
    if not raw:
        return ()
    nested = raw.get("slackdump_thread_replies") if isinstance(raw, dict) else None
    if not isinstance(nested, list):
        return (raw,)
    own = raw.get("ts")
    return (raw, *(reply for reply in nested if isinstance(reply, dict) and reply.get("ts") != own))


def _read(raw: object, file: str, position: str, out: Conversation, met: Met) -> None:
    """Add one message to its conversation, or say in the journal why it is in none."""
    if not isinstance(raw, dict):
        met.journal.reject_message(file, position, "not a JSON object", raw)
        return
    get = raw.get
    micros = parse_ts(get("ts"))
    if micros is None:
        reason = f"ts {get('ts')!r:.40} is no time" if "ts" in raw else "no ts"
        met.journal.reject_message(file, position, reason, raw)
        return
    named = get("thread_ts")
    thread = micros if named == raw["ts"] else parse_ts(named)
    if thread is None and named:
        reason = f"thread_ts {get('thread_ts')!r:.40} is no time"
        met.journal.reject_message(file, position, reason, raw)
        return
    edited = (parse_ts(_part(raw, "edited").get("ts")) or 0) if "edited" in raw else 0
    out.newest = max(out.newest, micros, edited)
    user = text_of(raw, "user") or (text_of(_part(raw, "comment"), "user") if "comment" in raw else None)
    if user:
        met.directory.seen(user, micros)
    if "assistant_app_thread" in raw and (title := text_of(_part(raw, "assistant_app_thread"), "title")):
        out.titles[micros if thread is None else thread] = title
    markup = markup_of(raw)
    subtype = text_of(raw, "subtype")
    lost = left_out(subtype, user, markup)
    if lost:
        met.journal.left_out[lost] += 1
        return
    files = files_of(raw) if "files" in raw or "file" in raw else ()
    _look_at_addresses(markup, files, met)
    count = get("reply_count")
    replied = bool(get("replies")) or (isinstance(count, int) and count > 0)
    kept = tuple(map(_reduced, files)) if files else _NO_FILES
    mentions = 0
    if "<@" in markup:
        mentions = met.mentions.setdefault(tuple(mentioned_ids(markup)), len(met.mentions))
    voice = _heard(raw, user, subtype, micros, met)
    out.add(
        (markup, kept),
        micros=micros,
        thread=thread or 0,
        edited=edited,
        voice=voice,
        mentions=mentions,
        replied=replied,
    )


def _heard(raw: Mapping[str, Any], user: str | None, subtype: str | None, micros: int, met: Met) -> int:
    """Return the number of the voice a message is written in, and take note of what it tells."""
    profile, bot = _part(raw, "user_profile"), _part(raw, "bot_profile")
    voice = Voice(
        user, text_of(raw, "bot_id"), text_of(raw, "username"), subtype == "bot_message", bool(profile)
    )
    heard = met.voices.hear(voice, micros, micros)
    if profile and micros >= heard.profile_name_at:
        names = (text_of(profile, key) for key in ("real_name", "display_name", "name"))
        name = next((name for name in names if name), None)
        if name:
            heard.profile_name, heard.profile_name_at = name, micros
    if bot and micros >= heard.bot_name_at:
        name = text_of(bot, "name")
        if name:
            heard.bot_name, heard.bot_name_at = name, micros
    if heard.app_id is None and (bot or "app_id" in raw):
        heard.app_id = text_of(raw, "app_id") or text_of(bot, "app_id")
    if "client_msg_id" in raw:
        heard.is_typed = True
    team = text_of(raw, "team") or text_of(profile, "team") or text_of(bot, "team_id")
    if team:
        heard.teams[team] += 1
    return heard.number


def left_out(subtype: str | None, user: str | None, markup: str) -> str | None:
    """Return why a message is nobody's words, None when it is somebody's."""
    if subtype is not None:
        if subtype == "tombstone":
            return DELETED
        if _NOTICE.match(subtype):
            return NOTICE
        if subtype not in _SPOKEN and not (user and markup.strip()):
            return NOTICE
    return None if markup.strip() else EMPTY


def _look_at_addresses(markup: str, files: Sequence[Mapping[str, Any]], met: Met) -> None:
    addresses = [
        str(file.get(key) or "") for file in files for key in ("url_private", "url_private_download")
    ]
    if ("xox" in markup and TOKEN.search(markup)) or any(map(TOKEN.search, addresses)):
        met.with_tokens += 1
    for file in files:
        match = _WORKSPACE.match(str(file.get("permalink") or ""))
        if match and match[1] not in ("files", "app", "slack"):
            met.workspaces[match[1]] += 1


def _reduced(file: Mapping[str, Any]) -> dict[str, str]:
    return {key: value for key in _FILE_KEYS if isinstance(value := file.get(key), str) and value}


def _part(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = raw.get(key)
    return value if isinstance(value, dict) else _NOTHING
