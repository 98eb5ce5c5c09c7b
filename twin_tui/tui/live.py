"""Following the data: what another process wrote appears by itself, what was seen stays where it is."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from textual.css.query import NoMatches
from textual.events import Event, Key
from textual.message import Message
from textual.screen import Screen

from twin_tui.tui.lifecycle import SafeApp

if TYPE_CHECKING:
    from twin_tui.analytics.watch import News, Watch

Watching: TypeAlias = "Callable[[Callable[[News], None]], Watch]"
"""Gives a watch that tells its news to a function, from a thread of its own."""

SHORTEST = 0.3
"""Seconds between the end of one reload and the next: a stream of writes is shown a few times a second."""
REST = 2.0
"""A reload is followed by a pause this many times as long as it took: a slow one never takes a whole core."""
SLOWEST = 10.0
"""Seconds between attempts when reloads fail."""


@dataclass(frozen=True, slots=True)
class Condition:
    """How what is shown stands to the data, where that is worth saying."""

    is_paused: bool = False
    is_behind: bool = False
    """While paused: whether newer data are there."""
    lost: "News | None" = None
    """Why, and since when, the database cannot be read."""

    def words(self, zone: tzinfo) -> str:
        """Return what is said at the end of a line, ``""`` while everything is as it should be."""
        said = []
        if self.lost is not None and self.lost.since is not None:
            said.append(f"▲ stale since {self.lost.since.astimezone(zone):%H:%M}")
        if self.is_paused:
            said.append("paused, newer data" if self.is_behind else "paused")
        return " · ".join(said)

    @property
    def sentence(self) -> str | None:
        """What went wrong, ``None`` for nothing."""
        return None if self.lost is None else self.lost.sentence


class Following:
    """A screen that can show newer data; mixed in before `Screen`."""

    is_behind = False
    """Whether the data changed since they were asked for."""

    async def follow(self) -> bool:
        """Ask again for what is shown and draw what differs; return whether there was an answer."""
        raise NotImplementedError

    def tell_condition(self, condition: Condition) -> None:
        """Say how what is shown stands to the data."""
        raise NotImplementedError

    def forget_new(self) -> None:
        """Take away the marks of what is new: a person was there."""
        raise NotImplementedError

    def move_to_today(self) -> None:
        """Look at today where the day changed and the period ends today."""

    def action_pause(self) -> None:
        """Stop showing newer data, or go on."""
        cast("LiveApp", cast("Screen[Any]", self).app).pause()

    def on_screen_resume(self) -> None:
        """Catch up with what changed while something else was in front."""
        app = cast("Screen[Any]", self).app
        if isinstance(app, LiveApp):
            app.tell_condition(self)
            app.catch_up()


class LiveApp(SafeApp):
    """An app that reloads what is visible when its watch tells of a change; without a watch it never does."""

    watching: "Watching | None" = None
    """Given by whoever opens the dashboard for somebody to look at."""

    @dataclass
    class Heard(Message):
        """The watch told something."""

        news: "News"

    _watch: "Watch | None" = None
    _lost: "News | None" = None
    _is_paused = False
    _is_catching_up = False

    is_opening = False
    """Whether the database is not open yet: then there is nothing to watch."""

    def on_mount(self) -> None:
        """Begin to watch."""
        if not self.is_opening:
            self.begin_to_watch()

    def begin_to_watch(self) -> None:
        """Look for what other processes write from now on, where that is wanted."""
        if self.watching is not None and self._watch is None:
            self._watch = self.watching(self._tell)
            self._watch.start()

    def _tell(self, news: "News") -> None:
        """Pass news on from the watch's thread."""
        self.post_message(self.Heard(news))

    def on_unmount(self) -> None:
        """End the watch; the service waits for its thread."""
        if self._watch is not None:
            self._watch.stop()

    @property
    def condition(self) -> Condition:
        """How what is in front stands to the data."""
        is_behind = any(screen.is_behind for screen in self._followers())
        return Condition(self._is_paused, self._is_paused and is_behind, self._lost)

    def _followers(self) -> Iterator[Following]:
        return (screen for screen in self.screen_stack if isinstance(screen, Following))

    def on_live_app_heard(self, event: Heard) -> None:
        """Reload after a change; say when the database is lost, and no more when it is back."""
        if event.news.kind == "lost":
            self._lost = event.news
        else:
            self._lost = None
            for screen in self._followers():
                screen.is_behind = True
        self._tell_condition()
        self.catch_up()

    def _tell_condition(self) -> None:
        for screen in self._followers():
            self.tell_condition(screen)

    def tell_condition(self, screen: Following) -> None:
        """Have a screen say how what it shows stands to the data."""
        # A screen that is just being put together, or taken away, has no lines to say it on.
        with contextlib.suppress(NoMatches):
            screen.tell_condition(self.condition)

    def pause(self) -> None:
        """Stop reloading by itself, or catch up and go on."""
        if self._watch is None:
            self.notify("Live updates are switched off; F5 asks again.", timeout=4)
            return
        self._is_paused = not self._is_paused
        self._tell_condition()
        self.catch_up()

    def catch_up(self) -> None:
        """Reload what is in front if the data changed, unless paused or doing so."""
        if not self._is_catching_up and self._behind() is not None:
            self._is_catching_up = True
            self.run_worker(self._catch_up(), group="live", exit_on_error=True)

    def _behind(self) -> Following | None:
        """Return the screen in front if it should ask again."""
        if self._is_paused or not self.screen_stack or not self.is_running:
            return None
        front: object = self.screen
        return front if isinstance(front, Following) and front.is_behind else None

    async def _catch_up(self) -> None:
        patience = SHORTEST
        try:
            while (screen := self._behind()) is not None:
                screen.is_behind = False
                begun = time.monotonic()
                if await screen.follow():
                    patience = SHORTEST
                    rest = REST * (time.monotonic() - begun)
                else:
                    screen.is_behind = True
                    patience = rest = min(SLOWEST, patience * 2)
                await asyncio.sleep(max(SHORTEST, rest))
        finally:
            self._is_catching_up = False

    async def on_event(self, event: Event) -> None:
        """Before a key does anything: what was new is seen, and a new day has begun."""
        if isinstance(event, Key) and not event.is_forwarded and self.screen_stack:
            self._key_pressed(event.key)
        await super().on_event(event)

    def _key_pressed(self, key: str) -> None:
        for screen in self._followers():
            screen.forget_new()
        front: object = self.screen
        if self._watch is None or not isinstance(front, Following):
            return
        if key == "f5":
            front.is_behind = False
            self._watch.look_now()
            self._tell_condition()
        elif not self._is_paused:
            front.move_to_today()
