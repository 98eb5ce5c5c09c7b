import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from tests.importers.exports import START, answered, bot, person, said, small
from twin_tui.data.models import Document, Message, Query, Session, Twin, User
from twin_tui.importers import IMPORTERS, ImportOptions

BEGIN = datetime.fromtimestamp(START, UTC)


def minutes(count):
    return BEGIN + timedelta(minutes=count)


CONVERSATION = Message.select(Message.sender_type, Message.content).order_by(Message.created_at)


def test_a_thread_becomes_rows(run, rows):
    report = run(small())
    assert (report.read, report.kept, report.left_out) == (5, 4, {"outside any conversation with a bot": 1})
    assert report.sessions == {"thread": 1, "DM": 0, "unthreaded": 0}
    assert rows(CONVERSATION) == [
        ("user", "@Helper how many seats are left?"),
        ("twin", "Twelve seats."),
        ("user", "[Bo] And parking?"),
        ("twin", "Three places."),
    ]
    (session,) = rows(Session.select(Session.title, Session.topic, Session.platform, Session.started_at))
    assert session == ("how many seats are left?", "general", "slack", BEGIN)
    assert rows(Query.select(Query.id)) == rows(Document.select(Document.id)) == []


def test_people_have_what_the_source_says_and_nothing_else(run, rows):
    run(small())
    fields = (User.email, User.full_name, User.company, User.department, User.created_at, User.last_login_at)
    assert rows(User.select(*fields).order_by(User.full_name)) == [
        ("ann@example.com", "Ann", "T1", None, BEGIN, BEGIN),
        ("U2@T1.slack.invalid", "Bo", "T1", None, minutes(2), minutes(500)),
    ]


def test_ids_are_uuid5_and_the_same_every_time(run, rows, source):
    run(small())
    found = [ref for model in (User, Twin, Session, Message) for (ref,) in rows(model.select(model.id))]
    assert len(found) == len(set(found)) == 2 + 1 + 1 + 4
    assert {uuid.UUID(ref).version for ref in found} == {5}
    assert all(str(uuid.UUID(ref)) == ref for ref in found)


def test_importing_again_changes_nothing(run, rows):
    first = run(small())
    everything = [rows(model.select().order_by(model.id)) for model in (User, Twin, Session, Message)]
    again = run(small())
    assert [tally.new for tally in first.rows.values()] == [2, 1, 1, 4, 0, 0]
    assert {(tally.new, tally.changed, tally.kept) for tally in again.rows.values()} == {(0, 0, 0)}
    assert {name: tally.equal for name, tally in again.rows.items()} == {
        name: tally.new for name, tally in first.rows.items()
    }
    assert everything == [rows(model.select().order_by(model.id)) for model in (User, Twin, Session, Message)]


def test_a_zip_gives_the_same_rows(run, tmp_path):
    run(small())
    report = run(small().zip(tmp_path / "export.zip"))
    assert report.rows["messages"].equal == 4
    assert report.rows["sessions"].changed == 0


def test_a_newer_export_updates_and_adds(run, rows):
    run(small())
    newer = small()
    day = newer.files["general/2026-09-21.json"]
    day[1] |= {"text": "Eleven seats.", "edited": {"user": "U9", "ts": str(START + 40_000)}}
    day.append(said("U1", 600, "One more thing", thread=0))
    report = run(newer)
    assert (report.rows["messages"].new, report.rows["messages"].changed, report.rows["messages"].equal) == (
        1,
        1,
        3,
    )
    assert [content for _, content in rows(CONVERSATION)][1::3] == ["Eleven seats.", "One more thing"]
    assert report.rows["sessions"].equal == 1


def test_an_older_export_overwrites_nothing_but_adds_what_is_missing(run, rows):
    newer = small()
    newer.files["general/2026-09-21.json"][1]["text"] = "Eleven seats."
    newer.files["general/2026-09-21.json"].append(said("U1", 600, "One more thing", thread=0))
    run(newer)
    older = small()
    older.files["users.json"][0] |= {
        "real_name": "Anna",
        "profile": {"real_name": "Anna", "email": "ann@example.com"},
    }
    older.with_day("random", [said("U1", 7, "<@U9> and here?")])
    report = run(older)
    assert report.rows["messages"].kept == 1
    assert report.rows["messages"].new == 1
    assert "Eleven seats." in [content for _, content in rows(CONVERSATION)]
    assert rows(User.select(User.full_name).where(User.email == "ann@example.com")) == [("Ann",)]
    assert any("older than what the database holds" in note for note in report.notes)


