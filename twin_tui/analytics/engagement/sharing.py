"""Who uses whose twin: pairs of a person and the twin of someone else, by conversations started."""

from collections import Counter

from peewee import JOIN, SQL, fn

from twin_tui.analytics.answers import Pair, Pairs, Person, TwinRef
from twin_tui.analytics.behind.people import people_of
from twin_tui.analytics.columns import brief, words
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.sharing import shared_pairs
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.order import ratio
from twin_tui.data.models import Session, Twin, User
from twin_tui.rollups.base_rows import BaseRows

PAIRS = 20
"""Pairs that travel."""

Key = tuple[str, str]
"""The ids of a person and of a twin."""


def pairs(context: Context, layer: Layer | None, filters: Filters, frame: Frame, whole: int) -> Pairs:
    """Return the pairs with most of the ``whole`` conversations with other people's twins in the window."""
    if layer is None:
        counts = _counts(context, filters, frame)
        sizes = (len(counts), len({who for who, _ in counts}), len({twin for _, twin in counts}))
    else:
        counts, sizes = shared_pairs(layer, filters, frame, PAIRS)
    first = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:PAIRS]
    people = people_of(context, {who for (who, _), _ in first})
    twins = _twins(context, {twin for (_, twin), _ in first})
    return Pairs(
        *sizes,
        rows=tuple(
            Pair(people[who], twins[twin], count, ratio(count, whole)) for (who, twin), count in first
        ),
    )


def _counts(context: Context, filters: Filters, frame: Frame) -> Counter[Key]:
    scope = context.scope(filters)
    who, twin = scope.column(Session.user).alias("by_person"), scope.column(Session.twin).alias("of_twin")
    select = scope.sessions(who, twin, fn.COUNT(SQL("*"))).where(
        scope.in_window(Session.started_at, frame.window) & scope.is_shared()
    )
    rows = context.rows(select.group_by(SQL("by_person"), SQL("of_twin")))
    return Counter({(words(who), words(twin)): count for who, twin, count in rows})


def _twins(context: Context, ids: set[str]) -> dict[str, TwinRef]:
    """Return twins with their owners by id; one that no row bears has no name."""
    found = {key: TwinRef(key, "", Person("", "", "")) for key in ids}
    if not ids:
        return found
    column, chosen = context.source.column, BaseRows(context.source).these(ids)
    columns = (column(Twin.id), brief(column(Twin.name)), column(Twin.user))
    owner = (brief(column(User.full_name)), brief(column(User.email)))
    select = Twin.select(*columns, *owner).join(User, JOIN.LEFT_OUTER, on=(Twin.user == User.id))
    for row in context.rows(select.where(chosen(column(Twin.id)))):
        key, name, *whose = map(words, row)
        found[key] = TwinRef(key, name, Person(*whose))
    return found
