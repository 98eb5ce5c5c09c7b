"""Reads the facts of one answer from the six tables: one statement per kind of fact."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from peewee import SQL, Select, Value, Window, fn

from twin_tui.analytics.context import Context
from twin_tui.analytics.facts import Created, Facts
from twin_tui.analytics.frame import BEFORE, Frame
from twin_tui.analytics.people_sets import planes_of
from twin_tui.analytics.scope import Scope, bound
from twin_tui.data.models import Document, Message, Query, Session, Twin, User
from twin_tui.rollups.bitset import bitset
from twin_tui.rollups.day_facts import DayFacts
from twin_tui.rollups.multiset import Multiset

Columns = dict[str, Sequence[Any]]
"""Fields of `DayFacts`, each with a value per bucket."""

IDLE_US = 30 * 60 * 1_000_000
"""A longer pause between two messages does not count as session length."""

BUCKET, WHO = SQL("in_bucket"), SQL("by_person")


def read(context: Context, scope: Scope, frame: Frame) -> Facts:
    """Return the facts of a frame, within the caller's transaction; hours and platforms are left out."""
    return read_numbered(context, scope, frame)[0]


def read_numbered(context: Context, scope: Scope, frame: Frame) -> tuple[Facts, dict[str, int]]:
    """Return the same, and the number of every person in its sets by their id."""
    reader = _Reader(context, scope, frame)
    in_company, of_people = reader.people()
    columns: Columns = {
        **of_people,
        **reader.messages(),
        **reader.documents(),
        **reader.queries(),
        **reader.sessions(),
        "replies": reader.replies(),
        "hours": [Counter()] * reader.size,
        "platforms": [Counter()] * reader.size,
    }
    buckets = [
        DayFacts(**{name: column[place] for name, column in columns.items()}) for place in range(reader.size)
    ]
    return Facts(frame, buckets, reader.created(), in_company), reader.numbers


def read_created_of_user(context: Context, scope: Scope, frame: Frame, company: Created) -> Created:
    """Return what is of the user asked for, in two statements, beside what is known of the company."""
    reader = _Reader(context, scope, frame)
    own = reader.created(scope)
    return replace(
        own, company_users=company.company_users, company_users_before=company.company_users_before
    )


def read_active(context: Context, scope: Scope, frame: Frame) -> tuple[list[int], dict[str, int]]:
    """Return who was active in each bucket, and the number of every person; one statement."""
    reader = _Reader(context, scope, frame)
    _, columns = reader.people()
    return list(columns["active"]), reader.numbers


