"""Where a text holds what was searched for: a piece of it around the first hit, the hits marked."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from twin_tui.text.search_plain import plain_spans
from twin_tui.text.search_terms import Term, Terms
from twin_tui.text.search_words import evened, folded, is_unspaced, placed_words

Span = tuple[int, int]
"""Where a hit begins and ends, as positions in a text."""
Parts = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is a hit."""

WIDTH = 160
"""Characters of a snippet unless another number is asked for."""
_SLICE = 4_000
"""Characters looked through at a time."""
_OVERLAP = 200
_MOST_HITS = 100
_VOICE_MARKS = "\uff9e\uff9f"
"""Narrow kana carry them behind, wide kana inside."""
_BLANK = re.compile(r"\s")
_RUNS = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
_folded = lru_cache(maxsize=16_384)(folded)


def snippet(text: str, terms: Terms, width: int = WIDTH, hits: Sequence[Span] | None = None) -> Parts:
    r"""Return about ``width`` characters of a stored text around the first hit, not yet safe to draw.

    Runs of blanks and line ends become one blank; an ellipsis stands where text was left away. ``hits`` are
    those of `hits_held`, where they are known.

    >>> snippet("We paid the\nrefund today.", Terms((Term(("refund",)),)))
    (('We paid the ', False), ('refund', True), (' today.', False))
    >>> snippet("one two three four five", Terms((Term(("four",)),)), 15)
    (('…three ', False), ('four', True), (' five', False))
    """
    if hits is None:
        offset, found = _first_hits(text, terms)
        hits = [(start + offset, end + offset) for start, end in _merged(found)]
    first, last = (0, len(text)) if len(text) <= width else _bounds(text, _densest(hits, width), width)
    is_cut_before, is_cut_after = first > 0, last < len(text)
    is_even = _is_even(text[first:last])
    if is_even and text.startswith(" ", first, last):
        first += 1
    parts: list[tuple[str, bool]] = []
    at = first
    for start, end in hits:
        if start >= first and end <= last:
            parts += [(text[at:start], False), (text[start:end], True)]
            at = end
    parts.append((text[at:last], False))
    shown = [part for part in parts if part[0]] if is_even else _evened(parts)
    return _ended(shown, is_cut_before=is_cut_before, is_cut_after=is_cut_after)


def hits_held(text: str, body: str, terms: Terms) -> tuple[bool, Sequence[Span] | None]:
    r"""Return whether a text holds every term, and the hits in the body that it ends with, if told in one go.

    >>> hits_held("Refunds\nThe refund of May", "The refund of May", Terms((Term(("refund",)),)))
    (True, [(4, 10)])
    """
    if terms.singles is None or len(body) > _SLICE:
        return terms.are_in(text), None
    found = plain_spans(text, terms.singles, _MOST_HITS)
    if found is None:
        return terms.are_in(text), None
    if not all(found):
        return False, None
    if max(map(len, found)) >= _MOST_HITS:
        return True, None
    at = len(text) - len(body)
    return True, _merged([(start - at, end - at) for spans in found for start, end in spans if start >= at])


def _first_hits(text: str, terms: Terms) -> tuple[int, list[Span]]:
    """Return where the first slice with a hit begins, and the hits as positions in it."""
    for start in range(0, len(text), _SLICE - _OVERLAP) if len(text) > _SLICE else (0,):
        if found := _hits(text[start : start + _SLICE], terms):
            return start, found
    return 0, []


def _hits(text: str, terms: Terms) -> list[Span]:
    """Return where terms stand in a text, as positions in it."""
    if terms.singles is not None:
        # Of a phrase hits may overlap.
        plain_hits = plain_spans(text, terms.singles, _MOST_HITS)
        if plain_hits is not None:
            return plain_hits[0] if len(plain_hits) == 1 else [span for some in plain_hits for span in some]
    plain = evened(text)
    line, spans = (plain.lower(), None) if plain.isascii() else _with_spans(text)
    words = _ascii_words(line) if line.isascii() else placed_words(line)
    found = []
    for term in terms.all:
        for start, end in _places(words, term):
            found.append((start, end) if spans is None else (spans[start][0], spans[end - 1][1]))
            if len(found) >= _MOST_HITS:
                break
    return found


