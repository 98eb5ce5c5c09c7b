"""The facts of a frame from the derived tables."""

from dataclasses import replace
from datetime import timedelta

from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.created import created
from twin_tui.analytics.derived.days import Days
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.derived.selection import of_people, selection
from twin_tui.analytics.facts import Created, Facts
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.reading import read_created_of_user
from twin_tui.rollups.day_facts import NOTHING
from twin_tui.rollups.local_days import local_day

_LONGEST_DAY = timedelta(hours=48)


def is_served(frame: Frame) -> bool:
    """Return whether every bucket is of one day: those of a reach of centuries are not."""
    return frame.buckets[0].end - frame.buckets[0].start <= _LONGEST_DAY


def facts(
    context: Context, layer: Layer, filters: Filters, frame: Frame, *, is_of_activity: bool = False
) -> Facts:
    """Return the facts of a frame that `is_served`; ``is_of_activity``: who was active and created alone."""
    chosen, people = selection(layer, filters), selection(layer, of_people(filters))
    since = local_day(frame.averaged_from, frame.zone).toordinal()
    days = Days(layer, chosen, frame, since)
    if is_of_activity:
        buckets = [replace(NOTHING, active=active) for active in days.active()]
    else:
        buckets = days.buckets()
    in_company = None
    if chosen.conditions != people.conditions:
        in_company = Days(layer, people, frame, since).active()
    return Facts(frame, buckets, _created(context, layer, filters, frame), in_company)


def _created(context: Context, layer: Layer, filters: Filters, frame: Frame) -> Created:
    found = created(layer, selection(layer, of_people(filters)), frame)
    if filters.user is not None:
        return read_created_of_user(context, context.scope(filters), frame, found)
    return found
