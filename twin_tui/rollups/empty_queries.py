"""Queries that found nothing: a row each, by a key of what was looked for that does not tell what it is."""

from hashlib import blake2b
from typing import NamedTuple

BLANKS = " \t\r\n"
"""What around a text does not tell it from another."""


class EmptyQueryRow(NamedTuple):
    """One query with zero results."""

    query_id: str
    session_no: int
    us: int
    """Microseconds since 1970."""
    user_no: int
    twin_no: int
    department_cell: int
    platform: str
    shared: int
    text: str
    """What `text_key` names its text by."""


def text_key(folded: str) -> str:
    """Return what names a text, given as `folded` returns it, and tells nobody what it is."""
    return blake2b(folded.encode("utf-8", "replace"), digest_size=12).hexdigest()


def folded(text: str) -> str:
    r"""Return a text as one is told from another: in any case, with any blanks around it.

    >>> folded(" Straße\n") == folded("STRASSE")
    True
    """
    return text.strip(BLANKS).casefold()
