"""What an import did, in numbers that add up and in plain lines."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from twin_tui.importers.rejects import OnReject, Rejection
from twin_tui.text.safe_text import safe_line

MAX_LINES = 100
"""Problems and notes printed in full; the rest is counted."""
MAX_KEPT = 2_000
LINE_WIDTH = 240
TABLES = ("users", "twins", "sessions", "messages", "documents", "queries")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of one table were new, changed, equal, or kept because the database holds newer ones."""

    new: int = 0
    changed: int = 0
    equal: int = 0
    kept: int = 0

    @property
    def total(self) -> int:
        """All rows looked at."""
        return self.new + self.changed + self.equal + self.kept


@dataclass(slots=True)
class Journal:
    """Where an importer writes down what it meets; :class:`ImportReport` is made of it at the end."""

    on_reject: OnReject | None = None
    """Told of every rejection, with the item itself."""
    noun: str = "message"
    """What is counted as read, kept, left out and rejected."""
    read: int = 0
    kept: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    rejected_messages: int = 0
    rejected_files: int = 0
    rejected_entries: int = 0
    sessions: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    problem_count: int = 0
    notes: list[str] = field(default_factory=list)

    def reject_file(self, file: str, reason: str) -> None:
        """Note that a whole file could not be read."""
        self.rejected_files += 1
        self._reject(Rejection(file, None, reason))

    def reject_message(self, file: str, position: str, reason: str, item: object = None) -> None:
        """Note that one message of a file, counted as read, could not be understood."""
        self.rejected_messages += 1
        self._reject(Rejection(file, position, reason, item))

    def reject_entry(self, file: str, position: str, reason: str, item: object = None) -> None:
        """Note that something else than a message could not be understood: a person, a project."""
        self.rejected_entries += 1
        self._reject(Rejection(file, position, reason, item))

    def note(self, text: str) -> None:
        """Note something worth knowing that lost nothing."""
        self.notes.append(safe_line(text, LINE_WIDTH))

    def _reject(self, rejection: Rejection) -> None:
        self.problem_count += 1
        if len(self.problems) < MAX_KEPT:
            self.problems.append(f"{safe_line(rejection.where, 120)}: {safe_line(rejection.reason, 120)}")
        if self.on_reject is not None:
            self.on_reject(rejection)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The closing report: read = kept + left out + rejected."""

    importer: str
    dry_run: bool
    read: int
    """Messages found in the source."""
    kept: int
    """Messages that belong to an imported session."""
    left_out: Mapping[str, int]
    """Messages not imported, by reason."""
    rejected_messages: int
    """Messages that could not be understood."""
    rejected_files: int
    """Files that could not be read; how many messages they hold is unknown."""
    rejected_entries: int
    """Entries that are no messages, such as people, and could not be understood."""
    sessions: Mapping[str, int]
    """Imported sessions by kind."""
    rows: Mapping[str, Tally]
    """Rows by table."""
    problems: tuple[str, ...]
    """One safe line each: file, position, reason."""
    problem_count: int
    notes: tuple[str, ...]
    """What is worth knowing but lost nothing, one safe line each."""
    noun: str = "message"
    """What is counted in the first line."""
    explanation: str | None = None
    """Why there is no session, in words; None where there is one."""

    @property
    def rejected(self) -> int:
        """Messages, other entries and files that could not be imported; more than 0 is exit code 4."""
        return self.rejected_messages + self.rejected_entries + self.rejected_files

    @property
    def session_count(self) -> int:
        """Imported sessions of every kind."""
        return sum(self.sessions.values())

    def lines(self) -> list[str]:
        """Return the report as plain lines that are safe to print."""
        return [*self._figures(), *self._reasons(), *self._row_lines(), *self._remarks()]

    def _figures(self) -> list[str]:
        left = sum(self.left_out.values())
        first = (
            f"{counted(self.read, self.noun)} read = {self.kept:,} kept + {left:,} left out"
            f" + {self.rejected_messages:,} rejected"
        )
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in self.sessions.items())
        out = ["Dry run: nothing was written."] if self.dry_run else []
        told = f" ({kinds})" if len(self.sessions) > 1 else ""
        out += [first, f"{counted(self.session_count, 'session')}{told}"]
        if self.explanation:
            out.append(f"No session: {self.explanation}")
        return out

    def _reasons(self) -> list[str]:
        if not self.left_out:
            return []
        counts = sorted_counts(self.left_out)
        out = ["Left out:", *(f"  {count:,} {reason}" for reason, count in counts[:MAX_LINES])]
        if rest := counts[MAX_LINES:]:
            out.append(f"  {sum(count for _, count in rest):,} for {counted(len(rest), 'other reason')}")
        return out

    def _row_lines(self) -> list[str]:
        out = ["Rows that would be written:" if self.dry_run else "Rows:"]
        for table in TABLES:
            tally = self.rows.get(table, Tally())
            line = f"  {table}: {tally.new:,} new, {tally.changed:,} changed, {tally.equal:,} equal"
            out.append(f"{line}, {tally.kept:,} left as they are" if tally.kept else line)
        return out

    def _remarks(self) -> list[str]:
        out: list[str] = []
        if self.rejected_files:
            out.append(f"{counted(self.rejected_files, 'file')} could not be read")
        if self.rejected_entries:
            out.append(f"{counted(self.rejected_entries, 'other item')} could not be understood")
        if self.problem_count:
            out.append("Problems:")
            out += [f"  {line}" for line in self.problems[:MAX_LINES]]
            if self.problem_count > MAX_LINES:
                more = self.problem_count - min(MAX_LINES, len(self.problems))
                out.append(f"  … and {more:,} more; --rejects FILE writes each of them")
        if self.notes:
            out.append("Notes:")
            out += [f"  {line}" for line in self.notes[:MAX_LINES]]
        return out


def make_report(
    importer: str, journal: Journal, rows: Mapping[str, Tally], *, dry_run: bool, explanation: str | None
) -> ImportReport:
    """Return the report of a finished journal."""
    return ImportReport(
        importer=importer,
        dry_run=dry_run,
        read=journal.read,
        kept=journal.kept,
        left_out=dict(sorted_counts(_safely(journal.left_out))),
        rejected_messages=journal.rejected_messages,
        rejected_files=journal.rejected_files,
        rejected_entries=journal.rejected_entries,
        sessions=dict(journal.sessions),
        rows=dict(rows),
        problems=tuple(journal.problems),
        problem_count=journal.problem_count,
        notes=tuple(journal.notes),
        noun=journal.noun,
        explanation=explanation,
    )


def _safely(counts: Mapping[str, int]) -> Mapping[str, int]:
    """Return counts by reasons that are safe to print: what a source calls a kind may be part of one."""
    out = Counter[str]()
    for reason, count in counts.items():
        out[safe_line(reason, LINE_WIDTH)] += count
    return out


def sorted_counts(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return counts above 0, largest first, then by name."""
    return sorted(((key, n) for key, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0]))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "message"), counted(24924, "message"), counted(2, "entry")
    ('1 message', '24,924 messages', '2 entries')
    """
    if number == 1:
        return f"{number:,} {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("y") else f"{number:,} {noun}s"
