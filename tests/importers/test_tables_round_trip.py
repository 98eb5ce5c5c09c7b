"""What is exported as tables comes back exactly as it was."""

import csv
import io
import json
import random
from datetime import UTC, datetime, timedelta

import pytest

from tests.data.foreign import PLAIN, make_sqlite
from twin_tui.data.database import open_database
from twin_tui.data.models import MODELS, Document, Message, Query, Session, Twin, User
from twin_tui.importers import IMPORTERS, ImportOptions
from twin_tui.importers.tables.export import ExportFailedError, export_tables

NOON = datetime(2026, 9, 21, 12, tzinfo=UTC)
MICRO = timedelta(microseconds=1)
ODD_TEXTS = (
    "", " ", r"\N", r"\\N", r"\\\N", r"a\N", "\\", "NULL", "null", "a,b", 'say "hi"', '"', "'", "a\nb",
    "a\r\nb", "a\rb", "\n", "\ufeffx", "\u2028\u2029\x85\x0b\x0c\x1c", "日本語 🎉", "e\u0301", "=1+1",
    "x" * 200_000, "\x1b[2J",
)  # fmt: skip


def fill(source, *, with_nul=False):
    """Write rows that hold every kind of value that is easily lost."""
    texts = [*ODD_TEXTS, *(["a\0b", "\0"] if with_nul else [])]
    source.insert_rows(
        User,
        ("id", "email", "full_name", "company", "department", "created_at", "last_login_at"),
        [
            ("u1", "ann@example.com", "Ann", "", None, NOON, NOON + MICRO),
            ("u2", "ANN@example.com", "", None, r"\N", None, None),
        ],
    )
    source.insert_rows(
        Twin,
        ("id", "user_id", "name", "description", "is_shared", "created_at"),
        [
            ("t1", "u1", "One", None, True, NOON),
            ("t2", "u2", "", "", False, None),
            ("t3", "u2", "3", r"\N", None, None),
        ],
    )
    source.insert_rows(
        Session,
        ("id", "user_id", "twin_id", "platform", "title", "topic", "is_shared_twin", "started_at"),
        [("s1", "u2", "t1", None, "", None, None, NOON), ("s2", "u1", "t1", "slack", None, "", False, None)],
    )
    source.insert_rows(
        Message,
        ("id", "session_id", "sender_type", "content", "message_type", "created_at"),
        [(f"m{at:03}", "s1", "user", text, None, NOON + at * MICRO) for at, text in enumerate(texts)],
    )
    source.insert_rows(
        Document,
        ("id", "session_id", "message_id", "document_type", "title", "content", "word_count", "created_at"),
        [
            ("d1", "s1", "m001", "", None, "text", 0, NOON),
            ("d2", "s1", None, None, "", "", None, datetime(1, 1, 1, tzinfo=UTC)),
        ],
    )
    source.insert_rows(
        Query,
        ("id", "session_id", "message_id", "query_text", "query_type", "results_count", "created_at"),
        [("q1", "s1", "m001", "?", None, None, NOON), ("q2", "s2", None, "", "", -5, None)],
    )


def everything(source):
    return [source.rows(model.select().order_by(source.dialect.ordered_text(model.id))) for model in MODELS]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("suffix", ["", ".zip"])
def test_the_round_trip_is_exact(source, tmp_path, form, suffix, make_database):
    fill(source, with_nul=source.is_sqlite)
    counts = export_tables(source, tmp_path / f"out{suffix}", form)
    assert counts["messages"] == len(source.rows(Message.select()))
    with open_database(make_database(), "write") as other:
        report = IMPORTERS["tables"].run(tmp_path / f"out{suffix}", other, ImportOptions())
        assert report.problems == report.notes == ()
        assert everything(other) == everything(source)
        assert {name: each.new for name, each in report.rows.items()} == counts
        again = IMPORTERS["tables"].run(tmp_path / f"out{suffix}", other, ImportOptions())
        assert {name: each.equal for name, each in again.rows.items()} == counts
        export_tables(other, tmp_path / f"again{suffix}", form)
    assert contents(tmp_path / f"again{suffix}") == contents(tmp_path / f"out{suffix}")


def contents(path):
    if path.is_dir():
        return {each.name: each.read_bytes() for each in path.iterdir()}
    return path.read_bytes()


def test_both_databases_write_the_same_bytes(sqlite_url, postgres_url, tmp_path):
    for name, url in (("one", sqlite_url), ("other", postgres_url)):
        with open_database(url, "write") as source:
            fill(source)
            export_tables(source, tmp_path / name, "csv")
    assert contents(tmp_path / "one") == contents(tmp_path / "other")


TRICKY = (
    *ODD_TEXTS[:-2],
    r"\\",
    "N",
    ",",
    ";",
    "\t",
    "\u200d",
    "\U0010ffff",
    "\ufffd",
    "a",
    "0",
    "true",
    "{}",
    "ﷺ",
)
MOMENTS = (
    *(datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)),
    *(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)),
    *(datetime(1582, 10, 10, tzinfo=UTC), datetime(2024, 2, 29, 23, 59, 59, 100, tzinfo=UTC), NOON, None),
)


