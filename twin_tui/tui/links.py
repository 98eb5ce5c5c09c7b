"""What a screen may want to be opened, told to the app: screens need not know one another."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from twin_tui.analytics.filters import Filters

if TYPE_CHECKING:
    from twin_tui.analytics.answers import PagedList, Person, SessionsCell


@dataclass
class PersonChosen(Message):
    """A person's page is wanted."""

    user_id: str


@dataclass
class TwinChosen(Message):
    """A twin's page is wanted."""

    twin_id: str


@dataclass
class PeopleWanted(Message):
    """The people that a number counts are wanted."""

    title: str
    """What the number is, in words; need not be safe."""
    fetch: "Callable[[int, int], PagedList[Person]]"
    """Page from 1 and lines per page → that page; called in a thread, touches only the service."""


@dataclass
class SessionChosen(Message):
    """A conversation is wanted, maybe at one of its events; its neighbours are those of ``filters``."""

    session_id: str
    event_id: str | None
    filters: Filters


@dataclass
class SearchWanted(Message):
    """A search of everything is wanted, maybe for words that were typed already."""

    text: str = ""


@dataclass
class DashboardChosen(Message):
    """The dashboard is wanted, looking at something else."""

    filters: Filters


@dataclass
class SessionsWanted(Message):
    """The conversations behind a number are wanted."""

    cell: "SessionsCell"
    title: str
    """What the number is, in words; stored text in it is made safe where it is shown."""
    filters: Filters
    """Of when and of whom the number is."""
