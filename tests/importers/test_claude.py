from functools import partial

import pytest

from tests.importers.chat_exports import at, claude, talk, turn
from tests.importers.exports import Export
from twin_tui.data.models import Document, Message, Query, Session, Twin, User
from twin_tui.data.times import parse_time
from twin_tui.importers.chats.claude import BRANCH

IN_ORDER = Message.select(Message.sender_type, Message.content, Message.message_type).order_by(
    Message.created_at
)
TEXTS = Message.select(Message.content).order_by(Message.created_at)
ROOT = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def bring(run):
    return partial(run, kind="claude")


def asked_and_answered():
    return [turn("q", "human", "How many seats?", 1), turn("a", "assistant", "Twelve.", 2)]


def used(name, wish, ref=None):
    return {"type": "tool_use", "name": name, "input": wish, **({"id": ref} if ref else {})}


def result(name, content, ref=None, **extra):
    return {"type": "tool_result", "name": name, "content": content, "tool_use_id": ref, **extra}


def words(text):
    return {"type": "text", "text": text}


def test_a_conversation_becomes_a_session_of_its_account(bring, rows):
    report = bring(claude(talk("c1", *asked_and_answered())), company="Acme")
    assert (report.read, report.kept, dict(report.sessions)) == (2, 2, {"conversation": 1})
    assert rows(User.select(User.email, User.full_name, User.company)) == [("ann@example.com", "Ann", "Acme")]
    assert rows(Twin.select(Twin.name, User.email).join(User)) == [("Claude", "ann@example.com")]
    assert rows(Session.select(Session.platform, Session.title, Session.topic, Session.started_at)) == [
        ("claude", "About c1", None, parse_time(at(0)))
    ]
    assert rows(IN_ORDER) == [("user", "How many seats?", "general"), ("twin", "Twelve.", "general")]


def test_the_text_blocks_are_the_words_and_thinking_is_not(bring, rows):
    blocks = [{"type": "thinking", "thinking": "secret"}, words("One."), words("Two.")]
    mixed = turn("a", "assistant", blocks, 2, text="secret One. Two.")
    bring(claude(talk("c1", turn("q", "human", "Hi"), mixed)))
    assert rows(TEXTS) == [("Hi",), ("One.\nTwo.",)]


@pytest.mark.parametrize("content", [None, []])
def test_the_text_counts_only_where_there_are_no_blocks(bring, rows, content):
    bring(claude(talk("c1", turn("q", "human", content, text="Hi"))))
    assert rows(TEXTS) == [("Hi",)]


def test_blocks_of_unknown_kinds_are_passed_over_and_counted(bring, rows):
    blocks = [{"type": "hologram"}, words("Look."), {"type": "text", "text": 5}, "loose"]
    report = bring(claude(talk("c1", turn("q", "human", blocks))))
    assert rows(TEXTS) == [("Look.",)]
    assert [note for note in report.notes if "passed over" in note] == [
        "1 × block of text that holds no text, passed over",
        "1 × content of an unknown kind (hologram), passed over",
        "1 × content of an unknown kind (none), passed over",
    ]


def test_thinking_written_into_the_text_is_taken_out(bring, rows):
    bring(claude(talk("c1", turn("a", "assistant", "Yes.\n\n<antThinking>secret</antThinking>\n\nNo."))))
    assert rows(TEXTS) == [("Yes.\n\nNo.",)]


def test_an_artifact_in_the_text_is_a_document_at_the_message_that_asked(bring, rows):
    tag = '<antArtifact identifier="plan" type="text/markdown" title="Plan">\none two\n</antArtifact>'
    bring(
        claude(talk("c1", turn("q", "human", "Draft"), turn("a", "assistant", f"Here:\n\n{tag}\n\nDone.", 1)))
    )
    assert rows(IN_ORDER) == [("user", "Draft", "document"), ("twin", "Here:\n\nDone.", "general")]
    fields = (Document.title, Document.document_type, Document.content, Document.word_count)
    assert rows(Document.select(*fields)) == [("Plan", "text/markdown", "one two", 2)]
    asked = rows(Message.select(Message.id).where(Message.content == "Draft"))
    assert rows(Document.select(Document.message)) == asked


def test_an_artifact_that_is_cut_off_is_kept_to_its_end(bring, rows):
    bring(claude(talk("c1", turn("a", "assistant", 'So:<antArtifact title="T">half of'))))
    assert rows(Document.select(Document.title, Document.content)) == [("T", "half of")]
    assert rows(TEXTS) == [("So:",)]


def test_each_version_of_an_artifact_is_a_document_with_its_whole_content(bring, rows):
    made = {"id": "p", "command": "create", "type": "text/plain", "title": "Plan", "content": "one two"}
    changed = {"id": "p", "command": "update", "old_str": "two", "new_str": "2"}
    anew = {"id": "p", "command": "rewrite", "content": "three", "title": "Plan B"}
    steps = [
        turn("q1", "human", "Draft"),
        turn(
            "a1",
            "assistant",
            [words("Done."), used("artifacts", made), result("artifacts", [words("OK")])],
            1,
        ),
        turn("q2", "human", "Change it", 2),
        turn("a2", "assistant", [used("artifacts", changed), used("artifacts", anew)], 3),
        turn("q3", "human", "Thanks", 4),
    ]
    report = bring(claude(talk("c1", *steps)))
    assert rows(Document.select(Document.title, Document.content).order_by(Document.created_at)) == [
        ("Plan", "one two"),
        ("Plan", "one 2"),
        ("Plan B", "three"),
    ]
    assert report.left_out == {"only a document or a search": 1}
    assert [kind for _, _, kind in rows(IN_ORDER)] == ["document", "general", "document", "general"]


