from pathlib import Path

import pytest

from twin_tui.tui.listing import MOST, list_places


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("Beta", "alpha", ".hidden"):
        (tmp_path / name).mkdir()
    for name in ("b.zip", "B2.ZIP", "c.txt", "users.json"):
        (tmp_path / name).write_bytes(b"12345")
    return tmp_path


def names(typed: str) -> list[str]:
    return [place.name for place in list_places(typed, (".zip",)).places]


def test_files_of_the_kind_come_before_folders_and_any_case_begins_so(folder: Path):
    assert names(f"{folder}/") == ["B2.ZIP", "b.zip", "alpha/", "Beta/"]
    assert names(f"{folder}/B") == ["B2.ZIP", "b.zip", "Beta/"]
    assert names(f"{folder}/.") == [".hidden/"]
    listing = list_places(f"{folder}/b.", (".zip",))
    assert [(place.path, place.size) for place in listing.places] == [(f"{folder}/b.zip", 5)]


def test_a_folder_is_recognised_by_what_it_holds(folder: Path):
    assert list_places(f"{folder}/", (".zip",), (".json",)).holds_files
    assert not list_places(f"{folder}/alpha/", (".zip",), (".json",)).holds_files
    assert not list_places(f"{folder}/", (".zip",)).holds_files


def test_what_cannot_be_listed_is_told(folder: Path):
    assert "There is no folder" in list_places(f"{folder}/nowhere/", ()).note
    assert list_places(f"{folder}/b.zip/", ()).note.endswith("Not a directory")
    assert "not a path" in list_places("a\0b/", ()).note
    for at in range(MOST + 3):
        (folder / "alpha" / f"{at:03}").mkdir()
    listing = list_places(f"{folder}/alpha/", ())
    assert (len(listing.places), listing.note) == (MOST, "3 more: type to narrow")
