"""How each figure is worked out from the facts of any slice: a window, the one before it, or one day."""

from collections import Counter
from dataclasses import dataclass

from twin_tui.analytics.answers import Unit
from twin_tui.analytics.facts import Facts, gathered, mean, median, p90, ratio, total, union
from twin_tui.analytics.frame import ROLLING_DAYS, Slice
from twin_tui.analytics.windows import days_before

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
    count = facts.active(part).bit_count()
    starters = union(facts.people.starters, part).bit_count()
    return Amount(count, count, parts=(("Started a conversation", starters, "users"),))


def adoption(facts: Facts, part: Slice) -> Amount:
    """Active people ÷ people with an account, by company and department only."""
    created = facts.created
    accounts = created.company_users_before + sum(created.company_users[: part.stop])
    return _quotient(union(facts.people.active_in_company, part).bit_count(), accounts)


def new_users(facts: Facts, part: Slice) -> Amount:
    """Users created."""
    return _plain(total(facts.created.users, part))


def conversations(facts: Facts, part: Slice) -> Amount:
    """Sessions started."""
    return _plain(total(facts.people.conversations, part))


def messages(facts: Facts, part: Slice) -> Amount:
    """Messages, those of people and of twins beside."""
    count = total(facts.messages.total, part)
    by_user, by_twin = total(facts.messages.by_user, part), total(facts.messages.by_twin, part)
    return Amount(count, count, parts=(("By people", by_user, "messages"), ("By twins", by_twin, "messages")))


def documents(facts: Facts, part: Slice) -> Amount:
    """Documents, their words beside."""
    count = total(facts.documents.total, part)
    return Amount(count, count, parts=(("Words", document_words(facts, part).value, "words"),))


def document_words(facts: Facts, part: Slice) -> Amount:
    """Words of the documents whose number is known; unknown where there are documents, but none such."""
    count, known = total(facts.documents.total, part), total(facts.documents.known, part)
    return Amount(_unless_unknown(total(facts.documents.words, part), known, count), count)


def queries(facts: Facts, part: Slice) -> Amount:
    """Queries, their results beside."""
    count = total(facts.queries.total, part)
    return Amount(count, count, parts=(("Results", results_returned(facts, part).value, "results"),))


def results_returned(facts: Facts, part: Slice) -> Amount:
    """Results of the queries whose number is known; unknown where there are queries, but none such."""
    count, known = total(facts.queries.total, part), total(facts.queries.known, part)
    return Amount(_unless_unknown(total(facts.queries.results, part), known, count), known)


def zero_result_rate(facts: Facts, part: Slice) -> Amount:
    """Queries without a result ÷ queries with a known number of results."""
    return _quotient(total(facts.queries.empty, part), total(facts.queries.known, part))


def shared_conversations(facts: Facts, part: Slice) -> Amount:
    """Sessions with someone else's twin."""
    return _plain(total(facts.people.shared, part))


def shared_share(facts: Facts, part: Slice) -> Amount:
    """Shared sessions ÷ sessions."""
    return _quotient(total(facts.people.shared, part), total(facts.people.conversations, part))


def twin_installations(facts: Facts, part: Slice) -> Amount:
    """Twins there at the slice's end, those created in it beside."""
    count = facts.created.twins_before + sum(facts.created.twins[: part.stop])
    return Amount(count, count, parts=(("New in the period", total(facts.created.twins, part), "twins"),))


def new_twins(facts: Facts, part: Slice) -> Amount:
    """Twins created."""
    return _plain(total(facts.created.twins, part))


def session_length(facts: Facts, part: Slice) -> Amount:
    """Median session length; p90, mean and the share of sessions it is known of beside."""
    lengths = gathered(facts.pace.lengths, part)
    known = ratio(len(lengths), total(facts.people.conversations, part))
    beside: tuple[tuple[str, float | None, Unit], ...] = (
        ("90th percentile", _seconds(p90(lengths)), "seconds"),
        ("Mean", _seconds(mean(lengths, len(lengths))), "seconds"),
        ("Known of conversations", known, "ratio"),
    )
    return Amount(_seconds(median(lengths)), len(lengths), parts=beside)


def reply_time(facts: Facts, part: Slice) -> Amount:
    """Median time to the twin's reply, p90 beside."""
    waits = gathered(facts.pace.replies, part)
    beside: tuple[tuple[str, float | None, Unit], ...] = (
        ("90th percentile", _seconds(p90(waits)), "seconds"),
    )
    return Amount(_seconds(median(waits)), len(waits), parts=beside)


def messages_per_conversation(facts: Facts, part: Slice) -> Amount:
    """Mean number of messages of the sessions started, median beside."""
    counts, sessions = gathered(facts.pace.messages, part), total(facts.people.conversations, part)
    middle = median([0] * (sessions - len(counts)) + counts)
    beside: tuple[tuple[str, float | None, Unit], ...] = (("Median", middle, "messages"),)
    return Amount(mean(counts, sessions), sessions, sum(counts), sessions, beside)


def _in_days(facts: Facts, part: Slice, days: int) -> Amount:
    if part.complete_day is None:
        return Amount(None)
    return _plain(facts.active_until(part.complete_day, days).bit_count())


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
    days = (days_before(day, back) for back in range(ROLLING_DAYS))
    daily = sum(facts.active_until(each, 1).bit_count() for each in days) / ROLLING_DAYS
    return _quotient(daily, facts.active_until(day, ROLLING_DAYS).bit_count())


def power_users(facts: Facts, part: Slice) -> Amount:
    """People with at least ten sessions ÷ active people."""
    begun: Counter[int] = Counter()
    for counts in facts.people.begun[part.first : part.stop]:
        begun.update(counts)
    busy = sum(1 for count in begun.values() if count >= POWER_SESSIONS)
    return _quotient(busy, facts.active(part).bit_count())


def sessions_per_user(facts: Facts, part: Slice) -> Amount:
    """Sessions started ÷ active people."""
    return _quotient(total(facts.people.conversations, part), facts.active(part).bit_count())
