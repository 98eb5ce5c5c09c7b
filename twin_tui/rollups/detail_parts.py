"""Single parts of `SessionDay.detail`, read by the thousand: cut out of the text, which is not parsed whole.

They rely on the order in which `details.written` puts its keys. No name in the text can look like one of
them: a quotation mark within it is escaped.
"""

import json
import re
from collections.abc import Iterator

_SECOND = 1_000_000
_REPLIES, _IN_SECONDS, _DOCUMENTS, _BY_TYPE = '"r":[', ',"s":1', '"d":{', ',"dx":'
_KNOWN = re.compile(r'(?:,"dk":(\d+))?(?:,"dw":(-?\d+))?')
_value_at = json.JSONDecoder().raw_decode


def reply_times(text: str) -> list[int]:
    """Return how long replies took, microseconds.

    >>> reply_times('{"l":9,"r":[5,0],"s":1}'), reply_times('{"r":[7]}'), reply_times("{}")
    ([5000000, 0], [7], [])
    """
    begin = text.find(_REPLIES)
    if begin < 0:
        return []
    begin += len(_REPLIES)
    end = text.index("]", begin)
    unit = _SECOND if text.startswith(_IN_SECONDS, end + 1) else 1
    return [int(each) * unit for each in text[begin:end].split(",")]


def documents_of(text: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield documents by type, with how many have a known number of words, and the words.

    >>> list(documents_of('{"a":1,"d":{"a":2},"dk":1,"dw":5,"n":3}'))
    [('a', 2, 1, 5)]
    >>> list(documents_of('{"d":{"a":1,"b":1},"dk":1,"dw":5,"dx":[["a",1,5],["b",0,0]]}'))
    [('a', 1, 1, 5), ('b', 1, 0, 0)]
    """
    begin = text.find(_DOCUMENTS)
    if begin < 0:
        return
    counts, end = _value_at(text, begin + len(_DOCUMENTS) - 1)
    known = _KNOWN.match(text, end)
    if known is not None and text.startswith(_BY_TYPE, known.end()):
        told, _ = _value_at(text, known.end() + len(_BY_TYPE))
        yield from ((name, counts[name], *numbers) for name, *numbers in told)
        return
    numbers = (0, 0) if known is None else tuple(int(each or 0) for each in known.groups())
    yield from ((name, count, *numbers) for name, count in counts.items())
