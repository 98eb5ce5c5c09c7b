"""What the service answers: frozen values, times aware in UTC, days local, unknown as ``None``."""

from twin_tui.analytics.answers.database import Choice, Choices, DatabaseStatus
from twin_tui.analytics.answers.feed import (
    ActivityItem,
    ActivityKind,
    ActivityPage,
    ActivityRequest,
    ActivityType,
    Person,
    TwinRef,
)
from twin_tui.analytics.answers.figures import (
    DayRow,
    Direction,
    Feature,
    Figure,
    Group,
    Hourly,
    Leaderboard,
    LeaderboardRow,
    Measure,
    Share,
    Unit,
    Window,
)
from twin_tui.analytics.answers.overview import Overview
from twin_tui.analytics.answers.reading import (
    TEXT_LIMIT,
    Conversation,
    ConversationHeader,
    Entry,
    EntryKind,
    EntryRef,
    Match,
)

__all__ = [
    "TEXT_LIMIT",
    "ActivityItem",
    "ActivityKind",
    "ActivityPage",
    "ActivityRequest",
    "ActivityType",
    "Choice",
    "Choices",
    "Conversation",
    "ConversationHeader",
    "DatabaseStatus",
    "DayRow",
    "Direction",
    "Entry",
    "EntryKind",
    "EntryRef",
    "Feature",
    "Figure",
    "Group",
    "Hourly",
    "Leaderboard",
    "LeaderboardRow",
    "Match",
    "Measure",
    "Overview",
    "Person",
    "Share",
    "TwinRef",
    "Unit",
    "Window",
]
