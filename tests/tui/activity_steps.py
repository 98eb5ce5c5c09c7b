"""What a person does in the activity tab: go there, press keys, type; and what was asked for it."""

from textual.pilot import Pilot

from tests.tui.conftest import settle
from tests.tui.conversation_world import FakeConversations
from twin_tui.analytics.answers import ActivityRequest
from twin_tui.tui.app import TwinApp
from twin_tui.tui.tabs.activity import ActivityTab
from twin_tui.tui.widgets.tables.activity_table import ActivityTable


async def press(pilot: "Pilot[None]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def at_activity(app: TwinApp, pilot: "Pilot[None]") -> ActivityTab:
    await settle(pilot)
    await press(pilot, "2")
    return app.screen.query_one(ActivityTab)


def requests(talks: FakeConversations) -> list[ActivityRequest]:
    return [asked[2] for asked in talks.asked if asked[0] == "activity"]


def table(app: TwinApp) -> ActivityTable:
    return app.screen.query_one(ActivityTable)
