"""Reads who was active when, and who has an account, from the six tables or from the derived ones.

Company, department and user are obeyed; twin, platform and shared are not: a first time is a first time with
whatever twin it was.
"""

from datetime import datetime

from twin_tui.analytics import reading, status
from twin_tui.analytics.columns import words
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.days import Days
from twin_tui.analytics.derived.facts import is_served
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import Selection, numbers, selection
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.retention.history import Accounts, History
from twin_tui.analytics.scope import bound
from twin_tui.data.models import User
from twin_tui.rollups import tables
from twin_tui.rollups.bitset import bitset, members
from twin_tui.rollups.calendar import micros


class HistoryReader:
    """One history, and what belongs to it: the people behind its numbers, and their accounts."""

    def __init__(self, context: Context, filters: Filters, *, is_of_all: bool = False) -> None:
        """Read who was active up to now, in two statements, or a few on the derived tables.

        ``is_of_all``: twin, platform and shared are obeyed, too; the period never is.
        """
        self._context = context
        asked = Filters(company=filters.company, department=filters.department, user=filters.user)
        if is_of_all:
            asked = filters.with_period(Period())
        self._scope = context.scope(asked)
        held = status.bounds(context)
        frame = Frame(asked.period, context.now, context.zone, held.first, held.last)
        self._numbers: dict[str, int] = {}
        self._layer = context.layer if is_served(frame) else None
        if self._layer is None:
            active, self._numbers = reading.read_active(context, self._scope, frame)
        else:
            self._chosen = selection(self._layer, asked)
            active = Days(self._layer, self._chosen, frame, frame.buckets[-1].day.toordinal()).active()
        self.history = History([bucket.day for bucket in frame.buckets], active)
        self.first_day = frame.first_day

    def ids(self, people: int) -> list[str]:
        """Return the ids of a set of people, in no order."""
        if self._layer is None:
            return [key for key, number in self._numbers.items() if people >> number & 1]
        found = tuple(members(people))
        rows = self._layer.run(f"SELECT user_id FROM {tables.PERSON} WHERE no {numbers(found)}")
        return [words(key) for (key,) in rows]

    def account_ids(self, moment: datetime) -> list[str]:
        """Return the ids of everyone with an account by an instant (aware), in no order."""
        column, dialect = self._context.source.column, self._context.source.dialect
        created = column(User.created_at)
        is_there = created.is_null() | (created < bound(dialect, moment))
        return [
            words(key) for (key,) in self._context.rows(self._scope.users(column(User.id)).where(is_there))
        ]

    def accounts(self, since: datetime) -> Accounts:
        """Return the accounts; when they were made is known from ``since`` (aware) on."""
        if self._layer is not None:
            return _derived_accounts(self._layer, self._chosen, micros(since))
        column, dialect = self._context.source.column, self._context.source.dialect
        created = column(User.created_at)
        is_there = created.is_null() | (created < bound(dialect, self._context.now))
        rows = self._context.rows(self._scope.users(column(User.id), created).where(is_there))
        made: list[tuple[int, int | None]] = []
        before, without = 0, set(self._numbers.values())
        for key, moment in rows:
            number = self._numbers.get(words(key))
            without.discard(-1 if number is None else number)
            time = dialect.parse_time(moment)
            if time is None or time < since:
                before += 1
            else:
                made.append((micros(time), number))
        made.sort(key=lambda account: account[0])
        return Accounts(before, made, bitset(without))


def _derived_accounts(layer: Layer, chosen: Selection, since_us: int) -> Accounts:
    condition = "".join(f" AND {part}" for part in _of_person(chosen))
    person = f"FROM {tables.PERSON} WHERE"
    # Those that are not there have no date; the others with one are counted in the order of an index.
    ((dated, undated),) = layer.run(
        f"SELECT (SELECT COUNT(*) {person} created_us < ?{condition}),"
        f" (SELECT COUNT(*) {person} created_us IS NULL AND is_there = 1{condition})",
        (since_us,),
    )
    made = layer.run(
        f"SELECT created_us, no {person} created_us >= ? AND created_us < ?{condition} ORDER BY created_us",
        (since_us, layer.now_us),
    )
    late = layer.run(
        f"SELECT no {person} created_us >= ? UNION ALL"
        f" SELECT no {person} created_us IS NULL AND is_there = 0",
        (layer.now_us,),
    )
    return Accounts(
        int(dated) + int(undated), [(time, who) for time, who in made], bitset(who for (who,) in late)
    )


def _of_person(chosen: Selection) -> list[str]:
    """Return the conditions of a selection as asked of a row of people; they name no other columns."""
    return [condition.replace("user_no", "no") for condition in chosen.conditions]
