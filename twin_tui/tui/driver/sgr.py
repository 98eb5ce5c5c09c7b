"""Colours and attributes of a cell, and the fewest bytes from one set to the next (ECMA-48, SGR)."""

from functools import lru_cache
from typing import NamedTuple

_GROUND = frozenset((*range(40, 48), *range(100, 108)))
_INK = frozenset((*range(30, 38), *range(90, 98)))
_ON = frozenset((*range(1, 10), 21, 51, 52, 53))
_ENDED_BY = {22: {1, 2}, 23: {3}, 24: {4, 21}, 25: {5, 6}, 27: {7}, 28: {8}, 29: {9}, 54: {51, 52}, 55: {53}}
_SURELY_ENDED_BY = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 7: 27, 8: 28, 9: 29}
"""Attributes whose end every terminal knows; the others end by a reset only."""

_UNSEEN = frozenset((1, 2, 3))
"""Attributes that do not show on a blank."""


class Style(NamedTuple):
    """What SGR sequences added up to, each part as it was written."""

    attributes: frozenset[int] = frozenset()
    """Codes that are on, such as 1 for bold."""
    ink: str = ""
    """Foreground parameters (``38;2;1;2;3``); empty: the terminal's own."""
    ground: str = ""
    """Background parameters; empty: the terminal's own."""
    others: tuple[str, ...] = ()
    """Parameters we do not know, in order; only a reset ends them."""


PLAIN = Style()
"""After a reset."""


@lru_cache(maxsize=8192)
def applied(style: Style, parameters: str) -> Style:
    """Return the style after ``ESC [ parameters m``.

    >>> applied(PLAIN, "1;38;5;7").ink
    '38;5;7'
    """
    words = parameters.split(";")
    at = 0
    while at < len(words):
        word = words[at]
        length = 1
        code = int(word) if word.isdecimal() else 0 if not word else -1
        if code in (38, 48):
            length = {"5": 3, "2": 5}.get(words[at + 1] if at + 1 < len(words) else "", 1)
            colour = words[at : at + length]
            if length == 1 or len(colour) < length:
                return style._replace(others=(*style.others, ";".join(words[at:])))
            part = ";".join(colour)
            style = style._replace(ink=part) if code == 38 else style._replace(ground=part)
        else:
            style = _with(style, code, word)
        at += length
    return style


def _with(style: Style, code: int, word: str) -> Style:
    if code == 0:
        return PLAIN
    if code in _ON:
        return style._replace(attributes=style.attributes | {code})
    if code in _ENDED_BY:
        return style._replace(attributes=style.attributes - _ENDED_BY[code])
    if code in _INK or code == 39:
        return style._replace(ink="" if code == 39 else word)
    if code in _GROUND or code == 49:
        return style._replace(ground="" if code == 49 else word)
    return style._replace(others=(*style.others, word))


def is_bare(style: Style) -> bool:
    """Return whether a blank in this style shows nothing but its background."""
    return not (style.attributes - _UNSEEN or style.others)


@lru_cache(maxsize=16384)
def blanks_alike(one: Style, other: Style) -> bool:
    """Return whether blanks in both styles look the same: letters' colour and weight do not show on them.

    >>> blanks_alike(applied(PLAIN, "1;31;44"), applied(PLAIN, "44"))
    True
    """
    return one.ground == other.ground and is_bare(one) and is_bare(other)


@lru_cache(maxsize=8192)
def anew(style: Style) -> str:
    r"""Return the sequence that leads to ``style`` from wherever the terminal is.

    >>> anew(PLAIN)
    '\x1b[m'
    """
    parts = [*map(str, sorted(style.attributes)), style.ink, style.ground, *style.others]
    words = ";".join(part for part in parts if part)
    return f"\x1b[0;{words}m" if words else "\x1b[m"


@lru_cache(maxsize=16384)
def change(before: Style | None, after: Style) -> str:
    r"""Return the shortest sequence from one style to another, nothing when they are the same.

    >>> change(applied(PLAIN, "1;31;44"), applied(PLAIN, "31;44"))
    '\x1b[22m'
    """
    if before == after:
        return ""
    reset = anew(after)
    if before is None or before.others != after.others:
        return reset
    words: list[str] = []
    ended = before.attributes - after.attributes
    if not ended <= _SURELY_ENDED_BY.keys():
        return reset
    ends = {_SURELY_ENDED_BY[code] for code in ended}
    lost = {code for end in ends for code in _ENDED_BY[end]}
    begun = after.attributes - (before.attributes - lost)
    words += map(str, (*sorted(ends), *sorted(begun)))
    if before.ink != after.ink:
        words.append(after.ink or "39")
    if before.ground != after.ground:
        words.append(after.ground or "49")
    direct = f"\x1b[{';'.join(words)}m"
    return direct if len(direct) <= len(reset) else reset
