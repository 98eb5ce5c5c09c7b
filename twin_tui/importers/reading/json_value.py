"""Reads a JSON value: at once where it is as usual, else as the standard library does."""

import json
from collections.abc import Callable
from typing import Any

import msgspec

_USUAL = msgspec.json.Decoder(float_hook=str)
_DIGITS = 400
"""A whole number with more digits than this stays text: no figure is as long, and reading one is slow."""


def parse_usual(data: bytes) -> Any:
    """Return a JSON value, None where it is none that the strictest of readers takes; see `parse_json`."""
    try:
        return _USUAL.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def parse_json(data: bytes) -> tuple[Any, bool]:
    """Return a JSON value and whether bytes that are no UTF-8 were replaced in it; raises `ValueError`.

    Numbers with a point stay text. The text of the error is a reason for people.
    """
    usual = parse_usual(data)
    if usual is not None:
        return usual, False
    try:
        text, is_mended = data.decode("utf-8"), False
    except UnicodeDecodeError:
        text, is_mended = data.decode("utf-8", "replace"), True
    try:
        return _loads(text, int), is_mended
    except json.JSONDecodeError:
        raise
    except RecursionError:
        raise ValueError("JSON nested too deeply") from None
    except ValueError:
        return _loads(text, _whole), is_mended


def _loads(text: str, whole: Callable[[str], Any]) -> Any:
    return json.loads(text, parse_float=str, parse_int=whole, parse_constant=_nothing, strict=False)


def _whole(digits: str) -> int | str:
    return digits if len(digits) > _DIGITS else int(digits)


def _nothing(_: str) -> None:
    """NaN and the infinities say nothing."""
