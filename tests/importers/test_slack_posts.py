import json
from pathlib import Path

import pytest

from tests.importers.exports import START, Export, markups, person, read_all, said, ts
from twin_tui.importers.reading.spool import Spool
from twin_tui.importers.slack.time import parse_ts, ts_text


@pytest.fixture
def read(tmp_path: Path, spool: Spool):
    def read_it(export: Export):
        found, met = read_all(export, tmp_path / "e", spool)
        return {conversation.channel.id: conversation for conversation in found}, met

    return read_it


def one_day(*messages):
    return Export().with_users(person("U1", "Ann")).with_day("general", messages)


def test_times_never_go_through_float():
    assert parse_ts("1790000000.123457") == 1_790_000_000_123_457
    assert parse_ts(1_790_000_000) == 1_790_000_000_000_000
    assert ts_text(1_790_000_000_000_001) == "1790000000.000001"


@pytest.mark.parametrize("value", ["", "x", "-1", "1e9", "0", "999999999999", None, 1.5, True, [], "１２３"])
def test_what_is_no_time_is_none(value):
    assert parse_ts(value) is None


def test_an_unquoted_time_keeps_its_six_digits(read):
    raw = b'[{"type": "message", "user": "U1", "text": "hi", "ts": 1790000000.123457}]'
    found, met = read(Export().put("general/2026-09-21.json", raw))
    assert list(found["general"].micros) == [1_790_000_000_123_457]
    assert met.journal.rejected_messages == 0


def test_the_folders_are_the_truth(read):
    export = Export().with_channels(("C1", "general"), ("C2", "listed-but-absent"))
    for folder in ("general", "unlisted", "C1", "D0ABCDEF"):
        export.with_day(folder, [said("U1", len(folder), "hi")])
    export.put("general/canvas_in_the_conversation.json", [{"id": "F1"}])
    found, met = read(export)
    assert set(found) == {"C1", "unlisted", "D0ABCDEF"}
    assert len(found["C1"]) == 2
    assert found["D0ABCDEF"].channel.is_dm
    assert met.journal.read == 4


def test_the_time_decides_not_the_file_name(read):
    export = Export().with_day("general", [said("U1", 5, "later")], "2026-09-20")
    found, _ = read(export.with_day("general", [said("U1", 1, "sooner")], "2026-09-22"))
    assert markups(found["general"]) == ["sooner", "later"]


def test_of_duplicates_the_last_edit_stays(read):
    new = said("U1", 0, "edited", edited={"user": "U1", "ts": ts(9)})
    for first, second in ((new, said("U1", 0, "first")), (said("U1", 0, "first"), new)):
        export = Export().with_day("general", [first]).with_day("general", [second], "2026-09-22")
        found, met = read(export)
        assert markups(found["general"]) == ["edited"]
        assert met.journal.left_out == {"duplicates of a message already read": 1}
        assert found["general"].newest == (START + 540) * 1_000_000


def test_slackdump_nests_replies_after_their_root(read):
    root = said("U1", 0, "root", thread=0)
    root["slackdump_thread_replies"] = [root.copy(), said("U1", 1, "reply", thread=0)]
    found, met = read(one_day(root))
    assert markups(found["general"]) == ["root", "reply"]
    assert met.journal.read == 2


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("words", "not a JSON object"),
        ([1], "not a JSON object"),
        ({"user": "U1", "text": "hi"}, "no ts"),
        ({"user": "U1", "text": "hi", "ts": "soon\x1b[2J"}, "is no time"),
        ({"user": "U1", "text": "hi", "ts": ts(0), "thread_ts": "x"}, "is no time"),
    ],
)
def test_a_bad_message_is_named_by_file_and_position(read, raw, reason):
    found, met = read(one_day(said("U1", 1, "good"), raw))
    assert markups(found["general"]) == ["good"]
    assert met.journal.rejected_messages == 1
    assert met.journal.problems[0].startswith("general/2026-09-21.json, message 2: ")
    assert reason in met.journal.problems[0]
    assert "\x1b" not in met.journal.problems[0]


