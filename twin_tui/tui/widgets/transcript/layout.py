"""Where every line of a conversation stands: estimated from the index, exact once an entry is loaded."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from functools import cached_property
from itertools import accumulate, count
from typing import Literal

from twin_tui.analytics.answers import EntryIndex, EntryKind, Positions
from twin_tui.text.formatting import WEEKDAYS, duration, short_day
from twin_tui.tui.widgets.transcript.entries import SafeEntry
from twin_tui.tui.widgets.transcript.places import pauses
from twin_tui.tui.widgets.transcript.wrap import Span, wrap

FOLD_ABOVE = 60
"""Lines from which on a message is folded."""
FOLDED_LINES = 20
"""Lines of a folded message that are shown."""
PREVIEW_LINES = 2
"""Lines of a document shown in place."""
TEXT_COLUMN = 3
"""Cells before a message's text: cursor, bar, space."""
LINKED_COLUMN = 5
"""Cells before the text of a document or query under its message."""
WIDEST = 112
"""Cells of text beyond which lines are hard to read."""

Part = Literal["blank", "separator", "head", "text", "fold", "wait"]


@dataclass(frozen=True)
class Plan:
    """What the index alone tells: separators above entries, and which entries belong together."""

    index: EntryIndex
    separators: dict[int, str]
    """Position → words of the line above it: the day, the pause before it."""
    children: dict[int, tuple[int, ...]]
    """Position of a message → positions of its documents and queries."""
    parents: dict[int, int]
    """Position of a document or query → position of its message."""

    @classmethod
    def of(cls, index: EntryIndex, zone: tzinfo) -> "Plan":
        """Return the plan of a conversation whose times are shown in ``zone``."""
        wanted = set(index.message_ids.values())
        entries = enumerate(zip(index.kinds(), index.ids(), strict=True)) if wanted else ()
        messages = {of: at for at, (kind, of) in entries if kind == "message" and of in wanted}
        parents: dict[int, int] = {}
        children: dict[int, list[int]] = {}
        for at, message in index.message_ids.items():
            if message in messages:
                parents[at] = messages[message]
                children.setdefault(parents[at], []).append(at)
        return cls(
            index,
            _separators(index, parents, zone),
            {at: tuple(linked) for at, linked in children.items()},
            parents,
        )

    @cached_property
    def positions(self) -> Positions:
        """Where each id is; made when it is first wanted: reading on needs none."""
        return Positions(self.index)


def _separators(index: EntryIndex, parents: dict[int, int], zone: tzinfo) -> dict[int, str]:
    found: dict[int, str] = {}
    paused = dict(pauses(index, parents))
    day: date | None = None
    has_untimed = False
    for at, time in enumerate(index.times()):
        if at in parents:
            continue
        if time is None:
            if not has_untimed:
                found[at] = "time not recorded"
                has_untimed = True
            continue
        words = []
        local = time.astimezone(zone).date()
        if local != day:
            words.append(f"{WEEKDAYS[local.weekday()]} {short_day(local)} {local.year}")
            day = local
        if at in paused:
            words.append(f"pause of {duration(paused[at])}")
        if words:
            found[at] = " · ".join(words)
    return found


NO_PLAN = Plan.of(EntryIndex(), UTC)
"""Of a conversation that is not there yet."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one row of the transcript is."""

    position: int
    part: Part
    number: int = 0
    """Of a text line: which."""


