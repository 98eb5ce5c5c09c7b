"""How many terminal cells text takes; the tables for that are loaded with the first unusual character."""

import re

_NARROW = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u0482\u048a-\u052f\u05d0-\u05ea\u2010-\u2027"
    "\u202f-\u205e\u2190-\u2319\u2400-\u2426\u2460-\u25fc\u25ff-\u2613\u2715\u2726\u2800-\u28ff]*"
)
"""Characters of one cell for every terminal: letters of Europe, punctuation, arrows, lines, shapes,
braille."""


def is_narrow(text: str) -> bool:
    """Return whether every character surely takes one cell."""
    return _NARROW.fullmatch(text) is not None


def load_tables() -> None:
    """Load the tables before they are needed, which takes as long as drawing a chart."""
    import wcwidth  # noqa: F401, PLC0415 - behind the first picture


def char_width(char: str) -> int:
    """Return the cells of one character: -1 for a control, 0 for what joins its neighbour."""
    if is_narrow(char):
        return 1
    from wcwidth import wcwidth  # noqa: PLC0415 - loads tables of all scripts

    return wcwidth(char)


def text_width(text: str) -> int:
    """Return the cells of a text, -1 where a control makes that unknown."""
    if is_narrow(text):
        return len(text)
    from wcwidth import wcswidth  # noqa: PLC0415 - loads tables of all scripts

    return wcswidth(text)