@pytest.mark.parametrize("data", [b"[", b"", b"{}", b'"x"', b"\xff\xfe\x00"])
def test_a_bad_day_costs_one_line_and_no_other_day(read, data):
    export = one_day(said("U1", 1, "good")).put("general/2026-09-20.json", data)
    found, met = read(export)
    assert len(found["general"]) == 1
    assert met.journal.rejected_files == len(met.journal.problems) == 1


@pytest.mark.parametrize("at_once", [4 * 2**20, 0])
def test_a_broken_message_costs_one_line_and_no_other_message(read, monkeypatch, at_once):
    monkeypatch.setattr("twin_tui.importers.slack.entries.AT_ONCE", at_once)
    words = [json.dumps(said("U1", minute, f"word {minute}")).encode() for minute in range(4)]
    words[1] = words[1].replace(b'"ts": ', b'"ts": oops ')
    words[2] = words[2].replace(b"word 2", b"w\xffrd 2")
    export = Export().put("general/2026-09-21.json", b"[" + b", ".join(words) + b', {"ts": "179')
    found, met = read(export)
    assert markups(found["general"]) == ["word 0", "w\ufffdrd 2", "word 3"]
    journal = met.journal
    assert (journal.read, journal.rejected_messages, journal.rejected_files) == (5, 2, 0)
    assert [line.partition(": ")[0] for line in journal.problems] == [
        "general/2026-09-21.json, message 2",
        "general/2026-09-21.json, message 5",
    ]
    assert (
        "general/2026-09-21.json: 1 message with bytes that are no UTF-8, replaced by U+FFFD" in journal.notes
    )


def test_placeholders_are_not_messages(read):
    found, met = read(one_day("", None, {}, []))
    assert len(found["general"]) == 0
    assert met.journal.read == met.journal.rejected_messages == 0


@pytest.mark.parametrize(
    "subtype",
    [
        "channel_join",
        "group_leave",
        "channel_topic",
        "bot_add",
        "pinned_item",
        "huddle_thread",
        "channel_archive",
    ],
)
def test_notices_are_nobodys_words(read, subtype):
    found, met = read(one_day(said("U1", 0, "<@U1> has joined", subtype=subtype)))
    assert len(found["general"]) == 0
    assert met.journal.left_out == {"joins, topics and other notices": 1}
    assert met.directory.evidence == {"U1": START * 1_000_000}


def test_an_unknown_subtype_stays_if_it_has_a_user_and_text(read):
    unknown = {"type": "message", "subtype": "brand_new", "ts": ts(1), "text": "of nobody"}
    found, _ = read(one_day(said("U1", 0, "words", subtype="brand_new"), unknown))
    assert markups(found["general"]) == ["words"]


def test_deleted_and_empty_messages_are_counted_apart(read):
    gone = said("USLACKBOT", 0, "This message was deleted.", subtype="tombstone")
    _, met = read(one_day(gone, said("U1", 1, "  ")))
    assert met.journal.left_out == {"deleted in Slack": 1, "empty messages": 1}


def test_old_file_comments_belong_to_who_commented(read):
    raw = {"subtype": "file_comment", "ts": ts(0), "text": "commented", "comment": {"user": "U7"}}
    found, met = read(one_day(raw))
    assert met.voices.by_number[found["general"].voices[0]].user == "U7"


def test_tokens_in_addresses_are_counted(read):
    file = {"id": "F1", "name": "a.txt", "url_private": "https://files.slack.com/a?t=xoxe-1"}
    _, met = read(
        one_day(
            said("U1", 0, "see", files=[file]), said("U1", 1, "https://x.y?t=xoxe-2"), said("U1", 2, "hi")
        )
    )
    assert met.with_tokens == 2
