"""Tags: filters of an item as words that no text can hold, so that the index answers them too.

Department, platform and sharing are no tags: they part rows into few, and who reads compares them anyway.
"""

import hashlib
from functools import lru_cache

_SIGN = "\u00aa"
"""Folds to a plain letter in every text, so no word of a text begins with it."""


@lru_cache(maxsize=65_536)
def tag_words(company: str | None, user: str | None, twin: str | None) -> tuple[str, ...]:
    """Return the tags of what is given; ``None`` where a filter does not apply or is not asked for.

    ``company`` is that of the session's user, compared casefolded; ``user`` and ``twin`` are ids.

    >>> len(tag_words("Acme", "u1", None)), tag_words("ACME", None, None) == tag_words("acme", None, None)
    (2, True)
    """
    asked = (("c", None if company is None else company.casefold()), ("u", user), ("t", twin))
    return tuple(_word(letter, text) for letter, text in asked if text is not None)


def region_tag(kind: int) -> str:
    """Return the tag of a kind whose items are searched by themselves."""
    return f"{_SIGN}k{kind}"


def _word(letter: str, text: str) -> str:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    return f"{_SIGN}{letter}{digest}"
