"""What the engagement tab draws of its answer: bars with what is behind them, and courses over days."""

from twin_tui.analytics.answers import (
    Distribution,
    Engagement,
    EngagementCell,
    SessionsCell,
    Share,
)
from twin_tui.text.formatting import bucket, group_name, number, percent, value
from twin_tui.tui.widgets.chart.course import Course, View
from twin_tui.tui.widgets.parts.bar_list import NOTHING, Bar, BarView
from twin_tui.tui.widgets.parts.heatmap import hour_words

DAY_VIEWS = (
    View(
        "Conversations per user and day",
        (("per active user", "sessions_per_user", "points", "series-1", True),),
    ),
    View(
        "Features per day",
        (
            ("conversations", "conversations", "bars", "series-1", False),
            ("queries", "queries", "bars", "series-2", False),
            ("documents", "documents", "bars", "series-3", False),
        ),
    ),
    View(
        "Own and shared use per day",
        (
            ("with one's own twin", "own_conversations", "bars", "series-1", False),
            ("with somebody else's", "shared_conversations", "bars", "series-2", False),
        ),
    ),
    View("Messages per day", (("messages", "messages", "line", "series-1", True),)),
    View(
        "Messages per conversation, by day",
        (("mean of a day", "messages_per_conversation", "points", "series-1", True),),
    ),
    View(
        "Session length by day",
        (("median of a day", "session_length_median", "points", "series-1", True),),
        "seconds",
    ),
    View(
        "Reply time by day",
        (("median of a day", "reply_time_median", "points", "series-1", True),),
        "seconds",
    ),
)
CHART_NOTE = (
    "The chart: this figure for each local day. A mean is over the complete days shown; today does not count "
    "in it. Own use is conversations that are not marked as shared use."
)
_OF_DAYS = ("conversations", "queries", "documents", "messages", "shared_conversations")
_OF_FIGURES = (
    "sessions_per_user",
    "messages_per_conversation",
    "session_length_median",
    "reply_time_median",
)
_STEP_NOTE = (
    "Each step is told with its share of the step before; its bar is drawn against all accounts. Enter lists "
    "the people who came as far."
)
_SPREAD_NOTE = (
    "The bars: how many have a value within these bounds, and their share of all. Enter lists who or what "
    "is behind a bar."
)
_TYPE_NOTE = (
    "Each with its share of all of its kind; a message that asked for a document and a query counts in both. "
    "Enter lists the conversations."
)


def course_of(found: Engagement) -> Course:
    """Return the values of the days that the chart draws."""
    series = {figure.key: figure.series for figure in found.figures}
    own = tuple(day.conversations - day.shared_conversations for day in found.days)
    return Course(
        tuple(day.day for day in found.days),
        (
            *((key, tuple(getattr(day, key) for day in found.days)) for key in _OF_DAYS),
            ("own_conversations", own),
            *((key, series.get(key, ())) for key in _OF_FIGURES),
        ),
        is_open=bool(found.days) and not found.days[-1].is_complete,
    )


def people_views(found: Engagement) -> tuple[BarView, ...]:
    """Return the funnel, concentration and the busiest people."""
    everyone = found.funnel[0].people
    steps = tuple(
        Bar(
            step.label,
            step.people,
            step.rate,
            step.people / everyone if everyone else None,
            EngagementCell("funnel", step=step.key),
        )
        for step in found.funnel
    )
    tops = tuple(
        Bar(
            f"top {top.percent} % ({number(top.people)})",
            top.conversations,
            top.share,
            opens=EngagementCell("top", percent=top.percent),
        )
        for top in found.concentration
    )
    busiest = tuple(
        Bar(busy.person.name or busy.person.email, busy.conversations, busy.share, opens=busy.person.id)
        for busy in found.busiest
    )
    power = found.figure("power_users")
    return (
        BarView("Funnel", steps, figures=("funnel", "active_users"), note=_STEP_NOTE),
        BarView(
            "Concentration",
            tops,
            "share of the conversations of the busiest people",
            figures=("concentration", "conversations", "active_users"),
            note="In brackets how many people these are. Enter lists them.",
        ),
        BarView(
            "Busiest people",
            busiest,
            f"power users: {percent(power.value)} ({number(power.numerator)} with 10 or more)",
            figures=("power_users", "sessions_per_user", "active_users"),
            note="Those who started most conversations, with their share of all. Enter opens the person.",
            empty="nobody started a conversation in this period",
        ),
    )


