"""Cuts a Slack conversation into sessions: threads, direct messages, exchanges without a thread."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from twin_tui.importers.slack_actors import Actors, Said, authored
from twin_tui.importers.slack_posts import Conversation
from twin_tui.importers.slack_text import decode, first_line, mentioned_ids, without_mentions

THREAD, DM, UNTHREADED = "thread", "DM", "unthreaded"
KINDS = (THREAD, DM, UNTHREADED)
NO_BOT = "in threads without a bot"
NO_PERSON = "by bots alone"
OUTSIDE = "outside any conversation with a bot"
TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Exchange:
    """A session to be: what was said, in time order, between a person and a twin."""

    kind: str
    start: int
    """The root's ``ts``, microseconds; with the conversation it is the session's identity."""
    said: tuple[Said, ...]
    user: str
    twin: str
    title: str | None
    is_start_known: bool

    @property
    def people(self) -> frozenset[str]:
        """The humans who speak in it."""
        return frozenset(item.key for item in self.said if not item.is_bot)

    @property
    def bots(self) -> frozenset[str]:
        """The bots that speak in it, and its twin."""
        return frozenset(item.key for item in self.said if item.is_bot) | {self.twin}


def exchanges(
    conversation: Conversation, actors: Actors, gap_micros: int, left_out: Counter[str]
) -> list[Exchange]:
    """Return a conversation's sessions by start; every message that is in none is counted by reason."""
    said = authored(actors, conversation.posts, left_out)
    threads, loose = _grouped(said)
    channel = conversation.channel
    bot = _bot_of_dm(conversation, actors, said) if channel.is_dm else None
    cut = _Cut(actors, conversation.titles)
    out: list[Exchange] = []
    for start, group in threads.items():
        has_bot, has_person = any(s.is_bot for s in group), any(not s.is_bot for s in group)
        if not has_person or (not has_bot and bot is None):
            left_out[NO_BOT if has_person else NO_PERSON] += len(group)
            continue
        kind = THREAD if bot is None else DM
        out.append(cut.exchange(kind, start, group, bot))
    if bot is not None:
        for run in _runs(loose, gap_micros):
            if all(item.is_bot for item in run):
                left_out[NO_PERSON] += len(run)
            else:
                out.append(cut.exchange(DM, run[0].post.micros, run, bot))
    else:
        for twin, run in _mentions(loose, actors, gap_micros, left_out):
            out.append(cut.exchange(UNTHREADED, run[0].post.micros, run, twin))
    return sorted(out, key=lambda item: item.start)


def _grouped(said: Sequence[Said]) -> tuple[dict[int, list[Said]], list[Said]]:
    """Return threads by root and what is in none; a root nobody replied to is in none."""
    threads: dict[int, list[Said]] = {}
    for item in said:
        if item.post.thread is not None:
            threads.setdefault(item.post.thread, []).append(item)
    for start, group in list(threads.items()):
        only = group[0].post
        if len(group) == 1 and only.micros == start and not only.has_replies:
            del threads[start]
    loose: list[Said] = []
    for item in said:
        if item.post.thread in threads:
            continue
        # A root written without thread_ts still opens the thread that its replies name.
        if item.post.micros in threads:
            threads[item.post.micros].insert(0, item)
        else:
            loose.append(item)
    return threads, loose


def _bot_of_dm(conversation: Conversation, actors: Actors, said: Sequence[Said]) -> str | None:
    """Return the bot on the other side of a direct message, None between two people."""
    members = conversation.channel.members
    listed = next((bot for bot in map(actors.bot_mentioned, members) if bot), None)
    if listed is not None:
        return listed
    if len(members) > 1 and all(map(actors.directory.is_person, members)):
        return None
    return next((item.key for item in said if item.is_bot), None)


def _runs(said: Iterable[Said], gap_micros: int) -> list[list[Said]]:
    runs: list[list[Said]] = []
    for item in said:
        if runs and item.post.micros - runs[-1][-1].post.micros <= gap_micros:
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def _mentions(
    said: Iterable[Said], actors: Actors, gap_micros: int, left_out: Counter[str]
) -> list[tuple[str, list[Said]]]:
    """Return exchanges from a person's mention of a bot until a silence or a mention of another bot."""
    out: list[tuple[str, list[Said]]] = []
    twin: str | None = None
    last = 0
    for item in said:
        if item.post.micros - last > gap_micros:
            twin = None
        named = [] if item.is_bot else _bots_named(item, actors)
        if named and twin not in named:
            twin = named[0]
            out.append((twin, []))
        if twin is None:
            left_out[OUTSIDE] += 1
        else:
            out[-1][1].append(item)
            last = item.post.micros
    return out


def _bots_named(item: Said, actors: Actors) -> list[str]:
    return [bot for bot in map(actors.bot_mentioned, mentioned_ids(item.post.markup)) if bot]


@dataclass(frozen=True, slots=True)
class _Cut:
    """Makes an exchange of what was said: who asked, which twin, what about."""

    actors: Actors
    titles: Mapping[int, str]

    def exchange(self, kind: str, start: int, said: Sequence[Said], fallback: str | None) -> Exchange:
        root = said[0]
        is_start_known = root.post.micros == start
        speakers = [item.key for item in said if item.is_bot]
        named = _bots_named(root, self.actors) if is_start_known and not root.is_bot else []
        answered = next((bot for bot in named if bot in speakers), None)
        twin = answered or next(iter(named), None) or next(iter(speakers), None) or fallback
        user = next(item.key for item in said if not item.is_bot)
        assert twin is not None
        title = self.titles.get(start) or _title(said, decoder(self.actors))
        return Exchange(kind, start, tuple(said), user, twin, title, is_start_known)


def _title(said: Iterable[Said], words: Callable[[str], str]) -> str | None:
    """Return the first line a person wrote, without mentions, cut where a title would be a text."""
    line = first_line(words(without_mentions(item.post.markup)) for item in said if not item.is_bot)
    return line if line is None or len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"


def decoder(actors: Actors) -> Callable[[str], str]:
    """Return the function that turns this export's markup into plain text."""
    channels = actors.directory.channel_names
    return lambda markup: decode(markup, actors.name_of, channels.get)
