"""Reads the items of a JSON file one by one, so that a file of any size costs the memory of one item.

The file is cut at the brackets and each item is parsed for itself: a parser that reads the file as a whole
(ijson, for one) ends at the first broken item and loses all that follow, refuses NaN and bytes that are no
UTF-8, and turns lone surrogates into question marks. Looking for brackets takes longer than parsing, so the
end of an object is guessed first, from what stood between the ones before it: where what stands before such
a place is an object, that is the item, as no object begins with another whole one.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from twin_tui.importers.reading.json_value import parse_json, parse_usual

MAX_ITEM = 64 * 2**20
"""Bytes of one item; a longer one is skipped without being held."""
CHUNK = 2**20
MAX_BROKEN = 1_000
"""After so many broken items in a row the file is given up: it is not JSON, or no longer."""
_TEXT = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_FLAT = rb'[^"\[\]{}]++|' + _TEXT
_SHALLOW = rb"[\[{](?:" + _FLAT + rb")*+[\]}]"
_CLOSED = rb"[\[{](?:" + _FLAT + rb"|" + _SHALLOW + rb")*+[\]}]"
_INNER = re.compile(rb"(?:" + _FLAT + rb"|" + _CLOSED + rb")*+", re.DOTALL)
"""What stands inside an object or a list, with all in it that is closed and no deeper than two levels."""
_STRING = re.compile(_TEXT, re.DOTALL)
_STRING_REST = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_BETWEEN = re.compile(rb"[\s,]*+")
_SCALAR = re.compile(rb"[^\s,\[\]{}\"]*+")
_BOM = b"\xef\xbb\xbf"
_OPEN, _CLOSE, _QUOTE = b'[]"'
_OPENING = b"[{"
_BEHIND = -1
"""The depth behind a value's end."""
_REST = "what follows was not read"
_TAIL = re.compile(rb"[\]}\s]{1,80}\Z")
_HEAD = re.compile(rb'\s*,\s*\{\s*"[^"\\]{1,40}"')
_OTHERS = (bool, int, float, str, list)
"""What JSON values are that are no objects."""
_TRUST = 3
"""So many wrong guesses in a row are made."""


class Readable(Protocol):
    """Where bytes come from: a file or a member of a ZIP."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a file's array, or the file's only value; ``value`` is valid where ``error`` is None."""

    position: int
    """From 0, through the whole file."""
    offset: int
    """Byte at which it begins."""
    value: Any = None
    error: str | None = None
    """Why it could not be read, in a few words."""
    is_mended: bool = False
    """Whether it held bytes that are no UTF-8, now U+FFFD."""
    is_item: bool = True
    """False: nothing stands here, the error is the whole file's."""


def json_items(
    stream: Readable, *, max_item: int = MAX_ITEM, usual: Callable[[bytes], Any] = parse_usual
) -> Iterator[Item]:
    r"""Yield the items of the array in ``stream``; of a file without an array its values, one or many.

    Numbers with a point stay text, so that no time goes through float; NaN and Infinity are None. A broken
    item carries its error and the next one follows; outside an array nothing follows a broken value. Raises
    only what ``stream.read`` raises.

    ``usual`` may read the bytes of an object in a way of its own; None: they are none, or not as usual.

    >>> import io
    >>> [item.value or item.error for item in json_items(io.BytesIO(b'[{"at": 1.50}, {"a":}, 3]'))]
    [{'at': '1.50'}, 'broken JSON: Expecting value at byte 20', 3]
    """
    cutter = _Cutter(stream, max_item, usual)
    cutter.skip_mark()
    position, broken, is_inside, is_empty = 0, 0, False, True
    while (first := cutter.peek()) is not None:
        is_empty = False
        if first == (_CLOSE if is_inside else _OPEN):
            is_inside = not is_inside
            cutter.skip()
            continue
        offset, value = cutter.offset, cutter.guessed() if is_inside else None
        item = _read(cutter.piece(first), position) if value is None else Item(position, offset, value)
        broken = 0 if item.error is None else broken + 1
        if broken == MAX_BROKEN or (broken and not is_inside):
            yield replace(item, error=f"{item.error}; {_REST}")
            return
        yield item
        position += 1
    if is_empty or (is_inside and not cutter.is_cut):
        error = "the file is empty" if is_empty else "the file is cut off"
        yield Item(position, cutter.offset, error=error, is_item=False)


@dataclass(frozen=True, slots=True)
class _Piece:
    offset: int
    data: bytes
    error: str | None = None


def _read(piece: _Piece, position: int) -> Item:
    if piece.error is not None:
        return Item(position, piece.offset, error=piece.error)
    try:
        value, is_mended = parse_json(piece.data)
    except json.JSONDecodeError as error:
        at = piece.offset + len(error.doc[: error.pos].encode("utf-8", "surrogatepass"))
        return Item(position, piece.offset, error=f"broken JSON: {error.msg} at byte {at}")
    except ValueError as error:
        return Item(position, piece.offset, error=str(error))
    return Item(position, piece.offset, value, is_mended=is_mended)


