"""Drafts compared on screen: two columns or one, every change marked without colour."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tui.conftest import at_tab
from tests.tui.conversation_world import START, FakeConversations, document, feed, message, query
from tests.tui.fake_service import NOW
from tests.tui.hostile_world import PAYLOADS
from tests.tui.reading_steps import opened, press, said
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.data.models import Document, Message, Session, Twin, User
from twin_tui.settings import Settings
from twin_tui.store.act import Act
from twin_tui.text.comparing import compare
from twin_tui.text.safe_text import cell_width, safe_text
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame, settled
from twin_tui.tui.safety import without_steering
from twin_tui.tui.screens.conversation.comparison import ComparisonScreen
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.screens.conversation.document import DocumentScreen
from twin_tui.tui.widgets.comparison_rows import lay_out, unified_text

FIRST = "Dear customer,\n\nthe price is 900 € per kW, valid until Friday.\n\nOld terms apply.\n\nBye"
SECOND = "Dear customer,\n\nthe price is 850 € net per kW, valid until Friday.\n\nBye\nThe team"
THIRD = SECOND.replace("850", "840")


def draft(key: str, title: str, text: str, of: str, hours: int) -> object:
    return replace(document(key, title, text, of), time=START + timedelta(hours=hours))


STORY = (
    message("m1", "user", "Draft an offer"),
    draft("d1", "Offer", FIRST, "m1", 0),
    query("q1", "prices", "m1", 0),
    message("m2", "user", "Cheaper"),
    draft("d2", "Offer (draft 2)", SECOND, "m2", 1),
    message("m3", "user", "Cheaper still"),
    draft("d3", "Offer v3", THIRD, "m3", 2),
    replace(document("r1", "Report", "Alone", "m3", "report"), time=START),
)


@pytest.fixture
def talks() -> Iterator[FakeConversations]:
    fake = FakeConversations(stories={"s0": STORY}, feed=feed(2))  # type: ignore[dict-item]
    yield fake
    fake.close()


@pytest.fixture
def app(talks: FakeConversations) -> TwinApp:
    return at_tab(TwinApp(talks, Settings(now=NOW)), 2)  # type: ignore[arg-type]


async def test_wide_terminals_show_two_columns(app: TwinApp) -> None:
    async with app.run_test(size=(132, 30)) as pilot:
        await opened(app, pilot, event_id="d2")
        await press(pilot, "equals_sign")
        assert isinstance(app.screen, ComparisonScreen)
        lines = [line.rstrip() for line in frame(app).splitlines()]
    assert lines[0].startswith(" ▤ Offer (draft 2)")
    assert lines[0].endswith("2 changes: -4 +4 words")
    assert lines[1].startswith("- draft 1 of 3 · 2026-11-23 ")
    assert " │ + draft 2 of 3 · " in lines[1]
    left, _, right = lines[4].partition(" │ ")
    assert left.strip() == "~ the price is [-900-] € per kW, valid until Friday."
    assert right == "~ the price is {+850+} €{+ net+} per kW, valid until Friday."
    removed = next(line for line in lines if line.startswith("- Old terms apply."))
    assert removed.partition("│")[2] == ""
    added = next(line for line in lines if line.endswith("+ The team"))
    assert added.partition("│")[0].strip() == ""


async def test_narrow_terminals_show_one_column(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, event_id="d2")
        await press(pilot, "equals_sign")
        picture = frame(app)
    lines = [line.rstrip() for line in picture.splitlines()]
    assert lines[1].startswith("- draft 1 of 3")
    assert lines[2].startswith("+ draft 2 of 3")
    assert "~ the price is [-900-]{+850+} €{+ net+} per kW, valid until Friday." in lines
    assert "- Old terms apply." in lines
    assert "+ The team" in lines
    assert "  Dear customer," in lines


@pytest.mark.parametrize("event", ["d1", "m1", "q1"])
async def test_the_first_draft_is_compared_with_the_second(app: TwinApp, event: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, event_id=event)
        await press(pilot, "equals_sign")
        assert "draft 1 of 3" in frame(app).splitlines()[1]


async def test_arrows_lead_through_the_drafts_and_back_to_the_conversation(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, event_id="d1")
        await press(pilot, "equals_sign", "right")
        assert "[-850-]{+840+}" in frame(app)
        assert "1 change: -1 +1 words" in frame(app)
        await press(pilot, "right")
        assert said(app)[-1] == "These are the last two of 3 drafts."
        await press(pilot, "left", "left")
        assert said(app)[-1] == "These are the first two of 3 drafts."
        await press(pilot, "escape")
        assert app.screen is screen


async def test_a_document_that_is_read_can_be_compared_too(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, event_id="d3")
        await press(pilot, "enter")
        document_screen = app.screen
        assert isinstance(document_screen, DocumentScreen)
        await press(pilot, "equals_sign")
        await settled(pilot)
        assert "[-850-]{+840+}" in frame(app)
        await press(pilot, "equals_sign")
        assert app.screen is document_screen


async def test_where_there_is_no_other_draft_it_says_so(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, event_id="r1")
        await press(pilot, "equals_sign")
        assert said(app)[-1] == "There is no other draft of this document in this conversation."
        assert isinstance(app.screen, ConversationScreen)


async def test_equal_drafts_say_that_they_are(app: TwinApp, talks: FakeConversations) -> None:
    talks.stories["s0"] = (*STORY[:2], draft("d2", "Offer", FIRST, "m1", 1))  # type: ignore[assignment]
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, event_id="d2")
        await press(pilot, "equals_sign", "n", "N", "end")
        assert "These two drafts say the same." in frame(app)


async def test_n_goes_from_change_to_change(app: TwinApp, talks: FakeConversations) -> None:
    long = [f"line {at} of the text" for at in range(200)]
    changed = ["line X of the text" if at in (50, 150) else line for at, line in enumerate(long)]
    talks.stories["s0"] = (  # type: ignore[assignment]
        STORY[0],
        draft("d1", "Offer", "\n".join(long), "m1", 0),
        draft("d2", "Offer", "\n".join(changed), "m1", 1),
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, event_id="d2")
        await press(pilot, "equals_sign")
        assert "~ line [-50-]{+X+} of the text" in frame(app)
        await press(pilot, "n")
        assert "[-150-]" in frame(app)
        await press(pilot, "N")
        assert "[-50-]" in frame(app)


TEXTS = st.lists(st.sampled_from([*PAYLOADS, "plain words", "日本語", "x" * 300, ""]), max_size=5)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, st.integers(20, 130), st.booleans())
def test_no_hostile_draft_is_wider_than_its_column_or_steers(
    old: list[str], new: list[str], width: int, is_split: bool
) -> None:
    found = compare(safe_text("\n".join(old)), safe_text("\n".join(new)))
    column = (width - 3) // 2 if is_split else width
    for cells in lay_out(found, width, is_split=is_split).rows:
        for cell in cells:
            text = "".join(words for words, _ in cell.runs)
            assert cell_width(text) + 2 <= column
            assert without_steering(text) == text
    assert without_steering(unified_text(found).replace("\n", "")) == unified_text(found).replace("\n", "")


async def test_a_masked_comparison_names_nobody_and_its_copy_is_recorded(sqlite_url: str) -> None:
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    with open_database(sqlite_url, "write") as source, source.writing():
        source.insert_rows(
            User, ("id", "email", "full_name", "created_at"), [("u", "ann@a.example", "Ann Lee", noon)]
        )
        source.insert_rows(Twin, ("id", "user_id", "name", "created_at"), [("t", "u", "Ann's twin", noon)])
        source.insert_rows(Session, ("id", "user_id", "twin_id", "started_at"), [("s", "u", "t", noon)])
        columns = ("id", "session_id", "sender_type", "content", "created_at")
        source.insert_rows(Message, columns, [("m", "s", "user", "Draft it", noon)])
        letter = "Dear Ann Lee,\nwrite to {}@a.example by Friday.\nPhone +49 30 1234567"
        rows = [
            (f"d{at}", "s", "m", "Letter to Ann", letter.format(name), noon + timedelta(minutes=at))
            for at, name in enumerate(("ann", "bob"))
        ]
        source.insert_rows(
            Document, ("id", "session_id", "message_id", "title", "content", "created_at"), rows
        )
    acts: list[Act] = []
    guard = Guard("support", masking_key=b"key", record=acts.append)
    with AnalyticsService(sqlite_url, clock=lambda: NOW, guard=guard) as service:
        app = TwinApp(service, Settings(now=NOW, period="all"))
        async with app.run_test(size=(120, 30)) as pilot:
            await opened(app, pilot, "s", "d1")
            await press(pilot, "equals_sign")
            assert isinstance(app.screen, ComparisonScreen)
            picture = frame(app)
            await press(pilot, "y")
            copied = app.clipboard
    assert "Letter to Person " in picture
    for text in (picture, copied):
        for word in ("Ann", "ann@", "bob@", "1234567"):
            assert word not in text
    assert [(act.action, act.subject) for act in acts] == [("open", None), ("copy", "d1")]
