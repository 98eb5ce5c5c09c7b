import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twin_tui.importers.reading import json_stream
from twin_tui.importers.reading.json_stream import CHUNK, MAX_BROKEN, json_items
from twin_tui.importers.reading.json_value import parse_usual

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")) | st.text('[]{}",\\ x'),
    lambda inner: st.lists(inner) | st.dictionaries(st.text('ab"\\[{'), inner),
    max_leaves=12,
)


class Dribble(io.BytesIO):
    """Hands out a few bytes at a time, however many are asked for."""

    def __init__(self, data, size):
        super().__init__(data)
        self._size = size

    def read(self, size=-1, /):
        return super().read(min(size, self._size))


def items(data, size=CHUNK, **options):
    return list(json_items(Dribble(data, size), **options))


def values(data, **options):
    return [item.value if item.error is None else item.error for item in items(data, **options)]


@settings(deadline=None)
@given(st.lists(VALUES), st.integers(1, 9), st.booleans(), st.sampled_from([None, 1]))
def test_an_array_is_read_as_the_standard_library_reads_it(wanted, size, is_ascii, indent):
    data = json.dumps(wanted, ensure_ascii=is_ascii, indent=indent).encode()
    found = items(data, size)
    assert [(item.position, item.value, item.error) for item in found] == [
        (at, value, None) for at, value in enumerate(wanted)
    ]
    read = json.JSONDecoder().raw_decode
    assert [read(data[item.offset :].decode())[0] for item in found] == wanted


@given(st.lists(VALUES, max_size=4), st.integers(1, 9), st.integers(1, 40))
def test_items_over_the_limit_are_named_and_the_others_read(wanted, size, limit):
    texts = [json.dumps(value) for value in wanted]
    found = items(f"[{', '.join(texts)}]".encode(), size, max_item=limit)
    assert [item.error is None for item in found] == [len(text) <= limit for text in texts]
    assert [item.value for item in found if item.error is None] == [
        value for value, text in zip(wanted, texts, strict=True) if len(text) <= limit
    ]


@settings(deadline=None)
@given(st.binary(max_size=60) | st.text('[]{}",\\ 1x').map(str.encode), st.integers(1, 9))
def test_any_bytes_come_to_an_end_the_same_in_any_pieces(data, size):
    found = items(data, size)
    assert found == items(data)
    assert [item.position for item in found] == list(range(len(found)))


def test_a_broken_item_is_told_with_its_place_and_the_next_one_follows():
    found = items(b'[{"a":1},{"a":},{"a":2}}, "x"]')
    assert [(item.position, item.offset) for item in found] == [(0, 1), (1, 9), (2, 16), (3, 23), (4, 26)]
    assert [item.error for item in found] == [
        None,
        "broken JSON: Expecting value at byte 14",
        None,
        "broken JSON: Expecting value at byte 23",
        None,
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b'[{"a": 1}', "the file is cut off"),
        (b'[{"a": 1}, {"a": "', "it never ends: the file is cut off here, or broken"),
        (b"no JSON", "broken JSON: Expecting value at byte 0; what follows was not read"),
        (b'[{"a": 1}] rest of it', "broken JSON: Expecting value at byte 11; what follows was not read"),
        (b"[" * 200_000, "it never ends: the file is cut off here, or broken"),
        (b"[" * 200_000 + b"]" * 200_000, "JSON nested too deeply"),
    ],
)
def test_what_is_no_json_is_told_once(data, told):
    assert [item.error for item in items(data) if item.error] == [told]


def test_a_file_of_broken_items_is_given_up():
    found = items(b"[" + b"x," * 5000 + b"]")
    assert len(found) == MAX_BROKEN
    assert str(found[-1].error).endswith("what follows was not read")


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"[NaN, -Infinity, Infinity]", [None, None, None]),
        (rb'["\ud800x", "\udc00"]', ["\ud800x", "\udc00"]),
        (b'["a\0b", "a\nb"]', ["a\0b", "a\nb"]),
        (b"[1" + b"0" * 10_000 + b"]", ["1" + "0" * 10_000]),
        (b"[1e999, 1704629915.775304]", ["1e999", "1704629915.775304"]),
        (b'\xef\xbb\xbf["x"]', ["x"]),
        (b'{"a": [1]}', [{"a": [1]}]),
        (b'{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        (b"[1] [2]", [1, 2]),
        (b'[[], [1], "x", 3]', [[], [1], "x", 3]),
    ],
)
def test_odd_but_readable_values_are_read(data, wanted):
    assert values(data) == wanted


def test_bytes_that_are_no_utf8_are_replaced_and_told():
    (item,) = items(b'["a\xff"]')
    assert (item.value, item.is_mended) == ("a\ufffd", True)


def told_of_pieces(monkeypatch):
    """Return a list that gets an entry for each item whose brackets are looked for."""
    told = []
    piece = json_stream._Cutter.piece
    monkeypatch.setattr(
        json_stream._Cutter, "piece", lambda self, first: told.append(first) or piece(self, first)
    )
    return told


SEPARATOR = '}, {"id": "'
"""What stands between the items below, and within them, too."""


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "item",
    [
        {"id": "a", "text": "words"},
        {"id": "a", "said": [{"id": "b", "text": "x"}, {"id": "c", "text": "y"}]},
        {"id": "a", "said": [{"id": "b"}, {"id": "c"}], "more": {}},
        {"id": "a", "text": f"{SEPARATOR}b"},
        {"id": f"a{SEPARATOR}"},
    ],
)
def test_items_that_look_like_many_are_read_as_one(item, indent):
    wanted = [item] * 40
    assert values(json.dumps(wanted, indent=indent).encode(), size=999) == wanted


def test_the_brackets_of_few_items_are_looked_for_where_all_look_alike(monkeypatch):
    told = told_of_pieces(monkeypatch)
    item = {"id": "a", "said": [{"id": "b", "text": "x"}, {"id": "c", "text": "y" * 80}]}
    assert values(json.dumps([item] * 5_000).encode()) == [item] * 5_000
    assert len(told) < 50


def test_guesses_are_given_up_where_they_are_wrong():
    guessed = []

    def usual(data):
        guessed.append(data)
        return parse_usual(data)

    item = {"id": "a", "said": [{"id": "b", "more": {}}, {"id": "c", "more": {}}], "more": {}}
    assert values(json.dumps([item] * 50).encode(), usual=usual) == [item] * 50
    assert 0 < len(guessed) < 9


def test_a_broken_item_among_guessed_ones_is_told_and_the_next_one_follows():
    whole = [b'{"id": "%d", "text": "x"}' % at for at in range(40)]
    whole[20] = b'{"id": "20", "text": }'
    found = items(b"[" + b", ".join(whole) + b"]")
    assert [item.position for item in found if item.error] == [20]
    assert [item.value["id"] for item in found if item.error is None] == [
        str(at) for at in range(40) if at != 20
    ]


def test_no_more_than_an_item_is_held(monkeypatch):
    held = []
    more = json_stream._Cutter._more

    def watched(self, keep):
        found = more(self, keep)
        held.append(len(self._held))
        return found

    monkeypatch.setattr(json_stream._Cutter, "_more", watched)
    item = json.dumps({"text": "x" * 1000}).encode()
    data = b"[" + b",".join([item] * 20_000) + b"," + b'"' + b"y" * (20 * CHUNK) + b'"]'
    assert sum(item.error is None for item in items(data, max_item=CHUNK)) == 20_000
    assert max(held) < 6 * CHUNK
