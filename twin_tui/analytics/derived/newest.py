"""Who was seen last, and which twins were used last, told from few rows: nobody else can come first.

For tables that hold nothing at or after now.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from twin_tui.analytics.columns import is_visible, words
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.funnel import without_account
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import numbers
from twin_tui.data.models import User
from twin_tui.rollups import bitset, tables
from twin_tui.rollups.doings import used
from twin_tui.rollups.pair_months import month_of
from twin_tui.rollups.statements import listed_in, select_by

Part = Literal["user", "twin"]
_FEW, _MANY = 8, 256
"""Days that are read at once."""


class Among(NamedTuple):
    """Some people, or some twins, by the numbers they have in the derived tables, and by id."""

    part: Part
    numbers: tuple[int, ...]
    ids: tuple[str, ...]

    @property
    def condition(self) -> str:
        """The condition on what the tables hold of them."""
        return f"{self.part}_no {numbers(self.numbers)}"


class Seen(NamedTuple):
    """Who did something: people with an account, or twins that are there."""

    ever: int
    """How many."""
    on_days: int
    """How many did on the days asked for."""
    lately: int
    """The set of those of the newest days, as many as are asked for, or everyone."""
    since: int
    """The first of these days."""
    are_there: int
    """The set of those that may be told of, and of numbers that nobody has."""


def people_seen(layer: Layer, days: tuple[int, int], count: int) -> Seen:
    """Return what is known of people; ``count`` is how many are asked for."""
    cells = tuple(cell.no for cell in layer.cells("all"))
    rows = layer.run(f"SELECT day, active FROM {tables.DAY} WHERE cell {numbers(cells)} ORDER BY day DESC")
    are_there, ever, on_days = ~without_account(layer), 0, 0
    lately: tuple[int, int] | None = None
    for day, stored in rows:
        active = bitset.decode(bytes(stored)) & are_there
        ever |= active
        if days[0] <= day <= days[1]:
            on_days |= active
        if lately is None and ever.bit_count() >= count:
            lately = ever, day
    return Seen(ever.bit_count(), on_days.bit_count(), *(lately or (ever, 1)), are_there)


def twins_seen(layer: Layer, days: tuple[int, int], count: int) -> Seen:
    """Return what is known of twins; ``count`` is how many are asked for."""
    gone = f"SELECT no FROM {tables.TWIN} WHERE is_there = 0 OR created_us >= ?"
    are_there = ~bitset.bitset(no for (no,) in layer.run(gone, (layer.now_us,)))
    ((ever,),) = layer.run(
        f"SELECT COUNT(*) FROM {tables.TWIN} t"
        " WHERE t.is_there = 1 AND (t.created_us IS NULL OR t.created_us < ?)"
        f" AND EXISTS (SELECT 1 FROM {tables.PAIR_MONTH} p WHERE p.twin_no = t.no"
        " AND (p.conversations > 0 OR p.user_messages > 0))",
        (layer.now_us,),
    )
    asked = layer.run(f"SELECT twins FROM {tables.DOING} WHERE day BETWEEN ? AND ?", days)
    on_days, lately, since = 0, 0, 1
    for (stored,) in asked:
        on_days |= used(bytes(stored))
    for day, stored in _newest_days(layer):
        lately |= used(bytes(stored)) & are_there
        if lately.bit_count() >= count:
            since = day
            break
    return Seen(int(ever), (on_days & are_there).bit_count(), lately, since, are_there)


def people_among(context: Context, layer: Layer, found: Seen, count: int) -> Among | None:
    """Return those among whom the ``count`` seen last are, by use or login; ``None`` where that is unsure."""
    logins = _logins(context, count)
    if logins is None:
        return None
    columns = ("no", "user_id")
    named = select_by(layer.source, tables.PERSON, columns, "no", _latest(layer, "user", found, count))
    known = dict(named) | dict(select_by(layer.source, tables.PERSON, columns, "user_id", logins))
    ids = {*known.values(), *logins}
    return Among("user", tuple(sorted(known)), tuple(sorted(ids))) if len(ids) >= count else None


def twins_among(layer: Layer, found: Seen, count: int) -> Among | None:
    """Return the twins among which the ``count`` used last are; ``None`` where so many were never used."""
    latest = _latest(layer, "twin", found, count)
    known = dict(select_by(layer.source, tables.TWIN, ("no", "twin_id"), "no", latest))
    return Among("twin", tuple(sorted(known)), tuple(sorted(known.values()))) if len(known) >= count else None


def most_doing(
    layer: Layer, part: Part, found: Seen, count: int, *, column: str, days: tuple[int, int]
) -> Among | None:
    """Return those among whom the ``count`` with the greatest sums of a column over days are.

    ``None`` where not so many did anything.
    """
    rows = layer.run(
        f"SELECT {part}_no, SUM({column}) FROM {tables.SESSION_DAY} WHERE day BETWEEN ? AND ?"
        f" GROUP BY {part}_no HAVING SUM({column}) > 0",
        days,
    )
    first = _first(((no, total) for no, total in rows if found.are_there >> no & 1), count)
    table, key = (tables.PERSON, "user_id") if part == "user" else (tables.TWIN, "twin_id")
    known = dict(select_by(layer.source, table, ("no", key), "no", first))
    return Among(part, tuple(sorted(known)), tuple(sorted(known.values()))) if len(known) >= count else None


def _newest_days(layer: Layer) -> Iterator[tuple[int, bytes]]:
    before, size = 1 << 31, _FEW
    while True:
        sql = f"SELECT day, twins FROM {tables.DOING} WHERE day < ? ORDER BY day DESC LIMIT ?"
        rows = layer.run(sql, (before, size))
        yield from rows
        if len(rows) < size:
            return
        before, size = rows[-1][0], _MANY


def _latest(layer: Layer, part: str, found: Seen, count: int) -> list[int]:
    """Return who did something last, and who did at the same instant as the last of them."""
    condition, listed = listed_in(layer.source, f"{part}_no", bitset.members(found.lately))
    rows = layer.run(
        f"SELECT {part}_no, MAX(last_us) FROM {tables.PAIR_MONTH} WHERE month >= ? AND {condition}"
        f" GROUP BY {part}_no",
        (month_of(found.since), listed),
    )
    return _first((row for row in rows if row[1] is not None), count)


def _logins(context: Context, count: int) -> list[str] | None:
    """Return the ids of those who logged in last, as `_latest` does; ``None`` where too many did at once."""
    column, most = context.source.column, 2 * count + 100
    moment = column(User.last_login_at)
    select = User.select(column(User.id), context.source.dialect.micros(moment)).where(
        (moment < context.source.dialect.instant(context.now)) & is_visible(context, User.created_at)
    )
    rows = [(words(key), us) for key, us in context.rows(select.order_by(moment.desc()).limit(most))]
    found = _first(rows, count)
    return None if len(found) == most else found


def _first(rows: Iterable[tuple[Any, int]], count: int) -> list[Any]:
    """Return the keys of the rows with the ``count`` greatest values, and of those alike the last of them."""
    ordered = sorted(rows, key=lambda row: row[1], reverse=True)
    if len(ordered) <= count:
        return [key for key, _ in ordered]
    least = ordered[count - 1][1]
    return [key for key, value in ordered if value >= least]
