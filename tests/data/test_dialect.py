"""Both databases say the same things, and what Python says."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from peewee import fn

from tests.world import NOW, at
from twin_tui.data.database import Source, open_database
from twin_tui.data.dialect_postgres import PostgresDialect
from twin_tui.data.models import Message, User

FIXED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CASED = [chr(code) for code in range(1, 0x1F000) if chr(code).casefold() != chr(code)]


@pytest.fixture
def source(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as opened:
        yield opened


@pytest.fixture
def world(world_url: str) -> Iterator[Source]:
    with open_database(world_url) as opened:
        yield opened


def put_names(source: Source, names: list[str]) -> None:
    with source.writing():
        source.db.execute_sql("DELETE FROM users")
        source.insert_rows(
            User,
            ("id", "email", "full_name"),
            [(f"{number:06}", str(number), name) for number, name in enumerate(names)],
        )


def folded(source: Source) -> list[str]:
    name = source.column(User.full_name)
    return [row[0] for row in source.rows(User.select(source.dialect.casefold(name)).order_by(User.id))]


def test_every_cased_character_is_folded_as_python_folds_it(source: Source) -> None:
    put_names(source, CASED)
    assert folded(source) == [char.casefold() for char in CASED]


def test_words_fold_as_python_folds_them(source: Source) -> None:
    words = [
        "ΣΊΣΥΦΟΣ",
        "Straße",
        "STRASSE",
        "İstanbul",
        "ISTANBUL",
        "ıI",
        "ǅ",
        "ﬃ",
        "ΐ",
        "ŉ",
        "Ꭰꭰ",
        "日本",
        "",
    ]
    generator = random.Random(7)
    words += ["".join(generator.choices([*CASED, *"aZ 9'\"\\%_ς"], k=12)) for _ in range(300)]
    put_names(source, words)
    assert folded(source) == [word.casefold() for word in words]


def test_folding_without_icu_is_exact_too(postgres_url: str) -> None:
    with open_database(postgres_url, "write") as source:
        source.dialect = PostgresDialect(has_icu=False)
        put_names(source, CASED)
        assert folded(source) == [char.casefold() for char in CASED]


def test_a_null_folds_to_null(world: Source) -> None:
    assert world.rows(
        User.select(world.dialect.casefold(world.column(User.department))).where(User.id == "u-ben")
    ) == [(None,)]


@pytest.mark.parametrize(
    ("name", "asked", "is_found"),
    [
        ("100% sure", "0% S", True),
        ("100 sure", "0%s", False),
        ("snake_case", "E_C", True),
        ("snakeXcase", "e_c", False),
        ("back\\slash", "\\S", True),
        ("it's", "T'S", True),
        ('"quoted"', '"Q', True),
        ("Straße", "STRASSE", True),
        ("ΟΔΟΣ", "οδος", True),
        ("Ärger", "ärg", True),
        ("Ärger", "arg", False),
        ("来週の出張", "出張", True),
        ("{0} {1}", "{1}", True),
        ("%s ?", "%S ?", True),
        ("plain", "", True),
        ("plain", "a\0", False),
        ("plain", "\ud800", False),
    ],
)
def test_contains_takes_every_character_literally(
    source: Source, name: str, asked: str, is_found: bool
) -> None:
    put_names(source, [name])
    found = source.rows(
        User.select(User.id).where(source.dialect.contains(source.column(User.full_name), asked))
    )
    assert bool(found) is is_found


@FIXED
@given(
    name=st.text(st.sampled_from("aAßſẞΣςσİıIé%_\\ '")),
    asked=st.text(st.sampled_from("aAßSsΣςiI%_\\"), max_size=3),
)
def test_contains_is_pythons_casefolded_in(database_url: str, name: str, asked: str) -> None:
    with open_database(database_url, "write") as source:
        put_names(source, [name])
        column = source.column(User.full_name)
        found = source.rows(User.select(User.id).where(source.dialect.contains(column, asked)))
    assert bool(found) is (asked.casefold() in name.casefold())


def put_times(source: Source, times: list[datetime]) -> None:
    with source.writing():
        source.db.execute_sql("DELETE FROM users")
        source.insert_rows(
            User,
            ("id", "email", "full_name", "created_at"),
            [(f"{number:06}", str(number), "", when) for number, when in enumerate(times)],
        )


INSTANTS = st.timedeltas(timedelta(days=-25_000), timedelta(days=80_000)).map(EPOCH.__add__)


@FIXED
@given(times=st.lists(INSTANTS, min_size=1, max_size=20), bound=INSTANTS)
@example(times=[at("1969-12-31 23:59:59.999999"), EPOCH], bound=EPOCH)
@example(times=[NOW, NOW + timedelta(microseconds=1)], bound=NOW)
def test_times_survive_compare_and_count_exactly(
    database_url: str, times: list[datetime], bound: datetime
) -> None:
    with open_database(database_url, "write") as source:
        put_times(source, times)
        dialect, column = source.dialect, source.column(User.created_at)
        rows = source.rows(
            User.select(
                column, dialect.micros(column), dialect.utc_hour(column), dialect.utc_minute(column)
            ).order_by(User.id)
        )
        before = source.rows(User.select(User.id).where(column < dialect.instant(bound)))
    assert [(dialect.parse_time(time), micros, hour, minute) for time, micros, hour, minute in rows] == [
        (when, (when - EPOCH) // timedelta(microseconds=1), f"{when:%Y-%m-%d %H}", f"{when:%Y-%m-%d %H:%M}")
        for when in times
    ]
    assert len(before) == sum(when < bound for when in times)


def test_a_bound_in_another_offset_is_the_same_instant(world: Source) -> None:
    berlin = datetime.fromisoformat("2026-11-17T10:00:00+01:00")
    column = world.column(Message.created_at)
    found = world.rows(
        Message.select(Message.id).where(column <= world.dialect.instant(berlin), Message.session == "s1")
    )
    assert found == [("m01",)]


def test_two_thousand_spans_count_each_row_once(world: Source) -> None:
    first = at("2021-06-04 00:00")
    spans = [(day, first + timedelta(days=day), first + timedelta(days=day + 1)) for day in range(2000)]
    table = world.dialect.spans("days", spans)
    time = world.column(Message.created_at)
    found = world.rows(
        Message.select(table.c.key, fn.COUNT(Message.id))
        .join(table, on=(time >= table.c.lo) & (time < table.c.hi))
        .group_by(table.c.key)
        .order_by(table.c.key)
        .with_cte(table)
    )
    by_day = {(first + timedelta(days=key)).strftime("%d"): count for key, count in found}
    assert by_day == {
        "11": 2, "16": 2, "17": 4, "18": 2, "19": 2, "20": 3, "22": 4, "23": 3, "24": 1,
    }  # fmt: skip


def test_no_spans_are_an_empty_table(world: Source) -> None:
    table = world.dialect.spans("days", [])
    time = world.column(Message.created_at)
    select = (
        Message.select(Message.id).join(table, on=(time >= table.c.lo) & (time < table.c.hi)).with_cte(table)
    )
    assert world.rows(select) == []


def test_text_is_ordered_by_code_point(source: Source) -> None:
    names = ["zebra", "Zebra", "ähnlich", "_", "aa", "a b", "ß", "日", "😀", "\ufb01"]
    put_names(source, names)
    column = source.column(User.full_name)
    found = source.rows(User.select(column).order_by(source.dialect.ordered_text(column)))
    assert [name for (name,) in found] == sorted(names)


def test_insertion_order_is_sqlites_alone(source: Source) -> None:
    put_names(source, ["c", "a", "b"])
    alias = User.alias()
    order = source.dialect.insertion_order(User)
    if not source.is_sqlite:
        assert order is None
        return
    assert [row[0] for row in source.rows(User.select(User.full_name).order_by(order))] == ["c", "a", "b"]
    select = alias.select(alias.full_name).order_by(source.dialect.insertion_order(alias).desc())
    assert [row[0] for row in source.rows(select)] == ["b", "a", "c"]
