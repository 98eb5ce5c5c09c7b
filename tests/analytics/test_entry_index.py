"""The packed index of a conversation tells of every entry what was put into it."""

import tracemalloc
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from twin_tui.analytics.answers import EntryIndex, EntryRef, Positions

IDS = st.text(max_size=6) | st.uuids().map(str) | st.just("\ud800")
TIMES = st.none() | st.datetimes(timezones=st.just(UTC))
COUNTS = st.integers(0, 1 << 40)
MESSAGES = st.builds(
    EntryRef, st.just("message"), IDS, TIMES, st.sampled_from(["user", "twin"]), COUNTS, st.none(), st.none()
)
DOCUMENTS = st.builds(
    EntryRef, st.just("document"), IDS, TIMES, st.none(), COUNTS, st.none() | IDS, st.none()
)
QUERIES = st.builds(
    EntryRef, st.just("query"), IDS, TIMES, st.none(), COUNTS, st.none() | IDS, st.none() | st.integers(-1, 2)
)
ENTRIES = st.lists(MESSAGES | DOCUMENTS | QUERIES, max_size=30)


@given(ENTRIES)
def test_every_entry_comes_back_as_it_was(entries: list[EntryRef]) -> None:
    index = EntryIndex(iter(entries))
    assert list(index) == entries
    assert [index[at] for at in range(-len(entries), len(entries))] == entries * 2
    assert index[1:-1] == tuple(entries[1:-1])
    assert index[::-2] == tuple(entries[::-2])


@given(ENTRIES)
def test_columns_tell_what_entries_tell(entries: list[EntryRef]) -> None:
    index = EntryIndex(entries)
    columns = zip(index.kinds(), index.ids(), index.times(), index.senders(), index.sizes(), strict=True)
    assert list(columns) == [(each.kind, each.id, each.time, each.sender, each.size) for each in entries]
    of_messages = {at: each.message_id for at, each in enumerate(entries) if each.message_id is not None}
    assert index.message_ids == of_messages
    assert index.empty_queries() == [at for at, each in enumerate(entries) if each.found_nothing]


@given(ENTRIES, IDS)
def test_an_id_is_found_at_its_first_place(entries: list[EntryRef], other: str) -> None:
    ids = [each.id for each in entries]
    positions = Positions(EntryIndex(entries))
    for key in [*ids, other]:
        assert positions.get(key) == (ids.index(key) if key in ids else None)


@given(st.integers(0, 3_000), st.integers(0, 3_000), st.integers(0, 5), st.integers(0, 5))
def test_indexes_are_alike_up_to_the_first_other_id(same: int, length: int, more: int, others: int) -> None:
    def said(keys: list[str]) -> EntryIndex:
        time = datetime(2026, 11, 20, tzinfo=UTC)
        return EntryIndex(EntryRef("message", key, time, "user", 5, None) for key in keys)

    begin = [f"{'m' * (at % 3)}{at}" for at in range(same)]
    one = said([*begin, *(f"a{at}" for at in range(min(length, more)))])
    other = said([*begin, *(f"b{at}" for at in range(others))])
    assert one.alike(other) == other.alike(one) == same
    assert one.alike(one) == len(one)
    assert one.alike(said([])) == 0


def test_ids_of_the_same_letters_cut_elsewhere_are_not_alike() -> None:
    first, second = (
        EntryIndex(EntryRef("message", key, None, "user", 5, None) for key in keys)
        for keys in (("ab", "c"), ("a", "bc"))
    )
    assert first.alike(second) == 0


def test_an_entry_takes_less_than_a_hundred_bytes() -> None:
    begin = datetime(2026, 11, 20, tzinfo=UTC)
    entries = (
        EntryRef("message", str(UUID(int=at << 90)), begin + timedelta(seconds=45 * at), "user", at, None)
        for at in range(5_000)
    )
    tracemalloc.start()
    try:
        index = EntryIndex(entries)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept / len(index) < 100
