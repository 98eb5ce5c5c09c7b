"""Sessions by local day as the tables hold them, and those of them that a cut or now divides, read anew."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from twin_tui.analytics.derived.layer import Layer
from twin_tui.rollups import tables
from twin_tui.rollups.base_rows import BaseRows
from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.rows import SessionDay
from twin_tui.rollups.session_facts import Events, Thread, session_facts

COLUMNS = ", ".join(SessionDay._fields)
"""The columns of a `SessionDay`, as text."""


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
        days = {(row.session_id, row.day) for row in divided}
        made = recomputed(layer, divided, cut_us)
        kept += [row for row in made if (row.session_id, row.day) in days]
    return kept


def recomputed(layer: Layer, rows: Iterable[SessionDay], cut_us: int | None = None) -> list[SessionDay]:
    """Return all rows of the sessions that ``rows`` are of, by what is dated before now."""
    threads = {row.session_id: row for row in rows}
    started = _started(layer, threads)
    base = BaseRows(layer.source)
    events = base.events(base.these(threads))
    calendar = Calendar(layer.zone, cut_us)
    made: list[SessionDay] = []
    for session_id, row in threads.items():
        begun = started.get(session_id)
        thread = Thread(
            session_id,
            None if begun is None or begun >= layer.now_us else begun,
            row.user_no,
            row.twin_no,
            row.department_cell,
            row.platform,
            row.shared,
        )
        seen = _before(events.get(session_id, Events()), layer.now_us)
        made += session_facts(thread, seen, calendar)[1]
    return made


def by_day(rows: Iterable[SessionDay]) -> dict[int, list[SessionDay]]:
    """Return the rows of each day."""
    days: defaultdict[int, list[SessionDay]] = defaultdict(list)
    for row in rows:
        days[row.day].append(row)
    return days


def _started(layer: Layer, ids: Collection[str]) -> dict[str, int | None]:
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT session_id, started_us FROM {tables.SESSION} WHERE session_id IN ({marks})"
    return dict(layer.run(sql, tuple(ids)))


def _before(events: Events, end_us: int) -> Events:
    return Events(
        [message for message in events.messages if message[0] < end_us],
        [document for document in events.documents if document[0] < end_us],
        [query for query in events.queries if query[0] < end_us],
    )
