"""Ids that are the same for the same thing in every export of it: UUIDs of the fifth version."""

from collections.abc import Iterable
from hashlib import sha1
from uuid import UUID

_NAMESPACE = UUID("6f1c1d0e-4f0b-5d5c-9a43-5e1f0c7b2a90")
_VERSION = bytes(byte & 0x0F | 0x50 for byte in range(256))
"""What a byte of the hash becomes where a UUID bears its version."""
_VARIANT = bytes(byte & 0x3F | 0x80 for byte in range(256))
"""The same for the variant."""
_HASH = 20
"""Bytes of a hash."""
_PATTERN = b"........-....-....-....-............"
_PLACES = tuple(place for place, char in enumerate(_PATTERN.decode()) if char == ".")
"""Where a UUID's digits stand."""


class StableIds:
    """Gives the `stable_id` of the same first parts and further ones, fast for many."""

    def __init__(self, *parts: str) -> None:
        self._begun = sha1(_NAMESPACE.bytes + joined(*parts, ""), usedforsecurity=False)

    def of(self, parts: Iterable[bytes], *last: str) -> list[str]:
        """Return an id for each part, ``last`` behind it; several parts may be one, `joined`.

        >>> StableIds("slack", "T1").of([b"C1"], "1700000000.000100")
        ['f58c08b1-adac-5624-be95-32c9f8a84f84']
        """
        begin, end = self._begun.copy, joined("", *last) if last else b""
        digests: list[bytes] = []
        for part in parts:  # A copy costs half of what beginning anew does.
            each = begin()
            each.update(part + end)
            digests.append(each.digest())
        hashed = bytearray().join(digests)
        hashed[6::_HASH], hashed[8::_HASH] = _bearing(hashed[6::_HASH], hashed[8::_HASH])
        digits = hashed.hex().encode()
        spelled = bytearray(_PATTERN * (len(hashed) // _HASH))
        for digit, place in enumerate(_PLACES):  # Each digit of all ids at once.
            spelled[place :: len(_PATTERN)] = digits[digit :: 2 * _HASH]
        text = spelled.decode()
        return [text[at : at + len(_PATTERN)] for at in range(0, len(text), len(_PATTERN))]


def stable_id(*parts: str) -> str:
    """Return the same UUIDv5 (RFC 9562, 5.5) for the same source, workspace and native id.

    >>> stable_id("slack", "T1", "C1", "1700000000.000100")
    'f58c08b1-adac-5624-be95-32c9f8a84f84'
    """
    hashed = bytearray(sha1(_NAMESPACE.bytes + joined(*parts), usedforsecurity=False).digest())
    hashed[6:7], hashed[8:9] = _bearing(hashed[6:7], hashed[8:9])
    digits = hashed.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:32]}"


def _bearing(versions: bytearray, variants: bytearray) -> tuple[bytearray, bytearray]:
    """Return the bytes of hashes that bear a UUID's version and variant, bearing them."""
    return versions.translate(_VERSION), variants.translate(_VARIANT)


def joined(*parts: str) -> bytes:
    """Return parts of an id as one.

    >>> StableIds("slack").of([joined("T1", "C1")], "1700000000.000100")
    ['f58c08b1-adac-5624-be95-32c9f8a84f84']
    """
    return "\x1f".join(parts).encode("utf-8", "replace")