def spread_views(found: Engagement) -> tuple[BarView, ...]:
    """Return the distributions."""
    keys = {
        "sessions_per_user": "sessions_per_user",
        "messages_per_conversation": "messages_per_conversation",
        "session_length": "session_length_median",
        "reply_time": "reply_time_median",
    }
    return tuple(_spread(each, keys[each.key]) for each in found.distributions)


def type_views(found: Engagement) -> tuple[BarView, ...]:
    """Return topics, platforms, types and hours."""
    topics = tuple(
        Bar(group_name(topic.name), topic.count, topic.share, opens=SessionsCell("topic", topic.key))
        for topic in found.topics.rows
    )
    left = found.topics.total - len(topics)
    kinds = (
        ("Platforms", "platform", found.platforms, "conversations", "▚"),
        ("Message types", "message_type", found.message_types, "messages", "█"),
        ("Document types", "document_type", found.document_types, "documents", "░"),
        ("Query types", "query_type", found.query_types, "queries", "▒"),
    )
    return (
        BarView(
            "Topics",
            topics,
            f"and {number(left)} more topics" if topics and left else "",
            figures=("topics", "conversations"),
            note="Conversations started by topic, with their share of all. Enter lists them.",
            empty=f"{number(found.topics.total)} topics, which this role does not see"
            if found.topics.total
            else NOTHING,
        ),
        *(
            BarView(title, _shares(kind, shares), glyph=glyph, figures=(figure,), note=_TYPE_NOTE)
            for title, kind, shares, figure, glyph in kinds
        ),
        _hours(found),
    )


def _spread(spread: Distribution, figure: str) -> BarView:
    middle, p90 = value(spread.median, spread.unit), value(spread.p90, spread.unit)
    bars = tuple(
        Bar(
            bucket(each.start, each.stop, spread.unit),
            each.count,
            each.share,
            opens=_behind(spread, each.start, each.stop),
        )
        for each in spread.buckets
    )
    return BarView(
        spread.label,
        bars if spread.n else (),
        f"median {middle} · p90 {p90} · {number(spread.n)} {spread.counted}",
        figures=(figure,),
        note=_SPREAD_NOTE,
    )


def _behind(spread: Distribution, start: int, stop: int | None) -> EngagementCell | SessionsCell:
    if spread.key == "sessions_per_user":
        return EngagementCell("sessions_per_user", start=start, stop=stop)
    step = 0.000_001 if spread.unit == "seconds" else 1
    return SessionsCell(spread.key, low=start, high=None if stop is None else stop - step)


def _hours(found: Engagement) -> BarView:
    counts = [sum(day[hour] for day in found.hourly.counts) for hour in range(24)]
    whole = sum(counts)
    peaks = " and ".join(map(hour_words, found.hourly.peaks))
    return BarView(
        "Hours of the day",
        tuple(
            Bar(hour_words(hour), count, count / whole, opens=SessionsCell("hour", str(hour)))
            for hour, count in enumerate(counts)
        )
        if whole
        else (),
        f"busiest {peaks} · messages of people" if peaks else "",
        figures=("messages",),
        note=(
            "Messages of people by local hour of the day, with their share of all. The busiest hours are by "
            "the mean of such an hour, so that an hour that a clock change skips is not counted."
        ),
    )


def _shares(kind: str, shares: tuple[Share, ...]) -> tuple[Bar, ...]:
    return tuple(
        Bar(group_name(each.name), each.count, each.share, opens=SessionsCell(kind, each.name))
        for each in shares
    )
