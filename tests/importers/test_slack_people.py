from datetime import UTC, datetime, timedelta

import pytest

from tests.importers.exports import START, Export, bot, person, said, small
from twin_tui.data.models import Session, Twin, User
from twin_tui.importers import ImportFailedError

BEGIN = datetime.fromtimestamp(START, UTC)


def installed_by(user, app="A9", **extra):
    return [{"user_id": user, "app_id": app, "change_type": "added", "date": START - 3600, **extra}]


def test_the_installer_owns_the_twin(run, rows):
    users = (*small().files["users.json"], person("U5", "Eve"))
    run(small().with_users(*users).put("integration_logs.json", installed_by("U5")))
    select = Twin.select(Twin.name, User.full_name, Twin.is_shared, Twin.created_at).join(User)
    assert rows(select) == [("Helper", "Eve", True, BEGIN - timedelta(hours=1))]
    assert rows(Session.select(Session.is_shared_twin)) == [(True,)]


def test_an_installer_nobody_lists_is_named_by_the_log(run, rows):
    run(small().put("integration_logs.json", installed_by("U6", user_name="frank")))
    assert rows(Twin.select(User.full_name, User.email).join(User)) == [("frank", "U6@T1.slack.invalid")]


def test_a_token_that_stands_for_an_id_or_email_is_not_stored(run, rows):
    address = "https://files.slack.com/x?t=xoxe-1"
    export = small().put("integration_logs.json", installed_by(address))
    export.files["users.json"][0]["profile"]["email"] = address
    run(export)
    assert not [row for row in rows(User.select(User.full_name, User.email)) if "xoxe" in str(row)]


def test_the_integer_zero_owns_nothing(run, rows):
    run(small().put("integration_logs.json", installed_by(0)))
    assert rows(Twin.select(User.full_name).join(User)) == [("Ann",)]


@pytest.mark.parametrize("owner", ["bo@example.com", "BO", "u2", "U2"])
def test_the_owner_can_be_chosen_by_email_name_or_id(run, rows, owner):
    export = small().with_users(
        person("U1", "Ann", "ann@example.com"),
        person("U2", "Bo", "bo@example.com"),
        bot("U9", "Helper", "B9", "A9"),
    )
    run(export, owner=owner)
    assert rows(Twin.select(User.full_name).join(User)) == [("Bo",)]
    assert rows(Session.select(Session.is_shared_twin)) == [(True,)]


def test_the_installer_comes_before_the_chosen_owner(run, rows):
    run(small().put("integration_logs.json", installed_by("U1")), owner="U2")
    assert rows(Twin.select(User.full_name).join(User)) == [("Ann",)]


@pytest.mark.parametrize(
    ("owner", "reason"), [("nobody", "is nobody"), ("Sam", "may be any of U3, U4"), ("U9", "is nobody")]
)
def test_an_unknown_or_ambiguous_owner_is_one_error_and_no_row(run, rows, owner, reason):
    users = (*small().files["users.json"], person("U3", "Sam"), person("U4", "Sam"))
    with pytest.raises(ImportFailedError, match=reason):
        run(small().with_users(*users), owner=owner)
    assert rows(User.select(User.id)) == []


def test_without_an_installer_the_most_frequent_person_owns_the_twin(run, rows):
    export = Export().with_users(person("U1", "Ann"), person("U2", "Bo"), bot("U9", "Helper"))
    run(
        export.with_day(
            "general", [said(user, 100 * at, "<@U9> a") for at, user in enumerate(("U1", "U2", "U2"))]
        )
    )
    assert rows(Twin.select(User.full_name, Twin.is_shared).join(User)) == [("Bo", True)]
    assert rows(Session.select(Session.is_shared_twin).order_by(Session.started_at)) == [
        (True,),
        (False,),
        (False,),
    ]


def test_a_later_export_does_not_move_a_guessed_owner(run, rows):
    users = (person("U1", "Ann"), person("U2", "Bo"), bot("U9", "Helper"))
    run(Export().with_users(*users).with_day("general", [said("U1", 0, "<@U9> a")]))
    run(
        Export()
        .with_users(*users)
        .with_day("general", [said("U2", 100, "<@U9> b"), said("U2", 200, "<@U9> c")])
    )
    assert rows(Twin.select(User.full_name).join(User)) == [("Ann",)]
    assert rows(Session.select(Session.is_shared_twin).order_by(Session.started_at)) == [
        (False,),
        (True,),
        (True,),
    ]


def test_company_is_the_option_else_the_archives_name_else_the_team(run, rows, tmp_path):
    run(small().zip(tmp_path / "Acme Ltd Slack export Sep 1 2026 - Sep 30 2026.zip"))
    assert {company for (company,) in rows(User.select(User.company))} == {"Acme Ltd"}
    run(small())
    assert {company for (company,) in rows(User.select(User.company))} == {"Acme Ltd"}
    run(small(), company="Chosen")
    assert {company for (company,) in rows(User.select(User.company))} == {"Chosen"}


def test_only_those_who_take_part_become_users_unless_all_are_wanted(run, rows):
    users = (
        *small().files["users.json"],
        person("U3", "Cy", deleted=True),
        {"id": "USLACKBOT", "name": "slackbot"},
    )
    export = small().with_users(*users).with_day("random", [said("U404", 0, "hi")])
    run(export)
    assert rows(User.select(User.full_name).order_by(User.full_name)) == [("Ann",), ("Bo",)]
    run(export, all_users=True)
    names = [name for (name,) in rows(User.select(User.full_name))]
    assert sorted(names) == ["Ann", "Bo", "Cy", "U404"]


def test_without_users_json_everything_still_arrives(run, rows):
    export = small()
    del export.files["users.json"]
    report = run(export)
    assert report.kept == 4
    assert [name for (name,) in rows(User.select(User.full_name).order_by(User.full_name))] == ["U1", "U2"]
    assert rows(User.select(User.email).where(User.full_name == "U1")) == [("U1@workspace.slack.invalid",)]
    assert any("no users.json" in note for note in report.notes)
    assert report.rejected == 0


def test_members_users_json_lacks_are_noted(run):
    export = small().with_users(bot("U9", "Helper"))
    notes = run(export).notes
    assert "2 people taking part but not in users.json: U1, U2" in notes
