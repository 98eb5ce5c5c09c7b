"""Everything about one person, or about one twin."""

from twin_tui.analytics.answers import PageRequest, PersonPage, TwinPage
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters


def person(context: Context, user_id: str, filters: Filters, pages: PageRequest) -> PersonPage:
    """Return everything about one person."""
    raise NotImplementedError


def twin(context: Context, twin_id: str, filters: Filters, pages: PageRequest) -> TwinPage:
    """Return everything about one twin."""
    raise NotImplementedError
