"""Who and where: the people, bots, conversations and installers that a Slack export lists."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from twin_tui.importers.reading.archive import Archive
from twin_tui.importers.report import Journal
from twin_tui.importers.slack.entries import entries
from twin_tui.importers.slack.time import parse_ts

SLACKBOT = "USLACKBOT"
_CONVERSATION_FILES = ("channels.json", "groups.json", "dms.json", "mpims.json")


@dataclass(frozen=True, slots=True)
class Member:
    """A person or bot of ``users.json``."""

    id: str
    name: str
    """The name to show, the id when there is no better."""
    email: str | None
    department: str | None
    is_bot: bool
    bot_id: str | None
    app_id: str | None
    description: str | None
    aliases: frozenset[str]
    """Every name it goes by, case-folded."""
    updated: int
    """When it was changed, microseconds; 0 when unknown."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation: a channel, a group or a direct message."""

    id: str
    name: str
    is_dm: bool
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Installation:
    """Who added an app, and when (microseconds, None when unknown)."""

    user_id: str
    user_name: str | None
    at: int | None


@dataclass(slots=True)
class Directory:
    """All that the top-level files say."""

    members: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    """By folder name: name and id both lead to the conversation."""
    channel_names: dict[str, str] = field(default_factory=dict)
    """By id."""
    installations: dict[str, Installation] = field(default_factory=dict)
    """By app id: the latest."""
    evidence: dict[str, int] = field(default_factory=dict)
    """The earliest sign of a person, microseconds."""
    file_titles: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """What ``canvases.json`` says about a file, by its id."""
    team: str | None = None
    has_users: bool = False

    def seen(self, user_id: str, micros: int | None) -> None:
        """Note the earliest sign of a person."""
        if micros is not None and micros < self.evidence.get(user_id, micros + 1):
            self.evidence[user_id] = micros

    def is_person(self, user_id: str) -> bool:
        """Say whether the id is a listed human."""
        member = self.members.get(user_id)
        return member is not None and not member.is_bot


def read_directory(archive: Archive, journal: Journal) -> Directory:
    """Return what the top-level files say; a missing or broken one costs one line."""
    found = Directory()
    _read_users(archive, journal, found)
    for name in _CONVERSATION_FILES:
        for _, raw in _entries(archive, name, journal):
            _add_channel(found, raw, is_dm=name == "dms.json")
    for _, raw in _entries(archive, "integration_logs.json", journal):
        _add_installation(found, raw)
    for _, raw in _entries(archive, "canvases.json", journal):
        if ref := text_of(raw, "id"):
            found.file_titles[ref] = raw
            found.seen(text_of(raw, "user") or "", parse_ts(raw.get("created")))
    return found


def _read_users(archive: Archive, journal: Journal, found: Directory) -> None:
    teams: Counter[str] = Counter()
    for name in ("users.json", "org_users.json"):
        for position, raw in _entries(archive, name, journal):
            member = _member(raw)
            if member is None:
                journal.reject_entry(name, position, "no id", raw)
                continue
            found.has_users = True
            before = found.members.get(member.id)
            if before is None or member.updated > before.updated:
                found.members[member.id] = member
            team = text_of(raw, "team_id")
            if team:
                teams[team] += 1
                if raw.get("is_primary_owner") is True and found.team is None:
                    found.team = team
    if found.team is None and teams:
        found.team = min(teams, key=lambda team: (-teams[team], team))
    if not found.has_users:
        journal.note("no users.json: people are named as their messages name them, else by id")


def _member(raw: Mapping[str, Any]) -> Member | None:
    ref = text_of(raw, "id")
    if not ref:
        return None
    profile = raw.get("profile")
    profile = profile if isinstance(profile, dict) else {}
    names = [
        text_of(profile, "real_name"),
        text_of(raw, "real_name"),
        text_of(profile, "display_name"),
        text_of(raw, "name"),
    ]
    known = [name for name in names if name]
    is_bot = raw.get("is_bot") is True or raw.get("is_workflow_bot") is True or ref == SLACKBOT
    title = text_of(profile, "title")
    return Member(
        id=ref,
        name=known[0] if known else ref,
        email=None if is_bot else text_of(profile, "email"),
        department=None if is_bot else title or _department(profile.get("fields")),
        is_bot=is_bot,
        bot_id=text_of(profile, "bot_id"),
        app_id=text_of(profile, "api_app_id"),
        description=title if is_bot else None,
        aliases=frozenset(name.casefold() for name in (*known, ref)),
        updated=parse_ts(raw.get("updated")) or 0,
    )


def _department(fields: object) -> str | None:
    """Return the custom profile field labelled as a department, if one is."""
    if not isinstance(fields, dict):
        return None
    for item in fields.values():
        if isinstance(item, dict):
            label = f"{item.get('label') or ''} {item.get('alt') or ''}".casefold()
            value = text_of(item, "value")
            if value and any(word in label for word in ("department", "team", "division")):
                return value
    return None


def _add_channel(found: Directory, raw: Mapping[str, Any], *, is_dm: bool) -> None:
    ref = text_of(raw, "id")
    if not ref:
        return
    name = text_of(raw, "name") or ref
    listed = raw.get("members")
    members = tuple(item for item in listed if isinstance(item, str)) if isinstance(listed, list) else ()
    channel = Channel(ref, name, is_dm, members)
    found.channels[ref] = channel
    found.channels.setdefault(name, channel)
    found.channel_names[ref] = name
    created = parse_ts(raw.get("created"))
    found.seen(text_of(raw, "creator") or "", created)


def _add_installation(found: Directory, raw: Mapping[str, Any]) -> None:
    at = parse_ts(raw.get("date"))
    user = text_of(raw, "user_id")
    if user:
        found.seen(user, at)
    app = text_of(raw, "app_id") or text_of(raw, "service_id")
    if not app or not user or raw.get("change_type") != "added":
        return
    before = found.installations.get(app)
    if before is None or (before.at or 0) < (at or 0):
        found.installations[app] = Installation(user, text_of(raw, "user_name"), at)


def _entries(archive: Archive, name: str, journal: Journal) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield a top-level array's objects with their positions; placeholders such as ``[""]`` yield nothing."""
    if name not in archive.names:
        return
    for position, item in entries(archive, name, journal, journal.reject_entry, "entry"):
        if isinstance(item, dict) and item:
            yield position, item
        elif item:
            journal.reject_entry(name, position, "not a JSON object", item)


def text_of(raw: Mapping[str, Any], key: str) -> str | None:
    """Return a non-empty text value without surrounding white space, None for anything else."""
    value = raw.get(key)
    return value.strip() or None if isinstance(value, str) else None
