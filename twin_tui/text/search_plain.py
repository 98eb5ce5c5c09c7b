"""Where words of ASCII stand in a text, found without looking at its words one by one."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from twin_tui.text.search_words import LONGEST, evened, is_apart

Spans = list[tuple[int, int]]
Word = tuple[str, bool]
"""A folded word, and whether it is only a beginning."""
_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def plain_spans(text: str, words: Sequence[Word], most: int) -> list[Spans] | None:
    """Return where each of some words stands, up to ``most`` times, as positions in a text.

    ``None`` where this is not how to tell: letters beyond ASCII are part of a word, or a word is so long that
    it counts as several.

    >>> plain_spans("Paid, the refund; 返金済み", [("refund", False), ("pa", True), ("the", False)], 9)
    [[(10, 16)], [(0, 4)], [(6, 9)]]
    >>> plain_spans("APIの仕様", [("api", False)], 9) is None
    True
    """
    found = _line(text, words)
    if found is None or _has_long_word(found[0]):
        return None
    line, is_ascii = found
    spans = [_spans(line, word, is_open, most, is_ascii=is_ascii) for word, is_open in words]
    return None if None in spans else cast("list[Spans]", spans)


def plainly_holds(text: str, words: Sequence[Word]) -> bool | None:
    """Return whether a text holds all of some words, ``None`` where `plain_spans` cannot tell.

    >>> plainly_holds("Paid, the refund", [("refund", False), ("pa", True)])
    True
    """
    found = _line(text, words)
    if found is None:
        return None
    line, is_ascii = found
    for word, is_open in words:
        spans = _spans(line, word, is_open, 1, is_ascii=is_ascii)
        if not spans:
            # Parts of a long word count as words: what stands alone is found without them.
            return None if spans is None or _has_long_word(line) else False
    return True


def _line(text: str, words: Sequence[Word]) -> tuple[str, bool] | None:
    """Return a text to look for words in, and whether it is ASCII; ``None`` where its words are not plain."""
    plain = evened(text)
    is_ascii = plain.isascii()
    if not is_ascii and not (is_apart(plain) and all(word.isascii() for word, _ in words)):
        return None
    return plain.lower(), is_ascii


def _spans(line: str, word: str, is_open: bool, most: int, *, is_ascii: bool) -> Spans | None:
    """Return where a word stands, ``None`` where other letters touch it."""
    spans: Spans = []
    if word not in line:
        return spans
    for match in _pattern(word, is_open).finditer(line):
        start, end = match.span()
        if start and line[start - 1] in _WORD:
            continue
        if not is_ascii and not (line[start - 1 : start].isascii() and line[end : end + 1].isascii()):
            return None
        spans.append((start, end))
        if len(spans) >= most:
            break
    return spans


def _has_long_word(line: str) -> bool:
    """Return whether there is a word too long to be one, looking closely only where there may be."""
    place, last = -1, len(line) - LONGEST - 1
    while place < last:
        blank = line.rfind(" ", place + 1, place + LONGEST + 2)
        if blank < 0:
            return max(map(len, line.split()), default=0) > LONGEST
        place = blank
    return False


@lru_cache(maxsize=64)
def _pattern(word: str, is_open: bool) -> re.Pattern[str]:
    # What stands before it is looked at for each place found: a pattern that begins with a text is quick.
    return re.compile(re.escape(word) + ("[a-z0-9]*" if is_open else "(?![a-z0-9])"))
