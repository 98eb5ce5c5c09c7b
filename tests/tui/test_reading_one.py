"""One entry by itself, as Markdown or as it is stored, whatever it is."""

from collections.abc import Iterator

import pytest

from tests.tui.conftest import at_tab
from tests.tui.conversation_world import FakeConversations, document, feed, message, query
from tests.tui.fake_service import NOW
from tests.tui.reading_steps import opened, press
from twin_tui.settings import Settings
from twin_tui.text.safe_text import cell_width
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.screens.conversation.document import DocumentScreen

LONG = "long line " * 30
MARKED = (
    "# Plan\n\nSome **bold** words\n\n- one\n\n"
    f"```\ncode {LONG}the end\n```\n\n\x1b[2J {'x' * 200}the very end"
)
STORY = (
    message("m1", "user", MARKED, kind="document"),
    query("q1", "price **list**", "m1", 0, "docs"),
    document("d1", "Offer", MARKED, "m1"),
    message("m2", "twin", "*Done*"),
    document("d2", "Widget", "import a;\nimport b;\n\n# c\n", "m1", "application/vnd.ant.react"),
    message("m3", "user", "Like *this*:\n```import first\nrun()``` or ~not~\nsecond line"),
)


@pytest.fixture
def app() -> Iterator[TwinApp]:
    fake = FakeConversations(stories={"s0": STORY}, feed=feed(2))
    yield at_tab(TwinApp(fake, Settings(now=NOW)), 2)  # type: ignore[arg-type]
    fake.close()


@pytest.mark.parametrize(
    ("event", "title", "rendered", "stored"),
    [
        ("m1", "● Sarah Chen", "Some bold words", "Some **bold** words"),
        ("q1", "⌕ query", "price list", "price **list**"),
        ("d1", "▤ Offer", "• one", "- one"),
        ("m2", "◆ Sarah's AI Assistant", " Done", "*Done*"),
    ],
)
async def test_t_switches_every_kind_of_entry_between_markdown_and_as_stored(
    app: TwinApp, event: str, title: str, rendered: str, stored: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, event_id=event)
        await press(pilot, "t")
        assert isinstance(app.screen, DocumentScreen)
        assert frame(app).splitlines()[0].startswith(f" {title}")
        assert rendered in frame(app)
        assert stored not in frame(app)
        await press(pilot, "t")
        assert stored in frame(app)
        await press(pilot, "t")
        assert stored not in frame(app)
        await press(pilot, "escape")
        assert app.screen is screen
        assert screen.transcript.has_focus


async def test_a_slack_message_reads_as_its_sender_saw_it(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, event_id="m3")
        await press(pilot, "t")
        lines = [line.strip() for line in frame(app).splitlines()]
        assert "Like this:" in lines
        assert lines.index("import first") + 1 == lines.index("run()")
        assert lines.index("or not") + 1 == lines.index("second line")


async def test_a_document_of_code_opens_with_its_lines_as_they_are(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, event_id="d2")
        await press(pilot, "enter")
        assert isinstance(app.screen, DocumentScreen)
        lines = [line.strip() for line in frame(app).splitlines()]
        assert lines.index("import a;") + 1 == lines.index("import b;")
        assert "# c" in lines
        await press(pilot, "t")
        assert "import a; import b;" in frame(app)


@pytest.mark.parametrize("keys", [["t"], ["t", "t"]], ids=["Markdown", "as stored"])
async def test_long_lines_wrap_and_nothing_steers(app: TwinApp, keys: list[str]) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(app, pilot)
        await press(pilot, *keys)
        picture = frame(app)
    assert "the end" in picture
    assert "the very end" in picture
    assert "␛[2J" in picture
    assert "\x1b" not in picture
    assert all(cell_width(line) <= 80 for line in picture.splitlines())


async def test_an_entry_without_text_says_so(app: TwinApp) -> None:
    service = app.service
    assert isinstance(service, FakeConversations)
    service.stories["s0"] = (message("m1", "user", ""),)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await press(pilot, "t", "t")
        assert "The text of this message is not stored in this database." in frame(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, ConversationScreen)
