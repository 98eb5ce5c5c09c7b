"""Writing a sample into a database and continuing it, on both engines."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.sample.conftest import make
from twin_tui.data.database import Source, open_database
from twin_tui.data.models import MODELS, Message, Session, Twin, User
from twin_tui.sample import (
    COLUMNS,
    ForeignDatabaseError,
    NotASampleError,
    NotEmptyError,
    SampleOptions,
    top_up,
    write_sample,
)

UNTIL = date(2026, 11, 13)  # a Friday: threads are cut off that go on after the weekend
OPTIONS = SampleOptions(users=9, days=14, seed=28, sessions=(1, 4), messages_per_session=(2, 6), until=UNTIL)


def contents(source: Source) -> dict[str, list[tuple]]:
    parse = source.dialect.parse_time
    found = {}
    for model, (table, columns) in zip(MODELS, COLUMNS.items(), strict=True):
        by_column = {field.column_name: field for field in model._meta.sorted_fields}
        rows = source.rows(model.select(*(source.column(by_column[name]) for name in columns)))
        times = [place for place, name in enumerate(columns) if name.endswith("_at")]
        found[table] = sorted(
            tuple(
                str(parse(value).replace(tzinfo=None)) if place in times and value is not None else value
                for place, value in enumerate(row)
            )
            for row in rows
        )
    return found


def expected(options: SampleOptions) -> dict[str, list[tuple]]:
    made = make(options)
    return {table: sorted(tuple(row.values()) for row in rows) for table, rows in made.tables.items()}


def test_the_rows_in_the_database_are_those_of_the_sample(database_url: str):
    with open_database(database_url, "write") as source:
        counts = write_sample(source, OPTIONS)

        found = contents(source)

    assert found == expected(OPTIONS)
    assert counts == {table: len(rows) for table, rows in found.items()}


def test_progress_is_told_by_days(sqlite_url: str):
    steps: list[tuple[int, int, str]] = []
    with open_database(sqlite_url, "write") as source:
        write_sample(source, OPTIONS, progress=lambda *step: steps.append(step))

    assert steps[0] == (1, 14, "2026-10-31")
    assert steps[-1] == (14, 14, "2026-11-13")
    assert len(steps) == 14


def test_a_database_with_rows_is_refused_until_forced(database_url: str):
    other = SampleOptions(users=3, days=5, seed=8, until=UNTIL)
    with open_database(database_url, "write") as source:
        write_sample(source, OPTIONS)
        before = contents(source)
        with pytest.raises(NotEmptyError, match=r"--force\.$"):
            write_sample(source, other)
        assert contents(source) == before

        write_sample(source, other, force=True)

        assert contents(source) == expected(other)


def test_a_failure_leaves_everything_as_it_was(database_url: str):
    def fail(done: int, total: int, what: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with open_database(database_url, "write") as source:
        write_sample(source, OPTIONS)
        before = contents(source)
        with pytest.raises(KeyboardInterrupt):
            write_sample(source, SampleOptions(users=4, days=6, until=UNTIL), force=True, progress=fail)

        assert contents(source) == before


def test_another_systems_database_is_never_touched(sqlite_url: str):
    with open_database(sqlite_url, "write") as source:
        source.is_ours = False
        with pytest.raises(ForeignDatabaseError):
            write_sample(source, OPTIONS, force=True)
        with pytest.raises(ForeignDatabaseError):
            top_up(source, UNTIL)
        assert not any(contents(source).values())


def test_a_sample_is_continued_as_if_it_had_never_stopped(database_url: str):
    with open_database(database_url, "write") as source:
        write_sample(source, OPTIONS)
        before = contents(source)
        for step in (1, 4, 11):
            top_up(source, UNTIL + timedelta(step))
        after = contents(source)
        again = top_up(source, UNTIL + timedelta(11))

        assert contents(source) == after
    assert set(again.values()) == {0}
    for table in ("twins", "sessions", "messages", "documents", "queries"):
        assert set(before[table]) <= set(after[table])
    days = {row[-1][:10] for row in after["sessions"]}
    working = {str(day) for day in (UNTIL + timedelta(offset) for offset in range(12)) if day.weekday() < 5}
    assert working <= days
    assert max(row[-1] for row in after["messages"]) <= "2026-11-24 23:59:59"
    continued = {row[0] for row in before["sessions"]}
    assert any(row[1] in continued for row in set(after["messages"]) - set(before["messages"]))
    parents = {row[0] for row in after["sessions"]}
    newest: dict[str, str] = {}
    owner = {row[0]: row[1] for row in after["sessions"]}
    for row in after["messages"]:
        assert row[1] in parents
        if row[2] == "user":
            newest[owner[row[1]]] = max(newest.get(owner[row[1]], ""), row[-1])
    assert {row[0]: row[-1] for row in after["users"]} == {
        row[0]: newest.get(row[0]) for row in after["users"]
    }


def test_continuing_in_steps_or_at_once_is_the_same(sqlite_url: str, tmp_path: Path):
    with open_database(sqlite_url, "write") as steps, open_database(str(tmp_path / "b.db"), "create") as once:
        write_sample(steps, OPTIONS)
        write_sample(once, OPTIONS)
        for step in range(1, 9):
            top_up(steps, UNTIL + timedelta(step))
        top_up(once, UNTIL + timedelta(8))

        assert contents(steps) == contents(once)


NOON = datetime(2026, 11, 13, 12, tzinfo=UTC)


def test_a_sample_that_ends_today_holds_nothing_from_now_on(database_url: str):
    options = replace(OPTIONS, now=NOON)
    with open_database(database_url, "write") as source:
        write_sample(source, options)
        found = contents(source)

    assert found == expected(options)
    newest = max(row[-1] or "" for rows in found.values() for row in rows)
    assert "2026-11-13 09:00:00" < newest < "2026-11-13 12:00:00"
    whole = expected(OPTIONS)
    for table in ("twins", "sessions", "messages", "documents", "queries"):
        assert found[table] == [row for row in whole[table] if row[-1] < "2026-11-13 12:00:00"]


def test_a_sample_cut_off_by_now_goes_on_where_it_stopped(sqlite_url: str):
    with open_database(sqlite_url, "write") as source:
        write_sample(source, replace(OPTIONS, now=NOON))
        top_up(source, UNTIL, now=NOON + timedelta(hours=2))
        middle = contents(source)
        top_up(source, UNTIL + timedelta(3))
        found = contents(source)
        top_up(source, UNTIL + timedelta(3))

        assert contents(source) == found
    assert max(row[-1] for row in middle["messages"]) < "2026-11-13 14:00:00"
    whole = expected(replace(OPTIONS, until=UNTIL + timedelta(3)))
    horizon = {row[0] for row in found["sessions"]} & {row[0] for row in expected(OPTIONS)["sessions"]}
    assert horizon == {row[0] for row in expected(OPTIONS)["sessions"]}
    assert {row[0] for row in expected(OPTIONS)["messages"]} <= {row[0] for row in found["messages"]}
    assert len(found["users"]) == len(whole["users"])


def test_an_earlier_day_adds_nothing(sqlite_url: str):
    with open_database(sqlite_url, "write") as source:
        write_sample(source, OPTIONS)
        before = contents(source)

        assert set(top_up(source, UNTIL - timedelta(3)).values()) == {0}
        assert contents(source) == before


def test_who_was_deleted_stays_deleted(database_url: str):
    with open_database(database_url, "write") as source:
        write_sample(source, OPTIONS)
        with source.writing():
            twin = source.rows(Session.select(source.column(Session.twin)).limit(1))[0][0]
            owner = source.rows(Twin.select(source.column(Twin.user)).where(Twin.id == twin))[0][0]
            Twin.delete().where(Twin.id == twin).execute(source.db)
            user = source.rows(User.select(source.column(User.id)).where(User.id != owner).limit(1))[0][0]
            User.delete().where(User.id == user).execute(source.db)
            source.rows(Message.select(source.column(Message.id)).limit(1))

        top_up(source, UNTIL + timedelta(7))
        after = contents(source)

    assert twin not in {row[0] for row in after["twins"]}
    assert user not in {row[0] for row in after["users"]}
    assert not {row[0] for row in after["sessions"] if row[1] == user or row[2] == twin}
    assert max(row[-1] for row in after["sessions"]) > f"{UNTIL} 23:59:59"


def test_people_of_other_origin_are_left_alone(sqlite_url: str):
    columns = ("id", "email", "full_name", "created_at")
    stranger = ("6f1d6a52-0e3a-4c57-9d35-2f1a55c1e7aa", "mia@other.example", "Mia", "2026-11-20 08:00:00")
    with open_database(sqlite_url, "write") as source:
        with pytest.raises(NotASampleError):
            top_up(source, UNTIL)
        source.insert_rows(User, columns, [stranger])
        with pytest.raises(NotASampleError, match="nothing to continue"):
            top_up(source, UNTIL)
        write_sample(source, OPTIONS, force=True)
        source.insert_rows(User, columns, [stranger])

        top_up(source, UNTIL + timedelta(5))
        users = {row[0]: row for row in contents(source)["users"]}

    assert users[stranger[0]][-1] is None
    assert len(users) == 10
