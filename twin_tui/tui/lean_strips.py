"""Textual's strips, made with none of the seven caches that most of them never use.

A screen is thousands of strips, most of them drawn once: their empty caches are two thirds of what they weigh
and of what it takes to make them.
"""

from collections.abc import Iterable

from rich.segment import Segment
from textual.cache import FIFOCache
from textual.strip import Strip

KNOWN = {
    "_segments": None,
    "_cell_length": None,
    "_divide_cache": 4,
    "_crop_cache": 16,
    "_style_cache": 16,
    "_filter_cache": 4,
    "_render_cache": None,
    "_line_length_cache": 4,
    "_crop_extend_cache": 4,
    "_offsets_cache": 4,
    "_link_ids": None,
    "_cell_count": None,
}
"""What a strip holds, and how much each of its caches keeps at most."""


def make_strips_lean() -> bool:
    """Give strips their caches when these are first asked for; return whether that is so.

    A version of Textual whose strips hold something else keeps them as they are.
    """
    if set(Strip.__slots__) != set(KNOWN):
        return False
    Strip.__init__ = _begin  # type: ignore[method-assign]
    Strip.__getattr__ = _cache  # type: ignore[attr-defined]
    return True


def _begin(self: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    """Hold the segments; the rest is not known yet."""
    self._segments = list(segments)
    self._cell_length = cell_length
    self._render_cache = None
    self._link_ids = None
    self._cell_count = None


def _cache(self: Strip, name: str) -> FIFOCache[object, object]:
    """Make the cache of that name: called where there is none."""
    size = KNOWN.get(name)
    if size is None:
        raise AttributeError(name)
    made: FIFOCache[object, object] = FIFOCache(size)
    setattr(self, name, made)
    return made
