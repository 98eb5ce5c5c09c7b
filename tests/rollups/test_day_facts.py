"""A day's facts: a function of its rows, stored and changed without loss."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twin_tui.data.database import open_database
from twin_tui.rollups import bitset, tables
from twin_tui.rollups.calendar import HOUR_US
from twin_tui.rollups.cells import NOBODY, Cell, Cells
from twin_tui.rollups.day_facts import NOTHING, DayFacts, added, subtracted
from twin_tui.rollups.day_merging import together
from twin_tui.rollups.day_tally import COLUMNS, Day, packed_day
from twin_tui.rollups.days import packed
from twin_tui.rollups.multiset import Multiset
from twin_tui.rollups.rows import SessionDay

NAMES = st.sampled_from(["", "general", "document,query", "Bericht ü"])
TIMES = st.integers(0, 10_000_000)


def row(user: int = 0, begun: int = 1, shared: int = 0, platform: str = "slack", **detail: Any) -> SessionDay:
    """Return a row; its counts follow from its detail."""
    told = {
        "by": sum(count for _, count in detail.get("h", ())),
        "messages": sum(detail.get("t", {}).values()),
        "documents": sum(detail.get("d", {}).values()),
        "queries": sum(detail.get("q", {}).values()),
    }
    by_twin = max(0, told["messages"] - told["by"])
    counts = (told["messages"], told["by"], by_twin, told["documents"], told["queries"])
    return SessionDay(0, 1, 0, 0, 0, user, 0, 0, platform, shared, begun, *counts, json.dumps(detail))


@st.composite
def rows(draw: st.DrawFn) -> SessionDay:
    detail: dict[str, Any] = {}
    begun = draw(st.integers(0, 1))
    if by_user := draw(st.integers(0, 3)):
        detail["h"] = [[draw(st.integers(0, 167)), by_user]]
        detail["r"] = draw(st.lists(TIMES, max_size=by_user))
    if messages := by_user + draw(st.integers(0, 2)):
        detail["t"] = {draw(NAMES): messages}
    if begun and messages:
        detail |= {"l": draw(TIMES), "n": messages}
    if documents := draw(st.integers(0, 2)):
        detail |= {"d": {draw(NAMES): documents}, "dk": 1, "dw": draw(st.integers(0, 900))}
    if queries := draw(st.integers(0, 2)):
        detail |= {"q": {draw(NAMES): queries}, "qk": queries, "qe": 1, "qf": 4}
    user = draw(st.sampled_from([0, 1, 2, 700, 70_000]))
    return row(user, begun, draw(st.integers(0, 1)), draw(NAMES), **detail)


DAY = date(2026, 5, 4).toordinal()
DAYS = st.lists(rows(), max_size=12)
DEPARTMENTS = (
    Cell("department", "Acme", "Sales"),
    Cell("department", "Acme"),
    Cell("department", "Zeta"),
    NOBODY,
)


def test_the_facts_of_two_rows_written_out() -> None:
    facts = DayFacts.of(
        [
            row(3, shared=1, h=[[9, 2]], t={"general": 2, "query": 1}, r=[5, 9], l=40, n=3),
            row(1, begun=0, t={"general": 1}, d={"email": 2}, dk=1, dw=90, q={"": 1}, qk=1, qe=1),
            row(3, h=[[9, 1]], t={"general": 1}, n=1),
        ]
    )
    assert facts.active == facts.starters == 0b1000, "person 1 only got a reply"
    assert facts.begun == (0, 0b1000), "person 3 started two"
    assert (facts.conversations, facts.shared, facts.messages, facts.by_user, facts.by_twin) == (
        2,
        1,
        5,
        3,
        2,
    )
    assert facts.types == {"general": 4, "query": 1}
    assert (facts.documents, facts.words_known, facts.words) == ({"email": 2}, 1, 90)
    assert (facts.queries, facts.results_known, facts.empty, facts.found) == ({"": 1}, 1, 1, 0)
    assert (list(facts.lengths), list(facts.counts), list(facts.replies)) == ([40], [1, 3], [5, 9])
    assert (facts.hours, facts.platforms) == ({9: 3}, {"slack": 2})


@given(DAYS)
def test_facts_come_back_as_they_were_stored(day: list[SessionDay]) -> None:
    facts = DayFacts.of(day)
    assert DayFacts.decode(bitset.encode(facts.active), facts.encode()) == facts


@given(DAYS, DAYS)
def test_facts_of_two_cells_together_are_those_of_all_their_rows(
    some: list[SessionDay], more: list[SessionDay]
) -> None:
    assert DayFacts.merged([DayFacts.of(some), DayFacts.of(more)]) == DayFacts.of(some + more)


@given(st.lists(DAYS, max_size=4))
def test_stored_cells_are_put_together_as_all_their_rows(cells: list[list[SessionDay]]) -> None:
    stored = [(bitset.encode(facts.active), facts.encode()) for facts in map(DayFacts.of, cells)]
    found = together(stored)
    assert found == DayFacts.of(each for cell in cells for each in cell)
    assert found.encode() == DayFacts.merged(map(DayFacts.of, cells)).encode()


@given(DAYS, DAYS, DAYS)
def test_changed_facts_are_those_of_the_rows_that_are_left(
    stay: list[SessionDay], gone: list[SessionDay], new: list[SessionDay]
) -> None:
    changed = DayFacts.of(stay + gone).changed(gone, new, DayFacts.of(stay).active)
    assert changed == DayFacts.of(stay + new)
    assert changed.encode() == DayFacts.of(new + stay).encode()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rows(), max_size=40), st.booleans())
def test_a_whole_day_is_stored_as_the_facts_of_each_cells_rows(
    database_of_cells: Cells, day: list[SessionDay], is_whole: bool
) -> None:
    cells = database_of_cells
    midnight = (DAY - date(1970, 1, 1).toordinal()) * 24 * HOUR_US
    day = [
        each._replace(
            department_cell=cells.no(DEPARTMENTS[each.user_no % 4]),
            day=DAY,
            last_us=midnight + at * HOUR_US // 3,
        )
        for at, each in enumerate(day, -5)
    ]
    if is_whole:
        day = [_in_seconds(each) for each in day]
    by_cell: defaultdict[Cell, list[SessionDay]] = defaultdict(list)
    for each in day:
        of_row = (each.department_cell, each.platform, each.shared, each.day, each.last_us)
        for number in cells.of_session(*of_row):
            by_cell[cells.cell(number)].append(each)
    expected = {cell: packed(DayFacts.of(held)) for cell, held in by_cell.items()}
    read = Day.of([tuple(getattr(each, column) for column in COLUMNS) for each in day])
    assert packed_day(cells, DAY, read) == expected


def _in_seconds(row: SessionDay) -> SessionDay:
    """Return a row whose times are whole seconds, as such a row is written."""
    detail = json.loads(row.detail)
    return row._replace(detail=json.dumps({**detail, "s": 1})) if "l" in detail or "r" in detail else row


@pytest.fixture
def database_of_cells(sqlite_url: str) -> Iterator[Cells]:
    with open_database(sqlite_url, "write") as source, source.writing():
        tables.create(source)
        yield Cells(source)


@pytest.mark.parametrize(
    "strange", [row(5), row(0, begun=0, t={"general": 9}), row(0, begun=0, h=[[3, 1]], t={"x": 1})]
)
def test_a_row_that_was_never_there_cannot_be_taken_away(strange: SessionDay) -> None:
    with pytest.raises(ValueError, match="than there is"):
        DayFacts.of([row(0, t={"general": 2}, n=2)]).changed([strange], [], 0)


def test_a_day_without_anything_is_empty() -> None:
    assert NOTHING.is_empty
    assert NOTHING.lengths == Multiset()
    assert DayFacts.merged([]) == NOTHING
    assert not DayFacts.of([row(0)]).is_empty


@given(
    st.lists(st.integers(0, 40), min_size=6, max_size=6), st.lists(st.integers(0, 40), min_size=6, max_size=6)
)
def test_planes_add_and_subtract_per_person(some: list[int], others: list[int]) -> None:
    def planes(numbers: list[int]) -> tuple[int, ...]:
        sets = [
            sum((number >> digit & 1) << person for person, number in enumerate(numbers))
            for digit in range(8)
        ]
        while sets and not sets[-1]:
            sets.pop()
        return tuple(sets)

    total = [one + other for one, other in zip(some, others, strict=True)]
    assert added(planes(some), planes(others)) == planes(total)
    assert subtracted(planes(total), planes(others)) == planes(some)


@pytest.mark.parametrize(
    "large",
    [
        {"t": {"general": 256}},
        {"t": {"n" * 300: 1}},
        {"t": {"ü" * 120: 1}},
        {"q": {"": 1}, "qk": 1, "qf": 1 << 16},
        {"d": {"email": 1}, "dk": 1, "dw": 1 << 40},
        {"d": {"email": 1}, "dk": 1, "dw": -5},
        {"t": {"general": 255}, "h": [[167, 255]], "r": [9] * 255},
        {"t": {f"type {number}": 1 for number in range(300)}},
    ],
    ids=["messages", "name", "bytes of a name", "results", "words", "no words", "replies", "types"],
)
def test_a_day_too_large_for_the_short_form_comes_back_too(large: dict[str, Any]) -> None:
    small = row(3, h=[[9, 2]], t={"general": 2}, r=[5_000_000, 9_000_000], l=40, n=2)
    facts = DayFacts.of([small, row(70_000, **large)])
    assert DayFacts.decode(bitset.encode(facts.active), facts.encode()) == facts
    assert len(DayFacts.of([small]).encode()) < 80 < len(facts.encode())
