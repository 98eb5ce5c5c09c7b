import pytest

from tests.importers.exports import Export, bot, person, read_all, said, ts
from twin_tui.importers import ImportFailedError
from twin_tui.importers.slack.actors import Actors, Author

USERS = (person("U1", "Ann"), bot("U9", "Helper", "B9", "A9"))
BOT_MESSAGE = {"type": "message", "subtype": "bot_message", "text": "hi"}


@pytest.fixture
def meet(tmp_path, spool):
    def meet_all(*messages, users=USERS, bridges=()):
        export = Export().with_users(*users).with_day("general", messages)
        found, met = read_all(export, tmp_path / "e", spool)
        actors = Actors(met.directory, met.voices, bridges)
        return actors, [actors.by_voice[number] for each in found for number in each.voices]

    return meet_all


def who(found):
    return (found.is_bot, found.key) if isinstance(found, Author) else found


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({"user": "U1"}, (False, "U1")),
        ({"user": "U1", "bot_id": None, "username": "x"}, (False, "U1")),
        ({"user": "U1", "bot_id": "B3"}, (False, "U1")),
        ({"user": "U1", "bot_id": "B3", "subtype": "bot_message"}, (False, "U1")),
        ({"user": "U404", "app_id": "A1"}, (False, "U404")),
        ({"user": "U404", "bot_id": "B3", "user_profile": {"real_name": "Cy"}}, (False, "U404")),
        ({"user": "U404"}, (False, "U404")),
        ({"user": "W404"}, (False, "W404")),
        ({"user": "U9"}, (True, "U9")),
        ({"user": "U9", "bot_id": "B9", "app_id": "A9", "bot_profile": {"name": "H"}}, (True, "U9")),
        ({"user": "U404", "bot_id": "B3"}, (True, "U404")),
        ({"bot_id": "B3"}, (True, "B3")),
        ({"bot_id": "B9", "subtype": "bot_message"}, (True, "U9")),
        ({"subtype": "bot_message", "username": "deploy"}, (True, "username:deploy")),
        ({"subtype": "bot_message"}, "without an author"),
        ({"user": "USLACKBOT"}, "from Slackbot"),
        ({"user": "USLACKBOT", "subtype": "slackbot_response", "bot_id": "B01"}, "from Slackbot"),
        ({}, "without an author"),
        ({"user": 7}, "without an author"),
    ],
)
def test_who_said_it(meet, extra, expected):
    _, found = meet({"type": "message", "ts": ts(0), "text": "hi", **extra})
    assert [who(item) for item in found] == [expected]


def test_the_old_and_new_messages_of_a_bot_have_one_author(meet):
    _, found = meet(
        {**BOT_MESSAGE, "ts": ts(0), "bot_id": "B3", "username": "old"},
        said("U404", 1, "hi", bot_id="B3", bot_profile={"name": "New"}),
    )
    assert [who(item) for item in found] == [(True, "U404"), (True, "U404")]


def test_a_bridge_that_posts_for_many_is_one_bot(meet):
    actors, found = meet(
        {**BOT_MESSAGE, "ts": ts(0), "bot_id": "B3", "username": "zoe"},
        {**BOT_MESSAGE, "ts": ts(1), "bot_id": "B3", "username": "bridge"},
        {**BOT_MESSAGE, "ts": ts(2), "bot_id": "B3", "username": "bridge"},
    )
    assert {who(item) for item in found} == {(True, "B3")}
    assert actors.name_of("B3") == "bridge"


def test_a_named_bridge_speaks_for_as_many_people_as_it_has_names(meet):
    posts = [{**BOT_MESSAGE, "ts": ts(at), "bot_id": "B3", "username": name} for at, name in enumerate("zyz")]
    own = {**BOT_MESSAGE, "ts": ts(9), "bot_id": "B3"}
    actors, found = meet(*posts, own, {**posts[0], "ts": ts(10), "bot_id": "B4"}, bridges=["B3"])
    people = [(False, f"bridged:B3:{name}") for name in "zyz"]
    assert [who(item) for item in found] == [*people, (True, "B3"), (True, "B4")]
    assert actors.name_of("bridged:B3:y") == "y"
    actors.check_bridges()


@pytest.mark.parametrize("bridge", ["B4", "U9", "U1"])
def test_a_bridge_that_speaks_for_nobody_is_one_error(meet, bridge):
    post = {**BOT_MESSAGE, "ts": ts(0), "bot_id": "B3", "username": "zoe"}
    actors, _ = meet(post, said("U9", 1, "hi"), said("U1", 2, "hi"), bridges=[bridge])
    with pytest.raises(ImportFailedError, match=f"{bridge}.*posts under user names"):
        actors.check_bridges()


def test_who_typed_by_hand_is_a_person_even_where_nobody_is_listed(meet):
    typed = said("U404", 0, "hi", client_msg_id="c-1")
    giphy = said("U404", 1, "cat", bot_id="B3")
    _, found = meet(giphy, typed, said("U405", 2, "cat", bot_id="B3"), users=())
    assert [who(item) for item in found] == [(False, "U404"), (False, "U404"), (True, "U405")]


def test_a_bot_is_named_by_its_latest_profile_then_the_list_then_its_username(meet):
    profiled = said("U9", 0, "hi", bot_id="B9", bot_profile={"name": "Old"})
    newer = said("U9", 1, "hi", bot_id="B9", bot_profile={"name": "Newer"})
    actors, _ = meet(newer, profiled)
    assert actors.name_of("U9") == "Newer"
    actors, _ = meet({**BOT_MESSAGE, "ts": ts(0), "bot_id": "B9", "username": "x"})
    assert actors.name_of("U9") == actors.name_of("B9") == "Helper"


def test_a_person_the_list_lacks_is_named_by_their_messages(meet):
    actors, _ = meet(said("U404", 0, "hi", user_profile={"real_name": "", "display_name": "Cy"}))
    assert actors.name_of("U404") == "Cy"
    assert actors.name_of("U405") is None


def test_only_bots_are_mentioned_as_bots(meet):
    actors, _ = meet(said("U404", 0, "hi", bot_id="B3"), said("U1", 1, "hi"))
    assert [actors.bot_mentioned(ref) for ref in ("U9", "B9", "U404", "B3")] == ["U9", "U9", "U404", "U404"]
    assert [actors.bot_mentioned(ref) for ref in ("U1", "U405", "USLACKBOT")] == [None, None, None]
