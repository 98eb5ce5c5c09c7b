"""Reads the day files of a Slack conversation, many messages at a time where they are as usual."""

from collections.abc import Sequence
from itertools import compress, groupby

from twin_tui.importers.reading.archive import Archive, UnreadableFileError
from twin_tui.importers.reading.json_value import parse_json
from twin_tui.importers.slack.day import ABSENT, Post, are_plain, pieces_of, posts_of
from twin_tui.importers.slack.entries import AT_ONCE, entries
from twin_tui.importers.slack.manners import UNCLEAR, Manner, Manners
from twin_tui.importers.slack.members import Channel
from twin_tui.importers.slack.posts import TOKEN, Met, read_item
from twin_tui.importers.slack.spool import Conversation
from twin_tui.importers.slack.text import mentioned_ids
from twin_tui.importers.slack.time import micros_of, parse_ts


class DayReader:
    """Reads the conversations of one export; what it meets on the way is noted in ``met``."""

    def __init__(self, archive: Archive, met: Met) -> None:
        self._archive, self._met = archive, met
        self._manners = Manners(met.voices, met.directory)

    def conversation(self, channel: Channel, names: Sequence[str]) -> Conversation:
        """Return a conversation read whole, as threads span files; each loss is written into the journal."""
        out = Conversation(channel, self._met.spool)
        out.files = len(names)
        for name in names:
            if not self._at_once(name, out):
                self._one_by_one(name, out)
        self._met.duplicates(out.settle())
        return out

    def _at_once(self, name: str, out: Conversation) -> bool:
        """Read a file if all its messages are of the usual form; False: nothing of it was read."""
        if self._archive.size(name) > AT_ONCE:
            return False
        try:
            data = self._archive.read(name)
        except UnreadableFileError:
            return False
        posts = posts_of(data)
        if posts is None:
            return False
        manners = self._manners.of(posts)
        micros = micros_of([post.ts for post in posts])
        usual = _usual(posts, manners, are_timed=micros is not None)
        if posts and micros and all(usual):
            self._take(posts, manners, micros, out)
            return True
        pieces = pieces_of(data)
        for is_usual, group in groupby(range(len(posts)), usual.__getitem__):
            places = list(group)
            if is_usual:
                some = [posts[at] for at in places]
                micros = micros_of([post.ts for post in some]) or []
                self._take(some, [manners[at] for at in places], micros, out)
                continue
            for at in places:
                item, _ = parse_json(pieces[at])
                read_item(item, name, f"message {at + 1}", out, self._met)
        return True

    def _one_by_one(self, name: str, out: Conversation) -> None:
        journal = self._met.journal

        def broken(file: str, position: str, reason: str) -> None:
            journal.read += 1
            journal.reject_message(file, position, reason)

        for position, item in entries(self._archive, name, journal, broken, "message"):
            read_item(item, name, position, out, self._met)

    def _take(
        self, posts: Sequence[Post], manners: Sequence[Manner], micros: list[int], out: Conversation
    ) -> None:
        """Add messages of the usual form, of these times, to their conversation."""
        met = self._met
        met.journal.read += len(posts)
        edited = _edited(posts)
        newest = max(micros), max(edited)
        out.newest = max(out.newest, *newest)
        self._manners.learn(posts, manners, micros)
        if any(manner.lost for manner in set(manners)):
            met.journal.left_out.update(manner.lost for manner in manners if manner.lost)
            kept = [not manner.lost for manner in manners]
            posts, manners = list(compress(posts, kept)), list(compress(manners, kept))
            micros, edited = list(compress(micros, kept)), list(compress(edited, kept))
        texts = [post.text or "" for post in posts]
        if "xox" in "".join(texts):
            met.with_tokens += sum(1 for text in texts if TOKEN.search(text))
        threads = [post.thread_ts or "" for post in posts]
        stamps = [stamp for stamp in set(threads) if stamp]
        roots = {"": 0, **dict(zip(stamps, micros_of(stamps) or (), strict=True))}
        out.extend(
            texts,
            micros=micros,
            threads=[roots[stamp] for stamp in threads],
            edited=edited,
            voices=[manner.number for manner in manners],
            mentions=[self._mentioned(text) if "<@" in text else 0 for text in texts],
            replied=[
                (post.reply_count is not None or post.replies is not ABSENT) and _is_replied(post)
                for post in posts
            ],
        )

    def _mentioned(self, markup: str) -> int:
        mentions = self._met.mentions
        return mentions.setdefault(tuple(mentioned_ids(markup)), len(mentions))


def _usual(posts: Sequence[Post], manners: Sequence[Manner], *, are_timed: bool) -> list[bool]:
    """Say of each message whether it is of the usual form; ``are_timed``: the time of each is."""
    usual = are_plain(posts)
    if UNCLEAR in manners:
        usual = [is_plain and manner is not UNCLEAR for is_plain, manner in zip(usual, manners, strict=True)]
    if are_timed and micros_of([*{post.thread_ts for post in posts if post.thread_ts}]) is not None:
        return usual
    return [
        is_plain and micros_of([post.ts, post.thread_ts or post.ts]) is not None
        for is_plain, post in zip(usual, posts, strict=True)
    ]


def _edited(posts: Sequence[Post]) -> list[int]:
    """Return when messages were last edited, microseconds; 0 for never."""
    stamps = [None if post.edited is None else post.edited.ts for post in posts]
    found = micros_of([stamp for stamp in stamps if stamp is not None])
    if found is None:
        return [parse_ts(stamp) or 0 for stamp in stamps]
    rest = iter(found)
    return [0 if stamp is None else next(rest) for stamp in stamps]


def _is_replied(post: Post) -> bool:
    if post.reply_count is not None and post.reply_count > 0:
        return True
    return post.replies is not ABSENT and bool(parse_json(bytes(post.replies))[0])
