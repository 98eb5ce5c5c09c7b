"""PostgreSQL's way of saying it."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from peewee import SQL, Node, Value

from twin_tui.data.dialect import Dialect, expression
from twin_tui.data.times import naive_utc

_TYPES = {"text": "text", "time": "timestamp", "flag": "boolean", "count": "bigint"}
_LAST_CASED = 0x1F000
"""No character at or past this code point has a case."""
_RECENT = ((0x1C89, 0x1C8A), (0x2C2F, 0x2C5F), (0xA7C0, 0xA7FF), (0x10570, 0x105BF), (0x10D50, 0x10D8F))


class PostgresDialect(Dialect):
    """PostgreSQL; without a UTF-8 server or ICU, casefolding gets by with what there is."""

    def __init__(self, *, is_utf8: bool = True, has_icu: bool = True) -> None:
        self._casefold = _casefold_template(is_utf8=is_utf8, has_icu=has_icu)

    def instant(self, when: datetime) -> datetime:
        """Return the naive UTC value."""
        return naive_utc(when)

    def _time_literal(self, when: datetime) -> str:
        return f"timestamp {super()._time_literal(when)}"

    def micros(self, expr: Any) -> Any:
        """Return whole microseconds since 1970."""
        return expression("(EXTRACT(EPOCH FROM {0}) * 1000000)::bigint", expr)

    def joined(self, expr: Any, separator: str) -> Any:
        """Return ``string_agg``."""
        return expression(f"string_agg({{0}}::text, '{separator}')", expr)

    def listed(self, expr: Any) -> Any:
        """Return ``json_agg``."""
        return expression("json_agg({0})::text", expr)

    def utc_hour(self, expr: Any) -> Any:
        """Return it by ``to_char``."""
        return expression("to_char({0}, 'YYYY-MM-DD HH24')", expr)

    def utc_minute(self, expr: Any) -> Any:
        """Return it by ``to_char``."""
        return expression("to_char({0}, 'YYYY-MM-DD HH24:MI')", expr)

    def casefold(self, expr: Any) -> Any:
        """Return ICU's lower case, mended where the fold differs; plain ASCII takes the short way."""
        return expression(self._casefold, expr)

    def _position(self, folded: Any, text: str) -> Any:
        return expression("(strpos({0}, {1}) > 0)", folded, Value(text, converter=False))

    def insertion_order(self, model: Any) -> Node | None:  # noqa: ARG002
        """Return ``None``: PostgreSQL does not know it."""
        return None

    def ordered_text(self, expr: Any) -> Any:
        """Return the text under the collation that compares code points."""
        return expression('{0} COLLATE "C"', expr)

    def null(self, kind: str) -> Any:
        """Return a NULL of the right type, so that functions and comparisons find theirs."""
        return SQL(f"CAST(NULL AS {_TYPES[kind]})")


def _is_recent(char: str) -> bool:
    """Return whether a character got its case in Unicode 14 or later: the server's ICU may be older."""
    return any(first <= ord(char) <= last for first, last in _RECENT)


@cache
def _casefold_template(*, is_utf8: bool, has_icu: bool) -> str:
    if not is_utf8:
        return 'lower({0} COLLATE "und-x-icu") COLLATE "C"' if has_icu else "lower({0})"
    characters = [chr(code) for code in range(0x80, _LAST_CASED) if not 0xD800 <= code < 0xE000]
    if has_icu:
        lowered = 'lower({0} COLLATE "und-x-icu") COLLATE "C"'
        folds = {char: char.casefold() for char in characters if char.lower() == char or _is_recent(char)}
    else:
        lowered = 'lower({0} COLLATE "C")'
        folds = {char: char.casefold() for char in characters}
    folds = {char: fold for char, fold in folds.items() if fold != char}
    one = [(char, fold) for char, fold in folds.items() if len(fold) == 1]
    many = [(char, fold) for char, fold in folds.items() if len(fold) > 1]
    single = f"translate({lowered}, {_text(char for char, _ in one)}, {_text(fold for _, fold in one)})"
    replaced = single
    for char, fold in many:
        replaced = f"replace({replaced}, '{char}', '{fold}')"
    return (
        '(CASE WHEN octet_length({0}) = length({0}) THEN lower({0} COLLATE "C")'
        f" WHEN {{0}} ~ '[{_bracket(many, has_icu=has_icu)}]' THEN {replaced} ELSE {single} END)"
    )


def _bracket(many: list[tuple[str, str]], *, has_icu: bool) -> str:
    """Return the characters, of either case, that fold to several: only they need the long way."""
    wanted = {char for char, _ in many}
    if has_icu:
        upper = [chr(code) for code in range(0x80, _LAST_CASED) if chr(code).lower() in wanted]
        wanted.update(upper)
    return "".join(sorted(wanted))


def _text(characters: Iterable[str]) -> str:
    return "'" + "".join(characters) + "'"
