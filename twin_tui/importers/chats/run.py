"""One import of an assistant's export, from opened files to the report."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from sys import intern
from typing import Any, Protocol

from twin_tui.data.source import Source
from twin_tui.importers.base import (
    Batch,
    DocumentRecord,
    ImportOptions,
    PersonRecord,
    Progress,
    QueryRecord,
    SessionRecord,
    TwinRecord,
    from_micros,
)
from twin_tui.importers.chats.accounts import Accounts
from twin_tui.importers.chats.chat import Chat, Ledger, OddItemError, Told
from twin_tui.importers.chats.files import ChatFiles, Place
from twin_tui.importers.chats.rows import (
    KIND,
    document_records,
    messages_of,
    query_records,
    session_record,
)
from twin_tui.importers.loading.load import load
from twin_tui.importers.loading.stable_ids import stable_id
from twin_tui.importers.reading.json_value import parse_usual
from twin_tui.importers.reading.spool import Spool
from twin_tui.importers.report import ImportReport, Journal, counted, make_report

BATCH_MESSAGES = 2_000
"""A batch ends with the conversation that reaches this many messages."""
COPY = "in an older copy of the conversation"


class Format(Protocol):
    """What a run needs to know of an assistant."""

    name: str
    assistant: str

    def chat(self, raw: Mapping[str, Any], ledger: Ledger) -> Chat | None:
        """Return a conversation, None when the page shows nothing; raises `OddItemError`."""

    def told(self, data: bytes) -> Told | None:
        """Return a conversation read from its bytes at once, None where it is not as usual."""


@dataclass(frozen=True, slots=True)
class _Met:
    """What is remembered of a conversation until it is written."""

    offset: int
    """Where it waits in the spool."""
    size: int
    """Bytes it takes there."""
    known_until: int
    said: int
    account: str | None
    twin: str
    started: int
    last: int


class ChatRun:
    """Reads every conversation, so as to know whose and with what; then writes them one after the other."""

    def __init__(
        self,
        kind: "Format",
        files: ChatFiles,
        accounts: Accounts,
        journal: Journal,
        *,
        options: ImportOptions,
        progress: Progress | None,
    ) -> None:
        self._kind, self._files, self._accounts = kind, files, accounts
        self._journal, self._options, self._progress = journal, options, progress
        self._met: dict[str, _Met] = {}
        self._twin_ids: dict[tuple[str | None, str], str] = {}
        self._remarks: Counter[str] = Counter()
        self._silent = 0
        self._spool = Spool()

    def report(self, source: Source | None) -> ImportReport:
        """Read, load and report."""
        with closing(self._spool):
            return self._report(source)

    def _report(self, source: Source | None) -> ImportReport:
        journal = self._journal
        self._meet()
        journal.kept = sum(met.said for met in self._met.values())
        journal.sessions[KIND] = len(self._met)
        loaded = load(source, self._batches(), dry_run=self._options.dry_run)
        self._tick(2 * self._files.size, "done")
        self._note()
        for note in loaded.notes:
            journal.note(note)
        return make_report(
            self._kind.name,
            journal,
            loaded.rows,
            dry_run=self._options.dry_run,
            explanation=None if self._met else self._explanation(),
        )

    def _meet(self) -> None:
        """Read everything once: what is rejected or left out is written down now."""
        unreadable: dict[str, str] = {}
        mended = 0
        for place in self._files.places(unreadable, self._usual):
            self._tick(place.done, f"looking through {place.file}")
            where, mended = f"{KIND} {place.item.position + 1}", mended + place.item.is_mended
            try:
                chat, ledger = self._told(place)
            except OddItemError as error:
                self._journal.reject_entry(place.file, where, str(error), place.item.value)
                continue
            self._book(place.file, where, ledger)
            if chat is None:
                self._silent += 1
            else:
                self._remember(chat)
        for name, reason in unreadable.items():
            self._journal.reject_file(name, reason)
        if mended:
            self._remarks[f"{KIND} with bytes that are no UTF-8, replaced by U+FFFD"] += mended

    def _usual(self, data: bytes) -> Any:
        told = self._kind.told(data)
        return parse_usual(data) if told is None else told

    def _told(self, place: Place) -> Told:
        if isinstance(place.item.value, Told):
            return place.item.value
        if place.item.error is not None:
            raise OddItemError(place.item.error)
        if not isinstance(place.item.value, dict):
            raise OddItemError("not a JSON object")
        ledger = Ledger(remarks=self._remarks)
        return Told(self._kind.chat(place.item.value, ledger), ledger)

    def _book(self, file: str, where: str, ledger: Ledger) -> None:
        self._journal.read += ledger.read
        self._journal.left_out.update(ledger.left_out)
        for position, reason, item in ledger.rejected:
            self._journal.reject_message(file, f"{where}, {position}", reason, item)

    def _remember(self, chat: Chat) -> None:
        data = chat.packed()
        met = _Met(
            self._spool.append(data),
            len(data),
            chat.known_until,
            len(chat.said),
            None if chat.account is None else intern(chat.account),
            intern(chat.twin),
            chat.started,
            chat.said[-1][-1],
        )
        other = self._met.get(chat.native)
        if other is not None:
            met, older = (met, other) if met.known_until >= other.known_until else (other, met)
            self._journal.left_out[COPY] += older.said
        self._met[chat.native] = met

    def _batches(self) -> Iterator[Batch]:
        yield Batch("people and twins", tuple(self._people()), tuple(self._twins()))
        chats: list[Chat] = []
        size = 0
        for met in sorted(self._met.values(), key=lambda met: met.offset):
            self._tick(
                self._files.size * (self._spool.end + met.offset) // self._spool.end, f"writing {KIND}s"
            )
            chat = Chat.unpacked(self._spool.read(met.offset, met.size))
            chats.append(chat)
            size += len(chat.said)
            if size >= BATCH_MESSAGES:
                yield self._batch(chats)
                chats, size = [], 0
        if chats:
            yield self._batch(chats)

    def _batch(self, chats: list[Chat]) -> Batch:
        sessions: list[SessionRecord] = []
        papers: list[DocumentRecord] = []
        searches: list[QueryRecord] = []
        people = {account: self._accounts.person_id(account) for account in {chat.account for chat in chats}}
        for chat in chats:
            person = people[chat.account]
            session = session_record(chat, self._kind.name, person, self._twin_id(chat.account, chat.twin))
            sessions.append(session)
            papers += document_records(chat, session)
            searches += query_records(chat, session)
        messages = messages_of(chats, sessions)
        label = chats[0].title or KIND
        return Batch(label, (), (), tuple(sessions), messages, tuple(papers), tuple(searches))

    def _people(self) -> Iterator[PersonRecord]:
        times: dict[str | None, tuple[int, int]] = {}
        for met in self._met.values():
            first, last = times.get(met.account, (met.started, met.last))
            times[met.account] = min(first, met.started), max(last, met.last)
        if self._options.all_users:
            yield from (self._accounts.record(ref, None, None) for ref in self._accounts.listed)
        yield from (self._accounts.record(ref, first, last) for ref, (first, last) in times.items())

    def _twins(self) -> Iterator[TwinRecord]:
        first: dict[str, tuple[str | None, str, int]] = {}
        for met in self._met.values():
            ref = self._twin_id(met.account, met.twin)
            before = first.get(ref, (met.account, met.twin, met.started))
            first[ref] = (*before[:2], min(before[2], met.started))
        for ref, (account, twin, started) in first.items():
            yield TwinRecord(
                id=ref,
                user_id=self._accounts.person_id(account),
                name=twin or self._kind.assistant,
                created_at=from_micros(started),
                is_owner_certain=self._accounts.is_known(account),
            )

    def _twin_id(self, account: str | None, twin: str) -> str:
        found = self._twin_ids.get((account, twin))
        if found is None:
            found = stable_id(self._kind.name, self._accounts.key(account), "twin", twin)
            self._twin_ids[account, twin] = found
        return found

    def _note(self) -> None:
        for remark, count in sorted(self._remarks.items()):
            self._journal.note(f"{count:,} × {remark}")
        if self._silent and self._met:
            self._journal.note(f"{counted(self._silent, KIND)} without a message to show, left out")
        if any(not self._accounts.is_known(met.account) for met in self._met.values()):
            self._journal.note("whose conversations these are is not told by an e-mail: --user says it")

    def _explanation(self) -> str:
        if self._silent:
            return f"{counted(self._silent, KIND)} read, none has a message to show"
        return "no conversation was found"

    def _tick(self, done: int, what: str) -> None:
        if self._progress is not None:
            self._progress(done, 2 * self._files.size, what)
