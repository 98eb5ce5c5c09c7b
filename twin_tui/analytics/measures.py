"""How each figure is worked out from the facts of any slice: a window, the one before it, or one day."""

from dataclasses import dataclass

from twin_tui.analytics.answers import Unit
from twin_tui.analytics.facts import Facts
from twin_tui.analytics.frame import ROLLING_DAYS, Slice
from twin_tui.analytics.order import ratio
from twin_tui.analytics.people_sets import at_least

POWER_SESSIONS = 10
"""Sessions in the window that make a power user."""
_SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure's value over one slice, and what it was made from."""

    value: float | int | None
    n: int | None = None
    numerator: float | int | None = None
    denominator: float | int | None = None
    parts: tuple[tuple[str, float | int | None, Unit], ...] = ()


def _quotient(numerator: float, denominator: int) -> Amount:
    return Amount(ratio(numerator, denominator), denominator, numerator, denominator)


def _plain(count: int) -> Amount:
    return Amount(count, count)


def _unless_unknown(amount: int, known: int, rows: int) -> int | None:
    return amount if known or not rows else None


def _seconds(microseconds: float | None) -> float | None:
    return None if microseconds is None else microseconds / _SECOND


def active_users(facts: Facts, part: Slice) -> Amount:
    """People who started a session or wrote a message, session starters beside."""
    count = facts.active_users(part)
    return Amount(count, count, parts=(("Started a conversation", facts.starters(part), "users"),))


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
    """Messages, those of people and of twins beside."""
    count = facts.total("messages", part)
    by_user, by_twin = facts.total("by_user", part), facts.total("by_twin", part)
    return Amount(count, count, parts=(("By people", by_user, "messages"), ("By twins", by_twin, "messages")))


def documents(facts: Facts, part: Slice) -> Amount:
    """Documents, their words beside."""
    count = facts.total("documents", part)
    return Amount(count, count, parts=(("Words", document_words(facts, part).value, "words"),))


def document_words(facts: Facts, part: Slice) -> Amount:
    """Words of the documents whose number is known; unknown where there are documents, but none such."""
    count, known = facts.total("documents", part), facts.total("words_known", part)
    return Amount(_unless_unknown(facts.total("words", part), known, count), count)


def queries(facts: Facts, part: Slice) -> Amount:
    """Queries, their results beside."""
    count = facts.total("queries", part)
    return Amount(count, count, parts=(("Results", results_returned(facts, part).value, "results"),))


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
    """Twins there at the slice's end, those created in it beside."""
    count = facts.twins_until(part)
    return Amount(count, count, parts=(("New in the period", facts.twins_created(part), "twins"),))


def new_twins(facts: Facts, part: Slice) -> Amount:
    """Twins created."""
    return _plain(facts.twins_created(part))


def session_length(facts: Facts, part: Slice) -> Amount:
    """Median session length; p90, mean and the share of sessions it is known of beside."""
    lengths = facts.ordered(lambda day: day.lengths, part)
    known = ratio(len(lengths), facts.total("conversations", part))
    beside: tuple[tuple[str, float | None, Unit], ...] = (
        ("90th percentile", _seconds(lengths.p90), "seconds"),
        ("Mean", _seconds(lengths.mean), "seconds"),
        ("Known of conversations", known, "ratio"),
    )
    return Amount(_seconds(lengths.median()), len(lengths), parts=beside)


def reply_time(facts: Facts, part: Slice) -> Amount:
    """Median time to the twin's reply, p90 beside."""
    waits = facts.ordered(lambda day: day.replies, part)
    beside: tuple[tuple[str, float | None, Unit], ...] = (
        ("90th percentile", _seconds(waits.p90), "seconds"),
    )
    return Amount(_seconds(waits.median()), len(waits), parts=beside)


def messages_per_conversation(facts: Facts, part: Slice) -> Amount:
    """Mean number of messages of the sessions started, median beside."""
    counts, sessions = facts.ordered(lambda day: day.counts, part), facts.total("conversations", part)
    middle = counts.median(sessions - len(counts))
    beside: tuple[tuple[str, float | None, Unit], ...] = (("Median", middle, "messages"),)
    return Amount(ratio(counts.sum, sessions), sessions, counts.sum, sessions, beside)


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
