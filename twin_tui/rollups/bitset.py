"""Sets of people as whole numbers with one bit each, and how they are stored."""

import re
import struct
import zlib
from collections.abc import Collection, Iterable, Iterator

_DENSE, _SPARSE, _DEFLATED = 0, 1, 2
_FEW = 16
"""So many members are listed one by one; taking more of them out of a long number would be slow."""
_LISTED = 64
"""So many members are listed where that is shorter than a bit for everyone, deflated or not."""
_ALONE, _ONE = 32, struct.Struct("<BI")
"""From this number on a single member is listed, and how."""
_SHORT = 512
"""Bytes that are not worth deflating."""
_SHARE = 4
"""So many times shorter a deflated set has to be: undoing it takes fifty times as long as reading bits."""
_ANY = re.compile(rb"[^\0]")


def bitset(numbers: Iterable[int]) -> int:
    """Return the set of these numbers.

    >>> bin(bitset([0, 3, 3]))
    '0b1001'
    """
    members = set(numbers)
    if len(members) <= _FEW:
        bits = 0
        for number in members:
            bits |= 1 << number
        return bits
    dense = bytearray((max(members) >> 3) + 1)
    for number in members:
        dense[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(dense, "little")


def members(bits: int) -> Iterator[int]:
    """Yield the numbers of a set in ascending order.

    >>> list(members(0b1001))
    [0, 3]
    """
    if bits.bit_count() <= _FEW:
        while bits:
            lowest = bits & -bits
            yield lowest.bit_length() - 1
            bits ^= lowest
        return
    dense = bits.to_bytes((bits.bit_length() + 7) >> 3, "little")
    for found in _ANY.finditer(dense):
        place = found.start()
        for bit in range(8):
            if dense[place] >> bit & 1:
                yield place << 3 | bit


def encode(bits: int) -> bytes:
    """Return a set as bytes: a tag, then a form of it that is short and soon read.

    >>> decode(encode(1 << 70_000 | 1)) == 1 << 70_000 | 1, len(encode(1 << 70_000 | 1)), encode(0)
    (True, 9, b'')
    """
    if not bits:
        return b""
    length = (bits.bit_length() + 7) >> 3
    count = bits.bit_count()
    if count <= _LISTED and 4 * count < length:
        return bytes((_SPARSE,)) + struct.pack(f"<{count}I", *members(bits))
    dense = bits.to_bytes(length, "little")
    deflated = zlib.compress(dense, 1) if length > _SHORT else dense
    if 4 * count < len(deflated):
        return bytes((_SPARSE,)) + struct.pack(f"<{count}I", *members(bits))
    if _SHARE * len(deflated) < length:
        return bytes((_DEFLATED,)) + deflated
    return bytes((_DENSE,)) + dense


def encoded(numbers: Collection[int]) -> bytes:
    """Return the set of these numbers, each given once, as `encode` does.

    >>> encoded({70_000, 0}) == encode(1 << 70_000 | 1)
    True
    """
    count = len(numbers)
    if count == 1:
        (number,) = numbers
        if number >= _ALONE:
            return _ONE.pack(_SPARSE, number)
    if 0 < count <= _LISTED and 4 * count < (max(numbers) >> 3) + 1:
        return bytes((_SPARSE,)) + struct.pack(f"<{count}I", *sorted(numbers))
    return encode(bitset(numbers))


def union(sets: Iterable[bytes]) -> int:
    """Return everyone in any of the sets that `encode` stored.

    >>> bin(union([encode(0b1001), b"", encode(0b0011)]))
    '0b1011'
    """
    everyone, listed = 0, []
    for stored in sets:
        if stored and stored[0] == _SPARSE:
            listed.append(stored[1:])
        else:
            everyone |= decode(stored)
    numbers = b"".join(listed)
    return everyone | bitset(struct.unpack(f"<{len(numbers) // 4}I", numbers))


def listed(stored: bytes) -> tuple[int, ...] | None:
    """Return the numbers of a set that `encode` stored one by one, ``None`` of another.

    >>> listed(encode(1 << 70_000 | 1)), listed(encode(7))
    ((0, 70000), None)
    """
    if stored and stored[0] != _SPARSE:
        return None
    return struct.unpack(f"<{len(stored[1:]) // 4}I", stored[1:])


def decode(stored: bytes) -> int:
    """Return the set that `encode` stored."""
    if not stored:
        return 0
    tag, body = stored[0], stored[1:]
    if tag == _SPARSE:
        return bitset(struct.unpack(f"<{len(body) // 4}I", body))
    return int.from_bytes(zlib.decompress(body) if tag == _DEFLATED else body, "little")
