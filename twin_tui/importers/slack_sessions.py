"""Cuts a Slack conversation into sessions: threads, direct messages, exchanges without a thread."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from twin_tui.importers.slack_actors import Actors, Author
from twin_tui.importers.slack_members import Channel
from twin_tui.importers.slack_spool import Conversation
from twin_tui.importers.slack_text import decode

THREAD, DM, UNTHREADED = "thread", "DM", "unthreaded"
KINDS = (THREAD, DM, UNTHREADED)
NO_BOT = "in threads without a bot"
NO_PERSON = "by bots alone"
OUTSIDE = "outside any conversation with a bot"


class Said(NamedTuple):
    """A message and its author."""

    place: int
    """Its index in the conversation."""
    micros: int
    is_bot: bool
    key: str
    """The author: a person's or a bot's id."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A session to be: what was said, in time order, between a person and a twin."""

    kind: str
    start: int
    """The root's ``ts``, microseconds; with the conversation it is the session's identity."""
    said: tuple[Said, ...]
    user: str
    """"" where only replies to a conversation stored before are here, and nobody's but the bot's."""
    twin: str
    """"" where only people's replies to a conversation stored before are here."""
    is_start_known: bool

    @property
    def people(self) -> frozenset[str]:
        """The humans who speak in it."""
        return frozenset(item.key for item in self.said if not item.is_bot)

    @property
    def bots(self) -> frozenset[str]:
        """The bots that speak in it, and its twin."""
        return frozenset((*(item.key for item in self.said if item.is_bot), *filter(None, [self.twin])))


class _Group(NamedTuple):
    """Messages that belong together."""

    start: int
    kind: str
    members: Sequence[int]
    twin: str | None
    """Whose conversation it is if no other bot speaks in it."""


