"""Retention and lifecycle against a brute-force count, plain and from the derived tables."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.examples import examples
from tests.analytics.oracle import Oracle, Span
from tests.analytics.plain_rows import DAY, World, ratio
from tests.analytics.random_worlds import case
from tests.analytics.retention_oracle import RetentionOracle
from tests.analytics.test_oracle import Changeable, replace_rows
from twin_tui.analytics.against import Against
from twin_tui.analytics.answers import LIFECYCLE, RETENTION_DAYS, Retention, RetentionCell
from twin_tui.data.database import open_database
from twin_tui.data.source import Source
from twin_tui.rollups.rebuild import rebuild


@pytest.fixture
def writer(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as source:
        yield source


AGAINST = ("previous", "year", "company:acme", "company:STRASSE", "company:")


def aged(world: World, seed: int) -> None:
    """Move about half of the rows a year back, so that there is a last year."""
    draw, year = Random(seed), timedelta(days=365)
    for row in (*world.users, *world.sessions, *world.messages):
        name = "started_at" if "started_at" in row else "created_at"
        if row[name] is not None and draw.random() < 0.5:
            row[name] -= year


@pytest.mark.parametrize("way", ["plain", "derived"])
def test_retention_and_lifecycle_equal_the_plain_count(database_url: str, writer: Source, way: str) -> None:
    with Changeable(database_url, clock=lambda: None) as service:

        @examples(40 if writer.is_sqlite else 12)
        @given(seed=st.integers(0, 2**40), sessions=st.integers(0, 25), is_unbounded=st.booleans())
        def check(seed: int, sessions: int, is_unbounded: bool) -> None:
            example = case(seed, sessions)
            replace_rows(writer, example.world)
            if way == "derived":
                rebuild(writer, example.zone)
            service.at(example)
            zone = ZoneInfo(example.zone)
            plain = Oracle(example.world, example.filters, example.now, zone, ties="id")
            oracle = RetentionOracle(plain, is_unbounded=is_unbounded)
            answer = service.retention(example.filters, is_unbounded=is_unbounded)

            def people(**cell: object) -> set[str]:
                wanted = RetentionCell(**cell)  # type: ignore[arg-type]
                found = service.retention_people(
                    example.filters, wanted, is_unbounded=is_unbounded, limit=500
                )
                assert found.total == len(found.items)
                return {person.id for person in found.items}

            for number, day in zip(RETENTION_DAYS, answer.days, strict=True):
                eligible, back = oracle.day_retention(number)
                assert (day.day, day.retained.eligible, day.retained.retained) == (
                    number,
                    len(eligible),
                    len(back),
                )
                assert people(kind="day", number=number) == back
                assert people(kind="day", number=number, is_retained=False) == eligible - back
            assert {
                cohort.week: (cohort.size, [cell and cell.retained for cell in cohort.cells])
                for cohort in answer.cohorts
            } == oracle.cohorts()
            assert [(step.start, step.end) for step in answer.steps] == oracle.steps()
            for step in (answer.lifecycle, *answer.steps):
                states = oracle.states(step.start, step.end)
                assert {state: step.of(state) for state in LIFECYCLE} == {
                    state: len(who) for state, who in states.items()
                }
            for state in LIFECYCLE:
                expected = oracle.states(oracle.start, oracle.end)[state]
                assert people(kind="lifecycle", state=state) == expected
            assert {each.days: each.people for each in answer.active_days} == oracle.active_days()
            before = (oracle.start - (oracle.end - oracle.start), oracle.start)
            for state, figure in zip(LIFECYCLE, answer.states, strict=True):
                assert figure.value == answer.lifecycle.of(state)
                if figure.previous is not None:
                    assert figure.previous == len(oracle.states(*before)[state])
            for number, figure in zip(RETENTION_DAYS, answer.returned, strict=True):
                eligible, back = oracle.day_retention(number)
                assert figure.value == ratio(len(back), len(eligible))
                if figure.previous_window is not None:
                    eligible, back = oracle.day_retention(number, *before)
                    assert figure.previous == ratio(len(back), len(eligible))
                rates = [oracle.day_retention(number, day, day + DAY) for day in answer.series_days]
                assert figure.series == tuple(
                    ratio(len(back), len(eligible))
                    if oracle.cohort_start <= day < oracle.cohort_end
                    else None
                    for day, (eligible, back) in zip(answer.series_days, rates, strict=True)
                )
            span = Span(plain, plain.start, plain.end)
            complete = plain.last_complete(span)
            for days in (1, 7, 30):
                expected = set() if complete is None else plain.rolling(complete, days)
                assert people(kind="active", number=days) == expected
                for day in answer.series_days[-3:-1]:
                    assert people(kind="active", number=days, start=day) == plain.rolling(day, days)
            wide = plain.by_company_only()
            assert people(kind="adopted") == wide.active(Span(wide, plain.start, plain.end))
            assert people(kind="created") == {
                row["id"]
                for row in plain.world.users
                if span.holds(row["created_at"]) and plain.person_passes(row)
            }
            overview = service.overview(example.filters)
            for figure in answer.figures:
                assert figure == overview.figure(figure.key)

        check()


@pytest.mark.parametrize("way", ["plain", "derived"])
def test_what_it_is_compared_with_equals_the_plain_count(database_url: str, writer: Source, way: str) -> None:
    with Changeable(database_url, clock=lambda: None) as service:

        @examples(40 if writer.is_sqlite else 12)
        @given(
            seed=st.integers(0, 2**40),
            sessions=st.integers(0, 25),
            is_unbounded=st.booleans(),
            against=st.sampled_from(AGAINST),
        )
        def check(seed: int, sessions: int, is_unbounded: bool, against: str) -> None:
            example = case(seed, sessions)
            example = replace(example, filters=replace(example.filters, against=Against.parse(against)))
            aged(example.world, seed)
            replace_rows(writer, example.world)
            if way == "derived":
                rebuild(writer, example.zone)
            service.at(example)
            answer = service.retention(example.filters, is_unbounded=is_unbounded)
            mine = RetentionOracle(
                Oracle(example.world, example.filters, example.now, ZoneInfo(example.zone), ties="id"),
                is_unbounded=is_unbounded,
            )
            company = against.partition(":")[2]
            theirs = RetentionOracle(
                Oracle(
                    example.world,
                    replace(example.filters, company=company, department=None, user=None, twin=None),
                    example.now,
                    ZoneInfo(example.zone),
                    ties="id",
                ),
                is_unbounded=is_unbounded,
            )
            compare_with(answer, mine, theirs if ":" in against else None)
            alone = service.retention(replace(example.filters, against=None), is_unbounded=is_unbounded)
            assert [each.value for each in answer.returned] == [each.value for each in alone.returned]
            assert answer.steps == alone.steps
            overview = service.overview(example.filters)
            for figure in answer.figures:
                assert figure == overview.figure(figure.key)

        check()


def compare_with(answer: Retention, mine: RetentionOracle, theirs: RetentionOracle | None) -> None:
    """Hold the second column and the second line against the plain count."""
    if theirs is not None:
        other, shift, step = theirs, timedelta(), timedelta()
        assert answer.previous_window == answer.window
    elif answer.previous_window is None:
        assert {figure.previous for figure in (*answer.returned, *answer.states)} == {None}
        assert {figure.compared_series for figure in answer.returned} == {()}
        return
    else:
        against, period = answer.filters.against, answer.filters.period
        assert period.start is not None
        assert period.end is not None
        last = period.start.replace(year=period.start.year - 1)
        is_year = against is not None and against.kind == "year"
        step = period.start - last if is_year else period.end - period.start
        other, shift = mine, step if is_year else mine.end - mine.start
    states = other.states(mine.start - shift, mine.end - shift)
    for state, figure in zip(LIFECYCLE, answer.states, strict=True):
        assert figure.previous == len(states[state])
    for number, figure in zip(RETENTION_DAYS, answer.returned, strict=True):
        eligible, back = other.day_retention(number, mine.cohort_start - shift, mine.cohort_end - shift)
        assert figure.previous == ratio(len(back), len(eligible))
        days = [day - step for day in answer.series_days]
        rates = [other.day_retention(number, day, day + DAY) for day in days]
        within = range((mine.cohort_start - step).toordinal(), (mine.cohort_end - step).toordinal())
        assert figure.compared_series == tuple(
            ratio(len(back), len(eligible)) if day.toordinal() in within else None
            for day, (eligible, back) in zip(days, rates, strict=True)
        )