def test_a_dry_run_says_the_same_and_writes_nothing(run, plan, rows):
    planned = run(small(), dry_run=True)
    assert rows(User.select(User.id)) == []
    without = plan(small())
    real = run(small())
    assert planned.rows == without.rows == real.rows
    assert planned.lines()[0] == "Dry run: nothing was written."
    assert run(small(), dry_run=True).rows == run(small()).rows


def test_one_bad_file_and_one_bad_message_cost_one_line_each(run):
    export = (
        small().put("general/2026-09-22.json", b"{}").with_day("random", [said("U1", 0, "x"), {"ts": "?"}])
    )
    report = run(export)
    assert (report.rejected, report.rejected_files, report.rejected_messages) == (2, 1, 1)
    assert len(report.problems) == 2
    assert report.kept == 4
    assert report.rows["messages"].new == 4


def test_a_token_is_never_stored(run, rows):
    export = small()
    export.files["general/2026-09-21.json"] += [
        answered("U9", 4, "<https://files.slack.com/f/a.txt?t=xoxe-1-2|file>", thread=0),
    ]
    report = run(export)
    stored = [content for (content,) in rows(Message.select(Message.content))]
    assert not [content for content in stored if "xoxe" in content]
    assert "file (https://files.slack.com/f/a.txt)" in stored
    assert any("access token" in note for note in report.notes)


def test_unstorable_characters_are_replaced_and_reported(run, rows):
    export = small()
    export.files["general/2026-09-21.json"][1]["text"] = "a\0b \ud800 c"
    report = run(export)
    assert ("a\ufffdb \ufffd c",) in rows(Message.select(Message.content))
    assert any(note.startswith("1 text held characters") for note in report.notes)
    assert run(export).rows["messages"].changed == 0


def test_an_author_no_text_can_hold_is_still_imported(run, rows):
    export = small()
    export.files["general/2026-09-21.json"][2]["user"] = "U\ud800"
    assert run(export).kept == 4
    assert rows(User.select(User.full_name).where(User.full_name != "Ann")) == [("U\ufffd",)]
    assert run(export).rows["users"].changed == 0


@pytest.mark.parametrize(
    ("messages", "words"),
    [
        ([], "no message was found"),
        ([said("U1", 0, "a"), said("U2", 1, "b")], "2 messages read; no bot took part in any conversation"),
        (
            [said("U1", 0, "a"), answered("U9", 1, "b")],
            "2 messages read, 1 of them by bots; nobody mentioned",
        ),
    ],
)
def test_an_import_without_a_session_says_why(run, messages, words):
    report = run(small().with_day("general", messages))
    assert report.explanation.startswith(words)
    assert f"No session: {report.explanation}" in report.lines()


def test_a_direct_message_has_no_topic(run, rows):
    export = small().put("dms.json", [{"id": "D0ABCDEF", "members": ["U1", "U9"]}])
    report = run(export.with_day("D0ABCDEF", [said("U1", 0, "a"), answered("U9", 1, "b")]))
    assert report.sessions["DM"] == 1
    assert rows(Session.select(Session.topic).where(Session.title == "a")) == [(None,)]


def test_progress_ends_at_its_total(tmp_path):
    seen = []
    IMPORTERS["slack"].run(
        small().folder(tmp_path / "e"), None, ImportOptions(dry_run=True), lambda *step: seen.append(step)
    )
    done = [step[0] for step in seen]
    assert done == sorted(done)
    assert seen[-1][0] == seen[-1][1] == 2
    assert "reading #general" in [label for _, _, label in seen]


