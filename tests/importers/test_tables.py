"""Tables that come from elsewhere: what is good comes in, what is not is named."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from functools import partial

import pytest

from tests.importers.exports import Export
from twin_tui.data.models import Session, Twin, User
from twin_tui.importers import IMPORTERS, ImportFailedError, recognise

NOON = datetime(2026, 9, 21, 12, tzinfo=UTC)


@pytest.fixture
def bring(run):
    return partial(run, kind="tables")


def people(*lines):
    return "\n".join(("id,email,full_name", *lines)).encode()


BASE = {
    "users.csv": people("u1,ann@example.com,Ann"),
    "twins.csv": b"id,user_id,name\nt1,u1,Helper\n",
    "sessions.csv": b"id,user_id,twin_id,started_at\ns1,u1,t1,2026-09-21 12:00\n",
    "messages.csv": b"id,session_id,sender_type,content,created_at\nm1,s1,user,Hi,2026-09-21T12:00:00Z\n",
}


def tables(**files):
    export = Export(dict(BASE))
    for name, value in files.items():
        table, _, suffix = name.rpartition("_")
        export.put(f"{table}.{suffix}", value)
    return export


def test_columns_may_be_left_out_and_stand_in_any_order(bring, rows):
    report = bring(tables())
    assert (report.read, report.kept, report.problems) == (4, 4, ())
    assert report.lines()[0] == "4 rows read = 4 kept + 0 left out + 0 rejected"
    assert rows(Session.select(Session.platform, Session.title, Session.started_at)) == [(None, None, NOON)]
    bring(tables(users_csv=b"company,id\nAcme,u1\n"))
    assert rows(User.select(User.email, User.company)) == [("ann@example.com", "Acme")]


def test_a_column_of_another_system_is_ignored_with_a_word(bring, rows):
    report = bring(tables(twins_csv=b"id,shoe_size,user_id,name\nt1,43,u1,Helper\n"))
    assert report.notes == ("twins.csv: shoe_size is no column of ours, ignored in 1 row",)
    assert report.rejected == 0


SAID = {"id": "m", "session_id": "s1", "sender_type": "user", "content": "x"}
PERSON = {"id": "u2", "full_name": "x"}
MET = {"id": "s2", "user_id": "u1", "twin_id": "t1"}
SOUGHT = {"id": "q", "session_id": "s1", "query_text": "?"}
BAD_ROWS = [
    ("messages", {**SAID, "id": None}, "no id"),
    ("messages", {**SAID, "id": ""}, "no id"),
    ("messages", {key: value for key, value in SAID.items() if key != "id"}, "no id"),
    ("messages", {key: value for key, value in SAID.items() if key != "content"}, "no content"),
    ("messages", {**SAID, "content": None}, "no content"),
    ("messages", {**SAID, "content": []}, "content is no text"),
    ("messages", {**SAID, "session_id": "s9"}, "session_id s9 is not among the sessions"),
    ("twins", {"id": "t2", "user_id": "u9", "name": "x"}, "user_id u9 is not among the users"),
    ("sessions", {**MET, "twin_id": "t9"}, "twin_id t9 is not among the twins"),
    ("queries", {**SOUGHT, "message_id": "m9"}, "message_id m9 is not among the messages"),
    ("sessions", {**MET, "started_at": "soon"}, "started_at is no time"),
    ("sessions", {**MET, "started_at": True}, "started_at is no time"),
    ("sessions", {**MET, "is_shared_twin": "maybe"}, "is_shared_twin is neither true nor false"),
    ("queries", {**SOUGHT, "results_count": "2.5"}, "results_count is no whole number"),
    ("queries", {**SOUGHT, "results_count": 2.5}, "results_count is no whole number"),
    ("queries", {**SOUGHT, "results_count": True}, "results_count is no whole number"),
    ("queries", {**SOUGHT, "results_count": 2**31}, "results_count is too large a number"),
    ("queries", {**SOUGHT, "results_count": 10**30}, "results_count is too large a number"),
    (
        "users",
        {"id": "u2", "email": "ann@example.com", "full_name": "x"},
        "its e-mail is that of another user",
    ),
]


@pytest.mark.parametrize(("table", "row", "reason"), BAD_ROWS, ids=[f"{n}-{r}" for n, _, r in BAD_ROWS])
def test_a_bad_row_is_one_line_and_the_others_are_in(bring, rows, table, row, reason):
    export = tables()
    lines = []
    if f"{table}.csv" in export.files:
        fields = list(csv.DictReader(io.StringIO(export.files.pop(f"{table}.csv").decode())))
        lines = [json.dumps(each) for each in fields]
    export.put(f"{table}.jsonl", "\n".join([*lines, json.dumps(row), ""]).encode())
    rejected = []
    report = bring(export, on_reject=rejected.append)
    assert report.problems == (f"{table}.jsonl, row {len(lines) + 1}: {reason}",)
    assert (report.read, report.kept, report.rejected) == (5, 4, 1)
    assert rejected[0].item == json.loads(json.dumps(row), parse_float=str)


def test_lines_that_cannot_be_read_are_told_and_the_next_ones_follow(bring, rows):
    good = b'{"id": "u2", "email": "bo@example.com", "full_name": "Bo"}'
    export = tables()
    del export.files["users.csv"]
    ann = b'{"id": "u1", "email": "ann@example.com", "full_name": "Ann"}'
    report = bring(
        export.put("users.jsonl", b"\n".join([b"\xef\xbb\xbf" + ann, b"{broken", b"[]", b"", good]))
    )
    assert [line.partition(": ")[0] for line in report.problems] == [
        "users.jsonl, row 2",
        "users.jsonl, row 3",
    ]
    assert rows(User.select(User.id).order_by(User.id)) == [("u1",), ("u2",)]


def test_csv_rows_of_another_width_or_with_broken_quotes_are_told(bring, rows):
    lines = ("u1,ann@example.com,Ann", "u2,short", 'u3,"bad" quote,x', "u4,bo@example.com,Bo")
    report = bring(tables(users_csv=people(*lines)))
    assert report.problems == (
        "users.csv, row 2: 2 fields where the first line names 3",
        "users.csv, row 3: broken CSV at line 4: ',' expected after '\"'",
    )
    assert rows(User.select(User.id).order_by(User.id)) == [("u1",), ("u4",)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"email\nx\n", "its first line names no column id"),
        (b"id,id\nx,y\n", "its first line names id twice"),
        (
            b"\xef\xbb\xbfid;email\nx;y\n",
            "its first line names no column id: it parts columns by semicolons, not by commas",
        ),
        (b"id\temail\nx\ty\n", "its first line names no column id: it parts columns by tabs, not by commas"),
        (
            "id,email\nx,y\n".encode("utf-16"),
            "its first line names no column id: it is UTF-16, save it as UTF-8",
        ),
        (b"Id,email\nx,y\n", "its first line names no column id: columns are named in small letters"),
    ],
)
def test_a_file_without_ids_is_one_line(bring, data, reason):
    report = bring(Export({"users.csv": data}))
    assert report.problems == (f"users.csv: {reason}",)


def test_bytes_that_are_no_utf8_are_replaced_and_told(bring, rows):
    report = bring(tables(users_csv=people("u1,ann@example.com,Ann\xff").replace(b"\xc3\xbf", b"\xff")))
    assert rows(User.select(User.full_name)) == [("Ann\ufffd",)]
    assert report.notes == ("1 text held characters that cannot be stored, replaced by U+FFFD",)


def test_a_person_known_here_by_email_keeps_the_id_of_here(bring, source, rows):
    source.insert_rows(User, ("id", "email", "full_name"), [("here", "ANN@example.com", "A.")])
    report = bring(tables())
    assert rows(User.select(User.id, User.email, User.full_name)) == [("here", "ann@example.com", "Ann")]
    assert rows(Session.select(Session.user)) == rows(Twin.select(Twin.user)) == [("here",)]
    assert report.notes == ("1 user known here by e-mail under another id, taken as the same",)
    assert bring(tables()).rows["users"].equal == 1


def test_a_trial_says_the_same_and_writes_nothing(bring, source):
    export = tables(twins_csv=b"id,user_id,name\nt1,u1,Helper\nt2,u9,Lost\n")
    planned = bring(export, dry_run=True)
    assert not source.rows(User.select())
    done = bring(export)
    assert (planned.rows, planned.problems) == (done.rows, done.problems)


def test_a_second_file_of_a_table_is_not_mixed_in(bring):
    report = bring(tables(users_jsonl=b'{"id": "u5", "email": "x", "full_name": "x"}'))
    assert report.problems == ("users.jsonl: users.csv holds that table already",)


def test_tables_are_recognised_in_a_folder_a_zip_and_alone(tmp_path):
    folder = tables().folder(tmp_path / "t")
    for path in (folder, tables().zip(tmp_path / "t.zip"), folder / "users.csv"):
        assert recognise(path).name == "tables"
    (tmp_path / "notes.csv").write_text("id\n", "utf-8")
    with pytest.raises(ImportFailedError, match=r"is not tables: no users\.csv"):
        IMPORTERS["tables"].require(tmp_path / "notes.csv")


def test_a_zip_cut_in_the_middle_keeps_what_was_whole(bring, tmp_path, source):
    lines = [f"u{at},u{at}@example.com,{'x' * 300}{at}" for at in range(30_000)]
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("users.csv", people(*lines))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    report = bring(path)
    assert report.rejected_files == 1
    assert len(source.rows(User.select(User.id))) == report.kept == report.rows["users"].new
