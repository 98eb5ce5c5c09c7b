import json
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import NOW, Command
from tests.cli.test_imports import export as export  # noqa: PLC0414 - a fixture
from tests.cli.test_terminal import at_terminal
from twin_tui.cli.jobs import FORMATS, jobs_for
from twin_tui.cli.recent import MOST, recent, recent_file, remember
from twin_tui.importers import IMPORTERS
from twin_tui.setting_values import parse_instant
from twin_tui.settings import Settings
from twin_tui.tui.jobs import Format, ImportWish, JobError, StoppedError

SETTINGS = Settings(now=parse_instant(NOW))


def ignore(done: int, total: int | None = None, what: str = "") -> None:
    """Take no notice of how far a job is."""


def test_without_a_database_a_terminal_shows_the_ways_and_q_leaves_with_0():
    code, seen = at_terminal(typed=b"q", when=b"Import from Slack")
    assert code == 0
    assert b"no database yet" in seen
    assert not recent_file().exists()


def test_a_database_chosen_at_the_start_opens_in_the_dashboard(world: str):
    remember(world)
    code, seen = at_terminal("--now", NOW, typed=b"1", when=b"Opened lately", then=(b"Overview", b"q"))
    assert code == 0
    assert b"world.db" in seen


@pytest.mark.parametrize("arguments", [(), ("dashboard",)])
def test_without_a_database_and_a_terminal_the_ways_are_one_sentence_and_code_3(
    twin_tui: Command, arguments: tuple[str, ...]
):
    ended = twin_tui(*arguments)
    assert (ended.code, ended.out) == (3, "")
    assert "There is no database yet" in ended.err
    assert "twin-tui demo" in ended.err


def test_ten_databases_are_remembered_the_latest_first_once_each_and_without_passwords(tmp_path: Path):
    for at in range(MOST + 2):
        remember(f"{at}.db")
    remember("5.db")
    remember("postgresql://ann:s3cr:et@p@db.example/twins?password=s3cret&sslmode=require&sslpassword=s3")
    remember("sqlite:///6.db")
    places = recent()
    assert len(places) == MOST
    assert places[0] == str(tmp_path / "6.db")
    assert places[1] == "postgresql://ann@db.example/twins?sslmode=require"
    assert places[2] == str(tmp_path / "5.db")
    assert sum(place.endswith("/6.db") for place in places) == 1
    assert b"s3" not in recent_file().read_bytes()
    assert stat.S_IMODE(recent_file().stat().st_mode) == 0o600
    assert [path.name for path in recent_file().parent.iterdir()] == ["recent.json"]


@pytest.mark.parametrize("content", [b"", b"{}", b"[1, null]", b"\xff\xfe", b"[[]]"])
def test_a_spoilt_list_of_recent_databases_is_an_empty_one(content: bytes):
    recent_file().parent.mkdir(parents=True)
    recent_file().write_bytes(content)
    assert recent() == ()
    remember("a.db")
    assert recent() == (os.path.abspath("a.db"),)


def test_a_list_that_cannot_be_written_stops_nobody(tmp_path: Path):
    recent_file().parent.parent.mkdir(parents=True)
    recent_file().parent.write_bytes(b"a file where a folder should be")
    remember("a.db")
    assert recent() == ()


def test_an_import_is_first_read_then_written_then_equal(export: Path, tmp_path: Path):
    jobs = jobs_for(SETTINGS)
    assert jobs.target == str(tmp_path / "ai_twin_analytics.db")
    wish = ImportWish("slack", str(export), str(tmp_path / "new" / "twins.db"), "Acme")
    preview = jobs.preview(wish, ignore)
    assert preview.is_dry_run
    assert (preview.conversations, dict(preview.rows)["messages"]) == (1, (2, 0, 0, 0))
    assert preview.remarks[0] == "2 messages read = 2 kept + 0 left out + 0 rejected"
    assert not any("Dry run" in line or "new," in line for line in preview.remarks)
    assert not Path(wish.into).parent.exists()
    done = jobs.bring_in(wish, ignore)
    assert (done.is_dry_run, done.rows) == (False, preview.rows)
    again = jobs.preview(wish, ignore)
    assert dict(again.rows)["messages"] == (0, 0, 2, 0)
    assert jobs.check(wish.into) == wish.into


def test_agents_of_a_wish_are_those_of_the_import(export: Path, tmp_path: Path):
    wish = ImportWish("slack", str(export), str(tmp_path / "twins.db"), agents=("U404",))
    with pytest.raises(JobError, match="U404"):
        jobs_for(SETTINGS).preview(wish, ignore)


