"""Many messages read at a time are read as each would be by itself."""

import json
from collections import Counter
from contextlib import closing

import pytest

from tests.importers.exports import Export, answered, bot, person, said, ts
from tests.importers.mutations import Damage
from twin_tui.importers import ImportFailedError
from twin_tui.importers.reading.archive_open import open_archive
from twin_tui.importers.reading.spool import Spool
from twin_tui.importers.report import Journal
from twin_tui.importers.slack import days as slack_days
from twin_tui.importers.slack.day import posts_of
from twin_tui.importers.slack.days import DayReader
from twin_tui.importers.slack.importer import LOOKED_FOR, is_slack_export
from twin_tui.importers.slack.members import read_directory
from twin_tui.importers.slack.posts import DUPLICATE, NOTICE, Met, conversations

COLUMNS = ("micros", "threads", "edited", "voices", "mentions", "flags")


def profile(name, **extra):
    return {"real_name": name, "display_name": "", "name": name.lower(), "team": "T1", **extra}


def usual():
    """A day as Slack writes it, with a few messages between that must be read by themselves."""
    talk = [
        said("U1", 0, "<@U9> how many seats?", thread=0, reply_count=2, client_msg_id="c-1", team="T1"),
        answered(
            "U9", 1, "Twelve &amp; a half.", thread=0, edited={"user": "U9", "ts": ts(1, 7)}, app_id="A9"
        ),
        said("U2", 2, "thanks <@U9>, <@U1>", thread=0, user_profile=profile("Bo")),
        said("U2", 9, "later", user_profile=profile("Bob"), client_msg_id=None),
        said("U2", 4, "sooner, and in Žižkov", user_profile=profile("Bobby", team=None), team="T2"),
        said("U3", 5, "<@U3> has joined", subtype="channel_join"),
        said("U1", 6, "", files=[{"id": "F1", "name": "a.txt", "mode": "hosted"}]),
        answered("U9", 7, "posted", bot_id="B9", bot_profile={"name": "Helper", "team_id": "T1"}),
        {
            "type": "message",
            "subtype": "bot_message",
            "bot_id": "B7",
            "username": "relay",
            "ts": ts(8),
            "text": "x",
        },
        said("U1", 8, "see https://x.y/?t=xoxe-2", replies=[{"user": "U9", "ts": ts(9)}]),
        said("U1", 8, "see https://x.y/?t=xoxe-2", thread=8, edited={"ts": ts(20)}),
        said("U4", 10, "nobody's profile", user_profile={}),
        said("U5", 11, "ends in white space\n ", user_profile={"real_name": " Eve "}),
    ]
    return (
        Export()
        .with_users(person("U1", "Ann"), person("U2", "Bo"), bot("U9", "Helper", "B9", "A9"))
        .with_day("general", talk)
        .with_day("general", [said("U1", 0, "again", thread=0), *talk[3:5]], "2026-09-22")
        .with_day("D0ABCDEF", [answered("U9", 3, "hi"), said("U1", 2, "hello", reply_count=0)])
    )


def understood(path):
    """Return all that reading an export's conversations tells; the reason where it cannot be opened."""
    journal = Journal()
    try:
        archive = open_archive(path, is_slack_export, LOOKED_FOR, journal)
    except ImportFailedError as error:
        return str(error)
    with archive, closing(Spool()) as spool:
        met = Met(spool, journal, read_directory(archive, journal))
        reader = DayReader(archive, met)
        told = []
        for channel, names in conversations(archive, met.directory):
            found = reader.conversation(channel, names)
            columns = [getattr(found, name).tolist() for name in COLUMNS]
            bodies = [found.body(at) for at in range(len(found))]
            told.append((channel.id, columns, bodies, found.titles, found.newest))
        voices = met.voices.by_number, met.voices.heard
        return told, voices, met.mentions, met.with_tokens, met.workspaces, met.directory.evidence, journal


def one_by_one(path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(slack_days, "posts_of", lambda _: None)
        return understood(path)


@pytest.fixture
def at_once(monkeypatch):
    """Count the files that are decoded at once."""
    counts = Counter()

    def counted(data):
        posts = posts_of(data)
        counts[posts is not None] += 1
        return posts

    monkeypatch.setattr(slack_days, "posts_of", counted)
    return counts


def test_usual_days_are_read_at_once_and_tell_the_same(tmp_path, monkeypatch, at_once):
    path = usual().folder(tmp_path / "e")
    told = understood(path)
    assert at_once == {True: 3}
    assert told == one_by_one(path, monkeypatch)
    journal = told[-1]
    assert (journal.read, journal.left_out[DUPLICATE], journal.left_out[NOTICE]) == (18, 5, 1)


def test_damaged_days_tell_the_same_either_way(tmp_path, monkeypatch, at_once):
    for seed in range(150):
        damage = Damage(seed)
        (tmp_path / str(seed)).mkdir()
        path = damage.write(usual(), tmp_path / str(seed))
        assert understood(path) == one_by_one(path, monkeypatch), f"seed {seed}: {damage.told}"
    assert min(at_once[True], at_once[False]) > 20


ODD_TEXTS = (
    *(b"", b"x", b"\\u00e9", b"\\ud83d\\ude00", b"\\ud800", b"\\ud800\\u0041", b"\\udc00\\ud800", b"\\q"),
    *(b"\xc3\xa9", b"\xff", b"\xed\xa0\x80", b"\x01", b"\\u12", b"\\u0000", b"\n", b"\x7f"),
)
ODD_VALUES = (
    *(
        b"1",
        b"01",
        b"1.",
        b"1e5",
        b"-0",
        b"NaN",
        b"-Infinity",
        b"nul",
        b"null",
        b"true",
        b"9" * 500,
        b"9" * 5000,
    ),
    *(b"[1,]", b"{}", b"{1:2}", b'{"a" 1}', b"[" * 500 + b"]" * 500, b"1 2", b'"a" "b"'),
)


@pytest.mark.parametrize("key", ["text", "ts", "user", "anything", "reply_count", "user_profile"])
@pytest.mark.parametrize("odd", [*(b'"' + text + b'"' for text in ODD_TEXTS), *ODD_VALUES])
def test_any_bytes_tell_the_same_either_way(tmp_path, monkeypatch, key, odd):
    day = [said("U1", 0, "one"), {**said("U2", 1, "two"), key: "ODD"}, said("U1", 2, "three")]
    data = json.dumps(day).encode().replace(b'"ODD"', odd)
    path = Export().put("general/2026-09-21.json", data).folder(tmp_path / "e")
    assert understood(path) == one_by_one(path, monkeypatch)


def test_times_that_are_odd_in_a_way_that_evens_out_tell_the_same_either_way(tmp_path, monkeypatch):
    day = [said("U1", 0, "one"), {**said("U1", 1, "two"), "ts": "1700000000.00010"}]
    day.append({**said("U1", 2, "three"), "ts": "17000000001.000100"})
    path = Export().with_day("general", day[1:]).with_day("more", day).folder(tmp_path / "e")
    told = understood(path)
    assert told == one_by_one(path, monkeypatch)
    assert 1700000000000100 in told[0][0][1][0]
