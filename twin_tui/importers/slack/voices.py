"""How Slack messages tell their authors, and what was heard under each such telling."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple


class Voice(NamedTuple):
    """All that a message says about who wrote it: few differ, so each is decided once."""

    user: str | None
    bot_id: str | None
    username: str | None
    """What an old bot calls itself."""
    is_bot_message: bool
    has_profile: bool
    """It brings a ``user_profile``, as people's messages do."""


@dataclass(slots=True)
class Heard:
    """What was heard in one voice; times in microseconds."""

    number: int
    """Its place in the table."""
    first: int
    last: int
    app_id: str | None = None
    bot_name: str | None = None
    bot_name_at: int = 0
    profile_name: str | None = None
    profile_name_at: int = 0
    is_typed: bool = False
    """Some of it was typed into Slack by hand."""
    teams: Counter[str] = field(default_factory=Counter)
    posts: int = 0

    def add(self, first: int, last: int, posts: int) -> None:
        """Take note of so many messages more, from the first to the last moment."""
        self.first = first if first < self.first else self.first
        self.last = last if last > self.last else self.last
        self.posts += posts


class Voices:
    """Every voice of an export by its number."""

    def __init__(self) -> None:
        self.heard: dict[Voice, Heard] = {}
        self.by_number: list[Voice] = []

    def hear(self, voice: Voice, first: int, last: int, posts: int = 1) -> Heard:
        """Return what was heard in a voice, so many messages from the first to the last moment included."""
        heard = self.heard.get(voice)
        if heard is None:
            self.heard[voice] = heard = Heard(len(self.by_number), first, last)
            self.by_number.append(voice)
        heard.add(first, last, posts)
        return heard
