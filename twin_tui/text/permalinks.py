"""Permalinks: what points at a session, or at one message, document or query of it, from a ticket."""

from urllib.parse import quote, unquote

SCHEME = "twin://"


def permalink(session_id: str, entry_id: str | None = None) -> str:
    """Return the link of a session or of something in it.

    >>> permalink("1bec1123"), permalink("a/b", "m 2")
    ('twin://1bec1123', 'twin://a%2Fb/m%202')
    """
    parts = (session_id,) if entry_id is None else (session_id, entry_id)
    return SCHEME + "/".join(quote(part, safe="") for part in parts)


def read_link(text: str) -> tuple[str, str | None] | None:
    """Return session and entry of a link; ``None`` when it is none.

    >>> read_link(" twin://a%2Fb/m%202 "), read_link("twin://"), read_link("https://x")
    (('a/b', 'm 2'), None, None)
    """
    begins, link, rest = text.strip().partition(SCHEME)
    parts = [unquote(part) for part in rest.rstrip("/").split("/")]
    if begins or not link or not parts[0] or len(parts) > 2:
        return None
    return parts[0], parts[1] if len(parts) > 1 else None
