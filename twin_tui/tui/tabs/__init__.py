"""The tabs of the main screen, in the order of their keys."""

from typing import Any

from twin_tui.tui.loading import DataTab
from twin_tui.tui.tabs.activity import ActivityTab
from twin_tui.tui.tabs.overview import OverviewTab
from twin_tui.tui.tabs.people import PeopleTab

TABS: tuple[type[DataTab[Any]], ...] = (OverviewTab, ActivityTab, PeopleTab)
"""Key 1 shows the first, and so on."""
