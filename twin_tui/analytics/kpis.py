"""The KPI registry: one declaration gives a figure's value, change, daily series and explanation."""

from collections.abc import Callable
from dataclasses import dataclass

from twin_tui.analytics import measures
from twin_tui.analytics.answers import Direction, Unit
from twin_tui.analytics.facts import Facts
from twin_tui.analytics.frame import Slice
from twin_tui.analytics.measures import Amount, Parts

_NOT_OF_USERS = ("twin", "platform", "shared")
"""Filters that say nothing about a person or a twin's existence."""


@dataclass(frozen=True, slots=True)
class Kpi:
    """What a figure is called, how it is worked out, and what it says."""

    key: str
    label: str
    unit: Unit
    good: Direction
    measure: Callable[[Facts, Slice], Amount]
    definition: str
    beside: Callable[[Facts, Slice], Parts] | None = None
    """What stands beside its value, of the window only; ``None``: nothing."""
    ignores: tuple[str, ...] = ()
    """Names of filters that do not apply to it."""
    days: int | None = None
    """Length of its own window, ending on the last complete day; ``None``: the period's."""


KPIS: tuple[Kpi, ...] = (
    Kpi(
        "active_users",
        "Active users",
        "users",
        "up",
        measures.active_users,
        "People who started a conversation or wrote a message, each counted once. A twin's reply makes "
        "no one active; messages carry no author of their own and count for the person whose conversation "
        "it is.",
        measures.starters,
    ),
    Kpi(
        "conversations",
        "Conversations",
        "conversations",
        "up",
        measures.conversations,
        "Conversations (sessions) started.",
    ),
    Kpi(
        "messages",
        "Messages",
        "messages",
        "up",
        measures.messages,
        "Messages of people and of twins.",
        measures.senders,
    ),
    Kpi(
        "documents",
        "Documents drafted",
        "documents",
        "up",
        measures.documents,
        "Documents that twins drafted.",
        measures.words,
    ),
    Kpi(
        "queries",
        "Information retrieved",
        "queries",
        "up",
        measures.queries,
        "Searches that twins ran to retrieve information.",
        measures.results,
    ),
    Kpi(
        "shared_conversations",
        "Shared use",
        "conversations",
        "up",
        measures.shared_conversations,
        "Conversations started with a twin that belongs to someone else.",
    ),
    Kpi(
        "shared_share",
        "Shared share",
        "ratio",
        "up",
        measures.shared_share,
        "Conversations with someone else's twin ÷ all conversations started.",
    ),
    Kpi(
        "twin_installations",
        "Twin installations",
        "twins",
        "up",
        measures.twin_installations,
        "Twins there at the end of the window, whenever they were created, compared with the end of the "
        "window before. Company, department and user mean the twin's owner.",
        measures.installed,
        ignores=_NOT_OF_USERS,
    ),
    Kpi(
        "zero_result_rate",
        "Zero-result rate",
        "ratio",
        "down",
        measures.zero_result_rate,
        "Searches that found nothing ÷ searches whose number of results is known.",
    ),
    Kpi(
        "session_length_median",
        "Session length",
        "seconds",
        "neutral",
        measures.session_length,
        "Per conversation, the pauses between its messages added up, each counted only up to 30 minutes; the "
        "median of them. It belongs whole to the window in which the conversation starts. Conversations with "
        "fewer than two messages are left out.",
        measures.lengths,
    ),
    Kpi(
        "reply_time_median",
        "Reply time",
        "seconds",
        "down",
        measures.reply_time,
        "Per message of a person, the time to the twin's next message, where one follows before the person "
        "writes again; the median of them.",
        measures.waits,
    ),
    Kpi(
        "messages_per_conversation",
        "Messages per conversation",
        "messages",
        "neutral",
        measures.messages_per_conversation,
        "Messages of the conversations started in the window ÷ those conversations.",
        measures.message_counts,
    ),
    Kpi(
        "adoption",
        "Adoption",
        "ratio",
        "up",
        measures.adoption,
        "Active users ÷ users with an account before the window's end. Obeys company and department only.",
        ignores=("user", *_NOT_OF_USERS),
    ),
    Kpi(
        "new_users",
        "New users",
        "users",
        "up",
        measures.new_users,
        "Accounts created in the window.",
        ignores=_NOT_OF_USERS,
    ),
    Kpi("new_twins", "New twins", "twins", "up", measures.new_twins, "Twins created.", ignores=_NOT_OF_USERS),
    Kpi(
        "document_words",
        "Words drafted",
        "words",
        "up",
        measures.document_words,
        "Words of the documents drafted, where they were counted.",
    ),
    Kpi(
        "results_returned",
        "Results returned",
        "results",
        "up",
        measures.results_returned,
        "Results of all searches, where the number is known.",
    ),
    Kpi(
        "dau",
        "Daily active users",
        "users",
        "up",
        measures.dau,
        "People active on the last complete day of the period.",
        days=1,
    ),
    Kpi(
        "wau",
        "Weekly active users",
        "users",
        "up",
        measures.wau,
        "People active in the 7 days ending on the last complete day, each counted once.",
        days=7,
    ),
    Kpi(
        "mau",
        "Monthly active users",
        "users",
        "up",
        measures.mau,
        "People active in the 30 days ending on the last complete day, each counted once.",
        days=30,
    ),
    Kpi(
        "dau_mau",
        "DAU/MAU",
        "ratio",
        "up",
        measures.dau_mau,
        "The mean of daily active users over the 30 days ending on the last complete day ÷ the people active "
        "in those 30 days.",
        days=30,
    ),
    Kpi(
        "power_users",
        "Power users",
        "ratio",
        "up",
        measures.power_users,
        "People who started at least ten conversations in the window ÷ active users.",
    ),
    Kpi(
        "sessions_per_user",
        "Conversations per user",
        "conversations",
        "up",
        measures.sessions_per_user,
        "Conversations started ÷ active users.",
    ),
)
"""Every figure, in the order of reports."""
