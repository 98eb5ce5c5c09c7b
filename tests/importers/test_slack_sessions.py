import pytest

from tests.importers.exports import START, Export, answered, bot, person, read_all, said, ts
from twin_tui.data.models import Session
from twin_tui.importers.slack.actors import Actors
from twin_tui.importers.slack.sessions import Cutter

USERS = (person("U1", "Ann"), person("U2", "Bo"), bot("U8", "Other", "B8"), bot("U9", "Helper", "B9"))
MINUTE = 60_000_000


@pytest.fixture
def cut(tmp_path, spool):
    def cut_up(*messages, folder="general", gap=30, dms=None, users=USERS):
        export = Export().with_users(*users).with_day(folder, messages)
        if dms is not None:
            export.put("dms.json", dms)
        (conversation,), met = read_all(export, tmp_path / "e", spool)
        cutter = Cutter(Actors(met.directory, met.voices), met.mentions, gap * MINUTE)
        left_out = met.journal.left_out
        return list(cutter.exchanges(conversation, left_out)), {key: n for key, n in left_out.items() if n}

    return cut_up


@pytest.fixture
def titles(run, rows):
    def titles_of(*messages):
        run(Export().with_users(*USERS).with_day("general", messages))
        return [title for (title,) in rows(Session.select(Session.title))]

    return titles_of


def shape(found):
    """Kind, user, twin and the number of messages of each session."""
    return [(item.kind, item.user, item.twin, len(item.members)) for item in found]


def test_a_thread_with_a_bot_and_a_person_is_a_session(cut):
    found, left = cut(
        said("U1", 0, "hello", thread=0), answered("U9", 1, "hi", thread=0), said("U2", 2, "me too", thread=0)
    )
    assert shape(found) == [("thread", "U1", "U9", 3)]
    assert found[0].is_start_known
    assert left == {}


def test_threads_without_a_bot_or_a_person_are_counted(cut):
    found, left = cut(
        said("U1", 0, "a", thread=0),
        said("U2", 1, "b", thread=0),
        answered("U9", 5, "c", thread=5),
        answered("U8", 6, "d", thread=5),
    )
    assert found == []
    assert left == {"in threads without a bot": 2, "by bots alone": 2}


def test_replies_without_their_root_are_a_session_with_an_unknown_start(cut):
    found, _ = cut(answered("U9", 1, "hi", thread=0), said("U2", 2, "thanks", thread=0))
    assert shape(found) == [("thread", "U2", "U9", 2)]
    assert found[0].start == START * 1_000_000
    assert not found[0].is_start_known


def test_a_deleted_root_leaves_its_thread(cut):
    gone = said("USLACKBOT", 0, "This message was deleted.", thread=0, subtype="tombstone")
    found, left = cut(gone, said("U1", 1, "a", thread=0), answered("U9", 2, "b", thread=0))
    assert shape(found) == [("thread", "U1", "U9", 2)]
    assert left == {"deleted in Slack": 1}


def test_a_reply_shown_in_the_channel_too_is_one_reply(cut):
    found, left = cut(
        said("U1", 0, "a", thread=0),
        answered("U9", 1, "b", thread=0, subtype="thread_broadcast", root={"ts": ts(0)}),
    )
    assert shape(found) == [("thread", "U1", "U9", 2)]
    assert left == {}


def test_the_reply_count_may_be_wrong(cut):
    found, _ = cut(said("U1", 0, "a", thread=0, reply_count=99), answered("U9", 1, "b", thread=0))
    assert shape(found) == [("thread", "U1", "U9", 2)]


def test_the_twin_is_the_bot_mentioned_in_the_root_else_the_first_to_answer(cut):
    replies = [answered("U8", 1, "x", thread=0, bot_id="B8"), answered("U9", 2, "y", thread=0)]
    assert cut(said("U1", 0, "a", thread=0), *replies)[0][0].twin == "U8"
    assert cut(said("U1", 0, "<@U9|helper> a", thread=0), *replies)[0][0].twin == "U9"
    assert cut(said("U1", 0, "<@U8> or <@U9>?", thread=0), replies[1])[0][0].twin == "U9"


def test_a_thread_that_a_bot_opens_belongs_to_the_first_person(cut):
    found, _ = cut(answered("U9", 0, "report, <@U8>", thread=0), said("U2", 1, "thanks", thread=0))
    assert shape(found) == [("thread", "U2", "U9", 2)]


def test_an_exchange_without_a_thread_runs_from_a_mention_to_a_silence(cut):
    found, left = cut(
        said("U1", 0, "before"),
        said("U1", 1, "<@U9> status?"),
        answered("U9", 2, "fine"),
        said("U2", 32, "good"),
        said("U2", 62.1, "after"),
    )
    assert shape(found) == [("unthreaded", "U1", "U9", 3)]
    assert left == {"outside any conversation with a bot": 2}


def test_the_gap_can_be_chosen(cut):
    talk = (said("U1", 0, "<@U9> a"), answered("U9", 10, "b"), said("U1", 30, "c"))
    assert shape(cut(*talk, gap=5)[0]) == [("unthreaded", "U1", "U9", 1)]
    assert shape(cut(*talk, gap=20)[0]) == [("unthreaded", "U1", "U9", 3)]


