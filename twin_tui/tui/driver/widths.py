"""How wide a character is, where every terminal agrees."""

import unicodedata

from rich.cells import get_character_cell_size

from twin_tui.text.widths import char_width, is_narrow

UNSURE = 0
"""The width of what joins its neighbours, or what terminals measure differently."""
_JOINING = frozenset(("Mn", "Me", "Mc", "Cf", "Cc", "Cs", "Co", "Cn"))
_REGIONAL = range(0x1F1E6, 0x1F200)
_SKIN = range(0x1F3FB, 0x1F400)


class _Widths(dict[str, int]):
    """Cells of each character met so far: 1, 2 or `UNSURE`."""

    def __missing__(self, character: str) -> int:
        self[character] = width = _width(character)
        return width


def _width(character: str) -> int:
    code = ord(character)
    if code in _REGIONAL or code in _SKIN or unicodedata.category(character) in _JOINING:
        return UNSURE
    if is_narrow(character):
        return 1
    width = char_width(character)
    return width if width in (1, 2) and width == get_character_cell_size(character) else UNSURE


_WIDTHS = _Widths()


def cells(text: str) -> int | None:
    """Return how many cells ``text`` fills, ``None`` where that is not sure."""
    if text.isascii():
        return len(text)
    total = 0
    for character in text:
        width = _WIDTHS[character]
        if width == UNSURE:
            return None
        total += width
    return total


def cell_texts(text: str) -> list[str]:
    """Return what stands in each cell of ``text``, whose width is sure; the second of a wide one is empty.

    >>> cell_texts("a世")
    ['a', '世', '']
    """
    if text.isascii():
        return list(text)
    found: list[str] = []
    for character in text:
        found.append(character)
        if _WIDTHS[character] == 2:
            found.append("")
    return found
