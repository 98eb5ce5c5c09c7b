"""The directory of people and twins, one page at a time."""

from twin_tui.analytics.answers import PeoplePage, PeopleRequest
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters


def people(context: Context, filters: Filters, request: PeopleRequest) -> PeoplePage:
    """Return one page of the directory with exact totals."""
    raise NotImplementedError
