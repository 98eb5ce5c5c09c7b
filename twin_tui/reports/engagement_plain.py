"""Engagement as a page of plain text: bars with their numbers, tables of people and twins."""

from collections.abc import Iterator

from twin_tui.analytics.answers import Distribution, Engagement, Share
from twin_tui.reports.about import About
from twin_tui.reports.blocks import bar
from twin_tui.reports.layout import WIDTH, rule, table
from twin_tui.reports.plain_overview import (
    compared_lines,
    feature_lines,
    figure_lines,
    heading,
    hour_lines,
    share_lines,
)
from twin_tui.reports.shown import counted
from twin_tui.text.formatting import bucket, number, percent, value
from twin_tui.text.safe_text import cell_width, cut, pad, safe_line


def engagement_plain(found: Engagement, about: About, width: int = WIDTH) -> str:
    """Return everything in lines of at most ``width`` cells, ending with a newline."""
    topics = tuple(Share(topic.name, topic.count, topic.share) for topic in found.topics.rows)
    lines = [
        *heading(f"Engagement · {safe_line(about.database)}", about, width),
        *compared_lines(found.filters, found.previous_window, width),
        "",
        *figure_lines(found.figures, width),
        *_funnel(found, width),
        "",
        *feature_lines(found.features, width),
    ]
    for spread in found.distributions:
        lines += ["", *_distribution(spread, width)]
    lines += ["", *_concentration(found, width), "", *_pairs(found, width)]
    for title, shares in (
        (_topics_title(found), topics),
        ("Platforms", found.platforms),
        ("Message types", found.message_types),
        ("Document types", found.document_types),
        ("Query types", found.query_types),
    ):
        lines += ["", *share_lines(title, shares, width)]
    lines += ["", *hour_lines(found.hourly, width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _funnel(found: Engagement, width: int) -> Iterator[str]:
    yield rule("Funnel: people, and their share of the step before", width)
    most = found.funnel[0].people
    rows = [(step.label, number(step.people), percent(step.rate)) for step in found.funnel]
    rows[0] = (*rows[0][:2], "")
    yield from _barred(rows, [step.people / most if most else None for step in found.funnel], width)


def _distribution(spread: Distribution, width: int) -> Iterator[str]:
    middle, p90 = value(spread.median, spread.unit), value(spread.p90, spread.unit)
    yield rule(f"{spread.label}: median {middle}, 90th percentile {p90}, n {number(spread.n)}", width)
    rows = [
        (bucket(each.start, each.stop, spread.unit), number(each.count), percent(each.share))
        for each in spread.buckets
    ]
    yield from _barred(rows, [each.share for each in spread.buckets], width)


def _concentration(found: Engagement, width: int) -> Iterator[str]:
    yield rule("Concentration: conversations of the busiest people", width)
    people = [_people(top.people) for top in found.concentration]
    rows = [
        (f"top {top.percent} % ({who})", number(top.conversations), percent(top.share))
        for top, who in zip(found.concentration, people, strict=True)
    ]
    yield from _barred(rows, [top.share for top in found.concentration], width)
    rows = [
        (_name(busy.person.name, busy.person.email), number(busy.conversations), percent(busy.share))
        for busy in found.busiest
    ]
    if rows:
        yield ""
        yield rule("Busiest people", width)
        yield from _barred(rows, [busy.share for busy in found.busiest], width)


def _pairs(found: Engagement, width: int) -> Iterator[str]:
    pairs = found.pairs
    yield rule("Who uses whose twin", width)
    if not pairs.rows:
        yield "Nobody used somebody else's twin in these days."
        return
    twins, every = counted(pairs.twins, "twin", "twins"), counted(pairs.total, "pair", "pairs")
    told = f"{_people(pairs.people)}, {twins}, {every}"
    yield cut(told if len(pairs.rows) == pairs.total else f"{told}; the first {len(pairs.rows)}", width)
    rows = [
        (
            _name(pair.person.name, pair.person.email),
            safe_line(pair.twin.name),
            _name(pair.twin.owner.name, pair.twin.owner.email),
            number(pair.conversations),
            percent(pair.share),
        )
        for pair in pairs.rows
    ]
    heads = ("person", "twin", "of", "conversations", "share")
    yield from table(heads, rows, right=frozenset({3, 4}), flexible=1, width=width)


def _barred(rows: list[tuple[str, str, str]], shares: list[float | None], width: int) -> Iterator[str]:
    lines = table(("", "", ""), rows, right=frozenset({1, 2}), flexible=0, width=width - 14)[1:]
    wide = max(map(cell_width, lines))
    for line, share in zip(lines, shares, strict=True):
        yield f"{pad(line, wide)}  {bar(share, width - wide - 2)}"


def _topics_title(found: Engagement) -> str:
    more = found.topics.total - len(found.topics.rows)
    return f"Topics ({number(more)} more not listed)" if found.topics.rows and more > 0 else "Topics"


def _name(name: str, email: str) -> str:
    return safe_line(name or email or "?")


def _people(count: int) -> str:
    return counted(count, "person", "people")
