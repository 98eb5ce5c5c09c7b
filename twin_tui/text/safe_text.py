"""Text written by strangers, made safe to draw: nothing that leaves here can steer a terminal."""

import re
import unicodedata

from twin_tui.text.widths import char_width, text_width

TAB_WIDTH = 4
MAX_MARKS = 4
"""Combining marks kept on one base character."""

_NEWLINES = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ZERO_WIDTH = frozenset(
    "\u200b\u200c\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0"
)
_JOINER = "\u200d"
_SUSPECT = re.compile(
    "[^\n\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0590\u05d0-\u060f\u061d-\u064a"
    "\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2fff\u3001-\u3029\u3030-\u3098\u309b-\u3163\u3165-\ua66e\uac00-\ud7a3\uf900-\ufaff]"
)
"""Anything that is not plainly printable; most text has none and is returned as it is."""


def _one(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0x80 <= code < 0xA0:
        return f"\\x{code:02x}"
    if char in _BIDI:
        return f"\u2039U+{code:04X}\u203a"
    if char in _ZERO_WIDTH or 0xE0000 <= code <= 0xE0FFF or 0xFFF9 <= code <= 0xFFFB:
        return ""
    if 0xD800 <= code <= 0xDFFF or code & 0xFFFE == 0xFFFE:
        return "\ufffd"
    return char


def safe_text(text: str) -> str:
    r"""Return ``text`` with every steering character replaced by something visible; newlines stay.

    C0 controls become pictures, C1 controls ``\x9b``, direction overrides ``‹U+202E›``, CRLF, LS, PS and NEL
    a newline, tabs spaces; zero-width characters and tags are dropped (the joiner stays between two visible
    characters), surrogates become U+FFFD, and at most four combining marks stay on one character.

    >>> safe_text("a\x1b[2Jb\r\nc\x9bd")
    'a␛[2Jb\nc\\x9bd'
    """
    if not _SUSPECT.search(text):
        return text
    text = _NEWLINES.sub("\n", text)
    out: list[str] = []
    column = marks = 0
    for at, char in enumerate(text):
        if char == "\n":
            out.append(char)
            column = marks = 0
            continue
        if char == "\t":
            width = TAB_WIDTH - column % TAB_WIDTH
            out.append(" " * width)
            column += width
            marks = 0
            continue
        if char == _JOINER:
            follows = text[at + 1 : at + 2]
            if out and marks == 0 and out[-1] not in ("\n", " ") and follows and char_width(follows) > 0:
                out.append(char)
                marks = 1
            continue
        if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Mc"):
            marks += 1
            if marks <= MAX_MARKS and out and out[-1] != "\n":
                out.append(char)
            continue
        shown = _one(char)
        if shown:
            out.append(shown)
            column += max(0, text_width(shown))
            marks = 0
    return "".join(out)


def safe_line(text: str, width: int | None = None) -> str:
    r"""Return ``text`` safe and on one line, cut to ``width`` cells with an ellipsis.

    >>> safe_line("two\nlines  here")
    'two lines here'
    >>> safe_line("日本語の文章", 7)
    '日本語…'
    """
    if width is not None and len(text) > width * 8 + 64:
        text = text[: width * 8 + 64] + "…"
    line = " ".join(safe_text(text).split())
    return line if width is None else cut(line, width)


def cell_width(text: str) -> int:
    """Return how many terminal cells safe text takes."""
    return max(0, text_width(text))


def cut(text: str, width: int) -> str:
    """Return safe one-line ``text`` cut to ``width`` cells, its last cell an ellipsis where it was cut.

    >>> cut("abcdef", 4)
    'abc…'
    """
    if width <= 0:
        return ""
    if cell_width(text) <= width:
        return text
    used = 0
    for at, char in enumerate(text):
        size = max(0, char_width(char))
        if used + size > width - 1:
            return text[:at].rstrip(_JOINER) + "…"
        used += size
    return text


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return safe ``text`` cut and padded to exactly ``width`` cells; ``right`` aligns to the right.

    >>> pad("ab", 4), pad("ab", 4, right=True)
    ('ab  ', '  ab')
    """
    text = cut(text, width)
    space = " " * (width - cell_width(text))
    return space + text if right else text + space
