"""What did not work as a page of plain text."""

from collections.abc import Iterator

from twin_tui.analytics.answers import FEWEST, Figure, Quality, TwinQuality
from twin_tui.reports.about import About
from twin_tui.reports.blocks import bar, sparkline
from twin_tui.reports.layout import WIDTH, rule, table
from twin_tui.reports.plain_overview import compared_head, compared_lines, heading
from twin_tui.reports.quality_sections import REASON_WORDS
from twin_tui.text.formatting import DASH, change, moment, number, percent, value
from twin_tui.text.safe_text import cell_width, pad, safe_line

SHOWN = 20
"""Lines of a list; the other forms hold all."""
MEASURE_WORDS = {
    "zero_result_rate": "zero-result rate",
    "dead_end_share": "dead ends",
    "unanswered_share": "unanswered messages",
    "reply_time_median": "reply time",
}


def quality_plain(found: Quality, about: About, width: int = WIDTH) -> str:
    """Return everything for a terminal or a mail, ending with a newline."""
    lines = [
        *heading(f"Quality · {safe_line(about.database)}", about, width),
        *compared_lines(found.filters, found.previous_window, width),
        "",
    ]
    lines += _figures(found, width)
    lines += ["", rule("Dead ends by reason", width), *_reasons(found)]
    lines += ["", rule(_title_of_texts(found), width), *_texts(found, about, width)]
    lines += ["", rule("Documents by type", width), *_types(found, width)]
    lines += ["", rule(_title_of_twins(found), width), *_twins(found, width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _figures(found: Quality, width: int) -> Iterator[str]:
    second = max(11, cell_width(compared_head(found.figures)) + 2)
    room = max(0, width - 24 - 11 - 11 - second - 3)
    yield f"{'':<24}{'now':>11}{'change':>11}{pad(compared_head(found.figures), second, right=True)}"
    for each in found.figures:
        moved = change(each.change, is_points=each.unit == "ratio")
        line = f"{each.label:<24}{value(each.value, each.unit):>11}{moved:>11}"
        line += pad(value(each.previous, each.unit), second, right=True)
        yield f"{line}   {sparkline(each.series, min(room, 30))}"
        if each.key == "dead_end_share":
            yield _made_of(each, "conversations")
        elif each.key == "unanswered_share":
            yield _made_of(each, "messages of people")


def _made_of(figure: Figure, what: str) -> str:
    if figure.numerator is None or not figure.denominator:
        return f"{'':<24}  (no {what})"
    return f"{'':<24}  ({number(figure.numerator)} of {number(figure.denominator)} {what})"


def _reasons(found: Quality) -> Iterator[str]:
    most = max((each.conversations for each in found.reasons), default=0)
    for each in found.reasons:
        filled = bar(each.conversations / most if most else None, 20)
        words = REASON_WORDS[each.reason]
        yield f"{words:<33}{number(each.conversations):>7}{percent(each.share):>8}  {filled}"


def _title_of_texts(found: Quality) -> str:
    told = f": {number(found.texts_total)} texts" if found.texts_total > SHOWN else ""
    return f"Searches that find nothing{told}"


def _texts(found: Quality, about: About, width: int) -> list[str]:
    if not found.texts:
        return ["Their texts are not shown here."] if found.texts_total else ["None."]
    rows = [
        (
            safe_line(text.text, 200) or "(no text)",
            number(text.queries),
            number(text.people),
            moment(text.last_at, about.zone),
        )
        for text in found.texts[:SHOWN]
    ]
    heads = ("text", "times", "people", "last")
    return table(heads, rows, right=frozenset({1, 2}), flexible=0, width=width)


def _types(found: Quality, width: int) -> list[str]:
    if not found.document_types:
        return ["No documents."]
    rows = [
        (
            safe_line(each.name, 80) or "(none)",
            number(each.documents),
            percent(each.share),
            DASH if each.words is None else number(each.words),
        )
        for each in found.document_types[:SHOWN]
    ]
    heads = ("type", "documents", "share", "words")
    return table(heads, rows, right=frozenset({1, 2, 3}), flexible=0, width=width)


def _title_of_twins(found: Quality) -> str:
    told = f", {number(found.twins_total)} in all" if found.twins_total > SHOWN else ""
    return f"Twins by {MEASURE_WORDS[found.measure]}, the worst first{told}"


def _twins(found: Quality, width: int) -> list[str]:
    if not found.twins:
        return ["None has anything to be ranked by."]
    rows = [_twin(row) for row in found.twins[:SHOWN]]
    heads = ("", "twin", "zero results", "dead ends", "unanswered", "reply")
    lines = table(heads, rows, right=frozenset({0, 2, 3, 4, 5}), flexible=1, width=width)
    if any(row.rank is None for row in found.twins[:SHOWN]):
        lines.append(f"{DASH}: fewer than {FEWEST} to tell by.")
    return lines


def _twin(row: TwinQuality) -> tuple[str, ...]:
    return (
        DASH if row.rank is None else str(row.rank),
        safe_line(row.twin.name or row.twin.id, 80),
        f"{percent(row.zero_result_rate, 0)} of {number(row.queries_known)}",
        f"{percent(row.dead_end_share, 0)} of {number(row.conversations)}",
        f"{percent(row.unanswered_share, 0)} of {number(row.user_messages)}",
        value(row.reply_time_median, "seconds"),
    )
