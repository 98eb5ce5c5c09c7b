"""Sessions by local day as the tables hold them, and those of them that a cut or now divides, read anew."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

from twin_tui.analytics.columns import words
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import Selection, numbers
from twin_tui.analytics.frame import Bucket, Frame
from twin_tui.data.models import Message
from twin_tui.rollups import bitset, tables
from twin_tui.rollups.base_rows import BaseRows
from twin_tui.rollups.calendar import Calendar, instant, micros
from twin_tui.rollups.local_days import day_start
from twin_tui.rollups.rows import SessionDay
from twin_tui.rollups.session_facts import Events, Thread, session_facts
from twin_tui.rollups.statements import listed_in

Result = TypeVar("Result")
COLUMNS = ", ".join(SessionDay._fields)
"""The columns of a `SessionDay`, as text."""


class SessionDays:
    """The sessions that a selection holds on the days of a frame."""

    def __init__(self, layer: Layer, chosen: Selection, frame: Frame) -> None:
        self.layer, self.chosen = layer, chosen
        self.first, self.last = (frame.buckets[place].day.toordinal() for place in (0, -1))
        self.cut = cut_of(frame)
        """The first bucket of a day that has two."""

    def rows(self, condition: str, params: tuple[int, ...] = ()) -> list[SessionDay]:
        """Return rows as the tables hold them."""
        sql = f"SELECT {COLUMNS} FROM {tables.SESSION_DAY} WHERE {condition}{self.chosen.where}"
        return [SessionDay._make(row) for row in self.layer.run(sql, (*params, *self.chosen.params))]

    def before_cut(self) -> list[SessionDay]:
        """Return the sessions of the cut day by what is dated before the cut; they are read once."""
        return [] if self.cut is None else self.before(self.cut.day.toordinal(), micros(self.cut.end))

    def before(self, day: int, cut_us: int, since_us: int = 0) -> list[SessionDay]:
        """Return a day's sessions with anything since an instant, by what is dated before ``cut_us``, once.

        Instants are microseconds since 1970.
        """
        return self._once(("before", day, cut_us, since_us), lambda: self._before(day, cut_us, since_us))

    def active_before(self, day: int, cut_us: int, since_us: int = 0) -> int:
        """Return the people active on a day before ``cut_us``, of sessions with anything since an instant.

        For a day none of whose sessions goes on past now.
        """
        key = ("active before", day, cut_us, since_us)
        return self._once(key, lambda: self._active_before(day, cut_us, since_us))

    def past_now(self) -> dict[int, list[SessionDay]]:
        """Return the sessions of all days that hold one which goes on past now, by what is dated before."""
        if not self.layer.reaches_beyond_now:
            return {}
        return self._once(("past now", self.first, self.last), self._past_now)

    def _before(self, day: int, cut_us: int, since_us: int) -> list[SessionDay]:
        late = f" AND last_us >= {since_us:d}" if since_us else ""
        kept: list[SessionDay] = []
        divided: list[SessionDay] = []
        for row in self.rows(f"day = ? AND first_us < ?{late}", (day, cut_us)):
            is_whole = row.last_us < cut_us and row.until_us < self.layer.now_us
            (kept if is_whole else divided).append(row)
        return kept + recomputed(self.layer, divided, cut_us, before_cut_of=day) if divided else kept

    def _active_before(self, day: int, cut_us: int, since_us: int) -> int:
        active = f"(begun = 1 OR user_messages > 0){self.chosen.where}"
        whole = self.layer.run(
            f"SELECT DISTINCT user_no FROM {tables.SESSION_DAY}"
            f" WHERE day = ? AND last_us >= ? AND last_us < ? AND {active}",
            (day, since_us, cut_us, *self.chosen.params),
        )
        people = {user_no for (user_no,) in whole}
        divided = self.layer.run(
            f"SELECT session_no, user_no, begun FROM {tables.SESSION_DAY}"
            f" WHERE day = ? AND first_us < ? AND last_us >= ? AND {active}",
            (day, cut_us, cut_us, *self.chosen.params),
        )
        open_yet = {no: (user_no, begun) for no, user_no, begun in divided if user_no not in people}
        unsure: dict[str, int] = {}
        for no, session_id, started_us in _threads(self.layer, open_yet):
            user_no, begun = open_yet[no]
            if begun and (started_us or 0) < cut_us:
                people.add(user_no)
            else:
                unsure[session_id] = user_no
        wrote = _wrote(self.layer, unsure, day, cut_us) if unsure else ()
        return bitset.bitset((*people, *(unsure[session_id] for session_id in wrote)))

    def _past_now(self) -> dict[int, list[SessionDay]]:
        sql = f"SELECT DISTINCT day FROM {tables.SESSION_DAY} WHERE until_us >= ?{self.chosen.where}"
        found = self.layer.run(sql, (self.layer.now_us, *self.chosen.params))
        days = tuple(day for (day,) in found if self.first <= day <= self.last)
        cut_us = None if self.cut is None else micros(self.cut.end)
        held = by_day(visible(self.layer, self.rows(f"day {numbers(days)}"), cut_us) if days else ())
        return {day: held.get(day, []) for day in days}

    def _once(self, key: tuple[Any, ...], read: Callable[[], Result]) -> Result:
        held = self.layer.held
        place = (*key, self.chosen.conditions, self.chosen.params)
        if place not in held:
            held[place] = read()
        found: Result = held[place]
        return found


def cut_of(frame: Frame) -> Bucket | None:
    """Return the first bucket of the day that has two, if there is one."""
    for bucket, following in pairwise(frame.buckets):
        if bucket.day == following.day:
            return bucket
    return None


def visible(layer: Layer, rows: Iterable[SessionDay], cut_us: int | None = None) -> list[SessionDay]:
    """Return rows with those divided by ``cut_us``, and those of sessions that go on past now, made anew.

    Such a row is given up for what its session comes to by rows before now, on either side of the cut;
    all rows stay on the days of those given.
    """
    kept: list[SessionDay] = []
    divided: list[SessionDay] = []
    for row in rows:
        is_whole = cut_us is None or not row.first_us < cut_us <= row.last_us
        (kept if is_whole and row.until_us < layer.now_us else divided).append(row)
    if divided:
        days = {(row.session_no, row.day) for row in divided}
        made = recomputed(layer, divided, cut_us)
        kept += [row for row in made if (row.session_no, row.day) in days]
    return kept


def recomputed(
    layer: Layer, rows: Iterable[SessionDay], cut_us: int | None = None, before_cut_of: int | None = None
) -> list[SessionDay]:
    """Return rows of the sessions that ``rows`` are of by what is dated before now.

    Those on the days of ``rows`` are right. ``before_cut_of`` is a day of which alone rows before the cut are
    wanted.
    """
    held = list(rows)
    threads = {row.session_no: row for row in held}
    whose = {no: (session_id, begun) for no, session_id, begun in _threads(layer, threads)}
    ids = {no: session_id for no, (session_id, _) in whose.items()}
    events = BaseRows(layer.source).events_of_day(held, ids)
    calendar = Calendar(layer.zone, cut_us)
    made: list[SessionDay] = []
    for session_no, row in threads.items():
        session_id, begun = whose[session_no]
        thread = Thread(
            session_no,
            session_id,
            None if begun is None or begun >= layer.now_us else begun,
            row.user_no,
            row.twin_no,
            row.department_cell,
            row.platform,
            row.shared,
        )
        seen = events.get(session_id, Events())
        if row.until_us >= layer.now_us:
            seen = _before(seen, layer.now_us)
        made += session_facts(thread, seen, calendar, before_cut_of=before_cut_of)[1]
    return made


def by_day(rows: Iterable[SessionDay]) -> dict[int, list[SessionDay]]:
    """Return the rows of each day."""
    days: defaultdict[int, list[SessionDay]] = defaultdict(list)
    for row in rows:
        days[row.day].append(row)
    return days


def _threads(layer: Layer, session_nos: Iterable[int]) -> list[tuple[int, str, int | None]]:
    columns = ("session_no", "session_id", "started_us")
    condition, listed = listed_in(layer.source, "session_no", session_nos)
    return layer.run(f"SELECT {', '.join(columns)} FROM {tables.SESSION} WHERE {condition}", (listed,))


def _wrote(layer: Layer, session_ids: Iterable[str], day: int, end_us: int) -> set[str]:
    """Return those of some sessions whose person wrote on a day before an instant."""
    source = layer.source
    thread, sent = source.column(Message.session), source.column(Message.created_at)
    within = (sent >= source.dialect.instant(day_start(date.fromordinal(day), layer.zone))) & (
        sent < source.dialect.instant(instant(end_us))
    )
    chosen = BaseRows(source).these(session_ids)(thread) & (source.column(Message.sender_type) == "user")
    return {words(key) for (key,) in source.rows(Message.select(thread).where(chosen & within).distinct())}


def _before(events: Events, end_us: int) -> Events:
    return Events(
        events.messages.before(end_us),
        [document for document in events.documents if document[0] < end_us],
        [query for query in events.queries if query[0] < end_us],
    )
