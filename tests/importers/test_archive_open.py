"""A path leads to the export in it, or to a sentence that says what to give instead."""

import shutil
import zipfile

import pytest

from tests.importers.exports import small
from twin_tui.importers import ImportFailedError, recognise
from twin_tui.importers.reading.archive_open import open_archive
from twin_tui.importers.report import Journal
from twin_tui.importers.slack.importer import LOOKED_FOR, is_slack_export


def opened(path):
    return open_archive(path, is_slack_export, LOOKED_FOR, Journal())


def refusals(path):
    """Return the ends of what is said when Slack is asked for, and when the format is to be recognised."""
    out = []
    for ask in (opened, recognise):
        with pytest.raises(ImportFailedError) as raised:
            ask(path)
        out.append(str(raised.value).rpartition("; it ")[2])
    return out


def packed(path, folder, top):
    with zipfile.ZipFile(path, "w") as made:
        for file in folder.rglob("*.json"):
            made.write(file, f"{top}/{file.relative_to(folder)}")
    return path


def test_an_export_two_folders_down_is_found(tmp_path):
    folder = small().folder(tmp_path / "Downloads" / "My Slack")
    again = packed(tmp_path / "e.zip", folder, "Downloads/My Slack")
    (tmp_path / "Downloads" / "notes.txt").write_text("none of it")
    for path in (tmp_path / "Downloads", again):
        with opened(path) as found:
            assert sorted(found.names)[-1] == "users.json"
            assert found.read("users.json") == (folder / "users.json").read_bytes()
        assert recognise(path).name == "slack"


def test_of_several_exports_one_must_be_named(tmp_path):
    for name in ("one", "two"):
        small().folder(tmp_path / "e" / "teams" / name)
    told = "holds 2 exports (teams/one, teams/two): give the path of one of them"
    assert refusals(tmp_path / "e") == [told, told]
    again = packed(tmp_path / "e.zip", tmp_path / "e", "grid")
    told = "holds 2 exports (grid/teams/one, grid/teams/two): unpack it and give the path of one of them"
    assert sorted(refusals(again)) == [told, told]


def test_of_several_zips_one_must_be_named(tmp_path):
    (tmp_path / "e").mkdir()
    path = small().zip(tmp_path / "e" / "feb.zip")
    assert recognise(tmp_path / "e").name == "slack"
    shutil.copy(path, tmp_path / "e" / "jan.zip")
    told = "holds 2 ZIP files (feb.zip, jan.zip): give the path of one of them"
    assert refusals(tmp_path / "e") == [told, told]


def test_a_zip_in_a_zip_must_be_unpacked(tmp_path):
    path = small().zip(tmp_path / "in.zip")
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as made:
        made.write(path, "mine/in.zip")
    told = "holds 1 ZIP file (mine/in.zip): unpack it and give the path of that"
    assert refusals(tmp_path / "out.zip") == [told, told]


def test_a_part_of_an_export_leads_to_the_whole(tmp_path):
    folder = small().folder(tmp_path / "e")
    told = "may be a part of one: give the path of the folder above it"
    assert refusals(folder / "general") == [told, told]


def test_folders_that_hold_any_json_are_not_taken_for_exports(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "package.json").write_text('{"name": "x"}')
    with pytest.raises(ImportFailedError) as raised:
        recognise(tmp_path)
    assert str(raised.value).endswith("(ZIP, folder, file)")
