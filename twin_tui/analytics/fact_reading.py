"""The facts of a period, from the derived tables where they serve it and from every row where not."""

from dataclasses import dataclass

from twin_tui.analytics import reading, status
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.facts import facts as derived_facts
from twin_tui.analytics.derived.facts import is_served
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.facts import Facts
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.status import Bounds


@dataclass(frozen=True, slots=True)
class Ground:
    """What an answer over one period stands on."""

    held: Bounds
    """What the database holds at all."""
    frame: Frame
    layer: Layer | None
    """The derived tables, where they serve every bucket of the frame."""


def ground(context: Context, filters: Filters) -> Ground:
    """Return the frame of a period, and whether the derived tables serve it."""
    held = status.bounds(context)
    frame = Frame(filters.period, context.now, context.zone, held.first, held.last, shift=filters.shift)
    return Ground(held, frame, context.layer if is_served(frame) else None)


def read_numbered(context: Context, filters: Filters, on: Ground) -> tuple[Facts, dict[str, int]]:
    """Return the same, and who is who: the numbers of people by id, of those not in the derived tables."""
    if on.layer is None:
        return reading.read_numbered(context, context.scope(filters), on.frame)
    return derived_facts(context, on.layer, filters, on.frame), {}


def read_facts(context: Context, filters: Filters, on: Ground) -> Facts:
    """Return the values per bucket of what the filters let through."""
    return read_numbered(context, filters, on)[0]


def read_activity(context: Context, filters: Filters, on: Ground) -> Facts:
    """Return facts that know who was active and who was created, and maybe nothing else."""
    if on.layer is None:
        return read_facts(context, filters, on)
    return derived_facts(context, on.layer, filters, on.frame, is_of_activity=True)
