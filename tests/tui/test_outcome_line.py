"""The line that says what happened: what stays at every width."""

from dataclasses import replace

import pytest

from tests.tui.conversation_world import FakeConversations
from twin_tui.analytics.answers import ConversationHeader, Outcome
from twin_tui.text.safe_text import cell_width
from twin_tui.tui.widgets.transcript.outcome_line import outcome_line

BUSY = Outcome(43_440.0, 1_234, 123, 1_234, 123, True)


@pytest.fixture(scope="module")
def header() -> ConversationHeader:
    talks = FakeConversations()
    talks.close()
    return replace(talks.conversation("s0").header, messages=2_468, user_messages=1_234, twin_messages=1_234)


def test_with_room_everything_is_spelled_out(header: ConversationHeader) -> None:
    assert outcome_line(BUSY, header, 150) == (
        "12 h 4 min active · 1,234 turns · 2,468 messages (● 1,234 ◆ 1,234) · ▤ 123 documents · "
        "⌕ 1,234 queries, 123 without a result · ends unanswered"
    )


@pytest.mark.parametrize("width", [63, 78, 98, 118, 158])
def test_what_matters_stays_at_every_width(header: ConversationHeader, width: int) -> None:
    line = outcome_line(BUSY, header, width)
    assert cell_width(line) <= width
    assert "…" not in line
    for part in ("12", "1,234 turns", "▤ 123", "⌕ 1,234", ", 123 ", "unanswered"):
        assert part in line


def test_one_of_each_is_said_in_the_singular(header: ConversationHeader) -> None:
    one = replace(header, messages=1, user_messages=1, twin_messages=0)
    assert outcome_line(Outcome(None, 1, 1, 1, 0, False), one, 150) == (
        "length unknown · 1 turn · 1 message (● 1 ◆ 0) · ▤ 1 document · ⌕ 1 query"
    )


def test_a_session_without_messages_says_so(header: ConversationHeader) -> None:
    none = replace(header, messages=0, user_messages=0, twin_messages=0)
    assert outcome_line(Outcome(None, 0, 0, 2, 2, False), none, 78).startswith("no messages · 0 turns")


def test_hardly_any_room_keeps_the_empty_queries_and_the_end(header: ConversationHeader) -> None:
    assert outcome_line(BUSY, header, 36) == "⌕ 1,234, 123 found 0 · unanswered"
