"""Ids and random streams: who someone is and what happens to them follows from numbers alone.

Twins, sessions, messages, documents and queries carry random version-4 UUIDs drawn from seeded streams.
A user carries a version-8 UUID (RFC 9562, section 5.8, "vendor-specific use cases"): its 122 free bits are
the plan the sample was made from and the user's place in it, mixed so that they look random. A sample
database therefore tells what it continues with, without a table or a file of its own.
"""

from collections.abc import Callable
from hashlib import blake2b
from random import Random

from twin_tui.sample.options import FIRST_DAY, Plan

_EPOCH = FIRST_DAY.toordinal()
_HALF = 61
_MASK = (1 << _HALF) - 1
_ROUNDS = 4
_FIELDS = (17, 17, 32, 16, 12, 6, 6, 7, 7)
"""Bits of: users, place, seed, first day, horizon, sessions and messages (low, high each); two are zero."""

PERSON, TWIN, COURSE, TEXT, CROWD, SCRIPT = range(6)
"""Purposes of a random stream: no two share their numbers."""


def stream(seed: int, purpose: int, who: int = 0, day: int = 0) -> Random:
    """Return the random numbers of one purpose; independent of every other stream and of the platform."""
    return Random((((seed << 3 | purpose) << 20 | who) << 24) | day)


def random_id(bits: Callable[[int], int]) -> str:
    """Return a version-4 UUID in dashed text from a stream's ``getrandbits``."""
    text = f"{bits(128):032x}"
    variant = "89ab"[int(text[16], 16) & 3]
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{variant}{text[17:20]}-{text[20:]}"


def _round(half: int, number: int) -> int:
    digest = blake2b(half.to_bytes(8, "big"), digest_size=8, salt=bytes([number]), person=b"twin-tui sample")
    return int.from_bytes(digest.digest(), "big") & _MASK


def user_id(plan: Plan, place: int) -> str:
    """Return the id of the plan's user number ``place`` (from 0), a version-8 UUID in dashed text."""
    values = (plan.users, place, plan.seed, plan.start - _EPOCH, plan.horizon, *plan.sessions, *plan.messages)
    packed = 0
    for value, width in zip(values, _FIELDS, strict=True):
        packed = packed << width | value
    left, right = packed >> _HALF, packed & _MASK
    for number in range(_ROUNDS):
        left, right = right, left ^ _round(right, number)
    mixed = left << _HALF | right
    high, middle, low = mixed >> 74, mixed >> 62 & 0xFFF, mixed & (1 << 62) - 1
    text = f"{(high << 16 | 0x8000 | middle) << 64 | 2 << 62 | low:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def read_user_id(text: str) -> tuple[Plan, int] | None:
    """Return the plan and the place a user's id tells, or ``None`` for an id no sample has made."""
    try:
        number = int(text.replace("-", ""), 16)
    except ValueError:
        return None
    mixed = (number >> 80) << 74 | (number >> 64 & 0xFFF) << 62 | number & (1 << 62) - 1
    left, right = mixed >> _HALF, mixed & _MASK
    for round_number in reversed(range(_ROUNDS)):
        left, right = right ^ _round(left, round_number), left
    packed = left << _HALF | right
    values: list[int] = []
    for width in reversed(_FIELDS):
        values.insert(0, packed & (1 << width) - 1)
        packed >>= width
    users, place, seed, start, horizon, low, high, fewest, most = values
    plan = Plan(seed, users, start + _EPOCH, horizon, (low, high), (fewest, most))
    if packed or place >= users or not horizon or not 0 < low <= high or not 0 < fewest <= most:
        return None
    return (plan, place) if user_id(plan, place) == text else None