def test_a_mention_of_another_bot_opens_another_exchange(cut):
    found, _ = cut(
        said("U1", 0, "<@U9> a"),
        said("U1", 1, "<@U9> again"),
        said("U2", 2, "<@U8> b"),
        answered("U8", 3, "c", bot_id="B8"),
        said("U1", 4, "<@U9> d"),
    )
    assert shape(found) == [
        ("unthreaded", "U1", "U9", 2),
        ("unthreaded", "U2", "U8", 2),
        ("unthreaded", "U1", "U9", 1),
    ]


def test_a_mention_nobody_answers_is_kept(cut):
    assert shape(cut(said("U1", 0, "<@U9> anyone?"))[0]) == [("unthreaded", "U1", "U9", 1)]


def test_a_bot_that_mentions_a_bot_and_a_person_mentioned_open_nothing(cut):
    found, left = cut(answered("U9", 0, "<@U8> go"), said("U1", 1, "<@U2> hi"), said("U1", 2, "<@USLACKBOT>"))
    assert found == []
    assert left == {"outside any conversation with a bot": 3}


def test_a_mention_that_only_the_blocks_hold_counts(cut, titles):
    elements = [{"type": "user", "user_id": "U9"}, {"type": "text", "text": " status?"}]
    blocks = [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}]
    message = said("U1", 0, "", blocks=blocks)
    assert shape(cut(message)[0]) == [("unthreaded", "U1", "U9", 1)]
    assert titles(message) == ["status?"]


def test_a_threaded_message_is_in_no_unthreaded_exchange(cut):
    found, left = cut(
        said("U1", 0, "<@U9> a", thread=0, reply_count=1),
        said("U2", 1, "only people here", thread=0),
        said("U1", 2, "b"),
    )
    assert found == []
    assert left == {"in threads without a bot": 2, "outside any conversation with a bot": 1}


def test_a_root_nobody_replied_to_is_in_no_thread(cut):
    found, _ = cut(said("U1", 0, "<@U9> a", thread=0, reply_count=0), answered("U9", 1, "b"))
    assert shape(found) == [("unthreaded", "U1", "U9", 2)]


def test_a_root_without_thread_ts_still_opens_its_thread(cut):
    found, _ = cut(said("U1", 0, "a"), answered("U9", 1, "b", thread=0))
    assert shape(found) == [("thread", "U1", "U9", 2)]
    assert found[0].is_start_known


BOT_DM = [{"id": "D0ABCDEF", "members": ["U1", "U9"]}]


def test_a_direct_message_is_cut_at_silences(cut):
    found, left = cut(
        said("U1", 0, "a"),
        answered("U9", 30, "b"),
        said("U1", 60.5, "c"),
        answered("U9", 200, "on my own"),
        folder="D0ABCDEF",
        dms=BOT_DM,
    )
    assert shape(found) == [("DM", "U1", "U9", 2), ("DM", "U1", "U9", 1)]
    assert left == {"by bots alone": 1}


def test_threads_of_a_direct_message_are_sessions_of_their_own(cut):
    found, _ = cut(
        said("U1", 0, "a"),
        said("U1", 1, "b", thread=1),
        answered("U9", 2, "c", thread=1),
        said("U1", 3, "d"),
        folder="D0ABCDEF",
        dms=BOT_DM,
    )
    assert shape(found) == [("DM", "U1", "U9", 2), ("DM", "U1", "U9", 2)]


def test_a_bot_that_never_answered_is_known_from_the_members(cut):
    assert shape(cut(said("U1", 0, "hello?"), folder="D0ABCDEF", dms=BOT_DM)[0]) == [("DM", "U1", "U9", 1)]


def test_an_unlisted_direct_message_with_a_bot_is_one(cut):
    found, _ = cut(said("U1", 0, "a"), answered("U404", 1, "b", bot_id="B404"), folder="D0ABCDEF")
    assert shape(found) == [("DM", "U1", "U404", 2)]


def test_a_direct_message_between_people_is_none(cut):
    dms = [{"id": "D0ABCDEF", "members": ["U1", "U2"]}]
    found, left = cut(said("U1", 0, "a"), said("U2", 1, "b"), folder="D0ABCDEF", dms=dms)
    assert found == []
    assert left == {"outside any conversation with a bot": 2}


def test_a_bots_notice_between_two_people_makes_it_no_talk_with_a_bot(cut):
    dms = [{"id": "D0ABCDEF", "members": ["U1", "U2"]}]
    found, _ = cut(said("U1", 0, "a"), answered("U9", 1, "call ended"), folder="D0ABCDEF", dms=dms)
    assert found == []


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        (["<@U9>, what is open?\nSecond line"], "what is open?"),
        (["<@U9>", "the real question"], "the real question"),
        (["ask <@U9> now &amp; then"], "ask now & then"),
        (["<@U9>"], None),
        (["*<@U9>* what is open?"], "what is open?"),
        (["*Plan for May*\nfirst", "second"], "Plan for May"),
        (["*May* and *June*"], "*May* and *June*"),
        (["**", "_~now~_"], "now"),
        (["x" * 300], "x" * 199 + "…"),
    ],
)
def test_the_title_is_the_first_human_line_without_mentions(titles, texts, title):
    talk = [said("U1", at, text, thread=0) for at, text in enumerate(texts)]
    assert titles(*talk, answered("U9", 9, "answer", thread=0)) == [title]


def test_an_assistant_thread_brings_its_own_title(titles):
    opening = answered(
        "U9", 0, "", thread=0, subtype="assistant_app_thread", assistant_app_thread={"title": "Trip"}
    )
    talk = (said("U1", 1, "hello", thread=0), answered("U9", 2, "hi", thread=0))
    assert titles(opening, *talk) == ["Trip"]
