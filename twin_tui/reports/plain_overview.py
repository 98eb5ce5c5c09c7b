"""The overview as a page of plain text: figures, days, features, groups, hours and the latest lines."""

from collections.abc import Iterator, Sequence

from twin_tui.analytics.answers import ActivityItem, Feature, Figure, Hourly, Overview, Share, Window
from twin_tui.analytics.filters import Filters
from twin_tui.reports.about import About, compared_words
from twin_tui.reports.blocks import SHADES, bar, columns, resampled, shade, sparkline
from twin_tui.reports.layout import WIDTH, rule, table
from twin_tui.reports.plain_feed import latest_lines, leaderboard_lines
from twin_tui.text.formatting import (
    WEEKDAYS,
    change,
    group_name,
    mean,
    number,
    percent,
    short_day,
    value,
)
from twin_tui.text.safe_text import cell_width, cut, pad, safe_line

CHART_HEIGHT = 5
HEADLINES = frozenset(
    {
        "active_users",
        "conversations",
        "messages",
        "documents",
        "queries",
        "shared_conversations",
        "shared_share",
        "twin_installations",
        "zero_result_rate",
        "session_length_median",
    }
)
"""Keys of the figures that come first."""


def overview_plain(overview: Overview, about: About, width: int = WIDTH) -> str:
    """Return the overview in lines of at most ``width`` cells, ending with a newline."""
    lines = [
        *heading(f"Overview · {safe_line(about.database)}", about, width),
        *compared_lines(overview.filters, overview.previous_window, width),
        *(["There is no conversation in this database yet."] if overview.status.is_empty else ()),
        "",
        *figure_lines(overview.figures, width),
        *_chart(overview, width),
        "",
        *feature_lines(overview.features, width),
        "",
        *leaderboard_lines(overview.leaderboard, width),
        "",
        *hour_lines(overview.hourly, width),
        "",
        *share_lines("Message types", overview.message_types, width),
        "",
        *share_lines("Platforms", overview.platforms, width),
        "",
        *_latest(overview.latest, about, width),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def heading(title: str, about: About, width: int) -> Iterator[str]:
    """Yield the lines above every page: what it is, its days, and what is filtered."""
    yield cut(title, width)
    yield cut(f"{about.days} · {about.timezone}", width)
    if about.narrowed:
        yield cut(f"Only {about.narrowed}", width)


def compared_lines(filters: Filters, before: Window | None, width: int) -> Iterator[str]:
    """Yield what figures are compared with, where with anything."""
    if said := compared_words(filters, before):
        yield cut(f"Compared with {said}", width)


def compared_head(figures: Sequence[Figure]) -> str:
    """Return the head of the column of what figures are compared with."""
    return safe_line(figures[0].compared_with, 16) if figures else "before"


def figure_lines(figures: Sequence[Figure], width: int) -> Iterator[str]:
    """Yield figures with change, what was before, and their days."""
    lines = table(
        ("", "now", "change", compared_head(figures)),
        [
            [
                safe_line(figure.label) + (" *" if figure.unfiltered else ""),
                value(figure.value, figure.unit),
                change(figure.change, is_points=figure.unit == "ratio"),
                value(figure.previous, figure.unit),
            ]
            for figure in figures
        ],
        right=frozenset({1, 3}),
        flexible=0,
        width=width - 14,
    )
    wide = max(map(cell_width, lines))
    told = {
        figure.key: f"{pad(line, wide)}  {sparkline(figure.series, width - wide - 2)}"
        for line, figure in zip(lines[1:], figures, strict=True)
    }
    yield rule("Key figures", width)
    yield f"{pad(lines[0], wide)}  day by day"
    yield from (line for key, line in told.items() if key in HEADLINES)
    yield ""
    rest = [line for key, line in told.items() if key not in HEADLINES]
    if rest:
        yield rule("More figures", width)
        yield from rest
        yield ""
    if any(figure.unfiltered for figure in figures):
        yield "* some of the filters do not apply"
        yield ""


def _chart(overview: Overview, width: int) -> Iterator[str]:
    days = overview.days
    counts: list[float | None] = [day.active_users for day in days]
    top = max((day.active_users for day in days), default=0)
    if not top:
        yield rule("Active users per day", width)
        yield "Nobody was active in these days."
        return
    complete = [day.active_users for day in days if day.is_complete]
    mean = sum(complete) / len(complete) if complete else None
    busiest = next(day.day for day in days if day.active_users == top)
    yield rule(f"Active users per day · mean {number(mean, 1)} · most {top} on {short_day(busiest)}", width)
    shown = resampled(counts, width - 8)
    thickness = max(1, min(6, (width - 8) // len(shown)))
    peak = max(v for v in shown if v is not None)
    picture = columns(shown, CHART_HEIGHT, thickness)
    for at, row in enumerate(picture):
        label = number(peak, 0 if float(peak).is_integer() else 1) if at == 0 else ""
        yield f"{pad(label, 6, right=True)} ┤{row}"
    drawn = len(shown) * thickness
    yield f"{pad('0', 6, right=True)} └" + "─" * drawn
    first, last = short_day(days[0].day), short_day(days[-1].day)
    if len(days) > 1:
        yield " " * 8 + first + pad(last, max(len(last) + 1, drawn - len(first)), right=True)
    else:
        yield " " * 8 + first
    if len(shown) < len(days):
        yield f"        each column is the mean of about {number(len(days) / len(shown), 1)} days"


def feature_lines(features: Sequence[Feature], width: int) -> Iterator[str]:
    """Yield feature usage with bars."""
    yield rule("Feature usage", width)
    lines = table(
        ("", "total", "share", "per day"),
        [
            [safe_line(each.label), number(each.count), percent(each.share), mean(each.per_day)]
            for each in features
        ],
        right=frozenset({1, 2, 3}),
        flexible=0,
        width=width - 14,
    )
    wide = max(map(cell_width, lines))
    for line, feature in zip(lines, (None, *features), strict=True):
        yield f"{pad(line, wide)}  {'' if feature is None else bar(feature.share, width - wide - 2)}"


def hour_lines(hourly: Hourly, width: int) -> Iterator[str]:
    """Yield the week by hour, in shades."""
    peaks = " and ".join(f"{hour}:00" for hour in hourly.peaks)
    yield rule("User messages per hour, mean" + (f" · busiest {peaks}" if peaks else ""), width)
    top = max((mean for row in hourly.means for mean in row if mean is not None), default=0)
    yield "     " + "".join(f"{hour:<6}" for hour in range(0, 24, 3))
    for name, row in zip(WEEKDAYS, hourly.means, strict=True):
        yield f"{name}  " + "".join(shade(mean, top) * 2 for mean in row)
    if top > 0:
        limits = "  ".join(f"{mark} ≤ {number(top * (at + 1) / 4, 1)}" for at, mark in enumerate(SHADES))
        yield cut(f"     · none  {limits}", width)


def share_lines(title: str, shares: Sequence[Share], width: int) -> Iterator[str]:
    """Yield a breakdown with bars."""
    yield rule(title, width)
    if not shares:
        yield "None in these days."
        return
    lines = table(
        ("", "", ""),
        [[safe_line(group_name(each.name)), number(each.count), percent(each.share)] for each in shares],
        right=frozenset({1, 2}),
        flexible=0,
        width=width - 14,
    )[1:]
    wide = max(map(cell_width, lines))
    for line, share in zip(lines, shares, strict=True):
        yield f"{pad(line, wide)}  {bar(share.share, width - wide - 2)}"


def _latest(items: Sequence[ActivityItem], about: About, width: int) -> Iterator[str]:
    yield rule("Latest activity", width)
    yield from latest_lines(items, about, width)
