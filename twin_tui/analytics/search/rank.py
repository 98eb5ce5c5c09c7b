"""Relevance: how often and how densely a text holds what is sought, the same on every database."""

from collections.abc import Sequence

from twin_tui.analytics.search.rows import Row
from twin_tui.rollups.search.tables import DOCUMENT
from twin_tui.text.search_terms import Term, Terms, word_line
from twin_tui.text.search_words import search_words

_SATURATION = 1.2
"""The tenth mention of a word says little more than the third (k1 of BM25)."""
_LENGTH = 0.75
"""How much a long text's mentions count for less (b of BM25)."""
_IN_TITLE = 2
"""A mention in a document's title counts as so many."""


def by_relevance(rows: Sequence[Row], terms: Terms) -> list[Row]:
    """Return rows by relevance, those alike newest first.

    The score is BM25's (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework") without the
    weight of rare words: every text found holds all words, and length is compared among what was found.
    """
    if not rows:
        return []
    lines = [[search_words(part) for part in row.parts] for row in rows]
    sizes = [max(1, sum(map(len, line))) for line in lines]
    usual = sum(sizes) / len(sizes)
    scored = []
    for row, line, size in zip(rows, lines, sizes, strict=True):
        weights = (_IN_TITLE, 1) if row.kind == DOCUMENT else (1,)
        spaced = [word_line(words).replace(" ", "  ") for words in line]
        damping = _SATURATION * (1 - _LENGTH + _LENGTH * size / usual)
        score = 0.0
        for term in terms.all:
            often = sum(weight * _count(part, term) for weight, part in zip(weights, spaced, strict=True))
            score += often * (_SATURATION + 1) / (often + damping)
        scored.append((round(score, 9), row.place, row))
    scored.sort(key=lambda each: each[:2], reverse=True)
    return [row for _, _, row in scored]


def _count(spaced: str, term: Term) -> int:
    """Return how often a term stands in words that have two blanks between them, so that none is shared."""
    return spaced.count(f" {'  '.join(term.words)}{'' if term.is_open else ' '}")
