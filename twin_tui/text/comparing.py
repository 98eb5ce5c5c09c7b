"""Two drafts of a text side by side: which lines are the same, and which words of the others changed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

MOST_LINES = 4_000
"""Lines of a draft that are compared; comparing takes the more time the more lines there are."""
MOST_CHARACTERS = 400_000
"""Characters of a draft that are compared."""
_MOST_PAIRS = 2_000_000
"""Pairs of words up to which two lines are compared word by word; beyond, the whole line has changed."""
_MOST_LINE_PAIRS = 2_500
"""Pairs of lines up to which those that changed are matched by likeness; beyond, one after the other."""
_ALIKE = 0.4
"""Share of words in common from which two lines are one line that changed."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]|[^\W_]+|\s+|.", re.DOTALL)

Change = Literal["=", "-", "+"]
Piece = tuple[Change, str]
"""Text that both drafts have, that only the older has, or that only the newer has."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the older draft, of the newer, or of both."""

    kind: Literal["same", "changed", "removed", "added"]
    pieces: tuple[Piece, ...]

    def side(self, change: Literal["-", "+"]) -> tuple[Piece, ...] | None:
        """Return the older draft's line ("-") or the newer one's ("+"); ``None`` where it has none."""
        if self.kind == ("added" if change == "-" else "removed"):
            return None
        return tuple(piece for piece in self.pieces if piece[0] in ("=", change))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two drafts compared."""

    rows: tuple[Row, ...]
    is_cut: bool
    """Whether the drafts were too long to be compared to their ends."""

    @property
    def places(self) -> tuple[int, ...]:
        """The rows at which something begins to differ."""
        rows = self.rows
        return tuple(
            at
            for at, row in enumerate(rows)
            if row.kind != "same" and (at == 0 or rows[at - 1].kind == "same")
        )

    def words(self, change: Literal["-", "+"]) -> int:
        """Return how many words only the older draft has ("-"), or only the newer ("+")."""
        texts = (text for row in self.rows for kind, text in row.pieces if kind == change)
        return sum(bool(word.strip()) and word[0].isalnum() for text in texts for word in _WORD.findall(text))


def compare(old: str, new: str) -> Comparison:
    r"""Return two texts line by line.

    >>> [(row.kind, row.pieces) for row in compare("Dear Ann,\nbye", "Dear Ben,\nbye").rows]
    [('changed', (('=', 'Dear '), ('-', 'Ann'), ('+', 'Ben'), ('=', ','))), ('same', (('=', 'bye'),))]
    """
    (olds, old_cut), (news, new_cut) = _lines(old), _lines(new)
    rows: list[Row] = []
    head = _common(olds, news)
    tail = _common(olds[head:][::-1], news[head:][::-1])
    rows += (Row("same", (("=", line),)) for line in olds[:head])
    middle_old, middle_new = olds[head : len(olds) - tail], news[head : len(news) - tail]
    for tag, a, b, c, d in SequenceMatcher(None, middle_old, middle_new).get_opcodes():
        if tag == "equal":
            rows += (Row("same", (("=", line),)) for line in middle_old[a:b])
        else:
            rows += _differing(middle_old[a:b], middle_new[c:d])
    rows += (Row("same", (("=", line),)) for line in olds[len(olds) - tail :])
    return Comparison(tuple(rows), old_cut or new_cut)


def _lines(text: str) -> tuple[list[str], bool]:
    lines = [line.rstrip() for line in text[:MOST_CHARACTERS].split("\n")]
    return lines[:MOST_LINES], len(text) > MOST_CHARACTERS or len(lines) > MOST_LINES


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _differing(old: list[str], new: list[str]) -> Iterator[Row]:
    """Yield the lines of a place that differs, those alike as one line that changed."""
    at_old = at_new = 0
    for a, b in [*_matched(old, new), (len(old), len(new))]:
        yield from (Row("removed", (("-", line),)) for line in old[at_old:a])
        yield from (Row("added", (("+", line),)) for line in new[at_new:b])
        if a < len(old) and b < len(new):
            yield Row("changed", tuple(_pieces(old[a], new[b])))
        at_old, at_new = a + 1, b + 1


def _matched(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Return which lines are drafts of which, in order: the pairs most alike taken together."""
    olds, news = [Counter(_spoken(line)) for line in old], [Counter(_spoken(line)) for line in new]
    if len(old) * len(new) > _MOST_LINE_PAIRS:
        return [(at, at) for at in range(min(len(old), len(new))) if _likeness(olds[at], news[at]) >= _ALIKE]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_likeness(one, other) for other in news] for one in olds]
    for a in range(len(old) - 1, -1, -1):
        for b in range(len(new) - 1, -1, -1):
            together = alike[a][b] + best[a + 1][b + 1] if alike[a][b] >= _ALIKE else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], together)
    pairs, a, b = [], 0, 0
    while a < len(old) and b < len(new):
        if alike[a][b] >= _ALIKE and best[a][b] == alike[a][b] + best[a + 1][b + 1]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def _spoken(line: str) -> list[str]:
    return [word for word in _WORD.findall(line) if word.strip() and word[0].isalnum()]


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _pieces(old: str, new: str) -> Iterator[Piece]:
    """Yield a line's words, those of the older before those of the newer where they differ."""
    olds, news = _WORD.findall(old), _WORD.findall(new)
    if len(olds) * len(news) > _MOST_PAIRS:
        yield from (("-", old), ("+", new))
        return
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("=", "".join(olds[a:b])))
        else:
            pieces += [("-", "".join(olds[a:b])), ("+", "".join(news[c:d]))]
    yield from _joined([piece for piece in pieces if piece[1]])


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces, words exchanged for others that only blanks part as one."""

    def is_kept(at: int) -> bool:
        change, text = pieces[at]
        return change == "=" and not (text.isspace() and 0 < at < len(pieces) - 1)

    for kept, group in groupby(range(len(pieces)), is_kept):
        run = [pieces[at] for at in group]
        if kept or len({change for change, _ in run} - {"="}) < 2:
            yield from run
            continue
        for change in ("-", "+"):
            yield (change, "".join(words for kind, words in run if kind in ("=", change)))
