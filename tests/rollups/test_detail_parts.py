"""What is cut out of a detail is what parsing all of it gives, whatever names stand in it."""

from hypothesis import given
from hypothesis import strategies as st

from twin_tui.rollups.detail_parts import documents_of, reply_times
from twin_tui.rollups.details import documents_by_type, parsed, written

NAMES = st.one_of(
    st.sampled_from(["", "d", "r", "s", '"r":[', '","s":1', "]", '"d":{', "\\", "語"]), st.text(max_size=4)
)
MADE = st.tuples(st.just(0), NAMES, st.one_of(st.none(), st.integers(0, 10**9)))
TIMES = st.one_of(st.integers(0, 10**12), st.integers(0, 10**6).map(lambda seconds: seconds * 10**6))
DETAILS = st.builds(
    written,
    since=TIMES,
    hours=st.dictionaries(st.integers(0, 167), st.integers(1, 9), max_size=3),
    length=st.one_of(st.none(), TIMES),
    count=st.integers(0, 9),
    waits=st.lists(TIMES, max_size=4),
    types=st.lists(NAMES, max_size=4),
    documents=st.lists(MADE, max_size=4),
    queries=st.lists(MADE, max_size=3),
)


@given(DETAILS)
def test_replies_are_those_of_the_whole(text: str) -> None:
    assert reply_times(text) == parsed(text).get("r", [])


@given(DETAILS)
def test_documents_are_those_of_the_whole(text: str) -> None:
    assert list(documents_of(text)) == list(documents_by_type(parsed(text)))
