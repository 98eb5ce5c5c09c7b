"""What a person does in a conversation: open it, press keys, type, read what is said."""

from textual.pilot import Pilot

from tests.tui.conftest import settle
from twin_tui.tui.app import TwinApp
from twin_tui.tui.screens.conversation.conversation import ConversationScreen


async def opened(
    app: TwinApp, pilot: "Pilot[None]", session_id: str = "s0", event_id: str | None = None
) -> ConversationScreen:
    await settle(pilot)
    screen = ConversationScreen(session_id, event_id, filters=app.filters)
    await app.push_screen(screen)
    await settle(pilot)
    return screen


async def press(pilot: "Pilot[None]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def said(app: TwinApp) -> list[str]:
    return [str(notification.message) for notification in app._notifications]
