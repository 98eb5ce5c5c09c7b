"""Cuts a Slack conversation into sessions: threads, direct messages, exchanges without a thread."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress
from typing import Any, NamedTuple

from twin_tui.importers.slack.actors import Actors, Author
from twin_tui.importers.slack.members import Channel
from twin_tui.importers.slack.spool import REPLIED, Conversation

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
        """Return it as plain values, without who takes part; of its messages there is but their number."""
        return (self.kind, self.start, len(self.members), *self[3:6])

    @classmethod
    def of(cls, plain: tuple[Any, ...], members: Sequence[int]) -> "Exchange":
        """Return it as `plain` gave it away, with its messages."""
        kind, start, _, user, twin, is_start_known = plain
        return cls(kind, start, members, user, twin, is_start_known, (), ())


class _Cast(NamedTuple):
    """Who speaks in messages, each in the order of their first words."""

    people: list[str]
    bots: list[str]
    is_asked: bool
    """A person speaks first."""


class _Group(NamedTuple):
    """Messages that belong together."""

    start: int
    kind: str
    members: Sequence[int]
    cast: _Cast
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
            cast = self._cast(conversation, group)
            if (cast.people and (cast.bots or bot is not None)) or start in known:
                found.append(_Group(start, THREAD if bot is None else DM, group, cast, bot))
            else:
                left_out[NO_BOT if cast.people else NO_PERSON] += len(group)
        if bot is not None:
            for run in self._runs(conversation, loose):
                cast = self._cast(conversation, run)
                if cast.people:
                    found.append(_Group(conversation.micros[run[0]], DM, run, cast, bot))
                else:
                    left_out[NO_PERSON] += len(run)
        else:
            for twin, run in self._mentions(conversation, loose, left_out):
                cast = self._cast(conversation, run)
                found.append(_Group(conversation.micros[run[0]], UNTHREADED, run, cast, twin))
        found.sort(key=lambda item: item.start)
        for each in found:
            yield self._exchange(conversation, each)

    def _count_nobody(self, conversation: Conversation, left_out: Counter[str]) -> None:
        for number, count in Counter(conversation.voices).items():
            author = self._actors.by_voice[number]
            if isinstance(author, str):
                left_out[author] += count

    def _cast(self, conversation: Conversation, group: Iterable[int]) -> _Cast:
        people: dict[str, None] = {}
        bots: dict[str, None] = {}
        is_asked: bool | None = None
        for voice in dict.fromkeys(map(conversation.voices.__getitem__, group)):
            author = self.authors[voice]
            if author is not None:
                is_asked = not author.is_bot if is_asked is None else is_asked
                (bots if author.is_bot else people)[author.key] = None
        return _Cast(list(people), list(bots), bool(is_asked))

    def _known_before(self, conversation: Conversation, threads: Mapping[int, list[int]]) -> Collection[int]:
        """Return the threads whose root is in an earlier export, and of which one side alone replies here."""
        micros = conversation.micros
        orphans = [
            start
            for start, group in threads.items()
            if micros[group[0]] != start and not all(self._cast(conversation, group)[:2])
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
        return next(iter(self._cast(conversation, range(len(conversation))).bots), None)

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
        root, (people, bots, is_asked) = group.members[0], group.cast
        is_start_known = conversation.micros[root] == group.start
        named = self._bots_named[conversation.mentions[root]] if is_start_known and is_asked else ()
        answered = [bot for bot in named if bot in bots] if named else named
        twin = next(chain(answered, named, bots), group.twin) or ""
        if twin and twin not in bots:
            bots.append(twin)
        user = people[0] if people else ""
        return Exchange(group.kind, group.start, group.members, user, twin, is_start_known, people, bots)


def _grouped(conversation: Conversation, is_author: Sequence[bool]) -> tuple[dict[int, list[int]], list[int]]:
    """Return threads by root and what is in none; a root nobody replied to is in none."""
    micros, roots = conversation.micros, conversation.threads
    spoken = list(compress(range(len(micros)), map(is_author.__getitem__, conversation.voices)))
    threads: dict[int, list[int]] = {}
    unthreaded: list[int] = []
    for index, root in zip(spoken, map(roots.__getitem__, spoken), strict=True):
        if not root:
            unthreaded.append(index)
        elif root in threads:
            threads[root].append(index)
        else:
            threads[root] = [index]
    alone = [
        start
        for start, group in threads.items()
        if len(group) == 1 and micros[group[0]] == start and not conversation.flags[group[0]] & REPLIED
    ]
    unthreaded += (threads.pop(start)[0] for start in alone)
    loose: list[int] = []
    for index in sorted(unthreaded):
        # A root written without thread_ts still opens the thread that its replies name.
        if micros[index] in threads:
            threads[micros[index]].insert(0, index)
        else:
            loose.append(index)
    return threads, loose
