"""Workspaces as they are: nobody listed, folders named by id, bridges, merged and overlapping exports."""

import copy

import pytest

from tests.importers.exports import Export, answered, bot, person, said, small, ts
from twin_tui.data.models import Message, Session, Twin, User
from twin_tui.importers import ImportFailedError

TALK = Message.select(Message.sender_type, Message.content).order_by(Message.created_at)


def relayed(name, minute, text, thread=None, **extra):
    raw = {"type": "message", "subtype": "bot_message", "bot_id": "B7", "username": name, "text": text}
    return {**raw, "ts": ts(minute), **({"thread_ts": ts(thread)} if thread is not None else {}), **extra}


def bridged():
    return small().with_day(
        "irc",
        [
            relayed("Zoë K.", 0, "<@U9> is it down?", thread=0),
            answered("U9", 1, "No.", thread=0),
            relayed("yan", 2, "It is.", thread=0),
        ],
    )


def test_each_name_of_a_bridge_is_a_person(run, rows):
    report = run(bridged(), bridges=("B7",))
    assert report.sessions["thread"] == 2
    select = User.select(User.full_name, User.email).where(User.full_name.in_(["Zoë K.", "yan"]))
    assert {name: email.split(".")[0] for name, email in rows(select)} == {"Zoë K.": "B7", "yan": "B7"}
    irc = TALK.join(Session).where(Session.topic == "irc")
    assert rows(irc) == [("user", "@Helper is it down?"), ("twin", "No."), ("user", "[yan] It is.")]
    assert run(bridged(), bridges=("B7",)).rows["users"].changed == 0


def test_without_being_told_a_bridge_is_a_bot_and_many_names_are_remarked(run):
    export = bridged()
    export.files["irc/2026-09-21.json"] += [relayed(f"n{at}", 10 + at, "hm") for at in range(4)]
    report = run(export)
    assert report.sessions["thread"] == 1
    assert "B7 posts under 6 names: if it speaks for people, say --bridge B7" in report.notes


def test_a_bridge_nobody_knows_is_one_error_and_no_row(run, rows):
    with pytest.raises(ImportFailedError, match="B8"):
        run(bridged(), bridges=("B8",))
    assert rows(User.select(User.id)) == []


def written_by_members():
    """An agent that Slack lists as a member: mentioned, in a thread, and alone with a person."""
    return (
        Export()
        .with_users(person("U1", "Ann", "ann@example.com"), person("U7", "Help Bot", "help@example.com"))
        .put("dms.json", [{"id": "D7AAAAAA", "members": ["U1", "U7"]}])
        .with_day("general", [said("U1", 0, "<@U7> seats?", thread=0), said("U7", 1, "Four.", thread=0)])
        .with_day("random", [said("U1", 0, "<@U7> and now?"), said("U7", 1, "Three.")])
        .with_day("D7AAAAAA", [said("U1", 5, "Thanks"), said("U7", 6, "With pleasure")])
    )


def test_an_agent_listed_as_a_member_is_one_once_it_is_named(run, rows):
    report = run(written_by_members(), agents=("U7",), all_users=True)
    assert report.sessions == {"thread": 1, "DM": 1, "unthreaded": 1}
    assert rows(Twin.select(Twin.name)) == [("Help Bot",)]
    assert rows(User.select(User.full_name)) == [("Ann",)]
    assert [text for sender, text in rows(TALK) if sender == "twin"] == ["Four.", "Three.", "With pleasure"]
    assert not any("--agent" in note for note in report.notes)


def test_an_agent_needs_no_list_of_members(run, rows):
    export = written_by_members()
    del export.files["users.json"]
    assert sum(run(export, agents=("U7",)).sessions.values()) == 3
    assert rows(Twin.select(Twin.name)) == [("U7",)]


