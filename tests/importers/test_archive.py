import io
import os
import zipfile

import pytest

from tests.importers.exports import small
from twin_tui.importers import ImportFailedError
from twin_tui.importers.reading import archive
from twin_tui.importers.reading.archive_open import open_archive
from twin_tui.importers.report import Journal
from twin_tui.importers.slack.importer import LOOKED_FOR, is_slack_export


def opened(path):
    journal = Journal()
    return open_archive(path, is_slack_export, LOOKED_FOR, journal), journal


def test_a_zip_and_a_folder_hold_the_same(tmp_path):
    (folder, _), (packed, _) = opened(small().folder(tmp_path / "e")), opened(small().zip(tmp_path / "e.zip"))
    with folder, packed:
        assert sorted(folder.names) == sorted(packed.names)
        assert all(folder.read(name) == packed.read(name) for name in folder.names)


def test_names_without_the_utf8_flag_are_read_as_utf8(tmp_path):
    mangled = "日本語/2026-09-21.json".encode().decode("cp437")
    path = small().zip(tmp_path / "e.zip", {"general/2026-09-21.json": mangled})
    _clear_utf8_flags(path)
    found, journal = opened(path)
    with found:
        assert "日本語/2026-09-21.json" in found.names
    assert journal.notes == ["1 name in the ZIP not marked as UTF-8, read as UTF-8"]


def _clear_utf8_flags(path):
    """Write cp437 names as the raw UTF-8 bytes that Slack writes, flag off."""
    with zipfile.ZipFile(path) as old:
        members = [(info.filename, old.read(info)) for info in old.infolist()]
    raw = io.BytesIO()
    stand_ins = {chr(65 + at) * len(name.encode("cp437")): name for at, (name, _) in enumerate(members)}
    with zipfile.ZipFile(raw, "w") as new:
        for stand_in, (_, data) in zip(stand_ins, members, strict=True):
            new.writestr(stand_in, data)
    data = raw.getvalue()
    for stand_in, name in stand_ins.items():
        data = data.replace(stand_in.encode(), name.encode("cp437"))
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../2026-09-22.json", "leads out"),
        ("general/../../2026-09-22.json", "leads out"),
        ("/etc/2026-09-22.json", "absolute"),
        ("C:\\x\\2026-09-22.json", "absolute"),
        ("a\x1b[2J/2026-09-22.json", "control characters"),
    ],
)
def test_path_tricks_in_a_zip_cost_one_line(tmp_path, name, reason):
    path = small().put("trick.json", []).zip(tmp_path / "e.zip", {"trick.json": name})
    found, journal = opened(path)
    with found:
        assert not any(part in found.names for part in (name, name.replace("\\", "/")))
    assert journal.rejected_files == 1
    assert reason in journal.problems[0]
    assert "\x1b" not in journal.problems[0]


def test_a_member_that_unpacks_to_far_too_much_is_refused(tmp_path):
    path = small().put("general/2026-09-22.json", b"[" + b" " * 20_000_000 + b"]").zip(tmp_path / "e.zip")
    found, _ = opened(path)
    with found, pytest.raises(archive.UnreadableFileError, match="ZIP bomb"):
        found.read("general/2026-09-22.json")


def test_an_archive_that_unpacks_to_far_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "TOTAL_FLOOR", 1_000_000)
    path = small().put("general/2026-09-22.json", b" " * 9_000_000).zip(tmp_path / "e.zip")
    with pytest.raises(ImportFailedError, match="ZIP bomb"):
        opened(path)


def test_a_member_larger_than_the_limit_is_refused_while_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBER", 100)
    for path in (small().zip(tmp_path / "e.zip"), small().folder(tmp_path / "e")):
        found, _ = opened(path)
        with found, pytest.raises(archive.UnreadableFileError, match="larger than"):
            found.read("users.json")


def test_a_damaged_member_costs_one_line(tmp_path):
    path = small().zip(tmp_path / "e.zip")
    data = bytearray(path.read_bytes())
    at = data.index(b"users.json") + len("users.json") + 5
    data[at : at + 10] = b"\xff" * 10
    path.write_bytes(bytes(data))
    found, _ = opened(path)
    with found, pytest.raises(archive.UnreadableFileError, match="unpacked"):
        found.read("users.json")


def test_links_are_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "2026-09-21.json").write_text("[]")
    path = small().folder(tmp_path / "e")
    (path / "linked").symlink_to(secret)
    (path / "general" / "2026-09-25.json").symlink_to(secret / "2026-09-21.json")
    found, journal = opened(path)
    with found:
        assert not [name for name in found.names if "linked" in name or "25" in name]
    assert sorted(journal.problems) == [
        "general/2026-09-25.json: a link, not followed",
        "linked: a link, not followed",
    ]


