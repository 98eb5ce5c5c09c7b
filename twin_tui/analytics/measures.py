"""How each figure is worked out from the facts of any slice: a window, the one before it, or one day."""

from typing import NamedTuple

from twin_tui.analytics.answers import Unit
from twin_tui.analytics.facts import Facts
from twin_tui.analytics.frame import ROLLING_DAYS, Slice
from twin_tui.analytics.order import ratio
from twin_tui.analytics.people_sets import at_least

POWER_SESSIONS = 10
"""Sessions in the window that make a power user."""
_SECOND = 1_000_000


class Amount(NamedTuple):
    """A figure's value over one slice, and what it was made from."""

    value: float | int | None
    n: int | None = None
    numerator: float | int | None = None
    denominator: float | int | None = None


Parts = tuple[tuple[str, float | int | None, Unit], ...]
"""What stands beside a figure: label, value, unit."""


def _quotient(numerator: float, denominator: int) -> Amount:
    return Amount(ratio(numerator, denominator), denominator, numerator, denominator)


def _plain(count: int) -> Amount:
    return Amount(count, count)


def _unless_unknown(amount: int, known: int, rows: int) -> int | None:
    return amount if known or not rows else None


def _seconds(microseconds: float | None) -> float | None:
    return None if microseconds is None else microseconds / _SECOND


def active_users(facts: Facts, part: Slice) -> Amount:
    """People who started a session or wrote a message."""
    return _plain(facts.active_users(part))


def starters(facts: Facts, part: Slice) -> Parts:
    """People who started a session."""
    return (("Started a conversation", facts.starters(part), "users"),)


def adoption(facts: Facts, part: Slice) -> Amount:
    """Active people ÷ people with an account, by company and department only."""
    return _quotient(facts.active_in_company(part), facts.accounts_until(part))


def new_users(facts: Facts, part: Slice) -> Amount:
    """Users created."""
    return _plain(facts.users_created(part))


def conversations(facts: Facts, part: Slice) -> Amount:
    """Sessions started."""
    return _plain(facts.total("conversations", part))


def messages(facts: Facts, part: Slice) -> Amount:
    """Messages."""
    return _plain(facts.total("messages", part))


def senders(facts: Facts, part: Slice) -> Parts:
    """Messages of people and of twins."""
    by_user, by_twin = facts.total("by_user", part), facts.total("by_twin", part)
    return ("By people", by_user, "messages"), ("By twins", by_twin, "messages")


def documents(facts: Facts, part: Slice) -> Amount:
    """Documents."""
    return _plain(facts.total("documents", part))


def words(facts: Facts, part: Slice) -> Parts:
    """Words of the documents."""
    return (("Words", document_words(facts, part).value, "words"),)


def document_words(facts: Facts, part: Slice) -> Amount:
    """Words of the documents whose number is known; unknown where there are documents, but none such."""
    count, known = facts.total("documents", part), facts.total("words_known", part)
    return Amount(_unless_unknown(facts.total("words", part), known, count), count)


def queries(facts: Facts, part: Slice) -> Amount:
    """Queries."""
    return _plain(facts.total("queries", part))


def results(facts: Facts, part: Slice) -> Parts:
    """Results of the queries."""
    return (("Results", results_returned(facts, part).value, "results"),)


def results_returned(facts: Facts, part: Slice) -> Amount:
    """Results of the queries whose number is known; unknown where there are queries, but none such."""
    count, known = facts.total("queries", part), facts.total("results_known", part)
    return Amount(_unless_unknown(facts.total("found", part), known, count), known)


def zero_result_rate(facts: Facts, part: Slice) -> Amount:
    """Queries without a result ÷ queries with a known number of results."""
    return _quotient(facts.total("empty", part), facts.total("results_known", part))


def shared_conversations(facts: Facts, part: Slice) -> Amount:
    """Sessions with someone else's twin."""
    return _plain(facts.total("shared", part))


def shared_share(facts: Facts, part: Slice) -> Amount:
    """Shared sessions ÷ sessions."""
    return _quotient(facts.total("shared", part), facts.total("conversations", part))


def twin_installations(facts: Facts, part: Slice) -> Amount:
    """Twins there at the slice's end."""
    return _plain(facts.twins_until(part))


def installed(facts: Facts, part: Slice) -> Parts:
    """Twins created."""
    return (("New in the period", facts.twins_created(part), "twins"),)


def new_twins(facts: Facts, part: Slice) -> Amount:
    """Twins created."""
    return _plain(facts.twins_created(part))


def session_length(facts: Facts, part: Slice) -> Amount:
    """Median session length."""
    lengths = facts.ordered("lengths", part)
    return Amount(_seconds(lengths.median()), len(lengths))


def lengths(facts: Facts, part: Slice) -> Parts:
    """The 90th percentile and the mean of session lengths, and the share of sessions they are known of."""
    lengths = facts.ordered("lengths", part)
    known = ratio(len(lengths), facts.total("conversations", part))
    return (
        ("90th percentile", _seconds(lengths.p90), "seconds"),
        ("Mean", _seconds(lengths.mean), "seconds"),
        ("Known of conversations", known, "ratio"),
    )


def reply_time(facts: Facts, part: Slice) -> Amount:
    """Median time to the twin's reply."""
    waits = facts.ordered("replies", part)
    return Amount(_seconds(waits.median()), len(waits))


def waits(facts: Facts, part: Slice) -> Parts:
    """The 90th percentile of times to the twin's reply."""
    return (("90th percentile", _seconds(facts.ordered("replies", part).p90), "seconds"),)


def messages_per_conversation(facts: Facts, part: Slice) -> Amount:
    """Mean number of messages of the sessions started."""
    return _quotient(facts.ordered("counts", part).sum, facts.total("conversations", part))


def message_counts(facts: Facts, part: Slice) -> Parts:
    """Median number of messages of the sessions started."""
    counts, sessions = facts.ordered("counts", part), facts.total("conversations", part)
    return (("Median", counts.median(sessions - len(counts)), "messages"),)


def _in_days(facts: Facts, part: Slice, days: int) -> Amount:
    if part.complete_day is None:
        return Amount(None)
    return _plain(facts.active_until(part.complete_day, days))


def dau(facts: Facts, part: Slice) -> Amount:
    """People active on the slice's last complete day."""
    return _in_days(facts, part, 1)


def wau(facts: Facts, part: Slice) -> Amount:
    """People active in the 7 days ending on it."""
    return _in_days(facts, part, 7)


def mau(facts: Facts, part: Slice) -> Amount:
    """People active in the 30 days ending on it."""
    return _in_days(facts, part, ROLLING_DAYS)


def dau_mau(facts: Facts, part: Slice) -> Amount:
    """Mean of daily active people over 30 days ÷ people active in them."""
    day = part.complete_day
    if day is None:
        return Amount(None)
    daily = facts.daily_active(day, ROLLING_DAYS) / ROLLING_DAYS
    return _quotient(daily, facts.active_until(day, ROLLING_DAYS))


def power_users(facts: Facts, part: Slice) -> Amount:
    """People with at least ten sessions ÷ active people."""
    busy = at_least(facts.begun(part), POWER_SESSIONS).bit_count()
    return _quotient(busy, facts.active_users(part))


def sessions_per_user(facts: Facts, part: Slice) -> Amount:
    """Sessions started ÷ active people."""
    return _quotient(facts.total("conversations", part), facts.active_users(part))
