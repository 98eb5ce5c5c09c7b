from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twin_tui.setting_values import parse_instant
from twin_tui.settings import (
    DATABASE_NAME,
    Settings,
    SettingsError,
    find_database,
    load_settings,
    without_password,
)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.chdir(tmp_path)


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_nothing_configured_gives_the_defaults_and_says_so():
    found = load_settings({}, {})
    assert found.settings == Settings()
    assert set(found.origins.values()) == {"default"}
    assert not found.file_exists


def test_option_beats_environment_beats_file_beats_default(tmp_path: Path):
    file = write(tmp_path / "c.toml", 'tz = "Asia/Tokyo"\ntheme = "twin-light"\nperiod = "7d"\n')
    env = {"TWIN_TUI_TZ": "Europe/Berlin", "TWIN_TUI_THEME": "twin-dark"}
    found = load_settings({"tz": "America/New_York"}, env, file)
    assert (found.settings.timezone, found.origins["timezone"]) == ("America/New_York", "option --tz")
    assert (found.settings.theme, found.origins["theme"]) == ("twin-dark", "environment TWIN_TUI_THEME")
    assert (found.settings.period, found.origins["period"]) == ("7d", f"file {file}")
    assert (found.settings.page_size, found.origins["page_size"]) == (50, "default")


def test_the_file_named_by_the_environment_must_exist(tmp_path: Path):
    with pytest.raises(SettingsError, match=r"There is no configuration file .*gone\.toml"):
        load_settings({}, {"TWIN_TUI_CONFIG": str(tmp_path / "gone.toml")})


def test_unknown_keys_of_the_file_are_named_with_the_known_ones(tmp_path: Path):
    file = write(tmp_path / "c.toml", 'tz = "UTC"\ncolour = "red"\nzone = 3\n')
    with pytest.raises(SettingsError, match=r"unknown keys: colour, zone \(known are db, tz, "):
        load_settings({}, {}, file)


def test_a_file_that_is_not_toml_is_one_sentence(tmp_path: Path):
    with pytest.raises(SettingsError, match="is not valid TOML"):
        load_settings({}, {}, write(tmp_path / "c.toml", "tz = \n"))


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("tz", "Mars/Olympus", "IANA name"),
        ("tz", "../../etc/passwd", "IANA name"),
        ("tz", "", "IANA name"),
        ("now", "yesterday", "2026-11-23T12:00:00Z"),
        ("now", "9999-12-31T00:00:00Z", "a time is wanted"),
        ("theme", "neon", "twin-dark, twin-light, twin-terminal"),
        ("period", "fortnight", "today, 7d"),
        ("page_size", "0", "from 10 to 500"),
        ("page_size", "ten", "from 10 to 500"),
        ("no_color", "perhaps", "true or false"),
        ("live", "perhaps", "true or false"),
        ("db", " ", "a path or a URL"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_place_and_what_is_wanted(key: str, value: str, says: str):
    with pytest.raises(SettingsError) as failure:
        load_settings({key: value}, {})
    assert str(failure.value).startswith(f"option --{key}: ")
    assert says in str(failure.value)


@pytest.mark.parametrize("value", ["5.5", "true", '"x"', "[1]"])
def test_a_page_size_of_another_type_is_refused(tmp_path: Path, value: str):
    with pytest.raises(SettingsError, match="from 10 to 500"):
        load_settings({}, {}, write(tmp_path / "c.toml", f"page_size = {value}\n"))


def test_the_file_may_hold_toml_times_numbers_and_flags(tmp_path: Path):
    file = write(tmp_path / "c.toml", "now = 2026-11-23T13:00:00+01:00\npage_size = 100\nno_color = true\n")
    found = load_settings({}, {}, file).settings
    assert found.now == datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert (found.page_size, found.no_color) == (100, True)
    assert found.clock() == found.now


def test_no_color_of_the_environment_counts_unless_it_is_empty():
    assert load_settings({}, {"NO_COLOR": "1"}).settings.no_color
    assert not load_settings({}, {"NO_COLOR": ""}).settings.no_color
    assert not load_settings({}, {"NO_COLOR": "1", "TWIN_TUI_NO_COLOR": "no"}).settings.no_color


def test_a_relative_database_of_the_file_lies_beside_the_file(tmp_path: Path):
    (tmp_path / "deep").mkdir()
    file = write(tmp_path / "deep" / "c.toml", 'db = "data/a.db"\n')
    assert load_settings({}, {}, file).settings.database == str(tmp_path / "deep" / "data" / "a.db")
    assert load_settings({"db": "a.db"}, {}, file).settings.database == "a.db"


def test_databases_are_looked_for_here_then_in_the_data_folder(tmp_path: Path):
    assert find_database(Settings()) == (None, "none found")
    shared = tmp_path / "XDG_DATA_HOME" / "twin-tui" / DATABASE_NAME
    shared.parent.mkdir(parents=True)
    shared.touch()
    assert find_database(Settings()) == (str(shared), "found in the data folder")
    (tmp_path / DATABASE_NAME).touch()
    assert find_database(Settings()) == (DATABASE_NAME, "found in this folder")
    assert find_database(Settings(database="x.db")) == ("x.db", "configured")


def test_instants_without_an_offset_are_utc():
    assert parse_instant("2026-11-23 12:30") == datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    assert parse_instant("2026-11-23") == datetime(2026, 11, 23, tzinfo=UTC)


@given(st.text(alphabet="s3cr€t/?&:#@ %", min_size=1).map(lambda text: "Q" + text + "Z"))
@settings(max_examples=100)
def test_no_password_survives_whatever_it_is_made_of(password: str):
    shown = without_password(f"postgresql://ann:{password}@db.example/twins")
    assert password not in shown
    assert shown.startswith("postgresql://ann:***@")


def test_passwords_in_url_options_are_hidden_too():
    shown = without_password("postgresql://ann@db/twins?sslmode=require&sslpassword=a&password=b")
    assert shown == "postgresql://ann@db/twins?sslmode=require&sslpassword=***&password=***"


def test_a_refused_database_setting_never_tells_its_password():
    with pytest.raises(SettingsError) as failure:
        load_settings({"now": "postgresql://ann:s3cret@db/twins"}, {})
    assert "s3cret" not in str(failure.value)


def test_following_other_processes_is_switched_off_by_option_environment_or_file(tmp_path: Path):
    off = write(tmp_path / "c.toml", "live = false\n")
    found = load_settings({"live": "false"}, {"TWIN_TUI_LIVE": "true"})
    assert (found.settings.live, found.origins["live"]) == (False, "option --no-live")
    assert not load_settings({}, {"TWIN_TUI_LIVE": "0"}).settings.live
    assert not load_settings({}, {}, off).settings.live
    assert load_settings({}, {"TWIN_TUI_LIVE": "yes"}, off).settings.live
    assert load_settings({}, {}).settings.live
