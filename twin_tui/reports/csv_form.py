"""Sections as CSV (RFC 4180, with newlines as line ends): raw values, and no text a spreadsheet would run."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

from twin_tui.reports.json_form import instant
from twin_tui.reports.sections import Cell, Section

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_csv(sections: Sequence[Section]) -> str:
    """Return one section as a bare table, several each under a line with its key, a blank line between."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for at, section in enumerate(sections):
        if len(sections) > 1:
            out.write("\n" if at else "")
            writer.writerow([section.key])
        writer.writerow([column.key for column in section.columns])
        writer.writerows([_written(cell) for cell in row] for row in section.rows)
    return out.getvalue()


def defused(text: str) -> str:
    """Return text that a spreadsheet takes for text: a leading quote before what would start a formula.

    >>> defused("=1+1"), defused("plain")
    ("'=1+1", 'plain')
    """
    begins = text.lstrip(" \u00a0\u3000\ufeff")
    return f"'{text}" if begins.startswith(_FORMULA) or text.startswith(("＝", "＋", "－", "＠")) else text


def _written(cell: Cell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return instant(value) or ""
    if isinstance(value, date):
        return value.isoformat()
    return defused(value.replace("\0", "\N{SYMBOL FOR NULL}")) if isinstance(value, str) else repr(value)