class _Cutter:
    """Holds what was read and not yet handed over, and finds where values begin and end."""

    def __init__(self, stream: Readable, max_item: int, usual: Callable[[bytes], Any]) -> None:
        self._stream, self._max, self._usual = stream, max_item, usual
        self._held = b""
        self._at = 0
        self._dropped = 0
        self._tail = self._mark = b""
        self._trust = _TRUST
        self.is_cut = False
        """Whether a value that never ends was met."""

    @property
    def offset(self) -> int:
        """Bytes of the file before what comes next."""
        return self._dropped + self._at

    def skip_mark(self) -> None:
        """Pass over a byte order mark."""
        while len(self._held) < len(_BOM) and self._more(0):
            pass
        if self._held.startswith(_BOM):
            self._at = len(_BOM)

    def peek(self) -> int | None:
        """Return the first byte of what comes next, past white space and commas; None at the end."""
        while True:
            between = _BETWEEN.match(self._held, self._at)
            self._at = between.end() if between else self._at
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more(self._at):
                return None

    def skip(self) -> None:
        """Pass over the byte that was peeked at."""
        self._at += 1

    def guessed(self) -> Any:
        """Return the next object if it ends where it seems to, None where only its brackets tell."""
        if not self._mark or not self._trust:
            return None
        found = self._held.find(self._mark, self._at)
        if found < 0:
            return None
        end = found + len(self._tail)
        value = self._usual(self._held[self._at : end]) if end - self._at <= self._max else None
        if value is None or isinstance(value, _OTHERS):
            self._trust -= 1
            return None
        self._at, self._trust = end, _TRUST
        return value

    def _learn(self) -> None:
        """Take note of how the object that was just read ends, and the next one begins."""
        tail, head = (
            _TAIL.search(self._held, max(0, self._at - 80), self._at),
            _HEAD.match(self._held, self._at),
        )
        if tail and head:
            self._tail, self._mark = tail[0], tail[0] + head[0]

    def piece(self, first: int) -> _Piece:
        """Return the next value, which begins with the byte ``first``."""
        start = self.offset
        whole = self._bracketed() if first in _OPENING or first == _QUOTE else self._scalar()
        if whole is None:
            self.is_cut, self._at = True, len(self._held)
            return _Piece(start, b"", "it never ends: the file is cut off here, or broken")
        self._learn()
        if len(whole) > self._max:
            return _Piece(start, b"", f"larger than {self._max / 2**20:,.0f} MB")
        return _Piece(start, whole)

    def _scalar(self) -> bytes:
        """Return a number or a word; of one too large too many bytes; of a stray bracket the bracket."""
        is_large = False
        while True:
            found = _SCALAR.match(self._held, self._at)
            end = found.end() if found else self._at
            if end < len(self._held):
                return self._taken(max(end, self._at + (not is_large)), is_large=is_large)
            is_large = is_large or end - self._at > self._max
            if not self._more(end if is_large else self._at):
                return self._taken(len(self._held), is_large=is_large)

    def _bracketed(self) -> bytes | None:
        """Return an object, a list or a string whole; too many bytes for one too large, None without end."""
        depth, scanned, is_large = 0, self._at, False
        while True:
            depth, scanned = self._closed(depth, scanned)
            if depth == _BEHIND:
                return self._taken(scanned, is_large=is_large)
            opened = scanned if scanned < len(self._held) else None
            is_large = is_large or len(self._held) - self._at > self._max
            if is_large and opened is not None:
                if not self._pass_string(opened + 1):
                    return None
                if depth <= 0:
                    return self._taken(self._at, is_large=True)
                scanned = self._at
                continue
            keep = scanned if is_large else self._at
            scanned -= keep
            if not self._more(keep):
                return None

    def _closed(self, depth: int, at: int) -> tuple[int, int]:
        """Go on at a place so deep in a value: return the new depth, `_BEHIND` it, and how far that was.

        That is the end of what is held, or a quote whose string goes on behind it.
        """
        held = self._held
        while True:
            inner = _INNER.match(held, at) if depth else None
            at = inner.end() if inner else at
            if at == len(held):
                return depth, at
            byte = held[at]
            if byte == _QUOTE:  # Inside, only one without an end is met here.
                whole = None if depth else _STRING.match(held, at)
                return (depth, at) if whole is None else (_BEHIND, whole.end())
            depth += 1 if byte in _OPENING else -1
            at += 1
            if depth <= 0:
                return _BEHIND, at

    def _taken(self, end: int, *, is_large: bool) -> bytes:
        whole = bytes(self._max + 1) if is_large else self._held[self._at : end]
        self._at = end
        return whole

    def _pass_string(self, start: int) -> bool:
        """Go behind the quote that ends the string whose content is at ``start``; False without one."""
        while True:
            rest = _STRING_REST.match(self._held, start)
            self._at = rest.end() if rest else start
            if self._at < len(self._held) and self._held[self._at] == _QUOTE:
                self._at += 1
                return True
            start = 0
            if not self._more(self._at):
                return False

    def _more(self, keep: int) -> bool:
        """Read on, dropping what stands before ``keep``; the more is held, the more is read at once."""
        rest = self._held[keep:]
        fresh = self._stream.read(max(CHUNK, len(rest)))
        self._held, self._at, self._dropped = rest + fresh, max(0, self._at - keep), self._dropped + keep
        return bool(fresh)
