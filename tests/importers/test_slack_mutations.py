"""No damage to an export is a traceback: it is a line, a rejection, or one clear sentence."""

import copy
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.importers.exports import small
from tests.importers.test_slack_documents import SNIPPET, with_files
from twin_tui.importers import IMPORTERS, ImportFailedError, ImportOptions

ODD = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        1.5,
        10**30,
        "",
        " ",
        "x",
        "<@U9>",
        "\0",
        "\ud800",
        "é" * 40,
        [],
        [""],
        [None],
        {},
        {"a": []},
        [[]],
    ]
)


def rich():
    export = with_files(SNIPPET)
    export.put(
        "integration_logs.json", [{"user_id": "U1", "app_id": "A9", "change_type": "added", "date": 1}]
    )
    export.put("dms.json", [{"id": "D0ABCDEF", "created": 1, "members": ["U1", "U9"]}])
    return export.with_day("D0ABCDEF", copy.deepcopy(small().files["general/2026-09-21.json"][:2]))


def places(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def put(value, path, new):
    if not path:
        return new
    value[path[0]] = put(value[path[0]], path[1:], new)
    return value


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_anywhere_may_be_odd(tmp_path_factory, data):
    export = rich()
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(export.files)))
        path = data.draw(st.sampled_from(sorted(places(export.files[name]), key=repr)))
        export.put(name, put(copy.deepcopy(export.files[name]), path, data.draw(ODD)))
    check(tmp_path_factory, export)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_file_may_be_cut_or_overwritten(tmp_path_factory, data):
    export = rich()
    name = data.draw(st.sampled_from(sorted(export.files)))
    raw = json.dumps(export.files[name]).encode()
    at = data.draw(st.integers(0, len(raw)))
    export.put(name, raw[:at] + data.draw(st.binary(max_size=8)) + raw[at + data.draw(st.integers(0, 20)) :])
    check(tmp_path_factory, export)


def check(folders, export):
    folder = folders.mktemp("mutated")
    try:
        report = IMPORTERS["slack"].run(
            export.folder(folder / "e"), None, ImportOptions(dry_run=True, all_users=True)
        )
    except ImportFailedError:
        return
    assert report.read == report.kept + sum(report.left_out.values()) + report.rejected_messages
    assert report.lines()
