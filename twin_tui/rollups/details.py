"""How `SessionDay.detail` is written and read: compact JSON, times in seconds where all of them are whole."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import gcd
from types import MappingProxyType

from twin_tui.rollups.rows import Detail

_SECOND = 1_000_000
_IN_SECONDS = "s"
_SHORT = 64
"""So many names are counted once for all rows that have the same."""
Made = tuple[int, str, int | None]
"""A document or query: when, its type, a number that may be unknown."""


def written(
    *,
    since: int = 0,
    hours: Mapping[int, int] = MappingProxyType({}),
    length: int | None = None,
    count: int = 0,
    waits: Sequence[int] = (),
    types: Sequence[str] = (),
    documents: Sequence[Made] = (),
    queries: Sequence[Made] = (),
) -> str:
    """Return a `Detail` as compact JSON with its keys in order, given times in microseconds.

    >>> written(hours={3: 1}, waits=[5, 7], types=["b", "a", "a"])
    '{"h":[[3,1]],"r":[5,7],"t":{"a":2,"b":1}}'
    >>> written(length=9_000_000, count=2, waits=[5_000_000, 0])
    '{"l":9,"n":2,"r":[5,0],"s":1}'
    """
    whole = gcd(since, length or 0, *waits)
    unit = _SECOND if whole and not whole % _SECOND else 1
    parts = []
    if since:
        parts.append(f'"a":{since // unit}')
    if documents:
        known, total, _ = _numbers(documents)
        parts.append(f'"d":{_names(documents)}{_each("dk", known)}{_each("dw", total)}{_by_type(documents)}')
    if hours:
        parts.append(f'"h":[{",".join([f"[{hour},{hours[hour]}]" for hour in sorted(hours)])}]')
    if length is not None:
        parts.append(f'"l":{length // unit}')
    if count:
        parts.append(f'"n":{count}')
    if queries:
        known, total, empty = _numbers(queries)
        parts.append(f'"q":{_names(queries)}{_each("qe", empty)}{_each("qf", total)}{_each("qk", known)}')
    if waits:
        parts.append(f'"r":[{",".join([str(us // unit) for us in waits])}]')
    if unit == _SECOND:
        parts.append(f'"{_IN_SECONDS}":1')
    if types:
        parts.append(f'"t":{_counted(types)}')
    return "{" + ",".join(parts) + "}"


def _each(key: str, value: int) -> str:
    return f',"{key}":{value}' if value else ""


def documents_by_type(detail: Detail) -> Iterator[tuple[str, int, int, int]]:
    """Yield documents by type, with how many have a known number of words, and the words.

    >>> list(documents_by_type(parsed(written(documents=[(0, "a", 5), (0, "b", None)]))))
    [('a', 1, 1, 5), ('b', 1, 0, 0)]
    >>> list(documents_by_type(parsed(written(documents=[(0, "a", 5), (0, "a", None)]))))
    [('a', 2, 1, 5)]
    """
    counts = detail.get("d", {})
    if "dx" in detail:
        for name, known, words in detail["dx"]:
            yield name, counts[name], known, words
    else:
        for name, count in counts.items():
            yield name, count, detail.get("dk", 0), detail.get("dw", 0)


def _by_type(documents: Sequence[Made]) -> str:
    types = {of_type for _, of_type, _ in documents}
    if len(types) < 2:
        return ""
    told = [(name, *_numbers([made for made in documents if made[1] == name])[:2]) for name in sorted(types)]
    return f',"dx":{json.dumps(told, separators=(",", ":"), ensure_ascii=False)}'


def _names(made: Sequence[Made]) -> str:
    return _counted([of_type for _, of_type, _ in made])


def _numbers(made: Sequence[Made]) -> tuple[int, int, int]:
    """Return how many numbers are known, their sum, and how many are zero."""
    known = [number for _, _, number in made if number is not None]
    return len(known), sum(known), known.count(0)


def _counted(names: Sequence[str]) -> str:
    """Return how many there are of each, as JSON."""
    return _counted_once(tuple(names)) if len(names) <= _SHORT else _counted_once.__wrapped__(names)


@lru_cache(maxsize=4096)
def _counted_once(names: Sequence[str]) -> str:
    counts = Counter(names)
    return json.dumps(counts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@lru_cache(maxsize=8192)
def parsed(text: str) -> Detail:
    """Return what `written` wrote, not to be changed and kept for a while: a row is in six cells.

    >>> parsed('{"l":9,"r":[5,0],"s":1}')
    {'l': 9000000, 'r': [5000000, 0]}
    """
    detail: Detail = json.loads(text)
    if detail.pop(_IN_SECONDS, 0):
        for key in ("l", "a"):
            if key in detail:
                detail[key] *= _SECOND
        if "r" in detail:
            detail["r"] = [seconds * _SECOND for seconds in detail["r"]]
    return detail
