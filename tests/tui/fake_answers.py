"""Hand-made answers to every question of the overview, the same in every test."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from twin_tui.analytics.answers import (
    ActivityItem,
    Choice,
    Choices,
    DatabaseStatus,
    DayRow,
    Direction,
    Feature,
    Figure,
    Hourly,
    Leaderboard,
    LeaderboardRow,
    Overview,
    Person,
    Share,
    TwinRef,
    Unit,
    Window,
)
from twin_tui.analytics.filters import Filters

NOW = datetime(2026, 11, 23, 9, 12, 4, tzinfo=UTC)
ZONE = ZoneInfo("UTC")
SARAH = Person("u1", "Sarah Chen", "sarah@acme.example")
MIKE = Person("u2", "Mike O'Neil", "mike@globex.example")
WAVE = (5, 6, 6, 7, 5, 1, 0, 6, 7, 8, 8, 7, 2, 1, 7, 8, 9, 9, 8, 2, 1, 8, 9, 10, 10, 9, 3, 2, 10, 6)


def window(filters: Filters) -> Window:
    start = filters.period.start
    begin = None if start is None else datetime(start.year, start.month, start.day, tzinfo=UTC)
    return Window(begin, NOW, "UTC")


def figure(
    key: str,
    label: str,
    unit: Unit,
    value: float | None,
    change: float | None,
    *,
    good: Direction = "up",
    **more: Any,
) -> Figure:
    return Figure(
        key=key,
        label=label,
        unit=unit,
        value=value,
        previous=None,
        change=change,
        numerator=None,
        denominator=None,
        n=None,
        window=Window(None, NOW, "UTC"),
        previous_window=None,
        series=more.pop("series", tuple(float(v) for v in WAVE)),
        good=good,
        definition="What it means.",
        **more,
    )


def figures() -> tuple[Figure, ...]:
    return (
        figure("active_users", "Active users", "users", 11, 0.083, parts=(("of", 12, "users"),)),
        figure("conversations", "Conversations", "conversations", 1247, 0.124),
        figure("messages", "Messages", "messages", 6873, 0.091),
        figure("documents", "Documents drafted", "documents", 372, -0.032),
        figure("queries", "Information retrieved", "queries", 631, 0.217),
        figure("shared_conversations", "Shared conversations", "conversations", 232, 0.05),
        figure("shared_share", "Shared use", "ratio", 0.186, 0.014),
        figure("twin_installations", "Twin installations", "twins", 9, None, unfiltered=True),
        figure("zero_result_rate", "Zero-result rate", "ratio", 0.114, 0.021, good="down"),
        figure(
            "session_length_median",
            "Session length",
            "seconds",
            252,
            -0.031,
            good="neutral",
            parts=(("p90", 780, "seconds"), ("mean", 301.5, "seconds")),
            series=tuple(None if v < 2 else float(v * 40) for v in WAVE),
        ),
    )


def days(filters: Filters) -> tuple[DayRow, ...]:
    last = date(2026, 11, 23)
    rows = []
    for at, users in enumerate(WAVE):
        day = last - timedelta(days=len(WAVE) - 1 - at)
        rows.append(
            DayRow(
                day=day,
                active_users=users,
                new_users=0,
                conversations=users * 5,
                messages=users * 27,
                documents=users * 2,
                queries=users * 3,
                shared_conversations=users,
                active_users_average=None if day == last else sum(WAVE[max(0, at - 6) : at + 1]) / 7,
                conversations_average=None,
                messages_average=None,
                is_complete=day != last,
            )
        )
    return tuple(rows)


def leaderboard(group: Any = "company", measure: Any = "conversations") -> Leaderboard:
    names = {
        "company": ("Acme", "Globex", "Initech", ""),
        "department": ("Sales", "Research", "Support", "Legal"),
        "user": ("Sarah Chen", "Mike O'Neil", "[/red]Priya Natarajan", "渡辺 健"),
        "twin": ("Sarah's twin", "Contracts", "Research desk", "Onboarding"),
    }[group]
    counts = (512, 390, 390, 45)
    ranks = (1, 2, 2, 4)
    rows = tuple(
        LeaderboardRow(
            rank=rank,
            id=f"{group}-{at}",
            name=name,
            detail="" if group == "company" else f"owner {at}",
            conversations=count,
            active_users=5 - at,
            messages=count * 5,
            documents=count // 4,
            queries=count // 2,
            per_user=count / (5 - at),
            share=count / 1337,
            rank_change=(1, -1, 0, None)[at],
        )
        for at, (name, count, rank) in enumerate(zip(names, counts, ranks, strict=True))
    )
    return Leaderboard(group, measure, 4, rows)


def hourly() -> Hourly:
    shape = (0, 0, 0, 0, 0, 0, 1, 4, 9, 14, 12, 8, 5, 9, 13, 11, 7, 4, 2, 1, 0, 0, 0, 0)
    means = tuple(tuple(float(v) if day < 5 else v / 8 for v in shape) for day in range(7))
    counts = tuple(tuple(v * 4 if day < 5 else v // 2 for v in shape) for day in range(7))
    return Hourly(means, counts, tuple(float(v) for v in shape), sum(shape) / 24, (9, 14))


def latest() -> tuple[ActivityItem, ...]:
    twin, others = TwinRef("t1", "Sarah's twin", SARAH), TwinRef("t2", "Contracts", MIKE)
    whats = (
        "Q4 renewal at Globex",
        "Offer letter, second draft",
        "customers without a renewal date",
        "[@click=app.quit]press me[/]\x1b[2J",
        "日本語の議事録をまとめる",
        "",
        "Travel policy",
        "Onboarding plan for the new research group in Vienna and everyone who joins them later",
    )
    kinds = ("conversation", "document", "query") * 3
    return tuple(
        ActivityItem(
            time=NOW - timedelta(minutes=7 * at**3 + 5),
            kind=kinds[at],  # type: ignore[arg-type]
            session_id=f"s{at}",
            event_id=f"e{at}",
            user=SARAH if at % 2 else MIKE,
            twin=others if at % 3 else twin,
            what=what,
            detail="",
            platform="slack",
            length_s=252.0,
            messages=6,
            documents=1,
            queries=0,
            results_count=4 if kinds[at] == "query" else None,
            shared=bool(at % 3),
        )
        for at, what in enumerate(whats)
    )


STATUS = DatabaseStatus(
    name="sample.db",
    is_ours=True,
    is_read_only=True,
    missing=(),
    is_empty=False,
    first_day=date(2026, 9, 25),
    last_day=date(2026, 11, 23),
    as_of=datetime(2026, 11, 23, 9, 7, tzinfo=UTC),
)


def overview(filters: Filters, group: Any = "company", measure: Any = "conversations") -> Overview:
    rows = days(filters)
    return Overview(
        filters=filters,
        window=window(filters),
        previous_window=None,
        timezone="UTC",
        start=rows[0].day,
        end=rows[-1].day + timedelta(days=1),
        figures=figures(),
        days=rows,
        features=(
            Feature("question_asked", "Conversations started", 1247, 0.554, 41.6),
            Feature("info_retrieved", "Information retrieved", 631, 0.28, 21.0),
            Feature("document_drafted", "Documents drafted", 372, 0.165, 12.4),
            Feature("shared_interaction", "Shared conversations", 232, 0.186, 7.7),
        ),
        leaderboard=leaderboard(group, measure),
        hourly=hourly(),
        message_types=(Share("general", 5210, 0.76),),
        platforms=(Share("slack", 1247, 1.0),),
        latest=latest(),
        status=STATUS,
    )


def empty_overview(filters: Filters, *, is_empty: bool) -> Overview:
    """What the service answers when nothing lies in the window."""
    blank = [
        replace(
            f, value=None if f.unit in ("ratio", "seconds") else 0, change=None, series=(0.0,) * 30, parts=()
        )
        for f in figures()
    ]
    full = overview(filters)
    return replace(
        full,
        figures=tuple(blank),
        days=tuple(
            DayRow(row.day, 0, 0, 0, 0, 0, 0, 0, None, None, None, row.is_complete) for row in full.days
        ),
        features=tuple(replace(f, count=0, share=None, per_day=0.0) for f in full.features),
        leaderboard=replace(full.leaderboard, total=0, rows=()),
        hourly=Hourly(((0.0,) * 24,) * 7, ((0,) * 24,) * 7, (0.0,) * 24, 0.0, ()),
        message_types=(),
        platforms=(),
        latest=(),
        status=replace(STATUS, is_empty=is_empty),
    )


def choices() -> Choices:
    return Choices(
        companies=(
            Choice("Acme", "Acme", "", 512),
            Choice("Globex", "Globex", "", 390),
            Choice("", "(none)", "", 45),
        ),
        departments=(Choice("Sales", "Sales", "Acme", 300),),
        users=(
            Choice("u1", "Sarah Chen", "sarah@acme.example", 142),
            Choice("u2", "Mike O'Neil", "mike@globex.example", 131),
        ),
        twins=(Choice("t1", "Sarah's twin", "Sarah Chen", 99),),
        platforms=(Choice("slack", "slack", "", 1200), Choice("web", "web", "", 47)),
    )
