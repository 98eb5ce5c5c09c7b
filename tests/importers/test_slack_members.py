from pathlib import Path

import pytest

from tests.importers.exports import START, Export, bot, person
from twin_tui.importers.reading.archive_open import open_archive
from twin_tui.importers.report import Journal
from twin_tui.importers.slack.importer import LOOKED_FOR, is_slack_export
from twin_tui.importers.slack.members import SLACKBOT, read_directory


@pytest.fixture
def directory(tmp_path: Path):
    def read(export: Export):
        journal = Journal()
        export.files.setdefault("channels.json", [])
        with open_archive(export.folder(tmp_path / "e"), is_slack_export, LOOKED_FOR, journal) as archive:
            return read_directory(archive, journal), journal

    return read


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ({"profile": {"real_name": "A", "display_name": "C"}, "real_name": "B", "name": "d"}, "A"),
        ({"profile": {"display_name": "C"}, "real_name": "B", "name": "d"}, "B"),
        ({"profile": {"real_name": "", "display_name": "C"}, "name": "d"}, "C"),
        ({"profile": None, "name": "d", "deleted": True}, "d"),
        ({"name": " "}, "U1"),
    ],
)
def test_the_best_name_is_shown(directory, raw, name):
    found, _ = directory(Export().with_users({"id": "U1", **raw}))
    assert found.members["U1"].name == name


@pytest.mark.parametrize(
    ("profile", "department"),
    [
        ({"title": "Sales", "fields": None}, "Sales"),
        ({"title": "", "fields": {}}, None),
        ({"fields": {"Xf1": {"label": "Department", "value": "Legal"}, "Xf2": {"value": "x"}}}, "Legal"),
        ({"fields": {"Xf1": {"label": "Pronouns", "value": "they"}}}, None),
        ({"fields": {"Xf1": None}}, None),
    ],
)
def test_the_department_is_the_title_or_a_field_named_so(directory, profile, department):
    found, _ = directory(Export().with_users(person("U1", "Ann", profile=profile)))
    assert found.members["U1"].department == department


def test_grid_users_stand_in_org_users(directory):
    found, journal = directory(Export().put("org_users.json", [person("W1", "Ann")]))
    assert found.members["W1"].name == "Ann"
    assert not journal.notes


def test_slackbot_is_never_a_person(directory):
    found, _ = directory(Export().with_users({"id": SLACKBOT, "name": "slackbot", "is_bot": False}))
    assert not found.is_person(SLACKBOT)


def test_the_team_is_the_primary_owners_else_the_most_common(directory):
    strangers = [person("U1", "A", team_id="T7"), person("U2", "B", team_id="T7")]
    found, _ = directory(Export().with_users(*strangers, person("U3", "C", is_primary_owner=True)))
    assert found.team == "T1"
    found, _ = directory(Export().with_users(*strangers, person("U3", "C")))
    assert found.team == "T7"


def test_placeholders_and_strange_entries_are_skipped(directory):
    export = Export().with_users("", person("U1", "Ann"), 7, {"name": "no id"})
    for name in ("groups.json", "mpims.json", "canvases.json", "integration_logs.json"):
        export.put(name, [""])
    found, journal = directory(export.put("dms.json", []))
    assert list(found.members) == ["U1"]
    assert journal.rejected_files == 0
    assert journal.problems == ["users.json, entry 3: not a JSON object", "users.json, entry 4: no id"]
    assert (journal.rejected_entries, journal.notes) == (2, [])


@pytest.mark.parametrize("data", [b"[", b"{}", b"null", b""])
def test_a_users_file_that_is_no_list_costs_one_line(directory, data):
    found, journal = directory(Export().put("users.json", data))
    assert found.members == {}
    assert len(journal.problems) == journal.rejected_files == 1
    assert journal.problems[0].startswith("users.json: ")


def test_a_broken_user_costs_one_line_and_no_other_user(directory):
    data = b'[{"id": "U1"}, {"id": }, {"id": "U3"}, {"id": "U4'
    found, journal = directory(Export().put("users.json", data))
    assert list(found.members) == ["U1", "U3"]
    assert journal.rejected_entries == len(journal.problems) == 2
    assert journal.problems[0].startswith("users.json, entry 2: broken JSON")


def test_no_users_file_is_said_once(directory):
    _, journal = directory(Export())
    assert journal.notes == ["no users.json: people are named as their messages name them, else by id"]
    assert journal.rejected_files == 0


def test_the_latest_installer_counts_and_the_integer_zero_is_nobody(directory):
    logs = [
        {"user_id": 0, "app_id": "A9", "change_type": "added", "date": START + 9},
        {"user_id": "U2", "app_id": "A9", "change_type": "expanded", "date": START + 8},
        {"user_id": "U1", "user_name": "ann", "app_id": "A9", "change_type": "added", "date": str(START)},
        {"user_id": "U3", "app_id": "A9", "change_type": "added", "date": START - 5},
    ]
    found, _ = directory(Export().with_users(bot("U9", "Helper")).put("integration_logs.json", logs))
    assert found.installations["A9"].user_id == "U1"
    assert found.installations["A9"].at == START * 1_000_000
    assert found.evidence["U3"] == (START - 5) * 1_000_000


def test_conversations_are_found_by_name_and_by_id(directory):
    export = (
        Export().with_channels(("C1", "general")).put("dms.json", [{"id": "D1", "members": ["U1", "U9"]}])
    )
    found, _ = directory(export)
    assert found.channels["general"] is found.channels["C1"]
    assert found.channels["D1"].is_dm
    assert found.channels["D1"].members == ("U1", "U9")
