import json
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from tests.importers.chat_exports import START, branch, chat, chatgpt, node
from tests.importers.exports import Export
from twin_tui.data.models import Message, Session, Twin, User
from twin_tui.importers.chats.chatgpt import BRANCH, HIDDEN, TOOLS

NOON = datetime.fromtimestamp(START, UTC)
TEXTS = Message.select(Message.content).order_by(Message.created_at)
TIMES = Message.select(Message.created_at).order_by(Message.created_at)
IN_ORDER = Message.select(Message.sender_type, Message.content, Message.message_type).order_by(
    Message.created_at
)


def minute(number):
    return NOON + timedelta(minutes=number)


@pytest.fixture
def bring(run):
    return partial(run, kind="chatgpt")


def asked_and_answered():
    return [node("q", "user", "How many seats?", 1), node("a", "assistant", "Twelve.", 2)]


def test_a_conversation_becomes_a_session_of_its_model_and_its_account(bring, rows):
    report = bring(chatgpt(chat("c1", *asked_and_answered())), company="Acme")
    assert (report.read, report.kept, dict(report.sessions)) == (2, 2, {"conversation": 1})
    assert rows(
        User.select(User.email, User.full_name, User.company, User.created_at, User.last_login_at)
    ) == [("Ann@Example.com", "Ann@Example.com", "Acme", NOON, minute(2))]
    assert rows(Twin.select(Twin.name, Twin.is_shared, Twin.created_at)) == [("gpt-4o", False, NOON)]
    assert rows(Twin.select(Twin.user)) == rows(Session.select(Session.user)) == rows(User.select(User.id))
    assert rows(Session.select(Session.platform, Session.title, Session.topic, Session.started_at)) == [
        ("chatgpt", "About c1", None, NOON)
    ]
    assert rows(IN_ORDER) == [("user", "How many seats?", "general"), ("twin", "Twelve.", "general")]
    assert rows(Message.select(Message.created_at).order_by(Message.created_at)) == [
        (minute(1),),
        (minute(2),),
    ]


def test_a_person_known_by_email_in_any_case_is_the_same(bring, source, rows):
    source.insert_rows(User, ("id", "email", "full_name"), [("ann", "ann@example.COM", "Ann")])
    bring(chatgpt(chat("c1", *asked_and_answered())))
    assert rows(User.select(User.id, User.full_name)) == [("ann", "Ann")]
    assert rows(Session.select(Session.user)) == [("ann",)]


def test_only_the_shown_branch_is_imported(bring, rows):
    shown = chat("c1", *asked_and_answered())
    branch(shown, "q", node("other", "assistant", "Thirteen.", 3))
    branch(shown, "other", node("more", "user", "Really?", 4))
    report = bring(chatgpt(shown))
    assert rows(TEXTS) == [("How many seats?",), ("Twelve.",)]
    assert report.left_out == {BRANCH: 2}


@pytest.mark.parametrize("current", [None, "gone", 7])
def test_without_a_current_node_the_deepest_leaf_is_shown(bring, rows, current):
    shown = chat("c1", *asked_and_answered(), current_node=current)
    branch(shown, "q", node("short", "assistant", "Thirteen.", 3))
    branch(shown, "a", node("deep", "user", "Really?", 4))
    bring(chatgpt(shown))
    assert rows(TEXTS) == [("How many seats?",), ("Twelve.",), ("Really?",)]


def test_a_circle_of_parents_ends(bring, rows):
    round_ = chat("c1", *asked_and_answered())
    round_["mapping"]["q"]["parent"] = "a"
    lost = chat("c2", *asked_and_answered(), current_node=None)
    lost["mapping"]["q"]["parent"] = "a"
    report = bring(chatgpt(round_, lost))
    assert dict(report.sessions) == {"conversation": 2}


def test_the_order_is_that_of_the_path_and_times_still_increase(bring, rows):
    said = [node("1", "user", "one", 5), node("2", "assistant", "two", 3), node("3", "user", "three", 4)]
    bring(chatgpt(chat("c1", *said)))
    assert rows(TEXTS) == [("one",), ("two",), ("three",)]
    tick = timedelta(microseconds=1)
    assert rows(TIMES) == [(minute(5),), (minute(5) + tick,), (minute(5) + 2 * tick,)]


def test_a_message_without_a_time_has_that_of_the_nearest_before_it(bring, rows):
    said = [
        node("s", "system", "", 7),
        node("1", "user", "one", None),
        node("t", "tool", "…", 9),
        node("2", "assistant", "two", None),
    ]
    bring(chatgpt(chat("c1", *said), chat("c2", node("3", "user", "three", None))))
    assert rows(Message.select(Message.content, Message.created_at).order_by(Message.content)) == [
        ("one", minute(7)),
        ("three", NOON),
        ("two", minute(9)),
    ]


