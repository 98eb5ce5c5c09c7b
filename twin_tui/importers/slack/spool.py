"""Keeps what was read of a Slack export beside memory: texts in a temporary file, the rest in columns.

However large a conversation is, its columns take some 45 bytes per message while it is open, and its texts
are fetched when they are needed.
"""

import marshal
from array import array
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import Any

from twin_tui.importers.reading.spool import Spool
from twin_tui.importers.slack.members import Channel

AT_ONCE = 32 * 2**20
"""Texts of one conversation up to this size are fetched together."""
REPLIED, WITH_FILES = 1, 2
Files = tuple[dict[str, str], ...]
Body = tuple[str, Files]
"""A message's markup and its files."""
_CODES = {"micros": "q", "threads": "q", "edited": "q", "offsets": "q", "lengths": "i", "voices": "i",
          "mentions": "i", "flags": "b"}  # fmt: skip


class Conversation:
    """One conversation's messages by time; each is an index into the columns, which are there while open."""

    def __init__(self, channel: Channel, spool: Spool) -> None:
        self.channel = channel
        self.newest = 0
        """The latest moment the export knows of in it, edits included, microseconds."""
        self.files = 0
        """How many day files it is."""
        self.titles: dict[int, str] = {}
        """Titles of assistant threads, by root."""
        self._spool = spool
        self._shelf: dict[str, tuple[int, int]] = {}
        self._make(array)
        self._texts: bytes | None = None
        self._has_files = True
        self._start = spool.end

    def _make(self, column: Callable[[str], "array[int]"]) -> None:
        self.micros = column(_CODES["micros"])
        """Their ``ts``."""
        self.threads = column(_CODES["threads"])
        """Their thread's root's ``ts``, 0 for none."""
        self.edited = column(_CODES["edited"])
        self.offsets = column(_CODES["offsets"])
        self.lengths = column(_CODES["lengths"])
        self.voices = column(_CODES["voices"])
        """Numbers of the voices they are written in."""
        self.mentions = column(_CODES["mentions"])
        """Numbers of whom they mention."""
        self.flags = column(_CODES["flags"])
        """`REPLIED`: a root that says it has replies; `WITH_FILES`: its body is more than a text."""

    def __len__(self) -> int:
        return len(self.micros)

    def add(
        self,
        body: Body,
        *,
        micros: int,
        thread: int,
        edited: int,
        voice: int,
        mentions: int,
        replied: bool,
    ) -> None:
        """Add a message; :meth:`settle` brings all into order."""
        markup, files = body
        data = marshal.dumps(body) if files else markup.encode("utf-8", "surrogatepass")
        self.micros.append(micros)
        self.threads.append(thread)
        self.edited.append(edited)
        self.offsets.append(self._spool.append(data))
        self.lengths.append(len(data))
        self.voices.append(voice)
        self.mentions.append(mentions)
        self.flags.append((WITH_FILES if files else 0) | replied)

    def extend(
        self,
        texts: Sequence[str],
        *,
        micros: list[int],
        threads: list[int],
        edited: list[int],
        voices: list[int],
        mentions: list[int],
        replied: list[bool],
    ) -> None:
        """Add messages without files, each column in the same order."""
        if not texts:
            return
        data = "".join(texts).encode("utf-8", "surrogatepass")
        lengths = list(map(len, texts))
        if sum(lengths) != len(data):
            lengths = [len(text.encode("utf-8", "surrogatepass")) for text in texts]
        self.offsets.extend(accumulate(lengths[:-1], initial=self._spool.append(data)))
        self.lengths.fromlist(lengths)
        self.micros.fromlist(micros)
        self.threads.fromlist(threads)
        self.edited.fromlist(edited)
        self.voices.fromlist(voices)
        self.mentions.fromlist(mentions)
        self.flags.frombytes(bytes(replied))

    def settle(self) -> int:
        """Order messages by time, keep one of each, and return how many were read twice.

        Of duplicates the last edited stays, else one that names its thread, else the first.
        """
        micros, edited, threads = self.micros, self.edited, self.threads
        count = len(micros)
        if all(map(int.__lt__, micros[:-1], micros[1:])):
            return 0
        order: list[int] = []
        for at in sorted(range(count), key=micros.__getitem__):
            if order and micros[order[-1]] == micros[at]:
                before = order[-1]
                if (edited[at], threads[at] != 0) > (edited[before], threads[before] != 0):
                    order[-1] = at
            else:
                order.append(at)
        for name, code in _CODES.items():
            setattr(self, name, array(code, map(getattr(self, name).__getitem__, order)))
        return count - len(order)

    def shelve(self) -> None:
        """Put the columns away."""
        self._shelf["texts"] = (self._start, self._spool.end - self._start)
        for name in _CODES:
            data = getattr(self, name).tobytes()
            self._shelf[name] = (self._spool.append(data), len(data))
        self._make(array)

    def keep_sessions(self, sessions: list[tuple[Any, ...]], members: "array[int]") -> None:
        """Put away what the conversation was cut into, for `sessions` to give back."""
        data = marshal.dumps((sessions, members.tobytes()))
        self._shelf["sessions"] = (self._spool.append(data), len(data))

    def sessions(self) -> tuple[list[tuple[Any, ...]], "array[int]"]:
        """Return what `keep_sessions` was given."""
        sessions, members = marshal.loads(self._spool.read(*self._shelf["sessions"]))  # noqa: S302
        return sessions, array("i", members)

    @contextmanager
    def opened(self, *, with_texts: bool = False) -> Generator[None]:
        """Hold the columns in memory; ``with_texts``: fetch the texts together if they are not too many."""
        for name in _CODES:
            getattr(self, name).frombytes(self._spool.read(*self._shelf[name]))
        self._has_files = max(self.flags, default=0) >= WITH_FILES
        start, size = self._shelf["texts"]
        if with_texts and size <= AT_ONCE:
            self._texts = self._spool.read(start, size)
        try:
            yield
        finally:
            self._texts = None
            self._make(array)

    def bodies(self, members: Sequence[int]) -> tuple[list[str], Mapping[int, Files]]:
        """Return the markups of messages, and the files of those that have some by their place among them."""
        if self._has_files:
            bodies = [self.body(index) for index in members]
            return [markup for markup, _ in bodies], {at: own for at, (_, own) in enumerate(bodies) if own}
        if self._texts is None:
            return [self.body(index)[0] for index in members], {}
        start, lengths = self._start, map(self.lengths.__getitem__, members)
        places = [at - start for at in map(self.offsets.__getitem__, members)]
        held: bytes | str = self._texts.decode() if self._texts.isascii() else self._texts
        pieces = [held[at : at + length] for at, length in zip(places, lengths, strict=True)]
        return [each if isinstance(each, str) else str(each, "utf-8", "surrogatepass") for each in pieces], {}

    def body(self, index: int) -> Body:
        """Return a message's markup and files."""
        offset, length = self.offsets[index], self.lengths[index]
        if self._texts is not None:
            at = offset - self._start
            data = self._texts[at : at + length]
        else:
            data = self._spool.read(offset, length)
        if self.flags[index] & WITH_FILES:
            found: Body = marshal.loads(data)  # noqa: S302 - bytes that `add` made
            return found
        return str(data, "utf-8", "surrogatepass"), ()
