"""What is unpacked at once is what `zipfile` gives; anything odd about a member is left to `zipfile`."""

import io
import random
import zipfile
import zlib

import pytest

from twin_tui.importers.reading import archive_member
from twin_tui.importers.reading.archive_member import unpacked

DATA = b'[{"ts": "1700000000.000100", "text": "hello"}]' * 50


@pytest.fixture(params=["usual", "without the fast library"], autouse=True)
def library(request, monkeypatch):
    if request.param != "usual":
        monkeypatch.setattr(archive_member, "deflate", zlib)


def packed(*members, method=zipfile.ZIP_DEFLATED):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", method) as made:
        for at, data in enumerate(members):
            made.writestr(f"general/{at}.json", data)
    return bytearray(raw.getvalue())


def both(raw):
    """Return what each member is at once, and what `zipfile` makes of it; None where it fails."""
    out = []
    with zipfile.ZipFile(io.BytesIO(raw)) as opened:
        for info in opened.infolist():
            try:
                slowly = opened.read(info)
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
                slowly = None
            out.append((unpacked(opened, info), slowly))
    return out


def test_members_are_unpacked_at_once():
    assert both(packed(DATA, b"", b"\0" * 100_000)) == [(DATA, DATA), (b"", b""), (b"\0" * 100_000,) * 2]


def test_a_member_that_is_not_deflated_is_left_to_zipfile():
    assert both(packed(DATA, method=zipfile.ZIP_STORED)) == [(None, DATA)]


def test_a_member_whose_sum_is_wrong_is_not_taken():
    raw = packed(DATA)
    place = raw.rindex(b"PK\x01\x02") + 16
    raw[place] ^= 1
    assert both(raw) == [(None, None)]


@pytest.mark.parametrize("size", [0, 1, len(DATA) - 1, len(DATA) + 1, 2**30])
def test_a_member_that_lies_about_its_size_is_not_taken(size):
    raw = packed(DATA)
    place = raw.rindex(b"PK\x01\x02") + 24
    raw[place : place + 4] = size.to_bytes(4, "little")
    assert both(raw)[0][0] is None


def test_a_damaged_member_is_never_read_otherwise_than_by_zipfile():
    taken = 0
    for seed in range(400):
        dice = random.Random(seed)
        raw = packed(DATA, DATA[::-1])
        for _ in range(dice.randint(1, 3)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        try:
            found = both(raw)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            continue
        taken += sum(at_once is not None for at_once, _ in found)
        assert all(at_once in (None, slowly) for at_once, slowly in found), f"seed {seed}"
    assert taken > 100
