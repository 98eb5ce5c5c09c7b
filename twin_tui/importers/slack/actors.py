"""Decides who said a Slack message: a person, a bot, Slack itself or nobody."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple

from twin_tui.importers.base import ImportFailedError
from twin_tui.importers.slack.members import SLACKBOT, Directory
from twin_tui.importers.slack.voices import Heard, Voice, Voices

SYSTEM = "from Slackbot"
NOBODY = "without an author"
MANY_NAMES = 5
"""A bot that posts under so many names may be a bridge."""
BRIDGED = "bridged:"
"""Begins the key of a person whom a bridge speaks for."""
_AGENT_NAME = re.compile(r"bot\b|gpt|\b(?:ai|agent|assistant|claude|copilot|gemini)\b", re.IGNORECASE)


class Author(NamedTuple):
    """Who wrote a message."""

    is_bot: bool
    key: str
    """A person's or a bot's id."""


@dataclass(slots=True)
class BotFacts:
    """What the messages of a bot tell about it."""

    first: int
    app_id: str | None = None
    bot_name: str | None = None
    bot_name_at: int = 0
    usernames: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class PersonFacts:
    """What the messages of a person tell about them; microseconds."""

    first: int
    last: int
    name: str | None = None
    name_at: int = -1


class Actors:
    """Everyone who speaks in the export, decided once all of it was read."""

    def __init__(
        self,
        directory: Directory,
        voices: Voices,
        bridges: Collection[str] = (),
        agents: Collection[str] = (),
    ) -> None:
        self.directory = directory
        self._agents = frozenset(agents)
        """Members whom a person called agents."""
        self.bots: dict[str, BotFacts] = {}
        self.people: dict[str, PersonFacts] = {}
        self.teams: Counter[str] = Counter()
        self._bot_users = {m.bot_id: m.id for m in directory.members.values() if m.is_bot and m.bot_id}
        """A bot's user id by its ``bot_id``, so that its old and new messages have one author."""
        self._typists = {
            voice.user for voice, heard in voices.heard.items() if voice.user and heard.is_typed
        }  # A giphy post bears a bot's id, but who typed something else is a person.
        for voice in voices.by_number:
            if voice.user and voice.bot_id and self._is_bot(voice):
                self._bot_users.setdefault(voice.bot_id, voice.user)
        self.bridges = {self._bot_users.get(bridge, bridge) for bridge in bridges}
        """Bots that speak for people, each under that person's ``username``."""
        self.by_voice = [self.author(voice) for voice in voices.by_number]
        """Who writes in each voice, by its number; text: why it is nobody."""
        for voice, author in zip(voices.by_number, self.by_voice, strict=True):
            if isinstance(author, Author):
                self._learn(author, voice, voices.heard[voice])

    def author(self, voice: Voice) -> Author | str:
        """Return who speaks in a voice, or why it is nobody."""
        if voice.user == SLACKBOT:
            return SYSTEM
        if self._is_bot(voice):
            key = self._bot_key(voice)
            if key in self.bridges and voice.username:
                return Author(False, f"{BRIDGED}{key}:{voice.username}")
            return Author(True, key) if key else NOBODY
        return Author(False, voice.user) if voice.user else NOBODY

    def bot_mentioned(self, ref: str) -> str | None:
        """Return the bot that a mention names, None for people and strangers."""
        if ref == SLACKBOT:
            return None
        ref = self._bot_users.get(ref, ref)
        member = self.directory.members.get(ref)
        if member is not None and ref not in self._agents:
            return ref if member.is_bot else None
        return ref if ref in self.bots else None

    def is_bot_id(self, ref: str) -> bool:
        """Say whether an id is a bot's."""
        return self.bot_mentioned(ref) is not None

    def name_of(self, ref: str) -> str | None:
        """Return a person's or bot's name, None when nothing but the id is known."""
        member = self.directory.members.get(ref)
        if self.is_bot_id(ref):
            ref = self._bot_users.get(ref, ref)
            member = self.directory.members.get(ref)
            facts = self.bots.get(ref)
            listed = member.name if member and member.name != member.id else None
            spoken = facts.usernames if facts else None
            return (facts.bot_name if facts else None) or listed or _most_common(spoken or {})
        if member is not None and member.name != member.id:
            return member.name
        person = self.people.get(ref)
        return person.name if person else None

    def app_of(self, bot: str) -> str | None:
        """Return a bot's app id."""
        member = self.directory.members.get(bot)
        facts = self.bots.get(bot)
        return (member.app_id if member else None) or (facts.app_id if facts else None)

    def check_bridges(self) -> None:
        """Raise :class:`ImportFailedError` for a bridge that speaks for nobody."""
        spoken_for = {key.split(":", 2)[1] for key in self.people if key.startswith(BRIDGED)}
        for bridge in sorted(self.bridges - spoken_for):
            raise ImportFailedError(
                f"bridge {bridge!r} is no bot here that posts under user names: give its bot id (B…)"
            )

    def check_agents(self) -> None:
        """Raise :class:`ImportFailedError` for an agent that writes nothing."""
        for ref in sorted(self._agents - self.bots.keys()):
            raise ImportFailedError(f"agent {ref!r} writes nothing here: give a member's id (U…)")

    def seeming_agents(self) -> list[tuple[str, str]]:
        """Return the names and ids of people who write and are called as agents are."""
        named = ((self.name_of(ref), ref) for ref in sorted(self.people))
        return [(name, ref) for name, ref in named if name and _AGENT_NAME.search(name)]

    def many_named(self) -> list[tuple[str, int]]:
        """Return bots that post under many names, with how many."""
        counts = ((key, len(facts.usernames)) for key, facts in sorted(self.bots.items()))
        return [(key, count) for key, count in counts if count >= MANY_NAMES]

    def _is_bot(self, voice: Voice) -> bool:
        if voice.user in self._agents:
            return True
        member = self.directory.members.get(voice.user) if voice.user else None
        if member is not None:
            return member.is_bot
        if voice.is_bot_message:
            return True
        return bool(voice.bot_id) and not (voice.user and (voice.has_profile or voice.user in self._typists))

    def _bot_key(self, voice: Voice) -> str | None:
        if voice.user:
            return voice.user
        if voice.bot_id:
            return self._bot_users.get(voice.bot_id, voice.bot_id)
        return f"username:{voice.username}" if voice.username else None

    def _learn(self, author: Author, voice: Voice, heard: Heard) -> None:
        self.teams += heard.teams
        if author.is_bot:
            bot = self.bots.setdefault(author.key, BotFacts(heard.first))
            bot.first = min(bot.first, heard.first)
            bot.app_id = bot.app_id or heard.app_id
            if heard.bot_name and heard.bot_name_at >= bot.bot_name_at:
                bot.bot_name, bot.bot_name_at = heard.bot_name, heard.bot_name_at
            if voice.username:
                bot.usernames[voice.username] += heard.posts
            return
        person = self.people.setdefault(author.key, PersonFacts(heard.first, heard.last))
        person.first, person.last = min(person.first, heard.first), max(person.last, heard.last)
        name = voice.username if author.key.startswith(BRIDGED) else heard.profile_name
        if name and heard.profile_name_at >= person.name_at:
            person.name, person.name_at = name, heard.profile_name_at


def _most_common(names: "Counter[str] | dict[str, int]") -> str | None:
    return min(names, key=lambda name: (-names[name], name)) if names else None