def test_a_folder_around_the_export_is_looked_into(tmp_path):
    small().folder(tmp_path / "outer" / "My Slack export")
    found, _ = opened(tmp_path / "outer")
    with found:
        assert "users.json" in found.names
        assert found.label == "My Slack export"


def test_a_folder_with_only_the_zip_is_looked_into(tmp_path):
    (tmp_path / "downloads").mkdir()
    small().zip(tmp_path / "downloads" / "export.zip")
    found, _ = opened(tmp_path / "downloads")
    with found:
        assert "users.json" in found.names


def test_what_is_no_export_is_named_with_what_was_looked_for(tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "conversations.json").write_text("[]")
    with pytest.raises(ImportFailedError, match=r"channels\.json.*2026-10-01\.json.*ChatGPT"):
        opened(tmp_path / "other")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"[]"])
def test_a_file_that_is_no_zip_is_said_to_be_none(tmp_path, content):
    (tmp_path / "e.zip").write_bytes(content)
    with pytest.raises(ImportFailedError, match=r"neither a folder nor a ZIP|not a readable ZIP"):
        opened(tmp_path / "e.zip")


def test_a_cut_off_zip_is_said_to_be_none(tmp_path):
    path = small().zip(tmp_path / "e.zip")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(ImportFailedError, match=r"ZIP"):
        opened(path)


def test_a_missing_path_is_named_safely(tmp_path):
    with pytest.raises(ImportFailedError, match="does not exist") as caught:
        opened(tmp_path / "no\x1b[2Jne")
    assert "\x1b" not in str(caught.value)


def test_a_pipe_in_a_folder_is_one_line_and_not_waited_for(tmp_path):
    os.mkfifo(small().folder(tmp_path / "e") / "general" / "2026-09-22.json")
    found, _ = opened(tmp_path / "e")
    with found, pytest.raises(archive.UnreadableFileError, match="not a regular file"):
        found.read("general/2026-09-22.json")


def test_members_that_share_their_bytes_are_refused(tmp_path):
    path = small().put("general/2026-09-22.json", os.urandom(20_000)).zip(tmp_path / "e.zip")
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    last = data.rindex(b"PK\x01\x02")
    again = data[last:end].replace(b"2026-09-22", b"2026-09-23")
    tail = bytearray(data[end:])
    count = int.from_bytes(tail[8:10], "little") + 1
    tail[8:10] = tail[10:12] = count.to_bytes(2, "little")
    tail[12:16] = (end - start + len(again)).to_bytes(4, "little")
    path.write_bytes(data[:end] + again + tail)
    with pytest.raises(ImportFailedError, match="ZIP bomb"):
        opened(path)


def test_a_fifo_is_neither(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ImportFailedError, match="neither a folder nor a file"):
        opened(tmp_path / "pipe")


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_a_file_is_read_piece_by_piece_and_says_its_size(tmp_path, form):
    export = small()
    found, _ = opened(export.folder(tmp_path / "e") if form == "folder" else export.zip(tmp_path / "e.zip"))
    with found, found.stream("users.json") as file:
        whole = found.read("users.json")
        assert file.read(3) + file.read(10_000) == whole
        assert file.read(3) == b""
        assert found.size("users.json") == len(whole)


def test_a_member_damaged_in_the_middle_is_told_while_it_is_streamed(tmp_path):
    export = small().put("general/2026-09-22.json", os.urandom(400_000))
    path = export.zip(tmp_path / "e.zip")
    data = bytearray(path.read_bytes())
    data[200_000] ^= 0xFF
    path.write_bytes(data)
    found, _ = opened(path)
    with found, found.stream("general/2026-09-22.json") as file:
        assert file.read(100_000)
        with pytest.raises(archive.UnreadableFileError, match="unpacked"):
            file.read(400_000)


def test_a_single_file_is_an_export_only_where_its_format_says_so(tmp_path):
    path = tmp_path / "conversations.json"
    path.write_bytes(b"[]")
    with pytest.raises(ImportFailedError, match="neither a folder nor a ZIP"):
        open_archive(path, is_slack_export, LOOKED_FOR, Journal())
    with open_archive(path, is_slack_export, LOOKED_FOR, Journal(), suffixes=(".json",)) as found:
        assert (found.names, found.label) == (["conversations.json"], "conversations")
        assert found.read("conversations.json") == b"[]"
