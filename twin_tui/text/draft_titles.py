"""Titles of drafts: what of a title stays the same from one draft of a text to the next."""

import re

_ORDINALS = "first|second|third|fourth|fifth|last|latest|final|new|newer|revised|updated|rough|short|long"
_COUNTED = re.compile(
    r"\b(?:v|ver|version|rev|revision|draft|entwurf|edition)\.?\s*\d+(?:\.\d+)*\b"
    rf"|\b(?:{_ORDINALS})(?:er)?\s+(?:draft|version|revision|edition)\b"
    r"|\b(?:draft|revision|revised|updated|final|copy|entwurf)\b"
    r"|\(\d+\)"
)
_BETWEEN = re.compile(r"[\W_]+")


def essential(title: str | None) -> str:
    """Return a title without case, punctuation, and what merely counts drafts.

    >>> [essential(title) for title in ("Offer letter (draft 2)", "Offer-letter, second draft")]
    ['offer letter', 'offer letter']
    >>> essential("Draft"), essential(None)
    ('draft', '')
    """
    folded = (title or "").casefold()
    kept = _BETWEEN.sub(" ", _COUNTED.sub(" ", folded)).strip()
    return kept or _BETWEEN.sub(" ", folded).strip()
