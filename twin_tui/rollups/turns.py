"""How senders take turns in a conversation, and how long it goes on."""

from collections.abc import Sequence
from functools import lru_cache
from operator import sub
from typing import NamedTuple

IDLE_US = 30 * 60 * 1_000_000
"""A longer pause between two messages does not count as session length."""
OTHER, USER, TWIN = "0", "1", "2"
"""Senders of a message."""
_SHORT = 64
"""Messages of a conversation whose turns are remembered for the next one that takes the same."""


class Turns(NamedTuple):
    """Places of messages, as senders take turns."""

    asked: Sequence[int]
    """Those of the user."""
    replied: Sequence[tuple[int, int]]
    """A user's and the twin's that replies to it."""


def turns_of(senders: str) -> Turns:
    """Return the turns of a conversation, given its senders."""
    return _turns(senders) if len(senders) <= _SHORT else _turns.__wrapped__(senders)


@lru_cache(maxsize=4096)
def _turns(senders: str) -> Turns:
    """Return the turns of a conversation, given its senders.

    >>> _turns("11022")
    Turns(asked=(0, 1), replied=((1, 3),))
    """
    asked, replied, asking = [], [], None
    for place, sender in enumerate(senders):
        if sender == USER:
            asked.append(place)
            asking = place
        elif sender == TWIN and asking is not None:
            replied.append((asking, place))
            asking = None
    return Turns(tuple(asked), tuple(replied))


def length_of(instants: Sequence[int]) -> int:
    """Return the active time of a conversation, given when its messages were sent, in order."""
    whole = instants[-1] - instants[0]
    if whole <= IDLE_US:
        return whole
    return sum([pause for pause in map(sub, instants[1:], instants) if pause <= IDLE_US])
