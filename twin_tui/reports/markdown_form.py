"""Answers as Markdown (GFM tables); stored text is escaped, so that it shows as it is and nothing more."""

import re
from collections.abc import Iterable, Sequence
from datetime import tzinfo

from twin_tui.analytics.answers import Conversation, Entry
from twin_tui.reports.about import About
from twin_tui.reports.feed_sections import conversation_sections
from twin_tui.reports.sections import Section
from twin_tui.reports.shown import is_number, shown
from twin_tui.text.formatting import moment, number
from twin_tui.text.safe_text import safe_line, safe_text

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&$])")
_LINE_START = re.compile(r"^( *)([-+](?=\s|$)|[-=](?=[-= ]*$)|\d+[.)](?=\s|$))", re.MULTILINE)


def escaped(text: str) -> str:
    r"""Return safe text in which nothing is Markdown.

    >>> escaped("*a* | <b>\n1. c"), escaped("- d")
    ('\\*a\\* \\| \\<b\\>\n1\\. c', '\\- d')
    """
    text = _SPECIAL.sub(r"\\\1", text)
    return _LINE_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", text)


def to_markdown(title: str, about: About, sections: Sequence[Section], *notes: str) -> str:
    """Return a page with a heading, one line of context, and each section as a table."""
    lines = [f"# {escaped(safe_line(title))}", "", _context(about), ""]
    lines += [line for note in notes for line in (escaped(note), "")]
    for section in sections:
        if len(sections) > 1:
            lines += [f"## {escaped(section.title)}", ""]
        lines += [*_table(section.brief, about.zone), ""]
    return "\n".join(lines)


def conversation_markdown(conversation: Conversation, entries: Iterable[Entry], about: About) -> str:
    """Return a session as a page: facts, then every entry with its text as a quotation."""
    header = conversation.header
    facts = conversation_sections(conversation, ())[0]
    lines = [f"# {escaped(safe_line(header.title or header.topic or header.session_id))}", ""]
    lines += ["| | |", "|---|---|"]
    for column, cell in zip(facts.columns, facts.rows[0], strict=True):
        if (value := shown(cell, about.zone)) and cell.value is not None:
            lines.append(f"| {column.title} | {escaped(value)} |")
    names = {"user": header.user.name, "twin": header.twin.name}
    for entry in entries:
        lines += ["", f"### {_entry_title(entry, names, about.zone)}", ""]
        lines += quoted(entry.text)
    return "\n".join(lines) + "\n"


def _entry_title(entry: Entry, names: dict[str, str], zone: tzinfo) -> str:
    if entry.kind == "message":
        who = names[entry.sender] if entry.sender else entry.kind
    elif entry.kind == "document":
        who = f"Document: {entry.title or 'untitled'} ({entry.type or 'no type'})"
    else:
        who = f"Query ({entry.type or 'no type'}, {number(entry.results_count)} results)"
    return f"{moment(entry.time, zone, seconds=True)} · {escaped(safe_line(who))}"


def quoted(text: str) -> list[str]:
    """Return a text as a quotation, line by line, in which nothing is Markdown."""
    lines = []
    for line in escaped(safe_text(text)).split("\n"):
        words = line.lstrip(" ")
        lines.append(f"> {'&nbsp;' * (len(line) - len(words))}{words}".rstrip())
    return [f"{line}  " for line in lines[:-1]] + lines[-1:]


def _context(about: About) -> str:
    narrowed = f" · {escaped(about.narrowed)}" if about.narrowed else ""
    return f"{escaped(safe_line(about.database))} · {about.days} · {about.timezone}{narrowed}"


def _table(section: Section, zone: tzinfo) -> list[str]:
    if not section.rows:
        return ["(nothing)"]
    rules = ["---:" if is_number(cell) else "---" for cell in section.rows[0]]
    rows = [[escaped(shown(cell, zone)) for cell in row] for row in section.rows]
    heads = [column.title for column in section.columns]
    return [f"| {' | '.join(cells)} |" for cells in (heads, rules, *rows)]