def test_a_conversation_without_any_time_is_told_and_not_dated_by_guess(bring):
    report = bring(chatgpt(chat("c1", node("1", "user", "one", None), create_time=None, update_time=None)))
    assert report.problems == (
        "conversations.json, conversation 1, message 1: no time in it, before it, or of the conversation",
    )


def test_the_session_starts_with_what_is_earlier(bring, rows):
    early = chat("c1", node("1", "user", "one", -10))
    bring(chatgpt(early, chat("c2", node("2", "user", "two", 10))))
    assert rows(Session.select(Session.started_at).order_by(Session.started_at)) == [(minute(-10),), (NOON,)]


def test_times_are_exact_to_the_microsecond(bring, rows):
    said = node("1", "user", "one")
    text = json.dumps([chat("c1", {**said, "create_time": "@"}, create_time=None)])
    export = Export().put("conversations.json", text.replace('"@"', "1790000000.775304").encode())
    bring(export)
    assert rows(Message.select(Message.created_at)) == [(NOON + timedelta(microseconds=775_304),)]


CONTEXT = {"content_type": "user_editable_context", "user_profile": "secret", "parts": ["secret"]}
PICTURE = {"content_type": "multimodal_text", "parts": [{"asset_pointer": "file://1"}]}
HIDDEN_PIECES = [
    (node("x", "user", "secret", metadata={"is_visually_hidden_from_conversation": True}), HIDDEN),
    (node("x", "user", "secret", weight=0), HIDDEN),
    (node("x", "user", "secret", weight=0.0), HIDDEN),
    (
        node(
            "x",
            "user",
            {"content_type": "user_editable_context", "user_profile": "secret", "parts": ["secret"]},
        ),
        HIDDEN,
    ),
    (node("x", "system", "secret"), "of the system"),
    (node("x", "assistant", "secret", recipient="python"), TOOLS),
    (node("x", "tool", "secret", name="python"), TOOLS),
    (node("x", "assistant", {"content_type": "thoughts", "thoughts": [], "parts": ["secret"]}), "thinking"),
    (node("x", "assistant", {"content_type": "reasoning_recap", "content": "secret"}), "thinking"),
    (node("x", "assistant", {"content_type": "execution_output", "text": "secret"}), TOOLS),
    (node("x", "assistant", {"content_type": "tether_quote", "text": "secret"}), TOOLS),
    (node("x", "assistant", {"content_type": "system_error", "text": "secret"}), "errors of the system"),
    (node("x", "assistant", {"content_type": "hologram", "text": "secret"}), "of the kind hologram"),
    (node("x", "user", "  \n"), "without text"),
    (node("x", "user", PICTURE), "without text"),
]


@pytest.mark.parametrize(
    ("piece", "reason"), HIDDEN_PIECES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_the_page_does_not_show_is_no_message_and_counted(bring, rows, piece, reason):
    report = bring(chatgpt(chat("c1", *asked_and_answered(), piece, node("z", "assistant", "Fine.", 5))))
    assert rows(TEXTS) == [("How many seats?",), ("Twelve.",), ("Fine.",)]
    assert report.left_out == {reason: 1}


def test_parts_that_are_objects_give_their_words_only(bring, rows):
    spoken = {"content_type": "audio_transcription", "text": "and spoken", "direction": "in"}
    content = {"content_type": "multimodal_text", "parts": [{"asset_pointer": "a"}, "Look", spoken, None, 3]}
    bring(chatgpt(chat("c1", node("1", "user", content))))
    assert rows(TEXTS) == [("Look\nand spoken",)]


def test_an_untitled_conversation_stays_untitled(bring, rows):
    bring(chatgpt(chat("c1", *asked_and_answered(), title=""), chat("c2", *asked_and_answered(), title=None)))
    assert rows(Session.select(Session.title)) == [(None,), (None,)]


def test_a_twin_is_a_model_or_a_custom_assistant(bring, rows):
    said = asked_and_answered()
    bring(
        chatgpt(
            chat("c1", *said),
            chat("c2", *said, default_model_slug="auto"),
            chat("c3", *said, gizmo_id="g-abc"),
            chat("c4", node("q", "user", "Hello?"), default_model_slug=None),
            chat("c5", *said, default_model_slug="o3"),
        )
    )
    assert rows(Twin.select(Twin.name).order_by(Twin.name)) == [
        ("ChatGPT",),
        ("g-abc",),
        ("gpt-4o",),
        ("o3",),
    ]


def test_chats_among_several_people_are_not_passed_over_in_silence(bring):
    export = chatgpt(chat("c1", *asked_and_answered()))
    assert not bring(export.put("group_chats.json", {"chats": []})).notes
    report = bring(
        export.put("group_chats.json", {"chats": [{"id": "g1", "title": "Among us", "members": []}]})
    )
    assert report.notes == ("group_chats.json was not read: chats among several people are not imported",)
