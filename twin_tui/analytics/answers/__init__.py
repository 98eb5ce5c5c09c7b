"""What the service answers: frozen values, times aware in UTC, days local, unknown as ``None``.

Each module is imported with the first of its names that is asked for: a start needs a few of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from twin_tui.analytics.answers.behind import SessionBehind, SessionsCell
    from twin_tui.analytics.answers.database import Choice, ChoicePart, Choices, DatabaseStatus
    from twin_tui.analytics.answers.desk import (
        LONGEST_ANNOTATION,
        NO_MARKS,
        Annotation,
        Kept,
        Mark,
        MarkKind,
        Marks,
        Note,
        Shelf,
    )
    from twin_tui.analytics.answers.engagement import (
        TOP_PERCENTS,
        Bucket,
        BusyPerson,
        Concentration,
        Distribution,
        Engagement,
        EngagementCell,
        FunnelStep,
        Pair,
        Pairs,
        Topic,
        Topics,
    )
    from twin_tui.analytics.answers.entry_index import EntryIndex, EntryKind, EntryRef, Positions
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
    from twin_tui.analytics.answers.monthly import MonthlyPage, MonthlyRequest, MonthlySort, MonthRow
    from twin_tui.analytics.answers.overview import FigureSheet, Overview
    from twin_tui.analytics.answers.people import (
        PagedList,
        PageRequest,
        PeopleKind,
        PeoplePage,
        PeopleRequest,
        PeopleSort,
        PeopleStatus,
        PersonPage,
        PersonRow,
        TwinPage,
        TwinRow,
        TwinUse,
        UseDay,
    )
    from twin_tui.analytics.answers.quality import (
        DEAD_END_REASONS,
        FEWEST,
        QUALITY_MEASURES,
        SLOW_SECONDS,
        DeadEndCount,
        DeadEndReason,
        DocumentType,
        EmptyText,
        Quality,
        QualityDay,
        QualityMeasure,
        TwinQuality,
    )
    from twin_tui.analytics.answers.reading import (
        TEXT_LIMIT,
        Conversation,
        ConversationHeader,
        Draft,
        Entry,
        Match,
        Outcome,
        outcome_of,
    )
    from twin_tui.analytics.answers.retention import (
        LIFECYCLE,
        RETENTION_DAYS,
        ActiveDays,
        Cohort,
        DayRetention,
        Lifecycle,
        LifecycleState,
        Retained,
        Retention,
        RetentionCell,
    )
    from twin_tui.analytics.answers.search import (
        RELEVANCE_LIMIT,
        Few,
        Hit,
        PersonHit,
        SearchOrder,
        SearchPage,
        SearchRequest,
        SessionHit,
        TwinHit,
    )

__all__ = [
    "DEAD_END_REASONS",
    "FEWEST",
    "LIFECYCLE",
    "LONGEST_ANNOTATION",
    "NO_MARKS",
    "QUALITY_MEASURES",
    "RELEVANCE_LIMIT",
    "RETENTION_DAYS",
    "SLOW_SECONDS",
    "TEXT_LIMIT",
    "TOP_PERCENTS",
    "ActiveDays",
    "ActivityItem",
    "ActivityKind",
    "ActivityPage",
    "ActivityRequest",
    "ActivityType",
    "Annotation",
    "Bucket",
    "BusyPerson",
    "Choice",
    "ChoicePart",
    "Choices",
    "Cohort",
    "Concentration",
    "Conversation",
    "ConversationHeader",
    "DatabaseStatus",
    "DayRetention",
    "DayRow",
    "DeadEndCount",
    "DeadEndReason",
    "Direction",
    "Distribution",
    "DocumentType",
    "Draft",
    "EmptyText",
    "Engagement",
    "EngagementCell",
    "Entry",
    "EntryIndex",
    "EntryKind",
    "EntryRef",
    "Feature",
    "Few",
    "Figure",
    "FigureSheet",
    "FunnelStep",
    "Group",
    "Hit",
    "Hourly",
    "Kept",
    "Leaderboard",
    "LeaderboardRow",
    "Lifecycle",
    "LifecycleState",
    "Mark",
    "MarkKind",
    "Marks",
    "Match",
    "Measure",
    "MonthRow",
    "MonthlyPage",
    "MonthlyRequest",
    "MonthlySort",
    "Note",
    "Outcome",
    "Overview",
    "PageRequest",
    "PagedList",
    "Pair",
    "Pairs",
    "PeopleKind",
    "PeoplePage",
    "PeopleRequest",
    "PeopleSort",
    "PeopleStatus",
    "Person",
    "PersonHit",
    "PersonPage",
    "PersonRow",
    "Positions",
    "Quality",
    "QualityDay",
    "QualityMeasure",
    "Retained",
    "Retention",
    "RetentionCell",
    "SearchOrder",
    "SearchPage",
    "SearchRequest",
    "SessionBehind",
    "SessionHit",
    "SessionsCell",
    "Share",
    "Shelf",
    "Topic",
    "Topics",
    "TwinHit",
    "TwinPage",
    "TwinQuality",
    "TwinRef",
    "TwinRow",
    "TwinUse",
    "Unit",
    "UseDay",
    "Window",
    "outcome_of",
]

_HOMES = {
    "behind": "SessionBehind SessionsCell",
    "database": "Choice ChoicePart Choices DatabaseStatus",
    "desk": "LONGEST_ANNOTATION NO_MARKS Annotation Kept Mark MarkKind Marks Note Shelf",
    "engagement": (
        "TOP_PERCENTS Bucket BusyPerson Concentration Distribution Engagement EngagementCell FunnelStep "
        "Pair Pairs Topic Topics"
    ),
    "entry_index": "EntryIndex EntryKind EntryRef Positions",
    "feed": "ActivityItem ActivityKind ActivityPage ActivityRequest ActivityType Person TwinRef",
    "figures": (
        "DayRow Direction Feature Figure Group Hourly Leaderboard LeaderboardRow Measure Share Unit Window"
    ),
    "monthly": "MonthlyPage MonthlyRequest MonthlySort MonthRow",
    "overview": "FigureSheet Overview",
    "people": (
        "PagedList PageRequest PeopleKind PeoplePage PeopleRequest PeopleSort PeopleStatus PersonPage "
        "PersonRow TwinPage TwinRow TwinUse UseDay"
    ),
    "quality": (
        "DEAD_END_REASONS FEWEST QUALITY_MEASURES SLOW_SECONDS DeadEndCount DeadEndReason DocumentType "
        "EmptyText Quality QualityDay QualityMeasure TwinQuality"
    ),
    "reading": ("TEXT_LIMIT Conversation ConversationHeader Draft Entry Match Outcome outcome_of"),
    "retention": (
        "LIFECYCLE RETENTION_DAYS ActiveDays Cohort DayRetention Lifecycle LifecycleState Retained "
        "Retention RetentionCell"
    ),
    "search": "RELEVANCE_LIMIT Few Hit PersonHit SearchOrder SearchPage SearchRequest SessionHit TwinHit",
}
"""By module: the names that are to be found in it."""


def __getattr__(name: str) -> Any:
    """Return one of the names above (PEP 562)."""
    home = next((module for module, names in _HOMES.items() if name in names.split()), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
    return found