class TranscriptLayout:
    """Rows of a conversation at one width."""

    def __init__(self, plan: Plan, width: int) -> None:
        self.plan = plan
        self.text_width = max(8, min(width - TEXT_COLUMN - 1, WIDEST))
        """Cells for a message's text."""
        self._lines: dict[int, list[Span]] = {}
        self._unfolded: set[int] = set()
        self._heights = array("l", map(self._estimate, count(), plan.index.kinds(), plan.index.sizes()))
        self._starts: array[int] | None = None

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def rows(self) -> int:
        """Number of rows of the whole conversation."""
        return self._all_starts()[-1]

    def start(self, position: int) -> int:
        """Return the first row of an entry, its separator included."""
        return self._all_starts()[position]

    def head_row(self, position: int) -> int:
        """Return the row of an entry's head line."""
        return self.start(position) + self._lead(position)

    def end(self, position: int) -> int:
        """Return the row after an entry's last."""
        return self._all_starts()[position + 1]

    def position_at(self, row: int) -> int:
        """Return the entry a row belongs to."""
        return max(0, min(len(self) - 1, bisect_right(self._all_starts(), row) - 1))

    def line_at(self, row: int) -> Line:
        """Return what a row is."""
        position = self.position_at(row)
        offset = row - self.start(position)
        lead = self._lead(position)
        if offset < lead:
            is_separator = position in self.plan.separators and offset == lead - 1
            return Line(position, "separator" if is_separator else "blank")
        offset -= lead + 1
        if offset < 0:
            return Line(position, "head")
        lines = self._lines.get(position)
        if lines is None:
            return Line(position, "wait", offset)
        if offset >= self._shown(position, len(lines)):
            return Line(position, "fold")
        return Line(position, "text", offset)

    def inherit(self, before: "TranscriptLayout") -> None:
        """Take over heights and folds of the entries that an earlier layout of the same width knows too."""
        index, is_as_wide = self.plan.index, before.text_width == self.text_width
        alike = index.alike(before.plan.index)
        sizes = list(before.plan.index.sizes())
        for at, size in enumerate(index.sizes()):
            was = at if at < alike else before.plan.positions.get(index.id_at(at))
            if was is None:
                continue
            if was in before._unfolded:
                self._unfolded.add(at)
            if is_as_wide and sizes[was] == size:
                self._heights[at] = before._heights[was] - before._lead(was) + self._lead(at)
        self._starts = None

    def lines_of(self, position: int) -> list[Span] | None:
        """Return the wrapped lines of an entry, ``None`` before `measure`."""
        return self._lines.get(position)

    def row_of(self, position: int, offset: int) -> int:
        """Return the row that shows the character at ``offset`` of an entry's text, else its head's row."""
        lines = self._lines.get(position, [])
        number = bisect_right(lines, (offset, 1 << 60)) - 1
        if 0 <= number < self._shown(position, len(lines)):
            return self.head_row(position) + 1 + number
        return self.head_row(position)

    def measure(self, position: int, safe: SafeEntry | None, lines: list[Span] | None = None) -> bool:
        """Make an entry exact with its text (and maybe its lines); return whether its height changed."""
        if safe is None or (position in self._lines and lines is None):
            return False
        width = self.text_width - (LINKED_COLUMN - TEXT_COLUMN if position in self.plan.parents else 0)
        wrapped = wrap(safe.text, width) if lines is None else lines
        if safe.entry.kind == "document":
            wrapped = wrapped[:PREVIEW_LINES] if safe.text else []
        elif not safe.text:
            wrapped = []
        self._lines[position] = wrapped
        return self._set_height(position, self._exact(position))

    def forget(self, position: int) -> None:
        """Have an entry measured again, for another text of it."""
        self._lines.pop(position, None)

    def is_foldable(self, position: int) -> bool:
        """Whether an entry is long enough to be folded."""
        lines = self._lines.get(position)
        return lines is not None and len(lines) > FOLD_ABOVE

    def is_folded(self, position: int) -> bool:
        """Whether lines of an entry are hidden."""
        return self.is_foldable(position) and position not in self._unfolded

    def hidden_lines(self, position: int) -> int:
        """Return how many lines of an entry are hidden."""
        lines = self._lines.get(position, [])
        return len(lines) - self._shown(position, len(lines))

    def fold(self, position: int, is_folded: bool) -> bool:
        """Fold or unfold an entry; return whether that changed its height."""
        (self._unfolded.discard if is_folded else self._unfolded.add)(position)
        return position in self._lines and self._set_height(position, self._exact(position))

    @property
    def unfolded(self) -> frozenset[int]:
        """Entries that were unfolded."""
        return frozenset(self._unfolded)

    def unfold_all(self, positions: Sequence[int] | frozenset[int]) -> None:
        """Unfold entries before they are measured, as after a change of width."""
        self._unfolded.update(positions)

    def _lead(self, position: int) -> int:
        if position in self.plan.parents:
            return 0
        return (position > 0) + (position in self.plan.separators)

    def _shown(self, position: int, count: int) -> int:
        return FOLDED_LINES if count > FOLD_ABOVE and position not in self._unfolded else count

    def _exact(self, position: int) -> int:
        count = len(self._lines[position])
        shown = self._shown(position, count)
        return self._lead(position) + 1 + shown + (count > FOLD_ABOVE)

    def _estimate(self, position: int, kind: EntryKind, size: int) -> int:
        lines = -(-size * 11 // (10 * self.text_width))
        if kind == "document":
            lines = min(lines, PREVIEW_LINES)
        elif lines > FOLD_ABOVE:
            lines = FOLDED_LINES + 1
        return self._lead(position) + 1 + lines

    def _set_height(self, position: int, height: int) -> bool:
        if self._heights[position] == height:
            return False
        self._heights[position] = height
        self._starts = None
        return True

    def _all_starts(self) -> "array[int]":
        if self._starts is None:
            self._starts = array("l", accumulate(self._heights, initial=0))
        return self._starts
