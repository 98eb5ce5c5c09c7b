"""The derived tables in a form that can be compared: numbers as the ids and cells they stand for."""

from collections import Counter
from typing import Any

from twin_tui.data.source import Source
from twin_tui.rollups import bitset, tables
from twin_tui.rollups.day_facts import DayFacts
from twin_tui.rollups.dead_ends import DeadEndRow
from twin_tui.rollups.details import parsed
from twin_tui.rollups.doings import PAIR_BITS, Doings, Sums
from twin_tui.rollups.empty_queries import EmptyQueryRow
from twin_tui.rollups.rows import SessionDay, SessionRow

PERSON = "no, user_id, is_there, company, department, department_cell, created_us"
DAY = "cell, day, new_users, new_twins, conversations, shared, messages, documents, queries, active, detail"
PAIR_MONTH = (
    "month, user_no, twin_no, conversations, shared, messages, user_messages, documents, queries, lengths,"
    " length_us, last_us"
)
Contents = dict[str, dict[Any, Any]]


def contents(source: Source) -> Contents:
    """Return every table's rows by key, without the people, twins and cells that nothing refers to."""
    with source.reading():
        return _Reader(source).contents()


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.persons = {row[0]: row[1:] for row in self.table(PERSON, tables.PERSON)}
        self.twins = {
            no: (*row, None if owner_no is None else self.persons[owner_no][0])
            for no, *row, owner_no in self.table(
                "no, twin_id, is_there, owner_id, created_us, is_shared, owner_no", tables.TWIN
            )
        }
        self.topics = dict(self.table("no, topic", tables.TOPIC))
        self.cells = {no: cell for no, *cell in self.table("no, kind, first, second", tables.CELL)}
        self.cells = {no: tuple(cell) for no, cell in self.cells.items()}

    def table(self, columns: str, table: str) -> list[tuple[Any, ...]]:
        return self.source.run(f"SELECT {columns} FROM {table}")

    def contents(self) -> Contents:
        rows = self.table(", ".join(SessionRow._fields), tables.SESSION)
        self.sessions = {row[0]: row[1] for row in rows}
        sessions = [self.plain(SessionRow(*row)) for row in rows]
        by_day = [
            self.plain(SessionDay(*row))
            for row in self.table(", ".join(SessionDay._fields), tables.SESSION_DAY)
        ]
        left = [
            self.plain(DeadEndRow(*row)) for row in self.table(", ".join(DeadEndRow._fields), tables.DEAD_END)
        ]
        return {
            "person": {
                user_id: (company, department, self.cells[cell], created)
                for user_id, is_there, company, department, cell, created in self.persons.values()
                if is_there
            },
            "twin": {twin_id: rest for twin_id, is_there, *rest in self.twins.values() if is_there},
            "member": {
                self.cells[cell]: self.people(bitset.decode(bytes(people)))
                for cell, people in self.table("cell, people", tables.MEMBER)
                if self.cells[cell][0] != "nobody"
            },
            "session": {row["session_id"]: row for row in sessions},
            "session_day": {(row["session_id"], row["day"]): row for row in by_day},
            "dead_end": {row["session_id"]: row for row in left},
            "empty_query": {
                row[0]: self.plain(EmptyQueryRow(*row))
                for row in self.table(", ".join(EmptyQueryRow._fields), tables.EMPTY_QUERY)
            },
            "topic": dict(self.table("topic, sessions", tables.TOPIC)),
            "doing": {
                day: self.doing(*row) for day, *row in self.table("day, sums, twins, pairs", tables.DOING)
            },
            "day": dict(
                map(
                    self.day,
                    self.table(DAY, tables.DAY),
                )
            ),
            "pair_month": {
                (month, self.persons[user_no][0], self.twins[twin_no][0]): tuple(sums)
                for month, user_no, twin_no, *sums in self.table(PAIR_MONTH, tables.PAIR_MONTH)
            },
        }

    def doing(self, sums: str, twins: bytes, pairs: bytes) -> dict[str, Any]:
        held = Doings.decode(sums, bytes(twins), bytes(pairs))
        mask = (1 << PAIR_BITS) - 1
        return {
            "twins": [
                [{self.twins[no][0] for no in bitset.members(plane)} for plane in each] for each in held.twins
            ],
            "pairs": Counter(
                (self.persons[pair >> PAIR_BITS][0], self.twins[pair & mask][0]) for pair in held.pairs
            ),
            "ends": held.ends,
            "open": Sums.decode(sums).open_messages,
            "topics": {self.topics[no]: count for no, count in held.topics.items()},
            "documents": held.documents,
        }

    def plain(self, row: SessionRow | SessionDay | DeadEndRow | EmptyQueryRow) -> dict[str, Any]:
        told = row._asdict()
        told["session_id"] = self.sessions[told.pop("session_no")]
        if "topic_no" in told:
            told["topic"] = self.topics[told.pop("topic_no")]
        told["user"] = self.persons[told.pop("user_no")][0]
        told["twin"] = self.twins[told.pop("twin_no")][0]
        told["department_cell"] = self.cells[told["department_cell"]]
        if "detail" in told:
            told["detail"] = parsed(told["detail"])
        return told

    def day(self, row: tuple[Any, ...]) -> tuple[Any, Any]:
        cell, day, *counts, active, detail = row
        facts = DayFacts.decode(bytes(active), bytes(detail))
        plain = {
            "counts": counts,
            "active": self.people(facts.active),
            "begun": [self.people(plane) for plane in facts.begun],
            "types": dict(facts.types),
            "by": (facts.by_user, facts.by_twin),
            "documents": (dict(facts.documents), facts.words_known, facts.words),
            "queries": (dict(facts.queries), facts.results_known, facts.empty, facts.found),
            "pace": (list(facts.lengths), list(facts.counts), list(facts.replies)),
            "hours": dict(facts.hours),
            "platforms": dict(facts.platforms),
        }
        return (self.cells[cell], day), plain

    def people(self, bits: int) -> set[str]:
        return {self.persons[no][0] for no in bitset.members(bits)}
