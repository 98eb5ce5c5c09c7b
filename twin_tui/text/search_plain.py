"""Where words of ASCII stand in a text, found without looking at its words one by one."""

import re
from collections.abc import Sequence
from functools import lru_cache

from twin_tui.text.search_words import LONGEST, evened, is_apart

Spans = list[tuple[int, int]]
_WINDOW = LONGEST // 2


def plain_spans(text: str, words: Sequence[tuple[str, bool]], most: int) -> list[Spans] | None:
    """Return where each of some words stands, up to ``most`` times, as positions in a text.

    Words are folded, each with whether it is only a beginning. ``None`` where this is not how to tell:
    letters beyond ASCII are part of a word, or a word is so long that it counts as several.

    >>> plain_spans("Paid, the refund; 返金済み", [("refund", False), ("pa", True), ("the", False)], 9)
    [[(10, 16)], [(0, 4)], [(6, 9)]]
    >>> plain_spans("APIの仕様", [("api", False)], 9) is None
    True
    """
    plain = evened(text)
    is_ascii = plain.isascii()
    if not is_ascii and not (is_apart(plain) and all(word.isascii() for word, _ in words)):
        return None
    line = plain.lower()
    if _has_long_word(line):
        return None
    found: list[Spans] = []
    for word, is_open in words:
        spans: Spans = []
        if word in line:
            for match in _pattern(word, is_open).finditer(line):
                start, end = match.span()
                if not is_ascii and not (line[start - 1 : start].isascii() and line[end : end + 1].isascii()):
                    return None
                spans.append((start, end))
                if len(spans) >= most:
                    break
        found.append(spans)
    return found


def _has_long_word(line: str) -> bool:
    """Return whether there is a word too long to be one: half as many characters somewhere hold no blank."""
    if len(line) <= LONGEST:
        return False
    windows = range(0, len(line) - _WINDOW, _WINDOW)
    is_likely = any(" " not in line[at : at + _WINDOW] for at in windows)
    return is_likely and max(map(len, line.split()), default=0) > LONGEST


@lru_cache(maxsize=64)
def _pattern(word: str, is_open: bool) -> re.Pattern[str]:
    end = "[a-z0-9]*" if is_open else "(?![a-z0-9])"
    return re.compile(f"(?<![a-z0-9]){re.escape(word)}{end}")
