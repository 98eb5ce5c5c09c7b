"""No damage to an assistant's export is a traceback, a hang or half a conversation."""

import copy
import json
import shutil
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.importers.chat_exports import call, chat, chatgpt, claude, node, talk, turn
from tests.importers.test_slack_mutations import ODD, places, put
from twin_tui.data.database import open_database
from twin_tui.data.models import Document, Message, Query, Session
from twin_tui.importers import IMPORTERS, ImportFailedError, ImportOptions

QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


def rich_chatgpt():
    draft = json.dumps({"name": "Plan", "content": "one two"})
    update = json.dumps({"updates": [{"pattern": "o.*w", "replacement": "x"}]})
    found = {"_cite_metadata": {"metadata_list": [{}]}, "canvas": {"textdoc_id": "T"}}
    return chatgpt(
        chat(
            "c1",
            node("q", "user", "How many?"),
            call("s", "browser", 'search("seats")', 1),
            node("t", "tool", "…", 1, metadata=found),
            call("d", "canmore.create_textdoc", draft, 2),
            call("u", "canmore.update_textdoc", update, 2),
            node("a", "assistant", "Twelve.", 3),
        ),
        chat("c2", node("q", "user", "Hi"), node("a", "assistant", "Hello.", 1), current_node=None),
    )


def rich_claude():
    made = {"id": "p", "command": "create", "type": "text/plain", "title": "Plan", "content": "one two"}
    blocks = [
        {"type": "thinking", "thinking": "…"},
        {"type": "text", "text": 'So <antArtifact identifier="x" title="T">one</antArtifact>'},
        {"type": "tool_use", "id": "t", "name": "web_search", "input": {"query": "seats"}},
        {"type": "tool_result", "tool_use_id": "t", "name": "web_search", "content": [{}]},
        {"type": "tool_use", "name": "artifacts", "input": made},
        {"type": "tool_use", "name": "artifacts", "input": {**made, "command": "update", "old_str": "one"}},
    ]
    first = {**turn("q", "human", "How many?"), "parent_message_uuid": "root"}
    second = {**turn("a", "assistant", blocks, 1), "parent_message_uuid": "q"}
    return claude(
        talk("c1", first, second, current_leaf_message_uuid="a"), talk("c2", turn("q", "human", "Hi"))
    )


KINDS = {"chatgpt": rich_chatgpt, "claude": rich_claude}


@settings(max_examples=120, **QUIET)
@given(data=st.data(), kind=st.sampled_from(sorted(KINDS)))
def test_any_value_anywhere_may_be_odd(tmp_path_factory, data, kind):
    export = KINDS[kind]()
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(export.files)))
        path = data.draw(st.sampled_from(sorted(places(export.files[name]), key=repr)))
        export.put(name, put(copy.deepcopy(export.files[name]), path, data.draw(ODD)))
    check(tmp_path_factory, kind, export)


@settings(max_examples=60, **QUIET)
@given(data=st.data(), kind=st.sampled_from(sorted(KINDS)))
def test_any_key_may_be_missing(tmp_path_factory, data, kind):
    export = KINDS[kind]()
    name = data.draw(st.sampled_from(sorted(export.files)))
    value = export.files[name]
    inner = [path for path in places(value) if path and isinstance(path[-1], str)]
    path = data.draw(st.sampled_from(sorted(inner, key=repr)))
    at = value
    for step in path[:-1]:
        at = at[step]
    del at[path[-1]]
    check(tmp_path_factory, kind, export)


@settings(max_examples=60, **QUIET)
@given(data=st.data(), kind=st.sampled_from(sorted(KINDS)))
def test_any_file_may_be_cut_or_overwritten(tmp_path_factory, data, kind):
    export = KINDS[kind]()
    name = data.draw(st.sampled_from(sorted(export.files)))
    raw = json.dumps(export.files[name]).encode()
    at = data.draw(st.integers(0, len(raw)))
    export.put(name, raw[:at] + data.draw(st.binary(max_size=8)) + raw[at + data.draw(st.integers(0, 20)) :])
    check(tmp_path_factory, kind, export)


@settings(max_examples=30, **QUIET)
@given(data=st.data(), kind=st.sampled_from(sorted(KINDS)))
def test_what_comes_in_is_whole_and_comes_in_once(tmp_path_factory, sqlite_url, data, kind):
    export = KINDS[kind]()
    path = data.draw(st.sampled_from(sorted(places(export.files["conversations.json"]), key=repr)))
    export.put("conversations.json", put(export.files["conversations.json"], path, data.draw(ODD)))
    folder = tmp_path_factory.mktemp("mutated")
    place = export.folder(folder / "e")
    with open_database(
        str(shutil.copy(sqlite_url.removeprefix("sqlite:///"), folder / "m.db")), "write"
    ) as source:
        try:
            report = IMPORTERS[kind].run(place, source, ImportOptions())
        except ImportFailedError:
            return
        assert len(source.rows(Message.select())) == report.kept
        sessions = Counter(ref for (ref,) in source.rows(Message.select(Message.session)))
        assert set(sessions) == {ref for (ref,) in source.rows(Session.select(Session.id))}
        asked = {ref for (ref,) in source.rows(Message.select(Message.id))}
        for model in (Document, Query):
            assert {ref for (ref,) in source.rows(model.select(model.message))} <= {*asked, None}
        again = IMPORTERS[kind].run(place, source, ImportOptions())
        assert sum(each.new + each.changed for each in again.rows.values()) == 0


def check(folders, kind, export):
    folder = folders.mktemp("mutated")
    try:
        report = IMPORTERS[kind].run(
            export.folder(folder / "e"), None, ImportOptions(dry_run=True, all_users=True)
        )
    except ImportFailedError:
        return
    assert report.read == report.kept + sum(report.left_out.values()) + report.rejected_messages
    assert report.rows["messages"].new == report.kept
    assert report.lines()
