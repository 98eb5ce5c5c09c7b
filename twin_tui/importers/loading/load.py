"""The idempotent load: batches of records become rows, and the same batches again change nothing."""

from collections import Counter
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from math import inf

from peewee import fn

from twin_tui.data.models import Document, Message, Query, Session
from twin_tui.data.source import Source
from twin_tui.importers.base import Batch, ImportFailedError, Memory, SessionRecord
from twin_tui.importers.loading.age import Age
from twin_tui.importers.loading.bulk import BULK_ROWS, bulk, is_empty, may_fill
from twin_tui.importers.loading.messages import COLUMNS as MESSAGE_COLUMNS
from twin_tui.importers.loading.messages import message_rows
from twin_tui.importers.loading.people import People, moved
from twin_tui.importers.loading.rows import RowTuple, TableLoad, TextCleaner, chunks
from twin_tui.importers.loading.stable_ids import stable_id
from twin_tui.importers.loading.whole import Whole
from twin_tui.importers.report import Tally, counted

SESSION_COLUMNS = ("id", "user_id", "twin_id", "platform", "title", "topic", "is_shared_twin", "started_at")
DOCUMENT_COLUMNS = (
    "id", "session_id", "message_id", "document_type", "title", "content", "word_count", "created_at",
)  # fmt: skip
QUERY_COLUMNS = ("id", "session_id", "message_id", "query_text", "query_type", "results_count", "created_at")
TRANSACTION_ROWS = 50_000
"""A transaction ends with the batch that reaches this: each end writes most index pages once more."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did."""

    rows: Mapping[str, Tally]
    """By table."""
    notes: tuple[str, ...]
    """What a person should know, one line each."""


def load(
    source: Source | None,
    batches: Iterable[Batch],
    *,
    dry_run: bool = False,
    as_of: datetime | None = None,
    memory: Memory | None = None,
) -> Loaded:
    """Write batches, none torn by two transactions, and return what was new, changed and equal.

    People and twins may stand in several batches, everything else in one. ``as_of`` is the newest moment the
    source knows of: where an earlier import knew a later one (``memory``), or the database holds later
    messages of the same twins, stored content is newer and stays. Without a source (dry run only) every row
    is new. Raises ``DatabaseError``, and :class:`ImportFailedError` when the source is not ours to write.
    """
    if source is not None and not source.is_ours:
        raise ImportFailedError(
            f"{source.name} was written by another system: import into a database of twin-tui"
        )
    if not dry_run and (source is None or source.is_read_only):
        raise ImportFailedError("the database is open for reading only: nothing can be imported")
    loader = _Loader(source, dry_run=dry_run, as_of=as_of, memory=memory)
    rest = iter(batches)
    if source is None or dry_run:
        loader.take(rest)
        return loader.finish()
    first = next(rest, None)
    if first is not None and may_fill(source):
        with bulk(source) as is_filling, loader.knowing(is_empty=is_filling):
            loader.load(first)
            loader.take(rest, BULK_ROWS - first.rows)
        first = next(rest, None)
    while first is not None:
        with source.writing():
            source.wait_for_turn()
            with loader.knowing(is_empty=is_empty(source)):
                loader.load(first)
                loader.take(rest, TRANSACTION_ROWS - first.rows)
        first = next(rest, None)
    return loader.finish()


