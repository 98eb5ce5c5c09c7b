import json
import stat

import pytest

from tests.importers.exports import said, small
from twin_tui.importers import ImportFailedError
from twin_tui.importers.rejects import Rejection, RejectsFile


def lines_of(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_each_rejected_item_is_one_object_with_its_place_and_itself(plan, tmp_path):
    bad = {"type": "message", "user": "U1", "text": "when?\n\ud800", "ts": "soon"}
    export = (
        small()
        .with_day("random", [said("U1", 0, "x"), bad, 7])
        .put("general/2026-09-22.json", b"{}")
        .put("dms.json", ["odd"])
    )
    with RejectsFile(tmp_path / "r.jsonl") as rejects:
        report = plan(export, on_reject=rejects.write)
    found = lines_of(tmp_path / "r.jsonl")
    assert report.rejected == len(found) == 4
    assert [(each["file"], each["position"], each["item"]) for each in found] == [
        ("dms.json", "entry 1", "odd"),
        ("general/2026-09-22.json", None, None),
        ("random/2026-09-21.json", "message 2", bad),
        ("random/2026-09-21.json", "message 3", 7),
    ]
    assert found[0]["reason"] == "not a JSON object"


def test_nothing_rejected_leaves_an_empty_file_of_its_owner(plan, tmp_path):
    path = tmp_path / "r.jsonl"
    with RejectsFile(path) as rejects:
        assert plan(small(), on_reject=rejects.write).rejected == 0
    assert path.read_bytes() == b""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_access_tokens_are_taken_off_what_was_rejected(plan, tmp_path):
    export = small().with_day("random", [{"url_private": "https://files.slack.com/a?t=xoxe-1"}])
    with RejectsFile(tmp_path / "r.jsonl") as rejects:
        plan(export, on_reject=rejects.write)
    (found,) = lines_of(tmp_path / "r.jsonl")
    assert found["item"]["url_private"] == "https://files.slack.com/a"


@pytest.mark.parametrize(
    ("item", "kept"),
    [
        ('{"a": "https://files.slack.com/x?t=xoxe-1", "b": "c', '{"a": "https://files.slack.com/x", "b": "c'),
        (
            {"https://a.b/c?d=é&t=xoxe-1": ["https://a.b/c?d=\\&t=xoxe-1"]},
            {"https://a.b/c": ["https://a.b/c"]},
        ),
    ],
)
def test_a_line_is_json_whatever_stands_around_a_token(item, kept):
    line = Rejection("a.json", "row 1", "broken: https://a.b/c?t=xoxe-1", item).as_json()
    assert json.loads(line)["item"] == kept
    assert "xoxe" not in line


def test_an_item_too_deep_to_write_is_left_out_of_its_line():
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    assert json.loads(Rejection("a.json", "message 1", "too deep", deep).as_json())["item"] is None


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path):
    with pytest.raises(ImportFailedError, match=r"r\.jsonl cannot be written: No such file"):
        RejectsFile(tmp_path / "none" / "r.jsonl")