def test_any_text_and_time_goes_through_both_databases_and_back(sqlite_url, postgres_url, tmp_path):
    dice = random.Random(8)
    columns = ("id", "session_id", "document_type", "title", "content", "word_count", "created_at")

    def text():
        return "".join(dice.choices(TRICKY, k=dice.randint(0, 6)))

    def number():
        return dice.choice((None, 0, -1, 2**31 - 1, -(2**31)))

    rows = [
        (f"r{at}{text()}", "s1", dice.choice((None, text())), text(), text(), number(), dice.choice(MOMENTS))
        for at in range(400)
    ]
    with open_database(sqlite_url, "write") as source:
        fill(source)
        source.insert_rows(Document, columns, rows)
        export_tables(source, tmp_path / "1", "csv")
        wanted = everything(source)
    with open_database(postgres_url, "write") as source:
        assert not IMPORTERS["tables"].run(tmp_path / "1", source, ImportOptions()).problems
        export_tables(source, tmp_path / "2", "jsonl")
    third = f"sqlite:///{tmp_path / 'third.db'}"
    with open_database(third, "create") as source:
        assert not IMPORTERS["tables"].run(tmp_path / "2", source, ImportOptions()).problems
        export_tables(source, tmp_path / "3", "csv")
        assert everything(source) == wanted
    assert contents(tmp_path / "3") == contents(tmp_path / "1")


def test_more_rows_than_are_read_at_once_keep_their_order(source, tmp_path):
    fill(source)
    columns = ("id", "session_id", "sender_type", "content")
    source.insert_rows(Message, columns, [(f"n{at:05}", "s2", "twin", "x") for at in range(12_001)])
    export_tables(source, tmp_path / "out", "csv")
    text = (tmp_path / "out" / "messages.csv").read_text("utf-8")
    ids = [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    assert ids == sorted(ids)
    assert len(ids) == 12_001 + len(ODD_TEXTS)


def test_csv_and_json_lines_look_as_they_are_documented(source, tmp_path):
    fill(source)
    export_tables(source, tmp_path / "c", "csv")
    export_tables(source, tmp_path / "j", "jsonl")
    assert (tmp_path / "c" / "twins.csv").read_bytes() == (
        b"id,user_id,name,description,is_shared,created_at\r\n"
        b"t1,u1,One,\\N,true,2026-09-21T12:00:00Z\r\n"
        b"t2,u2,,,false,\\N\r\n"
        b"t3,u2,3,\\\\N,\\N,\\N\r\n"
    )
    first = json.loads((tmp_path / "j" / "users.jsonl").read_text("utf-8").splitlines()[0])
    assert first == {
        "id": "u1",
        "email": "ann@example.com",
        "full_name": "Ann",
        "company": "",
        "department": None,
        "created_at": "2026-09-21T12:00:00Z",
        "last_login_at": "2026-09-21T12:00:00.000001Z",
    }


def test_nothing_is_overwritten_unasked_and_nothing_half_is_left(source, tmp_path, monkeypatch):
    for out in (tmp_path / "t", tmp_path / "t.zip"):
        export_tables(source, out, "jsonl")
        before = contents(out)
        with pytest.raises(ExportFailedError, match="--force"):
            export_tables(source, out, "csv")
        assert contents(out) == before
        with monkeypatch.context() as patch:
            patch.setattr(type(source), "stream", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                export_tables(source, out, "jsonl", may_replace=True)
        assert contents(out) == before
        export_tables(source, out, "csv", may_replace=True)
    assert {each.name for each in (tmp_path / "t").iterdir()} == {f"{m._meta.table_name}.csv" for m in MODELS}
    assert {each.name for each in tmp_path.iterdir() if each.name.startswith("t")} >= {"t", "t.zip"}
    assert not list(tmp_path.glob("*.part"))
    assert (
        (tmp_path / "t.zip").stat().st_mode & 0o77
        == (tmp_path / "t" / "users.csv").stat().st_mode & 0o77
        == 0
    )


def test_another_systems_database_comes_over_with_its_times_in_our_spelling(source, tmp_path):
    foreign = make_sqlite(
        tmp_path / "foreign.db",
        {**PLAIN, "users": "id TEXT, email TEXT, full_name TEXT, shoe_size INTEGER"},
        "INSERT INTO users VALUES ('u', 'ann@example.com', 'Ann', 43)",
        "INSERT INTO twins VALUES ('t', 'u', 'Helper')",
        "INSERT INTO sessions VALUES ('s', 'u', 't', '2026-09-21T14:00:00+02:00')",
        "INSERT INTO messages VALUES ('m', 's', 'user', 'Hi', '2026-09-21T12:00:00Z')",
        "INSERT INTO documents VALUES ('d', 's', '2026-09-21 12:00:00')",
    )
    with open_database(foreign) as opened:
        export_tables(opened, tmp_path / "out", "csv")
    report = IMPORTERS["tables"].run(tmp_path / "out", source, ImportOptions())
    assert report.problems == ()
    started = source.dialect.parse_time(source.rows(Session.select(Session.started_at))[0][0])
    assert started == NOON
    assert source.rows(Document.select(Document.content, Document.title)) == [("", None)]