def test_a_change_that_does_not_fit_keeps_its_new_text_and_says_so(bring, rows):
    changed = {"id": "p", "command": "update", "old_str": "gone", "new_str": "new"}
    report = bring(
        claude(talk("c1", turn("q", "human", "Hi"), turn("a", "assistant", [used("artifacts", changed)])))
    )
    assert rows(Document.select(Document.content)) == [("new",)]
    assert "1 × artifact revision that could not be followed: only its new text is stored" in report.notes


def test_a_search_is_a_query_at_the_message_that_asked(bring, rows):
    blocks = [
        used("web_search", {"query": "seats"}, "t1"),
        result("web_search", [{}, {}, {}], "t1"),
        used("drive_search", {"query": "plan"}),
        result("drive_search", []),
        used("web_search", {"query": "lost"}, "t2"),
        result("web_search", [{}], "t2", is_error=True),
        used("web_search", {"query": "unanswered"}, "t3"),
        used("web_fetch", {"url": "https://example.com"}),
        words("Twelve."),
    ]
    bring(claude(talk("c1", turn("q", "human", "How many seats?"), turn("a", "assistant", blocks, 1))))
    fields = (Query.query_text, Query.query_type, Query.results_count)
    assert rows(Query.select(*fields).order_by(Query.created_at)) == [
        ("seats", "web", 3),
        ("plan", "drive", 0),
        ("lost", "web", None),
        ("unanswered", "web", None),
    ]
    assert rows(IN_ORDER) == [("user", "How many seats?", "query"), ("twin", "Twelve.", "general")]
    asked = rows(Message.select(Message.id).where(Message.sender_type == "user"))
    assert rows(Query.select(Query.message).distinct()) == asked


def branched(**extra):
    def below(message, parent):
        return {**message, "parent_message_uuid": parent}

    return {
        **talk("c1"),
        "chat_messages": [
            below(turn("q", "human", "How many?", 1), ROOT),
            below(turn("a1", "assistant", "Twelve.", 2), "q"),
            below(turn("a2", "assistant", "Thirteen.", 3), "q"),
        ],
        **extra,
    }


def test_one_conversation_as_a_browser_saves_it_follows_its_current_leaf(bring, rows, tmp_path):
    path = (
        Export()
        .put("chat.json", branched(current_leaf_message_uuid="a1", model="claude-x"))
        .folder(tmp_path / "e")
    )
    report = bring(path / "chat.json", user="ann@example.com")
    assert rows(TEXTS) == [("How many?",), ("Twelve.",)]
    assert report.left_out == {BRANCH: 1}
    assert rows(Twin.select(Twin.name)) == [("claude-x",)]


@pytest.mark.parametrize("leaf", [None, "gone"])
def test_without_a_leaf_the_newest_message_ends_the_shown_branch(bring, rows, leaf):
    bring(claude(branched(current_leaf_message_uuid=leaf)))
    assert rows(TEXTS) == [("How many?",), ("Thirteen.",)]


def test_a_circle_of_parents_ends(bring, rows):
    odd = branched()
    odd["chat_messages"][0]["parent_message_uuid"] = "a2"
    bring(claude(odd))
    assert rows(TEXTS) == [("How many?",), ("Thirteen.",)]


def test_accounts_that_nobody_lists_keep_their_ids(bring, rows):
    export = claude(
        talk("c1", *asked_and_answered()), talk("c2", *asked_and_answered(), account={"uuid": "acc-2"})
    )
    bring(export)
    emails = {email for (email,) in rows(User.select(User.email))}
    assert emails == {"ann@example.com", "acc-2@claude.invalid"}
    assert len(rows(Twin.select())) == 2


def test_the_project_is_the_topic_where_it_has_a_name(bring, rows):
    bring(claude(talk("c1", *asked_and_answered(), project={"uuid": "p", "name": "Seats"})))
    assert rows(Session.select(Session.topic)) == [("Seats",)]


def test_empty_conversations_are_counted_and_make_nothing(bring, rows):
    report = bring(claude(talk("c1"), talk("c2", *asked_and_answered())))
    assert dict(report.sessions) == {"conversation": 1}
    assert "1 conversation without a message to show, left out" in report.notes


def test_bad_messages_and_conversations_are_one_line_each(bring, rows):
    odd = talk(
        "c1",
        5,
        turn("x", "robot", "Hi"),
        {**turn("y", "human", "Hi"), "content": "text"},
        *asked_and_answered(),
    )
    odd["chat_messages"].append(dict(odd["chat_messages"][-1]))
    report = bring(claude({"uuid": "c0", "chat_messages": {}}, odd))
    assert report.problems == (
        "conversations.json, conversation 1: no list chat_messages",
        "conversations.json, conversation 2, message 1: not a JSON object",
        "conversations.json, conversation 2, message x: its sender is neither human nor assistant",
        "conversations.json, conversation 2, message y: its content is no list",
    )
    assert (report.read, report.kept, report.left_out) == (6, 2, {"twice in a conversation": 1})
    assert report.rejected == 4


def test_importing_twice_changes_nothing(bring, rows):
    tag = '<antArtifact identifier="p" title="P">x</antArtifact>'
    blocks = [words(tag), used("web_search", {"query": "seats"}), words("Twelve.")]
    export = claude(talk("c1", turn("q", "human", "Hi"), turn("a", "assistant", blocks, 1)))
    first = bring(export)
    before = [rows(model.select()) for model in (User, Twin, Session, Message, Document, Query)]
    second = bring(export)
    assert [rows(model.select()) for model in (User, Twin, Session, Message, Document, Query)] == before
    found = {name: each.equal for name, each in second.rows.items()}
    assert found == {name: each.new for name, each in first.rows.items()}
    assert sum(each.new + each.changed for each in second.rows.values()) == 0
