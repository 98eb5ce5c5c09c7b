"""Answers written out by hand, and the same with hostile text in every place that holds stored text."""

from datetime import UTC, date, datetime, timedelta

from twin_tui.analytics.answers import (
    ActivityItem,
    ActivityPage,
    ActivityRequest,
    Conversation,
    ConversationHeader,
    DatabaseStatus,
    DayRow,
    Entry,
    EntryIndex,
    EntryRef,
    Feature,
    Figure,
    Hourly,
    Leaderboard,
    LeaderboardRow,
    Overview,
    Person,
    Share,
    TwinRef,
    Window,
)
from twin_tui.analytics.filters import Filters, Period
from twin_tui.reports.about import About

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOSTILE = "=cmd|'\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\x00\r\n# [x](y)|`<b>\u202e\u200b\ud800\tÄ日本\u0301é👩‍👩‍👧"


def about(period: Period | None = None, **filters: object) -> About:
    chosen = period or Period.of_preset("7d", date(2026, 11, 23))
    return About(
        "sample.db",
        "Europe/Berlin",
        NOW,
        Filters(chosen, **filters),  # type: ignore[arg-type]
        chosen.start or date(2026, 11, 1),
        chosen.end or date(2026, 11, 24),
    )


WINDOW = Window(datetime(2026, 11, 16, 23, tzinfo=UTC), NOW, "Europe/Berlin")
BEFORE = Window(
    datetime(2026, 11, 9, 23, tzinfo=UTC), datetime(2026, 11, 16, 12, tzinfo=UTC), "Europe/Berlin"
)


def figure(key: str, label: str, unit: str, value: float | None, change: float | None) -> Figure:
    return Figure(
        key=key,
        label=label,
        unit=unit,  # type: ignore[arg-type]
        value=value,
        previous=None if value is None else value - 1,
        change=change,
        numerator=value,
        denominator=None,
        n=4,
        window=WINDOW,
        previous_window=BEFORE,
        series=(0, 1, 2, None, 4, 1, 0),
        definition="What it is.",
        parts=(("p90", 9.0, "seconds"),),
        unfiltered=key == "twin_installations",
    )


def item(text: str = "Plans", *, kind: str = "conversation", shared: bool = True) -> ActivityItem:
    return ActivityItem(
        time=datetime(2026, 11, 23, 9, 12, 4, tzinfo=UTC),
        kind=kind,  # type: ignore[arg-type]
        session_id="0190-session",
        event_id="0190-session" if kind == "conversation" else "0190-event",
        user=Person("u1", text, "ann@example.com"),
        twin=TwinRef("t1", text, Person("u2", "Bob", "bob@example.com")),
        what=text,
        detail="",
        platform="slack",
        length_s=252.0,
        messages=6,
        documents=1,
        queries=0,
        results_count=3 if kind == "query" else None,
        shared=shared,
    )


def board(text: str = "Acme") -> Leaderboard:
    rows = (
        LeaderboardRow(1, "Acme", text, "", 9, 3, 40, 2, 1, 3.0, 0.75, 2),
        LeaderboardRow(2, "", "", "", 3, 1, 9, 0, 0, 3.0, 0.25, None),
    )
    return Leaderboard("company", "conversations", 5, rows)


def overview(text: str = "Acme", *, empty: bool = False) -> Overview:
    first = date(2026, 11, 17)
    days = tuple(
        DayRow(
            first + timedelta(days=at),
            n,
            1,
            n + 1,
            9 * n,
            1,
            2,
            1,
            None if at < 3 else 2.5,
            None,
            None,
            at < 6,
        )
        for at, n in enumerate((0, 1, 2, 0, 4, 1, 3))
    )
    means = tuple(
        tuple(None if hour == 2 and day == 6 else day * hour / 10 for hour in range(24)) for day in range(7)
    )
    if empty:
        days, means = (), tuple((None,) * 24 for _ in range(7))
    none = (None,) * 24
    return Overview(
        filters=Filters(Period.of_preset("7d", date(2026, 11, 23))),
        window=WINDOW,
        previous_window=None if empty else BEFORE,
        timezone="Europe/Berlin",
        start=None if empty else first,
        end=date(2026, 11, 24),
        figures=(
            figure("active_users", "Active users", "users", None if empty else 12, None if empty else 0.124),
            figure("shared_share", "Shared share", "ratio", None if empty else 0.25, -0.031),
            figure("twin_installations", text, "twins", 8, 0.0),
            figure("session_length_median", "Session length", "seconds", 252.0, None),
        ),
        days=days,
        features=(
            Feature("question_asked", "Conversations started", 18, 0.72, 2.6),
            Feature("info_retrieved", "Information retrieved", 7, 0.28, 1.0),
            Feature("document_drafted", "Documents drafted", 0, 0.0, None),
        ),
        leaderboard=Leaderboard("company", "conversations", 0, ()) if empty else board(text),
        hourly=Hourly(means, tuple((1,) * 24 for _ in range(7)), none, None, () if empty else (14, 9)),
        message_types=() if empty else (Share(text, 40, 0.8), Share("", 10, 0.2)),
        platforms=() if empty else (Share("slack", 18, 1.0),),
        latest=() if empty else (item(text), item(text, kind="query")),
        status=DatabaseStatus("sample.db", True, True, (), empty, first, date(2026, 11, 23), NOW),
    )


def activity(text: str = "Plans", total: int = 3) -> ActivityPage:
    items = (item(text), item(text, kind="document"), item("", kind="query")) if total else ()
    return ActivityPage(ActivityRequest("all", limit=3, search=text), total, max(1, -(-total // 3)), items)


def conversation(text: str = "Hello\nthere") -> tuple[Conversation, tuple[Entry, ...]]:
    begin = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

    def entry(kind: str, at: int, sender: str | None, minutes: int | None, body: str) -> Entry:
        return Entry(
            kind=kind,  # type: ignore[arg-type]
            id=f"{kind}-{at}",
            time=None if minutes is None else begin + timedelta(minutes=minutes),
            sender=sender,  # type: ignore[arg-type]
            text=body,
            is_cut=False,
            size=len(body),
            message_id=None if kind == "message" or at > 5 else "message-1",
            message_type="text" if kind == "message" else None,
            title=text if kind == "document" else None,
            type=text if kind != "message" else None,
            word_count=2 if kind == "document" else None,
            results_count=None,
        )

    entries = (
        entry("message", 1, "user", 0, text),
        entry("document", 2, None, 1, "# Draft\n- one"),
        entry("message", 3, "twin", 4, "    code\n1. first"),
        entry("message", 4, "user", 3_000, ""),
        entry("query", 6, None, None, text),
    )
    header = ConversationHeader(
        session_id="0190-session",
        user=Person("u1", text, "ann@example.com"),
        company="Acme",
        department=None,
        twin=TwinRef("t1", "Scribe", Person("u2", "Bob", "bob@example.com")),
        title=text,
        topic=None,
        platform="slack",
        started_at=begin,
        last_at=begin + timedelta(minutes=3_000),
        shared=True,
        messages=3,
        user_messages=2,
        twin_messages=1,
        documents=1,
        queries=1,
        elapsed_s=180_000.0,
        active_s=240.0,
    )
    index = EntryIndex(EntryRef(e.kind, e.id, e.time, e.sender, e.size, e.message_id) for e in entries)
    return Conversation(header, index), entries
