"""A check-up as plain text: what it runs on, then what was found, the worst first."""

from collections.abc import Iterator

from twin_tui.operations.findings import Diagnosis, Example, Fact, Finding
from twin_tui.reports.layout import rule, wrapped
from twin_tui.reports.shown import counted
from twin_tui.text.formatting import DASH, number
from twin_tui.text.safe_text import cell_width, cut, pad, safe_line

_TITLES = {"programs": "Programs", "terminal": "Terminal", "folders": "Folders", "database": "Database"}
_MARKS = {"warn": "!", "note": "·"}
_LABELS = 22
"""Cells of the column of labels."""


def doctor_plain(found: Diagnosis, width: int) -> str:
    """Return the page, its lines at most ``width`` cells wide."""
    lines: list[str] = []
    for group, title in _TITLES.items():
        facts = [fact for fact in found.facts if fact.group == group]
        if facts:
            lines += [rule(title, width), *(line for fact in facts for line in _fact(fact, width)), ""]
    if found.failure is None:
        lines += [rule("Data", width), *_data(found, width)]
    return "\n".join(lines).rstrip() + "\n"


def _fact(fact: Fact, width: int) -> Iterator[str]:
    first, *rest = wrapped(_value(fact), max(20, width - _LABELS))
    yield f"{pad(fact.label, _LABELS)}{first}"
    yield from (" " * _LABELS + line for line in rest)
    if fact.hint:
        yield from _indented(f"→ {fact.hint}", width, _LABELS)


def _value(fact: Fact) -> str:
    if fact.value is None:
        return DASH
    if isinstance(fact.value, bool):
        return "yes" if fact.value else "no"
    return number(fact.value) if isinstance(fact.value, int) else safe_line(fact.value)


def _data(found: Diagnosis, width: int) -> Iterator[str]:
    odd = [finding for finding in found.findings if finding.count]
    for finding in sorted(odd, key=lambda each: each.severity != "warn"):
        yield from _odd(finding, width)
    unasked = [finding for finding in found.findings if finding.count is None]
    if unasked:
        yield f"Not checked, as columns are missing: {number(len(unasked))}"
        for finding in unasked:
            yield cut(f"  {finding.key} ({', '.join(finding.missing)})", width)
        yield ""
    asked = len(found.findings) - len(unasked)
    if odd:
        yield "! figures are wrong because of it, or someone sees too much · worth knowing"
        yield f"{counted(len(odd), 'check', 'checks')} of {number(asked)} found something."
    else:
        yield f"Nothing found by {counted(asked, 'check', 'checks')}."


def _odd(finding: Finding, width: int) -> Iterator[str]:
    count = number(finding.count)
    first = f"{_MARKS[finding.severity]} {count:>6}  "
    lines = list(wrapped(finding.sentence, width - cell_width(first)))
    yield first + lines[0]
    yield from (" " * cell_width(first) + line for line in lines[1:])
    for each in finding.examples:
        row, *rest = wrapped(_row(each), width - cell_width(first) - 2)
        yield " " * cell_width(first) + row
        yield from (" " * (cell_width(first) + 2) + line for line in rest)
    left = (finding.count or 0) - len(finding.examples)
    if left and finding.examples:
        yield f"{' ' * cell_width(first)}… and {number(left)} more"
    yield ""


def _row(row: Example) -> str:
    session = f" in {row.session_id}" if row.session_id not in (None, row.id) else ""
    about = "" if row.about is None else f" ({row.about})"
    return safe_line(f"{row.id}{session}{about}")


def _indented(text: str, width: int, indent: int) -> Iterator[str]:
    yield from (" " * indent + line for line in wrapped(text, max(20, width - indent)))
