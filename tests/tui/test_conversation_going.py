"""Going from place to place in a conversation: jumps by kind, days, and what is said where there is none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tui.conftest import at_tab
from tests.tui.conversation_world import START, FakeConversations, document, feed, message, query
from tests.tui.fake_service import NOW
from tests.tui.reading_steps import opened, press, said
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp
from twin_tui.tui.picture import frame
from twin_tui.tui.screens.conversation.conversation import ConversationScreen
from twin_tui.tui.widgets.transcript.date_bar import DateBar
from twin_tui.tui.widgets.transcript.find_bar import PlainInput

FIRST = START.replace(day=3)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


STORY = (
    message("m1", "user", "Where is the contract?", FIRST),
    replace(query("q1", "contract globex", "m1", 0), time=FIRST),
    message("m2", "twin", "I found nothing.", FIRST + minutes(1)),
    message("m3", "user", "Are you sure?", FIRST + minutes(2)),
    message("m4", "user", "Draft one then.", FIRST + timedelta(days=7)),
    replace(document("d1", "Contract", "Dear Sir", "m4"), time=FIRST + timedelta(days=7)),
    replace(query("q2", "boilerplate", "m4", 4), time=FIRST + timedelta(days=7)),
    message("m5", "twin", "Here it is.", FIRST + timedelta(days=7, minutes=3)),
    replace(document("d2", "Contract", "Dear Madam", "m5"), time=FIRST + timedelta(days=7, minutes=3)),
    message("m6", "user", "Thanks", FIRST + timedelta(days=7, minutes=50)),
)
"""Two days a week apart, the second with a gap; a query that found nothing, two messages without a reply."""


@pytest.fixture
def talks() -> Iterator[FakeConversations]:
    fake = FakeConversations(stories={"s0": STORY}, feed=feed(2))
    yield fake
    fake.close()


@pytest.fixture
def app(talks: FakeConversations) -> TwinApp:
    return at_tab(TwinApp(talks, Settings(now=NOW)), 2)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("keys", "position", "words"),
    [
        ("d", 5, "document 1 of 2"),
        ("dd", 8, "document 2 of 2"),
        ("ddD", 5, "document 1 of 2"),
        ("s", 1, "query 1 of 2"),
        ("ss", 6, "query 2 of 2"),
        ("ssS", 1, "query 1 of 2"),
        ("o", 1, "no result 1 of 1"),
        ("b", 4, "gap 1 of 2"),
        ("bb", 9, "gap 2 of 2"),
        ("bbB", 4, "gap 1 of 2"),
        ("a", 3, "unanswered 1 of 2"),
        ("aa", 9, "unanswered 2 of 2"),
        ("aaA", 3, "unanswered 1 of 2"),
        (">", 4, "day 2 of 2"),
        (">j<", 4, "day 2 of 2"),
        ("><", 0, "day 1 of 2"),
        ("G", 4, "day 2 of 2"),
        ("Ggg", 0, "day 1 of 2"),
    ],
)
async def test_keys_jump_and_say_which_of_how_many(
    app: TwinApp, keys: str, position: int, words: str
) -> None:
    names = {"<": "less_than_sign", ">": "greater_than_sign"}
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await press(pilot, *(names.get(key, key) for key in keys))
        assert screen.transcript.cursor == position
        assert frame(app).splitlines()[0].endswith(f" {words} · entry {position + 1}")
        await press(pilot, "home", "end", "k")
        assert frame(app).splitlines()[0].endswith("  entry 9 of 10")


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ("D", "There is no earlier document: 2 documents in all."),
        ("oo", "There is no later zero-result query: 1 zero-result query in all."),
        ("ddd", "There is no later document: 2 documents in all."),
        ("GG>", "This is the last day of the conversation."),
    ],
)
async def test_where_there_is_no_further_one_it_says_so(app: TwinApp, keys: str, reason: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await press(pilot, *("greater_than_sign" if key == ">" else key for key in keys))
        assert said(app)[-1] == reason


async def test_a_conversation_without_any_says_that_there_is_none(app: TwinApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "s1")
        for key, goal in (("d", "document"), ("o", "zero-result query"), ("b", "gap"), ("s", "query")):
            await press(pilot, key)
            assert said(app)[-1] == f"There is no {goal} in this conversation."
        assert screen.transcript.cursor == 0


async def test_a_gap_is_marked_with_its_length(app: TwinApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(app, pilot)
        await press(pilot, "b")
        picture = frame(app)
    assert "── Tue 10 Nov 2026 · pause of 6 d 23 h ──" in picture
    assert "── pause of 47 min ──" in picture


async def type_day(app: TwinApp, pilot: "object", text: str) -> ConversationScreen:
    await press(pilot, "g", *("space" if key == " " else key for key in text))  # type: ignore[arg-type]
    screen = app.screen
    assert isinstance(screen, ConversationScreen)
    return screen


@pytest.mark.parametrize(
    ("text", "answer", "position"),
    [
        ("2026-11-10", "Tue 10 Nov 2026: 6 entries", 4),
        ("3 nov", "Tue 3 Nov 2026: 4 entries", 0),
        ("tue", "Tue 10 Nov 2026: 6 entries", 4),
        ("5 nov", "nothing on Thu 5 Nov 2026 · next: Tue 10 Nov 2026", 4),
        ("-7d", "nothing on Mon 16 Nov 2026 · last: Tue 10 Nov 2026", 4),
        ("1 jan", "nothing on Thu 1 Jan 2026 · next: Tue 3 Nov 2026", 0),
    ],
)
async def test_a_typed_day_is_answered_before_one_goes_there(
    app: TwinApp, text: str, answer: str, position: int
) -> None:
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await opened(app, pilot, event_id="m5")
        await type_day(app, pilot, text)
        assert answer in frame(app)
        await press(pilot, "enter")
        assert screen.transcript.cursor == position
        assert not screen.query_one(DateBar).is_open
        await press(pilot, "j")
        assert screen.transcript.cursor == position + 1


async def test_what_is_typed_after_enter_does_not_spoil_the_day(app: TwinApp) -> None:
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await opened(app, pilot)
        await press(pilot, "g")
        bar = screen.query_one(DateBar)
        field = bar.query_one(PlainInput)
        field.value = "tue"
        field.post_message(PlainInput.Submitted(field, "tue"))
        field.value = "tuej"
        await press(pilot)
        await pilot.pause()
        assert not bar.is_open
        assert screen.transcript.cursor == 4


async def test_what_is_no_day_says_what_is_and_escape_stays(app: TwinApp) -> None:
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await opened(app, pilot, event_id="m5")
        await type_day(app, pilot, "soon")
        assert "not a day: 2026-11-03, 3 nov" in frame(app)
        await press(pilot, "enter")
        assert screen.query_one(DateBar).is_open
        await press(pilot, "escape")
        assert app.screen is screen
        assert screen.transcript.cursor == 7
        assert screen.transcript.has_focus


async def test_arrows_step_from_day_to_day_while_typing(app: TwinApp) -> None:
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await opened(app, pilot)
        await press(pilot, "g")
        assert "2 days: 3–10 Nov 2026" in frame(app)
        await press(pilot, "down")
        assert "2026-11-10" in frame(app)
        await press(pilot, "down", "up", "down", "enter")
        assert screen.transcript.cursor == 4


async def test_without_any_time_there_are_no_days(app: TwinApp, talks: FakeConversations) -> None:
    talks.stories["s0"] = (message("m1", "user", "When?", None),)
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await opened(app, pilot)
        await press(pilot, "g")
        assert "no time is recorded in this conversation" in frame(app)
        await press(pilot, "down", "t", "u", "e", "enter", "escape", "G", "greater_than_sign")
        assert app.screen is screen


async def test_no_jump_key_is_one_that_tmux_or_screen_take() -> None:
    from twin_tui.tui.widgets.transcript.transcript import Transcript

    bound = {key for binding in Transcript.BINDINGS for key in getattr(binding, "key", "").split(",")}
    assert not bound & {"ctrl+a", "ctrl+b", "ctrl+q", "ctrl+s", "ctrl+z"}