class _Reader:
    def __init__(self, context: Context, scope: Scope, frame: Frame) -> None:
        self.context, self.scope, self.frame = context, scope, frame
        self.column, self.dialect = scope.column, context.source.dialect
        self.size = len(frame.buckets)
        self.numbers: dict[str, int] = {}
        """The bit of each person, by id."""

    def people(self) -> tuple[list[int], Columns]:
        """Sessions started and user messages, by bucket and person; first who is active in the company."""
        own, everyone = self.scope.session_conditions(), self.scope.of_people
        who = self.column(Session.user).alias("by_person")
        shared = self.scope.is_shared()
        begun = everyone.sessions(
            self._bucket(Session.started_at),
            who,
            _count(own).alias("sessions_begun"),
            _count(shared if own is None else own & shared).alias("sessions_shared"),
            Value(0).alias("messages_written"),
        ).where(self._since(Session.started_at, self.frame.lower))
        written = everyone.messages(
            self._bucket(Message.created_at),
            who,
            Value(0).alias("sessions_begun"),
            Value(0).alias("sessions_shared"),
            _count(own).alias("messages_written"),
        ).where(
            self._since(Message.created_at, self.frame.lower) & (self.column(Message.sender_type) == "user")
        )
        rows = self.context.rows(begun.group_by(BUCKET, WHO).union_all(written.group_by(BUCKET, WHO)))
        return self._people(rows)

    def _people(self, rows: list[tuple[Any, ...]]) -> tuple[list[int], Columns]:
        active: list[set[int]] = [set() for _ in range(self.size)]
        wide: list[set[int]] = [set() for _ in range(self.size)]
        begun: list[dict[int, int]] = [{} for _ in range(self.size)]
        shared = [0] * self.size
        for bucket, who, sessions, of_others, written in rows:
            number = self.numbers.setdefault(who, len(self.numbers))
            wide[bucket].add(number)
            if sessions or written:
                active[bucket].add(number)
            if sessions:
                begun[bucket][number] = sessions
                shared[bucket] += of_others
        return list(map(bitset, wide)), {
            "active": list(map(bitset, active)),
            "begun": [planes_of(counts.items()) for counts in begun],
            "conversations": [sum(counts.values()) for counts in begun],
            "shared": shared,
        }

    def messages(self) -> Columns:
        """Messages by bucket, sender and type."""
        kind = fn.COALESCE(self.column(Message.message_type), "").alias("of_type")
        sender = self.column(Message.sender_type).alias("by_sender")
        rows = self._grouped(
            self.scope.messages, Message.created_at, [sender, kind], [_count(None)], ["by_sender", "of_type"]
        )
        senders: dict[str, list[int]] = {"user": [0] * self.size, "twin": [0] * self.size}
        types: list[Counter[str]] = [Counter() for _ in range(self.size)]
        for bucket, by, of_type, count in rows:
            types[bucket][of_type] += count
            if by in senders:
                senders[by][bucket] += count
        return {"by_user": senders["user"], "by_twin": senders["twin"], "types": types}

    def documents(self) -> Columns:
        """Documents and their words by bucket and type."""
        kind = fn.COALESCE(self.column(Document.document_type), "").alias("of_type")
        length = self.column(Document.word_count)
        sums = [_count(None), fn.COUNT(length), fn.SUM(length)]
        rows = self._grouped(self.scope.documents, Document.created_at, [kind], sums, ["of_type"])
        types: list[Counter[str]] = [Counter() for _ in range(self.size)]
        known, words = [0] * self.size, [0] * self.size
        for bucket, of_type, count, with_known, sum_words in rows:
            types[bucket][of_type] += count
            known[bucket] += with_known
            words[bucket] += int(sum_words or 0)
        return {"documents": types, "words_known": known, "words": words}

    def queries(self) -> Columns:
        """Queries and their results by bucket and type."""
        kind = fn.COALESCE(self.column(Query.query_type), "").alias("of_type")
        results = self.column(Query.results_count)
        sums = [_count(None), fn.COUNT(results), _count(results == 0), fn.SUM(results)]
        rows = self._grouped(self.scope.queries, Query.created_at, [kind], sums, ["of_type"])
        types: list[Counter[str]] = [Counter() for _ in range(self.size)]
        known, empty, found = [0] * self.size, [0] * self.size, [0] * self.size
        for bucket, of_type, count, with_known, with_none, sum_found in rows:
            types[bucket][of_type] += count
            known[bucket] += with_known
            empty[bucket] += with_none
            found[bucket] += int(sum_found or 0)
        return {"queries": types, "results_known": known, "empty": empty, "found": found}

    def created(self, users_in: Scope | None = None) -> Created:
        """Users and twins by bucket, with all that came before; ``users_in`` is of less than the company."""
        user = self.scope.filters.user
        chosen = None if user is None else self.column(User.id) == user
        created = self.column(User.created_at)
        users = (users_in or self.scope.of_people).users(
            self._bucket(User.created_at), _count(None), _count(chosen)
        )
        visible = self._since(User.created_at, None)
        rows = self.context.rows(users.where(visible | created.is_null()).group_by(BUCKET))
        everyone, everyone_before = self._counted((bucket, count) for bucket, count, _ in rows)
        own, _ = self._counted((bucket, count) for bucket, _, count in rows)
        twins = self.scope.twins(self._bucket(Twin.created_at), _count(None))
        rows = self.context.rows(twins.where(self._since(Twin.created_at, None)).group_by(BUCKET))
        return Created(own, *self._counted(rows), everyone, everyone_before)

    def sessions(self) -> Columns:
        """Active microseconds and numbers of messages of the sessions that start in each bucket."""
        sent = self.column(Message.created_at)
        moment = self.dialect.micros(sent)
        earlier = fn.LAG(moment).over(partition_by=[Message.session], order_by=[sent])
        pauses = (
            self.scope.messages(
                Message.session.alias("in_session"),
                self.column(Session.started_at).alias("session_start"),
                (moment - earlier).alias("pause"),
            )
            .where(self._since(Session.started_at, self.frame.compared_from))
            .where(self.scope.within(Message.created_at, None, self.context.now))
            .alias("pauses")
        )
        active = fn.SUM(pauses.c.pause).filter(pauses.c.pause <= IDLE_US)
        rows = self.context.rows(
            Select([pauses], [self._key(pauses.c.session_start), fn.COUNT(SQL("*")), active]).group_by(
                pauses.c.in_session, pauses.c.session_start
            )
        )
        lengths: list[list[int]] = [[] for _ in range(self.size)]
        counts: list[list[int]] = [[] for _ in range(self.size)]
        for bucket, count, length in rows:
            counts[bucket].append(count)
            if count > 1:
                lengths[bucket].append(int(length or 0))
        return {"lengths": list(map(Multiset, lengths)), "counts": list(map(Multiset, counts))}

    def replies(self) -> list[Multiset]:
        """Microseconds until the twin's reply, by the bucket of the user message."""
        sent, sender = self.column(Message.created_at), self.column(Message.sender_type)
        moment = self.dialect.micros(sent)
        last = self.dialect.insertion_order(Message)
        if last is None:
            last = self.dialect.ordered_text(self.column(Message.id))
        order = Window(partition_by=[Message.session], order_by=[sent, last], alias="in_order")
        turns = (
            self.scope.messages(
                sent.alias("sent_at"),
                sender.alias("sender"),
                fn.LEAD(sender).over(order).alias("next_sender"),
                (fn.LEAD(moment).over(order) - moment).alias("wait"),
            )
            .where(self.scope.within(Message.created_at, self.frame.compared_from, self.context.now))
            .where(sender.in_(["user", "twin"]))
            .window(order)
            .alias("turns")
        )
        rows = self.context.rows(
            Select([turns], [self._key(turns.c.sent_at), turns.c.wait]).where(
                (turns.c.sender == "user")
                & (turns.c.next_sender == "twin")
                & (turns.c.sent_at < bound(self.dialect, self.frame.upper))
            )
        )
        waits: list[list[int]] = [[] for _ in range(self.size)]
        for bucket, wait in rows:
            waits[bucket].append(int(wait))
        return list(map(Multiset, waits))

    def _grouped(
        self, select: Any, time: Any, groups: list[Any], sums: list[Any], names: list[str]
    ) -> list[tuple[Any, ...]]:
        rows = select(self._bucket(time), *groups, *sums).where(self._since(time, self.frame.averaged_from))
        return self.context.rows(rows.group_by(BUCKET, *map(SQL, names)))

    def _bucket(self, time: Any) -> Any:
        return self._key(self.column(time)).alias("in_bucket")

    def _key(self, moment: Any) -> Any:
        return self.frame.key(self.dialect, moment)

    def _since(self, time: Any, start: Any) -> Any:
        return self.scope.within(time, start, self.frame.upper)

    def _counted(self, rows: Iterable[tuple[Any, ...]]) -> tuple[tuple[int, ...], int]:
        counts, before = [0] * self.size, 0
        for bucket, count in rows:
            if bucket == BEFORE:
                before += count
            else:
                counts[bucket] += count
        return tuple(counts), before


def _count(condition: Any) -> Any:
    everything = fn.COUNT(SQL("*"))
    return everything if condition is None else everything.filter(condition)