class _Loader:
    def __init__(
        self, source: Source | None, *, dry_run: bool, as_of: datetime | None, memory: Memory | None
    ) -> None:
        self._source, self._dry_run = source, dry_run
        self._cleaner = TextCleaner()
        self._people = People(source, self._cleaner, dry_run=dry_run)
        self._sessions = TableLoad(source, Session, SESSION_COLUMNS, dry_run=dry_run)
        self._messages = TableLoad(source, Message, MESSAGE_COLUMNS, dry_run=dry_run)
        self._documents = TableLoad(source, Document, DOCUMENT_COLUMNS, dry_run=dry_run)
        self._queries = TableLoad(source, Query, QUERY_COLUMNS, dry_run=dry_run)
        self._whole = Whole(source, dry_run=dry_run)
        self._age = Age(source, as_of, memory)
        self._is_older = False
        """What is stored of the batch at hand is newer."""
        self._is_empty = False
        """Nothing is stored but what was just written."""
        self._claimed: set[str] = set()
        self._merged = 0

    def take(self, batches: Iterator[Batch], limit: float = inf) -> None:
        """Write batches until they end or ``limit`` rows are reached."""
        rows = 0
        while rows < limit and (batch := next(batches, None)) is not None:
            self.load(batch)
            rows += batch.rows

    @contextmanager
    def knowing(self, *, is_empty: bool) -> Generator[None]:
        """In this transaction look nothing up where the database was empty: nothing comes twice."""
        self._is_empty = is_empty
        try:
            yield
        finally:
            self._is_empty = False

    def load(self, batch: Batch) -> None:
        """Write one batch."""
        is_older = self._age.of_people(batch)
        self._people.load_people(batch.people, is_older=is_older)
        self._people.load_twins(batch.twins, is_older=is_older)
        stored_messages = self._stored(self._messages, batch.messages.ids)
        found = {ref: str(row[1]) for ref, row in stored_messages.items()}
        wanted = {record.id for record in batch.sessions} | set(found.values())
        stored = {} if self._is_empty else moved(self._sessions.stored(wanted), self._people.joined, 1)
        self._is_older = self._age.of_content(batch, stored)
        ids = self._claim(batch, found, stored)
        emptied = (
            [] if self._is_older else self._emptied(batch, found, set(found.values()) - set(ids.values()))
        )
        sessions = {
            ids[record.id]: self._session_row(record, ids[record.id], stored) for record in batch.sessions
        }
        may_change = not self._is_older
        self._whole.meet(batch, ids, stored)
        self._whole.put(self._sessions, sessions, stored, may_change=may_change)
        users = {ref: str(row[1]) for ref, row in sessions.items()}
        said = message_rows(
            batch.messages, ids, users, self._people, self._cleaner, are_compared=bool(stored_messages)
        )
        self._whole.put(self._messages, said, stored_messages, may_change=may_change)
        self._load_events(batch, ids, may_change=may_change)
        self._whole.remove_gone(batch, ids, stored)
        self._remove(emptied)

    def _stored(self, table: TableLoad, ids: Collection[str]) -> dict[str, RowTuple]:
        return {} if self._is_empty else table.stored(ids)

    def finish(self) -> Loaded:
        """Let what was known be remembered and return what was done."""
        if not self._dry_run:
            self._age.remember()
        people = self._people
        notes: list[str] = []
        tables = {
            "users": people.users, "twins": people.twins, "sessions": self._sessions,
            "messages": self._messages, "documents": self._documents, "queries": self._queries,
        }  # fmt: skip
        if self._age.was_older:
            notes.append(
                "this export is older than what the database holds: stored content was left as it is"
            )
        notes += self._whole.notes()
        if people.joined:
            notes.append(
                f"{counted(len(people.joined), 'user')} known before without an e-mail joined by e-mail"
            )
        if self._merged:
            notes.append(f"{counted(self._merged, 'stored session')} became part of another")
        if self._cleaner.replaced:
            texts = counted(self._cleaner.replaced, "text")
            notes.append(
                f"{texts} held characters that cannot be stored (NUL, lone surrogates), replaced by U+FFFD"
            )
        return Loaded({name: table.tally for name, table in tables.items()}, tuple(notes))

    def _claim(
        self, batch: Batch, found: Mapping[str, str], stored: Mapping[str, RowTuple]
    ) -> dict[str, str]:
        """Return the stored id of each session: its own, else that of any of its messages, else a new one."""
        ids = {s.id: s.id for s in batch.sessions if s.id in stored and s.id not in self._claimed}
        self._claimed.update(ids)
        known: dict[str, list[str]] = {}
        for ref, native in zip(batch.messages.ids, batch.messages.session_ids, strict=True) if found else ():
            if ref in found:
                known.setdefault(native, []).append(found[ref])
        for record in batch.sessions:
            if record.id in ids:
                continue
            free = (ref for ref in known.get(record.id, ()) if ref not in self._claimed)
            fresh = stable_id(record.id, "again") if record.id in self._claimed else record.id
            ids[record.id] = ref = next(free, fresh)
            self._claimed.add(ref)
        return ids

    def _session_row(self, record: SessionRecord, ref: str, stored: Mapping[str, RowTuple]) -> RowTuple:
        people, maybe = self._people, self._cleaner.maybe
        start, title, topic = record.started_at, maybe(record.title), maybe(record.topic)
        before = stored.get(ref)
        if before is None:
            user, twin = people.id_of(record.user_id), record.twin_id
            is_shared = people.owner_of(twin) != user
            return (ref, user, twin, record.platform, title, topic, is_shared, start)
        _, old_user, old_twin, _, old_title, old_topic, shared, old_start = before
        if self._is_older or not record.is_start_known or (old_start is not None and old_start < start):
            user, twin, title = old_user, old_twin, old_title or title
            start = old_start or start
        else:
            user, twin = people.id_of(record.user_id), record.twin_id
        if user != old_user or twin != old_twin or twin in people.changed_owner:
            shared = people.owner_of(twin) != user
        return (ref, user, twin, record.platform, title or old_title, topic or old_topic, shared, start)

    def _load_events(self, batch: Batch, ids: Mapping[str, str], *, may_change: bool) -> None:
        clean, maybe = self._cleaner.clean, self._cleaner.maybe
        documents: dict[str, RowTuple] = {}
        for paper in batch.documents:
            kind, title, content = maybe(paper.document_type), maybe(paper.title), clean(paper.content)
            front = (paper.id, ids[paper.session_id], paper.message_id)
            documents[paper.id] = (*front, kind, title, content, paper.word_count, paper.created_at)
        queries: dict[str, RowTuple] = {}
        for query in batch.queries:
            text, kind = clean(query.query_text), maybe(query.query_type)
            front = (query.id, ids[query.session_id], query.message_id)
            queries[query.id] = (*front, text, kind, query.results_count, query.created_at)
        for table, rows in ((self._documents, documents), (self._queries, queries)):
            stored = self._stored(table, rows)
            self._whole.put(table, rows, stored, may_change=may_change)

    def _emptied(self, batch: Batch, found: Mapping[str, str], left: set[str]) -> list[str]:
        """Return stored sessions that lose every message, document and query to others of this batch."""
        if self._source is None or not left:
            return []
        leaving = Counter(found.values())
        for table, records in ((self._documents, batch.documents), (self._queries, batch.queries)):
            leaving.update(str(row[1]) for row in table.stored([record.id for record in records]).values())
        held: Counter[str] = Counter()
        for model in (Message, Document, Query):
            for chunk in chunks(sorted(left)):
                select = model.select(model.session, fn.COUNT(model.id)).where(model.session.in_(chunk))
                held.update(
                    {str(ref): int(n) for ref, n in self._source.rows(select.group_by(model.session))}
                )
        return [ref for ref in sorted(left) if held[ref] <= leaving[ref]]

    def _remove(self, sessions: list[str]) -> None:
        self._merged += len(sessions)
        if self._source is None or self._dry_run:
            return
        for chunk in chunks(sessions):
            with self._source.failures():
                Session.delete().where(Session.id.in_(chunk)).execute(self._source.db)
