"""What a person typed into a search, understood: terms that a text must hold, each a run of words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from twin_tui.text.search_plain import Word, plainly_holds
from twin_tui.text.search_words import folded, folded_words, has_one_unit, is_unspaced, search_words

MOST_CHARACTERS = 1_000
"""Characters of what was typed that are looked at."""
MOST_TERMS = 32
SHORTEST_BEGINNING = 2
"""Letters that a word still being typed must have to stand for all words that begin so."""

_QUOTED = re.compile('["“”„«»‟「」『』＂]')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow each other."""

    words: tuple[str, ...]
    is_open: bool = False
    """Whether the last one is only the beginning of a word."""

    @property
    def shown(self) -> str:
        """The term as it was understood."""
        return " ".join(self.words) + ("*" if self.is_open else "")

    def is_in(self, line: str) -> bool:
        """Return whether a text holds it, given as the text's `word_line`."""
        return f" {' '.join(self.words)}{'' if self.is_open else ' '}" in line


@dataclass(frozen=True, slots=True)
class Terms:
    """All that a text must hold; none at all finds nothing."""

    all: tuple[Term, ...] = ()
    singles: tuple[Word, ...] | None = field(init=False, repr=False, compare=False)
    """The same where every term is a single word."""

    def __post_init__(self) -> None:
        are_single = bool(self.all) and all(len(term.words) == 1 for term in self.all)
        singles = tuple((term.words[0], term.is_open) for term in self.all) if are_single else None
        object.__setattr__(self, "singles", singles)

    def __bool__(self) -> bool:
        return bool(self.all)

    def are_in(self, text: str) -> bool:
        """Return whether a text holds every term.

        >>> read_terms('"credit note" refund*').are_in("Refunded by credit note.")
        True
        >>> read_terms("返金").are_in("商品の返金をお願いします")
        True
        """
        if self.singles is not None:
            is_held = plainly_holds(text, self.singles)
            if is_held is not None:
                return is_held
        line = folded(text)
        if not all(word in line for term in self.all for word in term.words):
            return False
        return self.are_in_line(word_line(folded_words(line)))

    def are_in_line(self, line: str) -> bool:
        """Return whether the text of a `word_line` holds every term."""
        return bool(self.all) and all(term.is_in(line) for term in self.all)


def word_line(words: Sequence[str]) -> str:
    """Return words as one text with a blank on both sides of each.

    >>> word_line(["a", "b"])
    ' a b '
    """
    return f" {' '.join(words)} "


def read_terms(text: str, *, is_being_typed: bool = False) -> Terms:
    r"""Return the terms of what a person typed; whatever it is, nothing raises.

    Blanks part terms, quotes keep words together, a star at the end stands for any ending. What holds
    several words without a blank, such as ``node.js``, is a run of them. ``is_being_typed``: the last word
    may go on.

    >>> [term.shown for term in read_terms('Refund* "not Paid" node.js 返 仕様書').all]
    ['refund*', 'not paid', 'node js', '返*', '仕様 様書']
    >>> [term.shown for term in read_terms('open "quote and *" AND (', is_being_typed=True).all]
    ['open', 'quote and', 'and']
    >>> [term.shown for term in read_terms("cust", is_being_typed=True).all], bool(read_terms('" * ('))
    (['cust*'], False)
    """
    terms: list[Term] = []
    pieces = _QUOTED.split(text[:MOST_CHARACTERS])
    for at, piece in enumerate(pieces):
        is_last = at == len(pieces) - 1
        if at % 2:
            terms += _term(piece, goes_on=is_being_typed and is_last)
            continue
        chunks = piece.split()
        for place, chunk in enumerate(chunks):
            is_end = is_last and place == len(chunks) - 1 and piece[-1:] == chunk[-1:]
            terms += _term(chunk, goes_on=is_being_typed and is_end)
    return Terms(tuple(dict.fromkeys(terms))[:MOST_TERMS])


def _term(piece: str, *, goes_on: bool) -> list[Term]:
    words = search_words(piece)
    if not words:
        return []
    last = words[-1]
    if not is_unspaced(last):
        return [Term(tuple(words), _is_beginning(piece, last, goes_on=goes_on))]
    # A sentence goes on after the last character: its pair with the next one is not known.
    is_open = has_one_unit(last) and (len(words) == 1 or not _is_tail(words))
    return [Term(tuple(words if is_open else words[:-1]), is_open)]


def _is_beginning(piece: str, last: str, *, goes_on: bool) -> bool:
    """Return whether the last word of a piece stands for all words that begin so."""
    piece = piece.rstrip() if not goes_on else piece
    if piece.endswith(("*", "＊")):
        return folded(piece[:-1]).endswith(last)
    return goes_on and len(last) >= SHORTEST_BEGINNING and folded(piece).endswith(last)


def _is_tail(words: list[str]) -> bool:
    """Return whether the last word is the last character of the pair before it."""
    before = words[-2]
    return is_unspaced(before) and not has_one_unit(before) and before.endswith(words[-1])
