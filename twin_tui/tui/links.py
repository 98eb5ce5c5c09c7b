"""What a screen may want to be opened, told to the app: screens need not know one another."""

from dataclasses import dataclass

from textual.message import Message

from twin_tui.analytics.filters import Filters


@dataclass
class PersonChosen(Message):
    """A person's page is wanted."""

    user_id: str


@dataclass
class TwinChosen(Message):
    """A twin's page is wanted."""

    twin_id: str


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
