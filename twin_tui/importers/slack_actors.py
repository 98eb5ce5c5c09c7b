"""Decides who said a Slack message: a person, a bot, Slack itself or nobody."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from twin_tui.importers.slack_members import SLACKBOT, Directory
from twin_tui.importers.slack_posts import Conversation, Post

SYSTEM = "from Slackbot"
NOBODY = "without an author"


@dataclass(frozen=True, slots=True)
class Said:
    """A post and its author."""

    post: Post
    is_bot: bool
    key: str
    """The author: a person's or a bot's id."""


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


@dataclass(slots=True)
class Actors:
    """Everyone who speaks in the export, learned from all conversations before any is cut into sessions."""

    directory: Directory
    bots: dict[str, BotFacts] = field(default_factory=dict)
    people: dict[str, PersonFacts] = field(default_factory=dict)
    teams: Counter[str] = field(default_factory=Counter)
    _bot_users: dict[str, str] = field(default_factory=dict)
    """A bot's user id by its ``bot_id``, so that its old and new messages have one author."""

    def __post_init__(self) -> None:
        for member in self.directory.members.values():
            if member.is_bot and member.bot_id:
                self._bot_users[member.bot_id] = member.id

    def learn(self, conversation: Conversation) -> None:
        """Take note of everyone who speaks in a conversation."""
        for user, micros in conversation.seen.items():
            self.directory.seen(user, micros)
        for post in conversation.posts:
            if post.user and post.bot_id and self._is_bot(post):
                self._bot_users.setdefault(post.bot_id, post.user)
        for post in conversation.posts:
            said = self.said(post)
            if not isinstance(said, Said):
                continue
            if post.team:
                self.teams[post.team] += 1
            if said.is_bot:
                self._learn_bot(said)
            else:
                self._learn_person(said)

    def settle(self) -> None:
        """Join what was learned of a bot under its ``bot_id`` before its user id was known."""
        for bot_id, user in self._bot_users.items():
            early = self.bots.pop(bot_id, None)
            if early is None:
                continue
            facts = self.bots.setdefault(user, BotFacts(early.first))
            facts.first = min(facts.first, early.first)
            facts.app_id = facts.app_id or early.app_id
            facts.usernames += early.usernames
            if early.bot_name_at > facts.bot_name_at:
                facts.bot_name, facts.bot_name_at = early.bot_name, early.bot_name_at

    def said(self, post: Post) -> Said | str:
        """Return a post with its author, or why it has none."""
        if post.user == SLACKBOT:
            return SYSTEM
        if self._is_bot(post):
            key = self._bot_key(post)
            return Said(post, True, key) if key else NOBODY
        return Said(post, False, post.user) if post.user else NOBODY

    def bot_mentioned(self, ref: str) -> str | None:
        """Return the bot that a mention names, None for people and strangers."""
        if ref == SLACKBOT:
            return None
        ref = self._bot_users.get(ref, ref)
        member = self.directory.members.get(ref)
        if member is not None:
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

    def _is_bot(self, post: Post) -> bool:
        member = self.directory.members.get(post.user) if post.user else None
        if member is not None:
            return member.is_bot
        if post.is_bot_message:
            return True
        return bool(post.bot_id) and not (post.user and post.has_profile)

    def _bot_key(self, post: Post) -> str | None:
        if post.user:
            return post.user
        if post.bot_id:
            return self._bot_users.get(post.bot_id, post.bot_id)
        return f"username:{post.username}" if post.username else None

    def _learn_bot(self, said: Said) -> None:
        post = said.post
        facts = self.bots.setdefault(said.key, BotFacts(post.micros))
        facts.first = min(facts.first, post.micros)
        facts.app_id = facts.app_id or post.app_id
        if post.bot_name and post.micros >= facts.bot_name_at:
            facts.bot_name, facts.bot_name_at = post.bot_name, post.micros
        if post.username:
            facts.usernames[post.username] += 1

    def _learn_person(self, said: Said) -> None:
        post = said.post
        facts = self.people.setdefault(said.key, PersonFacts(post.micros, post.micros))
        facts.first = min(facts.first, post.micros)
        if post.micros >= facts.last:
            facts.last = post.micros
            facts.name = post.profile_name or facts.name
        facts.name = facts.name or post.profile_name


def _most_common(names: "Counter[str] | dict[str, int]") -> str | None:
    return min(names, key=lambda name: (-names[name], name)) if names else None


def authored(actors: Actors, posts: Iterable[Post], left_out: Counter[str]) -> list[Said]:
    """Return posts with their authors; those without one are counted by reason."""
    out: list[Said] = []
    for post in posts:
        said = actors.said(post)
        if isinstance(said, Said):
            out.append(said)
        else:
            left_out[said] += 1
    return out
