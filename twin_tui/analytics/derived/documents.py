"""Documents by type and their words, from the derived tables."""

from twin_tui.analytics.derived.doings import is_kept, sums
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import Selection
from twin_tui.rollups import tables
from twin_tui.rollups.detail_parts import documents_of


def documents(layer: Layer, chosen: Selection, days: tuple[int, int]) -> list[tuple[str, int, int, int]]:
    """Return a selection's documents by type, how many have a known number of words, and the words.

    Those of everybody are kept by day; else sessions tell theirs. For tables that hold nothing of the future.
    """
    if is_kept(layer, chosen):
        held = [
            (name, *numbers) for day in sums(layer, days).values() for name, numbers in day.documents.items()
        ]
    else:
        some = f"FROM {tables.SESSION_DAY} WHERE day BETWEEN ? AND ? AND documents > 0"
        rows = layer.run(f"SELECT detail {some}{chosen.where}", (*days, *chosen.params))
        held = [made for (detail,) in rows for made in documents_of(detail)]
    found: dict[str, tuple[int, int, int]] = {}
    for name, count, known, words in held:
        before = found.get(name, (0, 0, 0))
        found[name] = before[0] + count, before[1] + known, before[2] + words
    return [(name, *numbers) for name, numbers in found.items()]