def _ascii_words(line: str) -> list[tuple[str, int, int]]:
    return [(at[0], at.start(), at.end()) for at in re.finditer("[a-z0-9]{1,64}", line)]


def _places(words: Sequence[tuple[str, int, int]], term: Term) -> Iterator[tuple[int, int]]:
    wanted, count = term.words, len(term.words)
    for at, (word, start, _) in enumerate(words):
        if not (word == wanted[0] or (count == 1 and term.is_open and word.startswith(wanted[0]))):
            continue
        run = words[at : at + count]
        if len(run) < count or any(run[n][0] != wanted[n] for n in range(1, count - 1)):
            continue
        last, begin, end = run[-1]
        if term.is_open and last.startswith(wanted[-1]):
            yield start, begin + len(wanted[-1]) if is_unspaced(last) else end
        elif last == wanted[-1]:
            yield start, end


def _with_spans(text: str) -> tuple[str, list[Span]]:
    """Return the folded text, and for each of its characters where in ``text`` it comes from."""
    line: list[str] = []
    spans: list[Span] = []
    for run in _RUNS.finditer(text):
        if run[0].isascii():
            line.append(run[0].lower().replace("_", " "))
            spans += [(at, at + 1) for at in range(run.start(), run.end())]
            continue
        starts = [run.start()]
        starts += [at for at in range(run.start() + 1, run.end()) if not _is_mark(text[at])]
        for start, end in pairwise([*starts, run.end()]):
            made = _folded(text[start:end])
            line.append(made)
            spans += [(start, end)] * len(made)
    return "".join(line), spans


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or char in _VOICE_MARKS


def _merged(hits: Sequence[Span]) -> list[Span]:
    """Return hits in order, those that overlap as one."""
    if len(hits) == 1 and hits[0][1] > hits[0][0]:
        return [hits[0]]
    merged: list[Span] = []
    for start, end in sorted(hits):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged


def _densest(hits: Sequence[Span], width: int) -> Span:
    """Return the stretch of at most ``width`` characters with most hits, the first of several."""
    if len(hits) == 1:
        return hits[0]
    best, most = (0, 0), 0
    for at, (start, end) in enumerate(hits):
        within = [other for other in hits[at:] if other[1] - start <= width]
        if len(within) > most:
            best, most = (start, within[-1][1]), len(within)
        elif not most and at == 0:
            best = (start, end)
    return best


def _bounds(text: str, core: Span, width: int) -> tuple[int, int]:
    """Return where the snippet begins and ends: around its core, at blanks where there are any near."""
    room = max(0, width - (core[1] - core[0]))
    first = max(0, core[0] - room // 3)
    last = min(len(text), max(core[1], first + width))
    first = max(0, min(first, last - width))
    if first:
        blank = _BLANK.search(text, first - 1, core[0])
        first = blank.end() if blank and blank.end() - first < 24 else first
    if last < len(text):
        blank_at = max(text.rfind(" ", core[1], last + 1), text.rfind("\n", core[1], last + 1))
        last = blank_at if blank_at > last - 24 else last
    return first, last


def _is_even(text: str) -> bool:
    """Return whether blanks stand in a text as a snippet shows them: single ones, and no line ends."""
    return text.isprintable() and "  " not in text


def _evened(parts: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Return parts with one blank for each run of blanks and line ends, and none at the beginning."""
    even: list[tuple[str, bool]] = []
    for words, is_hit in parts:
        line = words if _is_even(words) else _with_single_blanks(words)
        if line.startswith(" ") and (not even or even[-1][0].endswith(" ")):
            line = line[1:]
        if line:
            even.append((line, is_hit))
    return even


def _with_single_blanks(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"


def _ended(parts: list[tuple[str, bool]], *, is_cut_before: bool, is_cut_after: bool) -> Parts:
    """Return parts without blanks at the end, and with what stands for text that was left away."""
    if parts and not parts[-1][1]:
        parts[-1] = (parts[-1][0].rstrip(), False)
    if is_cut_before:
        parts[:1] = [("…" + parts[0][0], False)] if parts and not parts[0][1] else [("…", False), *parts[:1]]
    if is_cut_after:
        parts[-1:] = (
            [(parts[-1][0] + "…", False)] if parts and not parts[-1][1] else [*parts[-1:], ("…", False)]
        )
    return tuple([part for part in parts if part[0]])
