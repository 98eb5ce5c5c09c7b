"""Reading at once what is as usual: bytes become a format's own shape, and what is odd is left to others."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

from twin_tui.importers.reading.odd import OddError

Shape = TypeVar("Shape")
Result = TypeVar("Result")


def read_usual(
    data: bytes, decoder: msgspec.json.Decoder[Shape], told: Callable[[Shape], Result]
) -> Result | None:
    """Return what ``told`` makes of JSON in ``decoder``'s shape, None where it is no JSON or not as usual.

    ``told`` raises `OddError` for what no shape says.
    """
    try:
        if not data.isascii():
            data.decode()  # The decoder does not look at the bytes of texts that are not asked for.
        return told(decoder.decode(data))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, OddError):
        return None
