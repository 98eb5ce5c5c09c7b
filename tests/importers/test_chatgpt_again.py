"""ChatGPT exports that are broken, come in parts, or come again."""

import json
from functools import partial

import pytest

from tests.importers.chat_exports import START, branch, chat, chatgpt, node
from tests.importers.exports import Export
from twin_tui.data.models import Message, Session, Twin, User
from twin_tui.importers import IMPORTERS, ImportFailedError

TEXTS = Message.select(Message.content).order_by(Message.created_at)


@pytest.fixture
def bring(run):
    return partial(run, kind="chatgpt")


def asked_and_answered():
    return [node("q", "user", "How many seats?", 1), node("a", "assistant", "Twelve.", 2)]


def test_a_bad_conversation_is_one_line_and_the_others_come_in(bring, rows):
    rejected = []
    export = chatgpt(7, {"title": "no mapping"}, {"mapping": []}, chat("c1", *asked_and_answered()))
    report = bring(export, on_reject=rejected.append)
    assert report.problems == (
        "conversations.json, conversation 1: not a JSON object",
        "conversations.json, conversation 2: no mapping of messages",
        "conversations.json, conversation 3: its mapping is no object",
    )
    assert report.rejected == 3
    assert [each.item for each in rejected] == [7, {"title": "no mapping"}, {"mapping": []}]
    assert rows(Session.select(Session.title)) == [("About c1",)]


def test_a_bad_message_is_one_line_and_its_conversation_comes_in(bring, rows):
    odd = chat("c1", *asked_and_answered())
    odd["mapping"] |= {"n": 5, "m": {"message": "text", "parent": "a"}}
    said = branch(odd, "a", node("r", "narrator", "Meanwhile", 3))
    said["current_node"] = "r"
    report = bring(chatgpt(said))
    assert (report.read, report.kept, report.rejected_messages) == (5, 2, 3)
    assert sorted(report.problems) == [
        "conversations.json, conversation 1, message m: not a JSON object",
        "conversations.json, conversation 1, message n: not a JSON object",
        "conversations.json, conversation 1, message r: its author is neither user, assistant nor tool",
    ]


def test_a_file_cut_off_in_the_middle_gives_what_stands_before(bring, rows):
    whole = json.dumps([chat("c1", *asked_and_answered()), chat("c2", *asked_and_answered())]).encode()
    report = bring(Export().put("conversations.json", whole[:-40]))
    assert rows(Session.select(Session.title)) == [("About c1",)]
    assert report.problems == (
        "conversations.json, conversation 2: it never ends: the file is cut off here, or broken",
    )


def test_numbered_files_are_one_export_and_the_newest_copy_wins(bring, rows):
    newer = chat("c1", *asked_and_answered(), node("z", "user", "Thanks", 3), update_time=START + 90_000)
    export = (
        Export()
        .put("conversations-001.json", [chat("c1", *asked_and_answered())])
        .put("conversations-000.json", [newer, chat("c2", *asked_and_answered())])
        .put("shared_conversations.json", [{"id": "x"}])
    )
    report = bring(export)
    assert (report.read, report.kept) == (7, 5)
    assert report.left_out == {"in an older copy of the conversation": 2}
    assert report.rows["sessions"].new == 2


def test_one_file_a_folder_and_a_zip_give_the_same(bring, rows, tmp_path):
    export = chatgpt(chat("c1", *asked_and_answered()))
    bring(export)
    before = rows(Message.select())
    for path in (export.zip(tmp_path / "e.zip"), export.folder(tmp_path / "e")):
        report = bring(path)
        assert {name: (each.new, each.changed) for name, each in report.rows.items()} == dict.fromkeys(
            report.rows, (0, 0)
        )
    bring(tmp_path / "e" / "conversations.json", user="ann@example.com")
    assert rows(Message.select()) == before
    assert len(rows(User.select())) == len(rows(Twin.select())) == 1


def test_whose_it_is_can_be_said_and_is_never_made_up(bring, rows, tmp_path):
    export = Export().put("conversations.json", [chat("c1", *asked_and_answered())])
    report = bring(export)
    assert rows(User.select(User.email, User.full_name)) == [("unknown@chatgpt.invalid", "unknown")]
    assert "whose conversations these are is not told by an e-mail: --user says it" in report.notes
    bring(export, user="bo@example.com")
    assert rows(Session.select(User.email).join(User)) == [("bo@example.com",)]
    with pytest.raises(ImportFailedError, match="e-mail"):
        bring(export, user="Bo")


def test_a_newer_export_updates_and_what_the_page_no_longer_shows_goes(bring, rows):
    first = chat("c1", *asked_and_answered())
    branch(first, "q", node("retry", "assistant", "Thirteen.", 3))
    bring(chatgpt(first))
    second = {**first, "current_node": "retry", "update_time": START + 90_000, "title": "Seats"}
    report = bring(chatgpt(second))
    assert rows(TEXTS) == [("How many seats?",), ("Thirteen.",)]
    assert (report.rows["messages"].new, report.rows["messages"].equal, report.rows["sessions"].changed) == (
        1,
        1,
        1,
    )
    assert "1 row of conversations that their source no longer shows were removed" in report.notes


def test_an_older_export_changes_nothing_of_what_is_newer(bring, rows):
    old = chat("c1", *asked_and_answered(), update_time=START + 130)
    new = chat("c1", *asked_and_answered(), node("z", "user", "Thanks", 9), title="Seats")
    bring(chatgpt(new))
    before = rows(Message.select()), rows(Session.select())
    branch(old, "q", node("other", "assistant", "Old answer", 2))
    report = bring(chatgpt({**old, "current_node": "other"}))
    assert (rows(Message.select()), rows(Session.select())) == before
    assert "1 conversation newer in the database, left as they are" in report.notes


def test_text_no_database_can_hold_is_replaced_and_told(bring, rows):
    report = bring(chatgpt(chat("c1", node("1", "user", "a\0b\ud800"))))
    assert rows(TEXTS) == [("a\ufffdb\ufffd",)]
    assert any("U+FFFD" in note for note in report.notes)


def test_what_is_no_such_export_is_refused_in_one_sentence(bring, tmp_path):
    talk = tmp_path / "conversations.json"
    talk.write_text('[{"uuid": "1", "chat_messages": []}]', "utf-8")
    with pytest.raises(
        ImportFailedError, match=r"no conversation was found in it; it looks like a claude\.ai export"
    ):
        bring(talk)
    assert IMPORTERS["claude"].recognises(talk)
    assert not IMPORTERS["chatgpt"].recognises(talk)


def test_an_empty_export_says_that_it_is(bring):
    assert bring(chatgpt()).explanation == "no conversation was found"
    told = bring(chatgpt(chat("c1", node("x", "system", "hello")))).explanation
    assert told == "1 conversation read, none has a message to show"