def test_without_a_bot_the_report_says_how_an_agent_is_named(run, rows):
    report = run(written_by_members())
    assert report.explanation == "6 messages read; no bot took part in any conversation"
    advice = "if an agent writes under a member's name, say --agent and that member's id"
    assert f"{advice}: Help Bot (U7) may be one" in report.notes
    assert rows(User.select(User.id)) == []
    nobody = Export().with_users(person("U1", "Ann")).with_day("general", [said("U1", 0, "Abbot is here")])
    assert advice in run(nobody).notes


def test_an_agent_that_writes_nothing_is_one_error_and_no_row(run, rows):
    with pytest.raises(ImportFailedError, match=r"agent 'U8' writes nothing here: give a member's id"):
        run(written_by_members(), agents=("U7", "U8"))
    assert rows(User.select(User.id)) == []


def test_a_giphy_post_is_its_persons_with_and_without_users_json(run, rows):
    export = small()
    day = export.files["general/2026-09-21.json"]
    day[0]["client_msg_id"] = day[2]["client_msg_id"] = "c-1"
    day.append(said("U2", 4, "cat", thread=0, bot_id="B0GIPHY", user_profile=None))
    for listed in (True, False):
        if not listed:
            del export.files["users.json"]
        assert run(export).kept == 5
        assert [row for row in rows(TALK) if row[1].endswith("cat")][-1][0] == "user"
    assert {name for (name,) in rows(Twin.select(Twin.name))} == {"Helper", "U9"}


def test_folders_named_by_id_are_the_listed_channels(run, rows):
    export = small()
    export.with_day("C1", export.files.pop("general/2026-09-21.json"))
    run(export)
    assert rows(Session.select(Session.topic)) == [("general",)]
    assert run(small()).rows["sessions"].equal == 1


def test_a_merged_export_holds_everything_once(run, rows):
    export = small()
    export.files["users.json"] += copy.deepcopy(export.files["users.json"])
    export.with_day("C1", export.files["general/2026-09-21.json"])
    export.with_day("general", export.files["general/2026-09-21.json"], "2026-09-22")
    report = run(export)
    assert (report.kept, report.left_out["duplicates of a message already read"]) == (4, 10)
    assert len(rows(Message.select(Message.id))) == 4


def test_of_a_member_listed_twice_the_later_update_counts(run, rows):
    export = small()
    old, new = person("U1", "Anne Old", updated=1), person("U1", "Ann New", updated=2)
    export.with_users(new, old, *export.files["users.json"][1:])
    run(export)
    assert ("Ann New",) in rows(User.select(User.full_name))


def test_agents_that_never_use_threads_have_exchanges(run, rows):
    talk = [said("U1", 0, "<@U9> a"), answered("U9", 1, "b"), said("U1", 2, "c"), answered("U9", 3, "d")]
    report = run(small().with_day("general", talk))
    assert report.sessions == {"thread": 0, "DM": 0, "unthreaded": 1}
    assert [sender for sender, _ in rows(TALK)] == ["user", "twin", "user", "twin"]


def test_agents_among_themselves_are_no_session_with_a_person_they_are(run):
    agents = (bot("U8", "Other", "B8"), *small().files["users.json"])
    alone = [
        answered("U9", 0, "<@U8> ready?", thread=0),
        answered("U8", 1, "yes", thread=0, bot_id="B8"),
        answered("U9", 50, "<@U8> ready?"),
    ]
    joined = [
        said("U1", 100, "<@U9> go on, both", thread=100),
        answered("U9", 101, "<@U8> you first", thread=100),
        answered("U8", 102, "done", thread=100, bot_id="B8"),
    ]
    report = run(small().with_users(*agents).with_day("general", [*alone, *joined]))
    assert report.sessions == {"thread": 1, "DM": 0, "unthreaded": 0}
    assert report.left_out == {"by bots alone": 2, "outside any conversation with a bot": 1}


def test_a_deleted_user_keeps_their_words(run, rows):
    export = small()
    export.files["users.json"][1] = {"id": "U2", "name": "bo", "deleted": True, "profile": {"fields": None}}
    run(export)
    assert ("user", "[bo] And parking?") in rows(TALK)