def test_large_conversations_are_written_in_several_transactions(run, rows, monkeypatch):
    monkeypatch.setattr("twin_tui.importers.slack.importer.BATCH_MESSAGES", 3)
    monkeypatch.setattr("twin_tui.importers.loading.load.TRANSACTION_ROWS", 5)
    export = small().with_day("general", [said("U1", 100 * at, f"<@U9> {at}") for at in range(10)])
    assert run(export).rows["sessions"].new == 10
    assert run(export).rows["sessions"].equal == 10


def test_a_failure_half_way_is_finished_by_the_next_import(run, rows, source, monkeypatch):
    export = small().with_day("random", [said("U1", 0, "<@U9> a")])
    for name in ("TRANSACTION_ROWS", "BULK_ROWS"):
        monkeypatch.setattr(f"twin_tui.importers.loading.load.{name}", 1)
    write, calls = source.insert_rows, []

    def fail_in_the_second_channel(model, columns, values):
        calls.append(model)
        if calls.count(Session) == 2:
            raise KeyboardInterrupt
        return write(model, columns, values)

    monkeypatch.setattr(source, "insert_rows", fail_in_the_second_channel)
    with pytest.raises(KeyboardInterrupt):
        run(export)
    assert len(rows(Session.select(Session.id))) == 1
    monkeypatch.undo()
    report = run(export)
    assert (report.rows["sessions"].new, report.rows["sessions"].equal) == (1, 1)
    assert len(rows(Message.select(Message.id))) == 5


def test_the_report_is_plain_safe_text(run):
    export = (
        small()
        .put("bad\x1b[2J/2026-09-21.json", b"{")
        .with_users(bot("U9", "Helper"), person("U1", "\x1b[31mAnn"))
    )
    lines = run(export).lines()
    assert all(re.fullmatch(r"[^\x00-\x1f\x7f-\x9f]*", line) for line in lines)


def test_a_person_of_a_later_export_with_an_email_is_the_same_person(run, rows):
    run(small())
    newer = small()
    newer.files["users.json"][1]["profile"]["email"] = "bo@example.com"
    report = run(newer)
    assert report.rows["users"].changed == 1
    assert rows(User.select(User.email).where(User.full_name == "Bo")) == [("bo@example.com",)]


class Memory(dict):
    """What imports knew, in a dict."""

    newest = dict.get

    def remember(self, moments):
        for unit, moment in moments.items():
            self[unit] = max(moment, self.get(unit, moment))


def edited():
    export = small()
    raw = export.files["general/2026-09-21.json"][1]
    raw |= {"text": "Eleven seats.", "edited": {"user": "U9", "ts": str(START + 40_000)}}
    return export


def test_an_older_export_never_undoes_an_edit_that_only_the_memory_tells_of(run, rows):
    memory = Memory()
    run(edited(), memory=memory)
    assert memory == {"slack/T1": minutes(40_000 / 60), "slack/T1/C1": minutes(40_000 / 60)}
    report = run(small(), memory=memory)
    assert report.rows["messages"].kept == 1
    assert ("twin", "Eleven seats.") in rows(CONVERSATION)
    assert memory["slack/T1/C1"] == minutes(40_000 / 60)
    again = edited()
    again.files["general/2026-09-21.json"][1] |= {
        "text": "Ten seats.", "edited": {"user": "U9", "ts": str(START + 41_000)}
    }  # fmt: skip
    assert run(again, memory=memory).rows["messages"].changed == 1


def test_a_quiet_channel_alone_is_not_older_than_a_busy_one(run, rows):
    quiet = small().with_day("random", [said("U1", 0, "<@U9> old?"), answered("U9", 1, "first")])
    quiet.with_channels(("C1", "general"), ("C2", "random"))
    run(quiet, memory=(memory := Memory()))
    del quiet.files["general/2026-09-21.json"]
    quiet.files["random/2026-09-21.json"][1] |= {"text": "second", "edited": {"ts": str(START + 90)}}
    for known in (memory, None):
        report = run(quiet, memory=known)
        assert report.rows["messages"].kept == 0
    assert ("twin", "second") in rows(CONVERSATION)


def test_a_dry_run_remembers_nothing(run):
    run(small(), dry_run=True, memory=(memory := Memory()))
    assert memory == {}
