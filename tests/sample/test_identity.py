import uuid

from hypothesis import given, settings
from hypothesis import strategies as st

from twin_tui.sample.identity import random_id, read_user_id, stream, user_id
from twin_tui.sample.options import FIRST_DAY, MAX_DAYS, MAX_MESSAGES, MAX_SEED, MAX_SESSIONS, MAX_USERS, Plan

_START = FIRST_DAY.toordinal()


def spans(highest: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(1, highest), st.integers(1, highest)).map(
        lambda pair: (min(pair), max(pair))
    )


PLANS = st.builds(
    Plan,
    seed=st.integers(0, MAX_SEED),
    users=st.integers(1, MAX_USERS),
    start=st.integers(_START, _START + 2**16 - 1),
    horizon=st.integers(1, MAX_DAYS),
    sessions=spans(MAX_SESSIONS),
    messages=spans(MAX_MESSAGES),
)


@settings(max_examples=60)
@given(PLANS, st.data())
def test_a_users_id_tells_the_whole_plan(plan: Plan, data: st.DataObject):
    place = data.draw(st.integers(0, plan.users - 1))

    text = user_id(plan, place)

    assert read_user_id(text) == (plan, place)
    assert str(uuid.UUID(text)) == text
    assert uuid.UUID(text).version == 8
    assert uuid.UUID(text).variant == uuid.RFC_4122


@settings(max_examples=60)
@given(st.uuids())
def test_any_other_id_tells_nothing(other: uuid.UUID):
    assert read_user_id(str(other)) is None
    assert read_user_id(other.hex) is None


def test_text_that_is_no_uuid_tells_nothing():
    assert read_user_id("U024BE7LH") is None
    assert read_user_id("") is None


def test_random_ids_are_version_4_and_differ():
    bits = stream(1, 0).getrandbits
    ids = {random_id(bits) for _ in range(500)}

    assert len(ids) == 500
    assert {(uuid.UUID(text).version, uuid.UUID(text).variant) for text in ids} == {(4, uuid.RFC_4122)}


def test_streams_of_neighbours_are_unrelated():
    draws = {stream(seed, purpose, who, day).random() for seed in (1, 2) for purpose in range(4)
             for who in range(5) for day in range(5)}  # fmt: skip

    assert len(draws) == 2 * 4 * 5 * 5