class Cutter:
    """Knows all that conversations are cut by."""

    def __init__(
        self,
        actors: Actors,
        mentions: Iterable[tuple[str, ...]],
        gap_micros: int,
        stored: Callable[[Channel, Collection[int]], Collection[int]] = lambda *_: (),
    ) -> None:
        self._actors, self._gap, self._stored = actors, gap_micros, stored
        self._bots_named = [
            [bot for bot in map(actors.bot_mentioned, mentioned) if bot] for mentioned in mentions
        ]

    def exchanges(self, conversation: Conversation, left_out: Counter[str]) -> Iterator[Exchange]:
        """Yield an open conversation's sessions by start; every message in none is counted by reason."""
        authors = self._authors(conversation, left_out)
        threads, loose = _grouped(conversation, authors)
        channel = conversation.channel
        bot = self._bot_of_dm(conversation, authors) if channel.is_dm else None
        found: list[_Group] = []
        known = self._known_before(conversation, authors, threads)
        for start, group in threads.items():
            has_bot, has_person = _takes_part(authors, group)
            if (has_person and (has_bot or bot is not None)) or start in known:
                found.append(_Group(start, THREAD if bot is None else DM, group, bot))
            else:
                left_out[NO_BOT if has_person else NO_PERSON] += len(group)
        if bot is not None:
            for run in self._runs(conversation, loose):
                if _takes_part(authors, run)[1]:
                    found.append(_Group(conversation.micros[run[0]], DM, run, bot))
                else:
                    left_out[NO_PERSON] += len(run)
        else:
            for twin, run in self._mentions(conversation, loose, authors, left_out):
                found.append(_Group(conversation.micros[run[0]], UNTHREADED, run, twin))
        found.sort(key=lambda item: item.start)
        for each in found:
            yield self._exchange(conversation, authors, each)

    def _authors(self, conversation: Conversation, left_out: Counter[str]) -> list[Author | None]:
        """Return the author of each message, None for nobody."""
        by_voice = self._actors.by_voice
        out = [author if isinstance(author, Author) else None for author in by_voice]
        counts = Counter(conversation.voices)
        for number, count in counts.items():
            author = by_voice[number]
            if isinstance(author, str):
                left_out[author] += count
        return [out[number] for number in conversation.voices]

    def _known_before(
        self, conversation: Conversation, authors: Sequence[Author | None], threads: Mapping[int, list[int]]
    ) -> Collection[int]:
        """Return the threads whose root is in an earlier export, and of which one side alone replies here."""
        micros = conversation.micros
        orphans = [
            start
            for start, group in threads.items()
            if micros[group[0]] != start and not all(_takes_part(authors, group))
        ]
        return self._stored(conversation.channel, orphans) if orphans else ()

    def _bot_of_dm(self, conversation: Conversation, authors: Sequence[Author | None]) -> str | None:
        """Return the bot on the other side of a direct message, None between two people."""
        actors, members = self._actors, conversation.channel.members
        listed = next((bot for bot in map(actors.bot_mentioned, members) if bot), None)
        if listed is not None:
            return listed
        if len(members) > 1 and all(map(actors.directory.is_person, members)):
            return None
        return next((author.key for author in authors if author is not None and author.is_bot), None)

    def _runs(self, conversation: Conversation, loose: Iterable[int]) -> list[list[int]]:
        runs: list[list[int]] = []
        micros, last = conversation.micros, 0
        for index in loose:
            if runs and micros[index] - last <= self._gap:
                runs[-1].append(index)
            else:
                runs.append([index])
            last = micros[index]
        return runs

    def _mentions(
        self,
        conversation: Conversation,
        loose: Iterable[int],
        authors: Sequence[Author | None],
        left_out: Counter[str],
    ) -> list[tuple[str, list[int]]]:
        """Return exchanges from a person's mention of a bot until a silence or a mention of another bot."""
        out: list[tuple[str, list[int]]] = []
        micros, mentions, named_by = conversation.micros, conversation.mentions, self._bots_named
        twin: str | None = None
        last = outside = 0
        for index in loose:
            at = micros[index]
            if twin is not None and at - last > self._gap:
                twin = None
            if mentions[index]:
                author, named = authors[index], named_by[mentions[index]]
                if named and twin not in named and author is not None and not author.is_bot:
                    twin = named[0]
                    out.append((twin, []))
            if twin is None:
                outside += 1
            else:
                out[-1][1].append(index)
                last = at
        left_out[OUTSIDE] += outside
        return out

    def _exchange(
        self, conversation: Conversation, authors: Sequence[Author | None], group: "_Group"
    ) -> Exchange:
        micros = conversation.micros
        said = tuple(
            Said(index, micros[index], author.is_bot, author.key)
            for index in group.members
            if (author := authors[index]) is not None
        )
        root = said[0]
        is_start_known = root.micros == group.start
        speakers = [item.key for item in said if item.is_bot]
        named = (
            self._bots_named[conversation.mentions[root.place]] if is_start_known and not root.is_bot else []
        )
        answered = next((bot for bot in named if bot in speakers), None)
        twin = answered or next(iter(named), None) or next(iter(speakers), None) or group.twin
        user = next((item.key for item in said if not item.is_bot), "")
        return Exchange(group.kind, group.start, said, user, twin or "", is_start_known)


def _grouped(
    conversation: Conversation, authors: Sequence[Author | None]
) -> tuple[dict[int, list[int]], list[int]]:
    """Return threads by root and what is in none; a root nobody replied to is in none."""
    micros, roots = conversation.micros, conversation.threads
    spoken = [index for index, author in enumerate(authors) if author is not None]
    threads: dict[int, list[int]] = {}
    for index in spoken:
        root = roots[index]
        if root:
            if root in threads:
                threads[root].append(index)
            else:
                threads[root] = [index]
    alone = [
        start
        for start, group in threads.items()
        if len(group) == 1 and micros[group[0]] == start and not conversation.flags[group[0]]
    ]
    for start in alone:
        del threads[start]
    loose: list[int] = []
    for index in spoken:
        if roots[index] in threads:
            continue
        # A root written without thread_ts still opens the thread that its replies name.
        if micros[index] in threads:
            threads[micros[index]].insert(0, index)
        else:
            loose.append(index)
    return threads, loose


def _takes_part(authors: Sequence[Author | None], group: Iterable[int]) -> tuple[bool, bool]:
    """Say whether a bot and whether a person speaks in a group."""
    kinds = {author.is_bot for author in map(authors.__getitem__, group) if author is not None}
    return True in kinds, False in kinds


def decoder(actors: Actors) -> Callable[[str], str]:
    """Return the function that turns this export's markup into plain text."""
    channels = actors.directory.channel_names
    return lambda markup: decode(markup, actors.name_of, channels.get)
