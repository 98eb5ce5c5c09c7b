"""How `SessionDay.detail` is written and read: compact JSON, times in seconds where all of them are whole."""

import json
from functools import lru_cache

from twin_tui.rollups.rows import Detail

_SECOND = 1_000_000
_IN_SECONDS = "s"


def written(detail: Detail) -> str:
    """Return a detail as compact JSON with its keys in order, several times quicker than the library does.

    >>> written({"r": [5, 7], "h": [[3, 1]], "t": {"b": 1, "a": 2}})
    '{"h":[[3,1]],"r":[5,7],"t":{"a":2,"b":1}}'
    >>> written({"r": [5_000_000, 0], "l": 9_000_000})
    '{"l":9,"r":[5,0],"s":1}'
    """
    if _is_whole(detail):
        detail = {**detail, _IN_SECONDS: 1}
        for key in ("l", "a"):
            if key in detail:
                detail[key] //= _SECOND
        if "r" in detail:
            detail["r"] = [us // _SECOND for us in detail["r"]]
    parts = []
    for key in sorted(detail):
        value = detail[key]
        if isinstance(value, dict):
            value = "{" + ",".join([f"{_quoted(name)}:{value[name]}" for name in sorted(value)]) + "}"
        elif isinstance(value, list):
            value = str(value).replace(" ", "")
        parts.append(f'"{key}":{value}')
    return "{" + ",".join(parts) + "}"


def _is_whole(detail: Detail) -> bool:
    """Return whether there are times other than zero, and all of them are whole seconds."""
    length, since, waits = detail.get("l", 0), detail.get("a", 0), detail.get("r", ())
    if length % _SECOND or since % _SECOND or not (length or since or any(waits)):
        return False
    return not any(us % _SECOND for us in waits)


@lru_cache(maxsize=8192)
def parsed(text: str) -> Detail:
    """Return what `written` wrote, not to be changed: a row is in six cells.

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


@lru_cache(maxsize=1024)
def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