def incremental(*minutes):
    """Return the part of one long thread that a dump of those minutes holds."""
    talk = [
        said("U1", 0, "<@U9> one?", thread=0, reply_count=5),
        answered("U9", 1, "One.", thread=0),
        said("U1", 2, "And two?", thread=0),
        answered("U9", 3, "Two.", thread=0),
        said("U2", 4, "Thanks, both.", thread=0),
        said("U1", 5, "Indeed.", thread=0),
    ]
    export = Export().with_users(*small().files["users.json"]).with_channels(("C1", "general"))
    return export.with_day("general", [talk[minute] for minute in minutes])


def test_overlapping_dumps_make_the_one_conversation(run, rows):
    for minutes in ((0, 1, 2), (2, 3), (1, 2, 3, 4, 5)):
        run(incremental(*minutes))
    whole = rows(TALK)
    assert [content for _, content in whole] == [
        "@Helper one?", "One.", "And two?", "Two.", "[Bo] Thanks, both.", "Indeed.",
    ]  # fmt: skip
    assert rows(Session.select(Session.title)) == [("one?",)]
    assert_whole(run)


def assert_whole(run):
    report = run(incremental(*range(6)))
    assert (report.rows["messages"].new, report.rows["messages"].changed) == (0, 0)
    assert report.rows["sessions"].equal == 1


@pytest.mark.parametrize("increments", [((2,), (3,), (4, 5)), ((5,), (2, 3), (4,)), ((3,), (2,), (4,), (5,))])
def test_a_dump_of_one_sides_replies_joins_the_stored_conversation(run, rows, increments):
    run(incremental(0, 1))
    for minutes in increments:
        report = run(incremental(*minutes))
        assert (report.kept, report.rows["messages"].new) == (len(minutes), len(minutes))
    assert rows(TALK)[-2:] == [("user", "[Bo] Thanks, both."), ("user", "Indeed.")]
    assert len(rows(Session.select(Session.id))) == len(rows(Twin.select(Twin.id))) == 1
    assert_whole(run)


def test_replies_of_one_side_to_nothing_stored_are_left_out(run, rows):
    assert run(incremental(4, 5)).left_out == {"in threads without a bot": 2}
    assert run(incremental(3)).left_out == {"by bots alone": 1}
    assert rows(Session.select(Session.id)) == []


@pytest.mark.parametrize("entries", [[""], [], [{"id": "X1", "user_id": "U1", "text": "<@U9> words"}]])
def test_files_beside_the_conversations_hold_no_messages(run, entries):
    names = (
        "canvases",
        "lists",
        "huddle_transcripts",
        "file_conversations",
        "content_flags",
        "groups",
        "mpims",
    )
    export = small()
    for name in names:
        export.put(f"{name}.json", entries)
    export.put("general/canvas_in_the_conversation.json", entries)
    report = run(export)
    assert (report.read, report.kept, report.problems) == (run(small()).read, 4, ())


def test_a_channel_that_an_earlier_export_did_not_list_is_the_same_one(run, rows):
    def listed(*channels):
        return small().with_channels(*channels)

    first = run(listed())
    before = rows(TALK)
    for channels in (("C1", "general"), ("C2", "other")), (("C1", "general"),), ():
        report = run(listed(*channels))
        assert (report.rows["sessions"].equal, report.rows["messages"].equal) == (1, 4)
        assert (report.rows["sessions"].total, report.rows["messages"].total) == (1, 4)
    assert rows(TALK) == before
    assert first.rows["messages"].new == 4


def test_a_channel_known_by_its_id_stays_so(run, rows):
    run(small())
    run(small().with_channels())
    later = [
        said("U1", 600, "<@U9> again?", thread=600, reply_count=1),
        answered("U9", 601, "Yes.", thread=600),
    ]
    report = run(small().with_day("general", later, "2026-09-22"))
    assert (report.rows["messages"].equal, report.rows["messages"].new) == (4, 2)
    assert run(small().with_day("general", later, "2026-09-22")).rows["messages"].equal == 6
