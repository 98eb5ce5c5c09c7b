"""Asking why content is read: where a ticket is required, when it is first wanted; else on request."""

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from textual.app import SystemCommand
from textual.message import Message

from twin_tui.analytics.errors import AnalyticsError
from twin_tui.tui.links import SessionChosen
from twin_tui.tui.live import Following, LiveApp
from twin_tui.tui.loading import ask
from twin_tui.tui.screens.main.main import MainScreen
from twin_tui.tui.themed_app import ThemedApp

if TYPE_CHECKING:
    from twin_tui.analytics.filters import Filters
    from twin_tui.analytics.service import AnalyticsService

Find = Callable[[], tuple[str, str | None]]
"""Returns a session, and the entry to open it at; raises `AnalyticsError`."""

LOOK_AFTER = 0.02
"""Seconds until another look whether the refusal is drawn."""
LOOKS = 50


class Tickets(ThemedApp, LiveApp):
    """An app that asks for a ticket when content stays closed for want of one."""

    service: "AnalyticsService"
    _has_declined = False
    """Whether somebody left the question unanswered, and pressed no key since."""

    _is_asking = False
    _wanted: "tuple[Find, Filters] | None" = None
    """What is opened with the first ticket."""

    class TicketWanted(Message):
        """Something was refused for want of a ticket."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing loads, and no question is about to be asked."""
        return not self._is_asking and super().is_settled

    def on_mount(self) -> None:
        """Hear of what is refused, where the database is open already."""
        if not self.is_opening:
            self.ask_for_tickets()

    def ask_for_tickets(self) -> None:
        """Hear of what is refused from now on: the guard tells of it from its own threads."""
        self.service.guard.when_closed = lambda: cast("Any", self.post_message(self.TicketWanted()))

    def on_tickets_ticket_wanted(self) -> None:
        """Ask, unless that is being done or was declined."""
        if not (self._has_declined or self._is_asking) and self.service.guard.needs_ticket:
            self._is_asking = True
            self.run_worker(self._ask_soon(), group="ticket")

    async def _ask_soon(self) -> None:
        """Ask over what the refusal is drawn on: a screen that is covered before draws no more."""
        try:
            for _ in range(LOOKS):
                if super().is_settled:
                    break
                await asyncio.sleep(LOOK_AFTER)
            self.action_ticket()
        finally:
            self._is_asking = False

    def open_for_ticket(self, find: "Find", filters: "Filters") -> None:
        """Ask for a ticket; once there is one, open the session, at the entry, that ``find`` returns."""
        self._wanted = find, filters
        self.action_ticket()

    def action_ticket(self) -> None:
        """Ask why content is read."""
        from twin_tui.tui.screens.dialogs.ticket import TicketScreen  # noqa: PLC0415 - when it is first wanted

        if not any(isinstance(screen, TicketScreen) for screen in self.screen_stack):
            self.push_screen(TicketScreen(self.service.guard.ticket or ""), self._ticket_given)

    def _ticket_given(self, ticket: str | None) -> None:
        if ticket is None:
            self._has_declined = True
            return
        was_closed = self.service.guard.needs_ticket
        self.service.guard.open_with(ticket)
        self.notify(f"What is read from now on is recorded for {ticket}.", timeout=4)
        if was_closed:
            self._show_content()
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.run_worker(self._open_found(*wanted), group="ticket")

    async def _open_found(self, find: "Find", filters: "Filters") -> None:
        try:
            session_id, event_id = await ask(self.service, find)
        except AnalyticsError as error:
            self.notify(str(error), severity="error")
        else:
            self.post_message(SessionChosen(session_id, event_id, filters))

    def _show_content(self) -> None:
        """Ask again for what was refused: what is in front now, the rest when it is seen."""
        for screen in self.screen_stack:
            if isinstance(screen, MainScreen):
                for tab in screen.tabs:
                    tab.outdate()
        again = getattr(self.screen, "action_refresh_data", None)
        if again is not None:
            again()

    def ticket_commands(self) -> Iterable[SystemCommand]:
        """Yield the way to another ticket for the command palette."""
        if not self.is_opening and isinstance(self.screen, Following):
            yield SystemCommand(
                "Ticket: why content is read", "Goes into every record from then on", self.action_ticket
            )

    def _key_pressed(self, key: str) -> None:
        self._has_declined = self._has_declined and key == "escape"
        super()._key_pressed(key)
