"""Cuts a Slack conversation into sessions: threads, direct messages, exchanges without a thread."""

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import compress
from typing import Any, NamedTuple

from twin_tui.importers.slack_actors import Actors, Author
from twin_tui.importers.slack_members import Channel
from twin_tui.importers.slack_spool import REPLIED, Conversation
from twin_tui.importers.slack_text import decode

THREAD, DM, UNTHREADED = "thread", "DM", "unthreaded"
KINDS = (THREAD, DM, UNTHREADED)
NO_BOT = "in threads without a bot"
NO_PERSON = "by bots alone"
OUTSIDE = "outside any conversation with a bot"


class Exchange(NamedTuple):
    """A session to be: what was said, in time order, between a person and a twin."""

    kind: str
    start: int
    """The root's ``ts``, microseconds; with the conversation it is the session's identity."""
    members: Sequence[int]
    """The messages, by their places in the conversation."""
    user: str
    """"" where only replies to a conversation stored before are here, and nobody's but the bot's."""
    twin: str
    """"" where only people's replies to a conversation stored before are here."""
    is_start_known: bool
    people: Sequence[str]
    """The humans who speak in it."""
    bots: Sequence[str]
    """The bots that speak in it, and its twin."""

    def plain(self) -> tuple[Any, ...]:
        """Return it as plain values, who takes part left off: bytes that `of` understands."""
        return (self.kind, self.start, array("i", self.members).tobytes(), *self[3:6])

    @classmethod
    def of(cls, plain: tuple[Any, ...]) -> "Exchange":
        """Return it as `plain` gave it away."""
        kind, start, members, user, twin, is_start_known = plain
        return cls(kind, start, array("i", members), user, twin, is_start_known, (), ())


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
        self.authors = [author if isinstance(author, Author) else None for author in actors.by_voice]
        """Who writes in each voice, by its number; None: nobody."""
        self._bots_named = [
            [bot for bot in map(actors.bot_mentioned, mentioned) if bot] for mentioned in mentions
        ]

    def exchanges(self, conversation: Conversation, left_out: Counter[str]) -> Iterator[Exchange]:
        """Yield an open conversation's sessions by start; every message in none is counted by reason."""
        self._count_nobody(conversation, left_out)
        threads, loose = _grouped(conversation, [author is not None for author in self.authors])
        channel = conversation.channel
        bot = self._bot_of_dm(conversation) if channel.is_dm else None
        found: list[_Group] = []
        known = self._known_before(conversation, threads)
        for start, group in threads.items():
            has_bot, has_person = self._take_part(conversation, group)
            if (has_person and (has_bot or bot is not None)) or start in known:
                found.append(_Group(start, THREAD if bot is None else DM, group, bot))
            else:
                left_out[NO_BOT if has_person else NO_PERSON] += len(group)
        if bot is not None:
            for run in self._runs(conversation, loose):
                if self._take_part(conversation, run)[1]:
                    found.append(_Group(conversation.micros[run[0]], DM, run, bot))
                else:
                    left_out[NO_PERSON] += len(run)
        else:
            for twin, run in self._mentions(conversation, loose, left_out):
                found.append(_Group(conversation.micros[run[0]], UNTHREADED, run, twin))
        found.sort(key=lambda item: item.start)
        for each in found:
            yield self._exchange(conversation, each)

    def _count_nobody(self, conversation: Conversation, left_out: Counter[str]) -> None:
        for number, count in Counter(conversation.voices).items():
            author = self._actors.by_voice[number]
            if isinstance(author, str):
                left_out[author] += count

    def _speakers(self, conversation: Conversation, group: Iterable[int]) -> list[Author]:
        """Return who speaks in a group, in the order of their first words."""
        voices = dict.fromkeys(map(conversation.voices.__getitem__, group))
        return [author for author in map(self.authors.__getitem__, voices) if author is not None]

    def _take_part(self, conversation: Conversation, group: Iterable[int]) -> tuple[bool, bool]:
        """Say whether a bot and whether a person speaks in a group."""
        kinds = {author.is_bot for author in self._speakers(conversation, group)}
        return True in kinds, False in kinds

    def _known_before(self, conversation: Conversation, threads: Mapping[int, list[int]]) -> Collection[int]:
        """Return the threads whose root is in an earlier export, and of which one side alone replies here."""
        micros = conversation.micros
        orphans = [
            start
            for start, group in threads.items()
            if micros[group[0]] != start and not all(self._take_part(conversation, group))
        ]
        return self._stored(conversation.channel, orphans) if orphans else ()

    def _bot_of_dm(self, conversation: Conversation) -> str | None:
        """Return the bot on the other side of a direct message, None between two people."""
        actors, members = self._actors, conversation.channel.members
        listed = next((bot for bot in map(actors.bot_mentioned, members) if bot), None)
        if listed is not None:
            return listed
        if len(members) > 1 and all(map(actors.directory.is_person, members)):
            return None
        speakers = self._speakers(conversation, range(len(conversation)))
        return next((author.key for author in speakers if author.is_bot), None)

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
                author, named = self.authors[conversation.voices[index]], named_by[mentions[index]]
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

    def _exchange(self, conversation: Conversation, group: "_Group") -> Exchange:
        root = group.members[0]
        speakers = self._speakers(conversation, group.members)
        people = list(dict.fromkeys(author.key for author in speakers if not author.is_bot))
        bots = list(dict.fromkeys(author.key for author in speakers if author.is_bot))
        is_start_known = conversation.micros[root] == group.start
        is_asked = is_start_known and not speakers[0].is_bot
        named = self._bots_named[conversation.mentions[root]] if is_asked else []
        answered = next((bot for bot in named if bot in bots), None)
        twin = answered or next(iter(named), None) or next(iter(bots), None) or group.twin or ""
        if twin and twin not in bots:
            bots.append(twin)
        user = next(iter(people), "")
        return Exchange(group.kind, group.start, group.members, user, twin, is_start_known, people, bots)


def _grouped(conversation: Conversation, is_author: Sequence[bool]) -> tuple[dict[int, list[int]], list[int]]:
    """Return threads by root and what is in none; a root nobody replied to is in none."""
    micros, roots = conversation.micros, conversation.threads
    spoken = list(compress(range(len(micros)), map(is_author.__getitem__, conversation.voices)))
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
        if len(group) == 1 and micros[group[0]] == start and not conversation.flags[group[0]] & REPLIED
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


def decoder(actors: Actors) -> Callable[[str], str]:
    """Return the function that turns this export's markup into plain text."""
    return partial(decode, name_of=cache(actors.name_of), channel_of=actors.directory.channel_names.get)
