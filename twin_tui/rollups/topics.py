"""Topics of conversations, numbered; one that no conversation has any more is forgotten."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from twin_tui.data.source import Source
from twin_tui.rollups import tables
from twin_tui.rollups.later import Now
from twin_tui.rollups.statements import select_by


def known(source: Source, topics: Collection[str]) -> dict[str, int]:
    """Return the numbers of those of these topics that have one."""
    return dict(select_by(source, tables.TOPIC, ("topic", "no"), "topic", topics))


class Topics:
    """The topics of one database, inside one write transaction."""

    def __init__(self, source: Source, changes: Now | None = None) -> None:
        self.source = source
        self._changes = changes or Now(source)
        self._numbers: dict[str, int] = {}

    def numbers(self, topics: Collection[str]) -> Mapping[str, int]:
        """Return the numbers of these topics among others; new ones get the next."""
        wanted = set(topics) - self._numbers.keys()
        if wanted:
            self._numbers |= known(self.source, wanted)
            strangers = sorted(wanted - self._numbers.keys())
            if strangers:
                ((largest,),) = self.source.run(f"SELECT max(no) FROM {tables.TOPIC}")
                first = 0 if largest is None else largest + 1
                rows = [(first + place, topic, 0) for place, topic in enumerate(strangers)]
                self._changes.fill(tables.TOPIC, ("no", "topic", "sessions"), rows)
                self._numbers |= {topic: no for no, topic, _ in rows}
        return self._numbers

    def move(self, gone: Counter[int], new: Counter[int]) -> None:
        """Note that sessions left topics and that others took them; what nobody has is forgotten."""
        change = Counter(new)
        change.subtract(gone)
        moved = [(no, count) for no, count in change.items() if count]
        for no, count in moved:
            self.source.run(f"UPDATE {tables.TOPIC} SET sessions = sessions + ? WHERE no = ?", (count, no))
        if any(count < 0 for _, count in moved):
            self.source.run(f"DELETE FROM {tables.TOPIC} WHERE sessions <= 0")
            self._numbers.clear()


class Due:
    """The topics as they are there, and how often each should be."""

    def __init__(self, source: Source) -> None:
        rows = source.run(f"SELECT topic, no, sessions FROM {tables.TOPIC}")
        self._numbers = {topic: no for topic, no, _ in rows}
        self._held = {topic: sessions for topic, _, sessions in rows}
        self._due: Counter[str] = Counter()

    def take(self, topics: Iterable[str]) -> Mapping[str, int]:
        """Count the topics of sessions; return their numbers, -1 for one that is not there."""
        listed = list(topics)
        self._due.update(listed)
        return {topic: self._numbers.get(topic, -1) for topic in listed}

    def faults(self) -> Iterator[tuple[str, int | None, int | None]]:
        """Yield topics with the sessions noted of them and those counted, ``None`` for no topic."""
        for topic in sorted(self._held.keys() | self._due.keys()):
            is_there, due = self._held.get(topic), self._due.get(topic)
            if is_there != due:
                yield topic, is_there, due
