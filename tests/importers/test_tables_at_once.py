"""Rows read at once are those read one by one."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importers.exports import Export
from twin_tui.data.database import open_database
from twin_tui.data.models import MODELS
from twin_tui.importers import IMPORTERS, ImportOptions
from twin_tui.importers.tables import rows as tables_rows
from twin_tui.importers.tables.at_once import read_at_once
from twin_tui.importers.tables.files import RawRow
from twin_tui.importers.tables.format import csv_text

HEADER = ("id", "session_id", "sender_type", "content", "message_type", "created_at")
USUAL = {
    "session_id": "s1",
    "sender_type": "user",
    "content": "Hi",
    "message_type": None,
    "created_at": "2026-09-21T12:00:00.5Z",
}
ODD = {
    "session_id": ["s2", None, "", 7, 0, [], {}],
    "sender_type": ["twin", "bot", None],
    "content": ["", "\\N", "\\\\N", "a\0b", "\ud800", "日本語", None, 1, ["x"], [], False, "\\", 'a\r\nb,"'],
    "message_type": ["general", "", "\\N", None],
    "created_at": [
        "2026-09-21 12:00:00",
        "2026-09-21T14:00:00+02:00",
        "2026-09-21T12:00:00+00:00",
        "2026-09-21T12:00:00.123Z",
        "2026-13-21T12:00:00Z",
        "2026-09-21",
        "1790000000",
        1_790_000_000,
        None,
        "",
    ],
}
MESSAGES = st.lists(
    st.fixed_dictionaries(
        {"id": st.integers(0, 9).map("m{}".format)},
        optional={name: st.sampled_from([USUAL[name], *odd]) for name, odd in ODD.items()},
    ),
    min_size=1,
    max_size=6,
)
BEFORE = {
    "users.csv": b"id,email,full_name\nu1,ann@example.com,Ann\n",
    "twins.csv": b"id,user_id,name\nt1,u1,Helper\n",
    "sessions.csv": b"id,user_id,twin_id,started_at\ns1,u1,t1,2026-09-21 12:00\n",
}


def as_json(messages):
    return "\n".join(json.dumps(message) for message in messages).encode()


def as_csv(messages):
    lines = [",".join(HEADER)]
    for message in messages:
        fields = [
            csv_text(message[name] if not isinstance(message[name], list | dict) else "x") for name in HEADER
        ]
        lines.append(",".join('"{}"'.format(field.replace('"', '""')) for field in fields))
    return "\r\n".join(lines).encode("utf-8", "surrogatepass")


def brought(folder, name, data, *, twice):
    """Return the report and all rows of an import of these messages, and of the same again."""
    path = Export({**BEFORE, name: data}).folder(folder / "tables")
    told = []
    with open_database(str(folder / "twins.db"), "create") as source:
        for _ in range(1 + twice):
            report = IMPORTERS["tables"].run(path, source, ImportOptions())
            told.append((report.lines(), report.problems, report.notes))
        return told, [source.rows(model.select().order_by(model.id)) for model in MODELS]


@settings(deadline=None, max_examples=20)
@given(MESSAGES, st.sampled_from(["messages.csv", "messages.jsonl"]))
def test_reading_many_rows_at_once_gives_what_reading_one_by_one_gives(tmp_path_factory, messages, name):
    write = as_csv if name.endswith("csv") else as_json
    data = write([{**USUAL, **message} for message in messages])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables_rows, "read_at_once", lambda *_, **__: None)
        wanted = brought(tmp_path_factory.mktemp("slow"), name, data, twice=True)
    assert brought(tmp_path_factory.mktemp("quick"), name, data, twice=True) == wanted


@pytest.mark.parametrize("cell", ["2026-09-21T12:00:00Z", "2026-09-21T12:00:00.000001+00:00"])
def test_usual_rows_are_read_at_once(cell):
    row = RawRow(1, {**USUAL, "id": "m1", "created_at": cell})
    assert read_at_once("messages", [row, row._replace(told={**USUAL, "id": "m2"})], holds_nul=True)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("session_id", 7),
        ("session_id", ""),
        ("session_id", []),
        ("content", 0),
        ("content", {}),
        ("sender_type", "bot"),
        ("content", None),
        ("content", "\ud800"),
        ("created_at", "2026-09-21T14:00:00+02:00"),
        ("created_at", "2026-09-21"),
        ("created_at", "2026-13-21T12:00:00Z"),
        ("shoe_size", "43"),
    ],
)
def test_an_odd_value_sends_all_rows_the_slow_way(column, value):
    row = RawRow(1, {**USUAL, "id": "m1", column: value})
    assert read_at_once("messages", [row], holds_nul=True) is None
