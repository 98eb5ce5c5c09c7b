"""The quick answer to how wide a character is must be the thorough one."""

import sys
import unicodedata

from rich.cells import get_character_cell_size
from wcwidth import wcswidth, wcwidth

from twin_tui.text.widths import char_width, is_narrow, text_width

JOINING = ("Mn", "Me", "Mc", "Cf", "Cc", "Cs", "Co", "Cn")


def test_every_character_called_narrow_takes_one_cell_and_joins_nothing() -> None:
    narrow = [char for char in map(chr, range(sys.maxunicode)) if is_narrow(char)]
    assert len(narrow) > 1500
    for char in narrow:
        assert wcwidth(char) == get_character_cell_size(char) == 1, hex(ord(char))
        assert unicodedata.category(char) not in JOINING, hex(ord(char))


def test_characters_and_texts_are_as_wide_as_the_tables_say() -> None:
    for text in (
        "",
        "abc",
        "–…·▏●",
        "日本",
        "e\u0301",
        "👩\u200d💻",
        "❤\ufe0f",
        "a\x07b",
        "\u00ad",
        "z\u200bz",
    ):
        assert text_width(text) == wcswidth(text), ascii(text)
        assert [char_width(char) for char in text] == [wcwidth(char) for char in text], ascii(text)
