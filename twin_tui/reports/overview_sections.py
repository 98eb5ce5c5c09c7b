"""The overview and its leaderboard as sections."""

from twin_tui.analytics.answers import DayRow, Feature, Figure, Hourly, Leaderboard, Overview, Share
from twin_tui.reports.feed_sections import items_section
from twin_tui.reports.sections import Cell, Column, Section
from twin_tui.text.formatting import WEEKDAYS, group_name

OVERVIEW_SECTIONS = (
    "kpis",
    "series",
    "features",
    "leaderboard",
    "hourly",
    "hourly_counts",
    "message_types",
    "platforms",
    "latest",
)
"""Keys of the sections of an overview, in order."""


def overview_sections(overview: Overview) -> tuple[Section, ...]:
    """Return the overview's sections in the order of `OVERVIEW_SECTIONS`."""
    return (
        kpis_section(overview.figures),
        series_section(overview.days),
        features_section(overview.features),
        leaderboard_section(overview.leaderboard),
        *hourly_sections(overview.hourly),
        shares_section("message_types", "Message types", overview.message_types),
        shares_section("platforms", "Platforms", overview.platforms),
        items_section("latest", "Latest activity", overview.latest),
    )


def leaderboard_section(board: Leaderboard) -> Section:
    """Return a leaderboard as a table."""
    columns = (
        Column("rank", "#"),
        Column("rank_change", "±"),
        Column("id", brief=False),
        Column("name", board.group.capitalize()),
        Column("detail", brief=board.group != "company"),
        Column("conversations", "Conversations"),
        Column("active_users", "Active users"),
        Column("messages", "Messages"),
        Column("documents", "Documents"),
        Column("queries", "Queries"),
        Column("per_user", "Per user"),
        Column("share", "Share"),
    )
    rows = tuple(
        (
            Cell(row.rank, "count"),
            Cell(row.rank_change, "places"),
            Cell(row.id),
            Cell(group_name(row.name)),
            Cell(row.detail),
            Cell(row.conversations, "conversations"),
            Cell(row.active_users, "users"),
            Cell(row.messages, "messages"),
            Cell(row.documents, "documents"),
            Cell(row.queries, "queries"),
            Cell(row.per_user, "mean"),
            Cell(row.share, "ratio"),
        )
        for row in board.rows
    )
    return Section("leaderboard", f"Leaderboard by {board.group}", columns, rows)


def kpis_section(figures: tuple[Figure, ...]) -> Section:
    """Return figures as a table."""
    columns = (
        Column("key", brief=False),
        Column("label", "Figure"),
        Column("unit", brief=False),
        Column("value", "Value"),
        Column("previous", "Previous"),
        Column("change", "Change"),
        Column("numerator", brief=False),
        Column("denominator", brief=False),
        Column("n", "n"),
        Column("window_start", brief=False),
        Column("window_end", brief=False),
        Column("previous_start", brief=False),
        Column("previous_end", brief=False),
    )
    rows = []
    for figure in figures:
        before = figure.previous_window
        rows.append(
            (
                Cell(figure.key),
                Cell(figure.label),
                Cell(figure.unit),
                Cell(figure.value, figure.unit),
                Cell(figure.previous, figure.unit),
                Cell(figure.change, "points" if figure.unit == "ratio" else "change"),
                Cell(figure.numerator, "count"),
                Cell(figure.denominator, "count"),
                Cell(figure.n, "count"),
                Cell(figure.window.start, "time"),
                Cell(figure.window.end, "time"),
                Cell(before.start if before else None, "time"),
                Cell(before.end if before else None, "time"),
            )
        )
    return Section("kpis", "Key figures", columns, tuple(rows))


def series_section(days: tuple[DayRow, ...]) -> Section:
    """Return the daily series as a table."""
    columns = (
        Column("day", "Day"),
        Column("active_users", "Active users"),
        Column("new_users", "New users"),
        Column("conversations", "Conversations"),
        Column("messages", "Messages"),
        Column("documents", "Documents"),
        Column("queries", "Queries"),
        Column("shared_conversations", "Shared"),
        Column("active_users_average", "Active users, 7-day average"),
        Column("conversations_average", brief=False),
        Column("messages_average", brief=False),
        Column("is_complete", brief=False),
    )
    rows = tuple(
        (
            Cell(row.day, "day"),
            Cell(row.active_users, "users"),
            Cell(row.new_users, "users"),
            Cell(row.conversations, "conversations"),
            Cell(row.messages, "messages"),
            Cell(row.documents, "documents"),
            Cell(row.queries, "queries"),
            Cell(row.shared_conversations, "conversations"),
            Cell(row.active_users_average, "mean"),
            Cell(row.conversations_average, "mean"),
            Cell(row.messages_average, "mean"),
            Cell(row.is_complete, "flag"),
        )
        for row in days
    )
    return Section("series", "Day by day", columns, rows)


def features_section(features: tuple[Feature, ...]) -> Section:
    """Return feature usage as a table."""
    columns = (
        Column("feature", brief=False),
        Column("label", "Feature"),
        Column("count", "Total"),
        Column("share", "Share"),
        Column("per_day", "Per day"),
    )
    rows = tuple(
        (
            Cell(feature.feature),
            Cell(feature.label),
            Cell(feature.count, "count"),
            Cell(feature.share, "ratio"),
            Cell(feature.per_day, "mean"),
        )
        for feature in features
    )
    return Section("features", "Feature usage", columns, rows)


def hourly_sections(hourly: Hourly) -> tuple[Section, Section]:
    """Return means and counts by weekday and hour as tables."""
    columns = (Column("weekday", ""), *(Column(f"h{hour:02d}", str(hour)) for hour in range(24)))

    def rows(grid: tuple[tuple[float | None, ...], ...], unit: str) -> tuple[tuple[Cell, ...], ...]:
        return tuple(
            (Cell(name), *(Cell(value, unit) for value in row))
            for name, row in zip(WEEKDAYS, grid, strict=True)
        )

    return (
        Section("hourly", "User messages per hour, mean", columns, rows(hourly.means, "mean")),
        Section("hourly_counts", "User messages by hour", columns, rows(hourly.counts, "messages")),
    )


def shares_section(key: str, title: str, shares: tuple[Share, ...]) -> Section:
    """Return a breakdown as a table."""
    columns = (Column("name", "Name"), Column("count", "Count"), Column("share", "Share"))
    rows = tuple(
        (Cell(group_name(share.name)), Cell(share.count, "count"), Cell(share.share, "ratio"))
        for share in shares
    )
    return Section(key, title, columns, rows)
