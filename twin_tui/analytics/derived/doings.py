"""What everybody did with twins, by day, as the tables hold it added up.

It is kept for everybody alone, and for whole days: for tables that hold nothing at or after now.
"""

from collections import Counter
from collections.abc import Mapping

from twin_tui.analytics.answers import Window
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import Selection
from twin_tui.analytics.frame import Frame
from twin_tui.rollups import tables
from twin_tui.rollups.calendar import micros
from twin_tui.rollups.doings import Planes, Sums, decoded, together
from twin_tui.rollups.multiset import Multiset

EARLIEST_US = -(1 << 62)


def is_kept(layer: Layer, chosen: Selection) -> bool:
    """Return whether a selection is everybody, and nothing lies ahead."""
    return not chosen.conditions and not layer.reaches_beyond_now


def days_of(frame: Frame) -> tuple[int, int]:
    """Return the ordinals of the window's first and last day; the last comes first where there is none."""
    held = frame.buckets[frame.current.first : frame.current.stop]
    days = [bucket.day.toordinal() for bucket in held if bucket.start < bucket.end]
    return (days[0], days[-1]) if days else (1, 0)


def sums(layer: Layer, days: tuple[int, int]) -> Mapping[int, Sums]:
    """Return what days come to without their twins, from the first to the last; read once."""
    place = "sums of doings", days
    if place not in layer.held:
        rows = layer.run(f"SELECT day, sums FROM {tables.DOING} WHERE day BETWEEN ? AND ?", days)
        layer.held[place] = {day: Sums.decode(stored) for day, stored in rows}
    found: Mapping[int, Sums] = layer.held[place]
    return found


def by_twin(layer: Layer, days: tuple[int, int]) -> tuple[Planes, ...]:
    """Return `COUNTS` by twin over days."""
    rows = layer.run(f"SELECT twins FROM {tables.DOING} WHERE day BETWEEN ? AND ?", days)
    return together(decoded(bytes(stored)) for (stored,) in rows)


def pairs(layer: Layer, days: tuple[int, int]) -> Counter[int]:
    """Return the conversations with the twin of somebody else over days, by person and twin in one number."""
    rows = layer.run(f"SELECT pairs FROM {tables.DOING} WHERE day BETWEEN ? AND ?", days)
    counts: Counter[int] = Counter()
    for (stored,) in rows:
        counts.update(Multiset.decode(bytes(stored)))
    return counts


def topics(layer: Layer, days: tuple[int, int]) -> Counter[str]:
    """Return the conversations by topic, "" for none, over days."""
    counts: Counter[int] = Counter()
    for day in sums(layer, days).values():
        counts.update(day.topics)
    return _named(layer, counts)


def topics_of(layer: Layer, chosen: Selection, window: Window) -> Counter[str]:
    """Return the same of a selection, counted by session, so that anything may lie ahead."""
    start_us = EARLIEST_US if window.start is None else micros(window.start)
    rows = layer.run(
        f"SELECT topic_no, COUNT(*) FROM {tables.SESSION} WHERE started_us >= ? AND started_us < ?"
        f"{chosen.where} GROUP BY topic_no",
        (start_us, micros(window.end), *chosen.params),
    )
    return _named(layer, Counter(dict(rows)))


def _named(layer: Layer, counts: Counter[int]) -> Counter[str]:
    rows = layer.run(f"SELECT no, topic FROM {tables.TOPIC}")
    return Counter({topic: counts[no] for no, topic in rows if no in counts})