def test_a_stopped_import_leaves_whole_units_and_importing_again_brings_the_rest(
    export: Path, tmp_path: Path, twin_tui: Command
):
    wish = ImportWish("slack", str(export), str(tmp_path / "twins.db"))
    jobs = jobs_for(SETTINGS)

    def stop(done: int, total: int | None = None, what: str = "") -> None:
        if what.startswith("writing"):
            raise StoppedError

    with pytest.raises(StoppedError):
        jobs.bring_in(wish, stop)
    for expected in ((0, 2), (2,)):
        shown = twin_tui("report", "activity", "--db", wish.into, "--period", "all", "--json")
        assert shown.code == 0
        assert sum(item["messages"] for item in json.loads(shown.out)["items"]) in expected
        assert jobs.bring_in(wish, ignore).conversations == 1


@pytest.mark.parametrize(
    ("path", "into", "sentence"),
    [
        ("nowhere", "new.db", "nowhere"),
        ("empty", "new.db", "Slack export"),
        ("export", "", "Say which database"),
        ("export", "export", "folder"),
        ("export", "text.db", "not a SQLite database"),
    ],
)
def test_what_cannot_be_imported_is_one_sentence_and_writes_nothing(
    export: Path, tmp_path: Path, path: str, into: str, sentence: str
):
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.db").write_bytes(b"hello, no database " * 100)

    def written() -> list[Path]:
        return sorted(each for each in tmp_path.rglob("*") if "XDG_STATE_HOME" not in each.parts)

    before = written()
    jobs = jobs_for(SETTINGS)
    wish = ImportWish("slack", str(tmp_path / path), into and str(tmp_path / into))
    for job in (jobs.preview, jobs.bring_in):
        with pytest.raises(JobError, match=sentence) as failed:
            job(wish, ignore)
        assert str(failed.value)[0].isupper() or str(failed.value).startswith("/")
    if path != "empty":
        assert written() == before or path == "nowhere"


def test_an_import_from_the_screen_is_recorded_and_not_done_where_it_must_be_and_cannot(
    export: Path, tmp_path: Path, twin_tui: Command
):
    wish = ImportWish("slack", str(export), str(tmp_path / "new.db"))
    jobs_for(SETTINGS).bring_in(wish, ignore)
    assert '"action": "import"' in twin_tui("audit", "--db", str(tmp_path / "new.db"), "--json").out
    shutil.rmtree(tmp_path / "XDG_STATE_HOME")
    (tmp_path / "XDG_STATE_HOME").write_text("a file where the folder should be")
    other = ImportWish("slack", str(export), str(tmp_path / "other.db"))
    with pytest.raises(JobError, match="cannot be recorded"):
        jobs_for(replace(SETTINGS, audit="required")).bring_in(other, ignore)
    assert not (tmp_path / "other.db").exists()


def test_the_demo_is_made_once_and_can_be_opened():
    jobs = jobs_for(SETTINGS)
    told: list[tuple[int, int | None, str]] = []
    assert jobs.demo(lambda done, total, what: told.append((done, total, what))) == jobs.demo_place
    assert [done for done, total, _ in told if total == 60] == list(range(1, 61))
    *_, (done, total, what) = told
    assert (done, what) == (total, "sessions"), "the derived tables come last"
    assert jobs.check(jobs.demo_place) == jobs.demo_place
    assert jobs_for(SETTINGS, jobs.demo_place).target.endswith("/ai_twin_analytics.db")
    assert jobs_for(SETTINGS, jobs.demo_place).target != jobs.demo_place
    assert jobs_for(SETTINGS, "/data/ours.db").target == "/data/ours.db"
    assert jobs_for(SETTINGS, "/data/theirs.db", is_ours=False).target == jobs.target


def test_an_unexpected_failure_is_a_sentence_too_and_its_place_is_noted(
    monkeypatch: pytest.MonkeyPatch, export: Path, tmp_path: Path
):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("words of a message")

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("twin_tui.cli.jobs._run", fail)
    with pytest.raises(JobError, match=r"fault of twin-tui \(RuntimeError\)") as failed:
        jobs_for(SETTINGS).preview(ImportWish("slack", str(export), "new.db"), ignore)
    assert "words" not in str(failed.value)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a database that is not there yet, or holds no table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    url = server.make()
    yield url
    server.drop(url)


def test_an_import_goes_into_what_a_url_names(empty_url: str, export: Path):
    jobs = jobs_for(SETTINGS)
    wish = ImportWish("slack", str(export), empty_url)
    preview = jobs.preview(wish, ignore)
    assert dict(preview.rows)["messages"] == (2, 0, 0, 0)
    assert jobs.bring_in(wish, ignore).rows == preview.rows
    assert dict(jobs.preview(wish, ignore).rows)["messages"] == (0, 0, 2, 0)


def test_the_formats_on_offer_are_what_the_importers_say_of_themselves() -> None:
    said = tuple(Format(each.name, each.label, each.suffixes) for each in IMPORTERS.values())
    assert said == FORMATS
