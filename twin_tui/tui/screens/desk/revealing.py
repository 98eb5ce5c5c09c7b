"""Showing one masked thing as it is stored, for a minute; that it was revealed is recorded first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from twin_tui.analytics.errors import AnalyticsError, CancelledError
from twin_tui.text.safe_text import safe_line, safe_text
from twin_tui.tui.loading import ask, service_of
from twin_tui.tui.screens.dialogs.dialog import Dialog
from twin_tui.tui.widgets.transcript.transcript import Transcript

if TYPE_CHECKING:
    from twin_tui.analytics.service import AnalyticsService
    from twin_tui.tui.screens.conversation.conversation import ConversationScreen

SECONDS = 60
"""How long a thing stays revealed."""
NOTHING_MASKED = "Nothing is masked here: names and texts are shown as they are stored."


class RevealedScreen(Dialog[None]):
    """What was revealed, until a key or a minute is over."""

    STYLES: ClassVar[tuple[str, ...]] = ("help",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,r,enter,q", "close", "Mask it again", show=False),
        Binding("down,j", "scroll(1)", "A line down", show=False),
        Binding("up,k", "scroll(-1)", "A line up", show=False),
    ]

    def __init__(self, what: str, text: str) -> None:
        """Show ``text``, which need not be safe, under the title ``what``."""
        super().__init__()
        self._what, self._text = what, text

    def compose(self) -> ComposeResult:
        """Yield the text."""
        with VerticalScroll(id="explanation"):
            yield Static(Text(safe_text(self._text) or "(no text stored)"), markup=False)

    def on_mount(self) -> None:
        """Name it, and close in a minute."""
        box = self.query_one("#explanation")
        box.border_title = Text(safe_line(f"Revealed: {self._what}")).markup
        box.border_subtitle = f"recorded · masked again in {SECONDS} s · esc"
        box.focus()
        self.set_timer(SECONDS, self.action_close)

    def action_close(self) -> None:
        """Mask it again."""
        if self.is_current:
            self.dismiss()

    def action_scroll(self, by: int) -> None:
        """Move the text by lines."""
        self.query_one("#explanation").scroll_relative(y=by, animate=False)


async def reveal(screen: Screen[None], what: str, question: Callable[[AnalyticsService], str]) -> None:
    """Ask for something as it is stored and show it; say so where nothing is masked, or it is refused."""
    service = service_of(screen)
    if not service.guard.is_masking:
        screen.notify(NOTHING_MASKED, timeout=4)
        return
    try:
        text = await ask(service, lambda: question(service))
    except CancelledError:
        return
    except AnalyticsError as error:
        screen.notify(str(error), severity="error", timeout=8)
        return
    screen.app.push_screen(RevealedScreen(what, text))


async def reveal_person(screen: Screen[None], user_id: str, session_id: str | None = None) -> None:
    """Show who a masked person is."""

    def question(service: AnalyticsService) -> str:
        person = service.reveal_person(user_id, session_id)
        return f"{person.name}\n{person.email}\n{person.id}"

    await reveal(screen, "a person", question)


class Revealing(Screen[None]):
    """A conversation in which one entry at a time can be seen as it is stored."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "reveal", "Reveal the entry for a minute (recorded)", show=False),
        Binding("R", "reveal_person", "Reveal whose conversation it is (recorded)", show=False),
    ]

    def action_reveal(self) -> None:
        """Reveal the current entry."""
        own = cast("ConversationScreen", self)
        if own.opened is None or not own.opened.conversation.index:
            return
        ref = own.opened.conversation.index[self.query_one(Transcript).cursor]
        session_id = own.session_id

        def question(service: AnalyticsService) -> str:
            return service.reveal_entry(session_id, ref.kind, ref.id)

        self.run_worker(reveal(self, f"a {ref.kind}", question), group="reveal", exclusive=True)

    def action_reveal_person(self) -> None:
        """Reveal the person."""
        own = cast("ConversationScreen", self)
        if own.opened is not None:
            user = own.opened.conversation.header.user
            self.run_worker(reveal_person(self, user.id, own.session_id), group="reveal", exclusive=True)
