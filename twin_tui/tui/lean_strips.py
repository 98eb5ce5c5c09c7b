"""Textual's strips, made with none of the caches that most of them never use.

A screen is thousands of strips, most of them drawn once: their empty caches are two thirds of what they weigh
and of what it takes to make them; a filtered copy of each, its pieces and its escape codes are as much again.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.cache import FIFOCache
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import SGR_STYLES, Strip

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
_FILTERED: Any = vars(Strip).get("_filter_cache")
"""The place of a strip's filtered copies: asked by itself it does not make their cache."""


def make_strips_lean() -> bool:
    """Give strips their caches when these are first asked for, and some never; return whether that is so.

    A version of Textual whose strips hold something else keeps them as they are.
    """
    if set(Strip.__slots__) != set(KNOWN):
        return False
    Strip.__init__ = _begin  # type: ignore[method-assign]
    Strip.apply_filter = _filtered  # type: ignore[method-assign]
    Strip.divide = _divided  # type: ignore[method-assign]
    Strip.render = _rendered  # type: ignore[method-assign]
    Strip.__getattr__ = _cache  # type: ignore[attr-defined]
    return True


def _begin(self: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    """Hold the segments; the rest is not known yet."""
    self._segments = list(segments)
    self._cell_length = cell_length
    self._render_cache = None
    self._link_ids = None
    self._cell_count = None


def _filtered(self: Strip, filter: LineFilter, background: Color) -> Strip:  # noqa: A002 - Textual's name
    """Return the strip itself where a filter returns its segments themselves, else what it made of them."""
    try:
        before: Strip | None = _FILTERED.__get__(self, Strip).get((filter, background))
    except AttributeError:
        before = None
    if before is not None:
        return before
    segments = filter.apply(self._segments, background)
    if segments is self._segments:
        return self
    made = Strip(segments, self._cell_length)
    self._filter_cache[filter, background] = made
    return made


def _divided(self: Strip, cuts: Iterable[int]) -> list[Strip]:
    """Cut the strip at these cells; a line is drawn too seldom for its pieces to be kept."""
    length = self.cell_length
    within = [cut for cut in cuts if cut <= length]
    if within == [length]:
        return [self]
    pieces = zip(Segment.divide(self._segments, within), within, (0, *within), strict=False)
    return [Strip(segments, end - begin) for segments, end, begin in pieces]


def _rendered(self: Strip, console: Console) -> str:
    """Return the strip as a terminal takes it; what is drawn again is mostly another strip."""
    system = console._color_system or ColorSystem.TRUECOLOR
    return "".join(
        [text if style is None else _in_style(style, text, system) for text, style, _ in self._segments]
    )


def _in_style(style: Style, text: str, system: ColorSystem) -> str:
    if style.link:
        return Strip.render_style(style, text, system)
    codes = _codes(style.color, style.bgcolor, style._attributes & style._set_attributes, system)
    return f"\x1b[{codes}m{text}\x1b[0m" if codes else text


@lru_cache(maxsize=1024)
def _codes(color: RichColor | None, bgcolor: RichColor | None, attributes: int, system: ColorSystem) -> str:
    """Return the numbers of a style, by what is seen of it: most styles differ in their place alone."""
    codes = [SGR_STYLES[bit] for bit in range(attributes.bit_length()) if attributes & (1 << bit)]
    if color is not None:
        codes += color.downgrade(system).get_ansi_codes()
    if bgcolor is not None:
        codes += bgcolor.downgrade(system).get_ansi_codes(foreground=False)
    return ";".join(codes)


def _cache(self: Strip, name: str) -> FIFOCache[object, object]:
    """Make the cache of that name: called where there is none."""
    size = KNOWN.get(name)
    if size is None:
        raise AttributeError(name)
    made: FIFOCache[object, object] = FIFOCache(size)
    setattr(self, name, made)
    return made
