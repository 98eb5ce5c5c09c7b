"""No damage to tables is a traceback, and no row comes in that refers to nothing."""

import copy
import shutil

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.importers.exports import Export, rows_as_bytes
from tests.importers.test_slack_mutations import ODD
from twin_tui.data.database import open_database
from twin_tui.data.models import Message, Session, Twin, User
from twin_tui.importers import IMPORTERS, ImportFailedError, ImportOptions

QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
AT = "2026-09-21T12:00:00Z"
ROWS = {
    "users": [
        {"id": "u1", "email": "ann@example.com", "full_name": "Ann", "created_at": AT},
        {"id": "u2", "email": "bo@example.com", "full_name": "Bo", "company": None},
    ],
    "twins": [{"id": "t1", "user_id": "u1", "name": "Helper", "is_shared": True}],
    "sessions": [{"id": "s1", "user_id": "u2", "twin_id": "t1", "started_at": AT}],
    "messages": [{"id": "m1", "session_id": "s1", "sender_type": "user", "content": "Hi", "created_at": AT}],
    "documents": [{"id": "d1", "session_id": "s1", "message_id": "m1", "content": "x", "word_count": 1}],
    "queries": [{"id": "q1", "session_id": "s1", "message_id": "m1", "query_text": "?", "results_count": 0}],
}


def mixed():
    """Return every table, some as CSV, some as JSON Lines."""
    forms = {"users": "csv", "messages": "csv", "documents": "csv"}
    files = {f"{table}.{forms.get(table, 'jsonl')}": copy.deepcopy(rows) for table, rows in ROWS.items()}
    return Export(files)


@settings(max_examples=60, **QUIET)
@given(data=st.data())
def test_any_value_may_be_odd_or_missing(tmp_path_factory, sqlite_url, data):
    rows = {table: [dict(row) for row in each] for table, each in ROWS.items()}
    for _ in range(data.draw(st.integers(1, 3))):
        row = data.draw(st.sampled_from(rows[data.draw(st.sampled_from(sorted(rows)))]))
        name = data.draw(st.sampled_from(sorted(row)))
        if data.draw(st.booleans()):
            row[name] = data.draw(ODD)
        elif len(row) > 1:
            del row[name]
    export = Export({f"{table}.jsonl": rows_as_bytes("x.jsonl", each) for table, each in rows.items()})
    check(tmp_path_factory, sqlite_url, export)


@settings(max_examples=60, **QUIET)
@given(data=st.data(), form=st.sampled_from(["csv", "jsonl"]))
def test_any_file_may_be_cut_or_overwritten(tmp_path_factory, sqlite_url, data, form):
    export = Export({f"{table}.{form}": rows_as_bytes(f"x.{form}", each) for table, each in ROWS.items()})
    name = data.draw(st.sampled_from(sorted(export.files)))
    raw = export.files[name]
    at = data.draw(st.integers(0, len(raw)))
    damage = data.draw(st.binary(max_size=8) | st.sampled_from([b'"', b"\r", b"\0", b",", b"\\N", b"\n"]))
    check(
        tmp_path_factory,
        sqlite_url,
        export.put(name, raw[:at] + damage + raw[at + data.draw(st.integers(0, 20)) :]),
    )


def check(folders, empty, export):
    folder = folders.mktemp("mutated")
    place = export.folder(folder / "e")
    with open_database(
        str(shutil.copy(empty.removeprefix("sqlite:///"), folder / "m.db")), "write"
    ) as source:
        try:
            planned = IMPORTERS["tables"].run(place, source, ImportOptions(dry_run=True))
        except ImportFailedError:
            return
        report = IMPORTERS["tables"].run(place, source, ImportOptions())
        assert (planned.rows, planned.problems) == (report.rows, report.problems)
        assert report.read == report.kept + report.rejected_messages
        assert report.lines()
        for child, field, parent in (
            (Twin, Twin.user, User),
            (Session, Session.twin, Twin),
            (Message, Message.session, Session),
        ):
            there = {ref for (ref,) in source.rows(parent.select(parent.id))}
            assert {ref for (ref,) in source.rows(child.select(field))} <= there
        again = IMPORTERS["tables"].run(place, source, ImportOptions())
        assert sum(each.new + each.changed for each in again.rows.values()) == 0
