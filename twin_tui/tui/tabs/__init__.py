"""The tabs of the main screen, in the order of their keys; imported when looked at, or in idle time."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from twin_tui.text.widths import load_tables

if TYPE_CHECKING:
    from twin_tui.tui.loading import DataTab


@dataclass(frozen=True, slots=True)
class Room:
    """Where a tab is to be found."""

    title: str
    """Its name on the tab bar."""
    module: str
    """In this package."""
    name: str
    """Of the class."""

    def tab(self) -> "type[DataTab[Any]]":
        """Return the class, imported now if nobody looked at the tab yet."""
        return cast("type[DataTab[Any]]", getattr(import_module(f"{__name__}.{self.module}"), self.name))


TABS = (
    Room("Overview", "overview", "OverviewTab"),
    Room("Activity", "activity", "ActivityTab"),
    Room("People", "people", "PeopleTab"),
    Room("Retention", "retention", "RetentionTab"),
    Room("Engagement", "engagement", "EngagementTab"),
    Room("Quality", "quality", "QualityTab"),
)
"""Key 1 shows the first, and so on."""


def import_tabs() -> None:
    """Import every tab and the widths of unusual characters: the first look at a tab waits for neither."""
    for room in TABS:
        room.tab()
    load_tables()


def key_of(name: str) -> int:
    """Return the number of the key that shows the tab of that class.

    >>> key_of("ActivityTab")
    2
    """
    return next(number for number, room in enumerate(TABS, 1) if room.name == name)
