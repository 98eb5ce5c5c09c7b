"""The kit for people who snapshot-test screens: its world, its app, its fixtures, its report."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from twin_tui import testing
from twin_tui.analytics.errors import DatabaseUnavailableError
from twin_tui.testing import NOW, STATES, app, frame, settled, world
from twin_tui.testing.hand_counted import DOCUMENTS, MESSAGES, QUERIES, SESSIONS, TWINS, USERS
from twin_tui.tui.app import TwinApp

RECIPE = """\
pytest_plugins = ["twin_tui.testing.plugin"]
"""
TESTS = '''\
def test_overview(twin_picture):
    """Six cards in two rows."""
    twin_picture("overview", size=(80, 24), state={state!r}, theme={theme!r})
'''


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    left_out = ("PYTEST", "TEXTUAL", "COV")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env={**inherited, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def somewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of somebody else's, its first picture accepted."""
    folder = tmp_path_factory.mktemp("theirs")
    (folder / "conftest.py").write_text(RECIPE)
    (folder / "pytest.ini").write_text("[pytest]\n")
    test = folder / "test_theirs.py"
    test.write_text(TESTS.format(state="full", theme="twin-dark"))
    accepted = run(folder, "--snapshot-update")
    assert accepted.returncode == 0, accepted.stdout
    return folder


def test_the_first_run_accepts_an_svg_and_its_text(somewhere: Path):
    held = {path.suffix: path.read_text("utf-8") for path in (somewhere / "__snapshots__").rglob("test_*.*")}
    assert sorted(held) == [".svg", ".txt"]
    assert held[".svg"].startswith("<svg")
    assert "Active users per day" in held[".txt"]
    assert max(map(len, held[".txt"].split("\n"))) <= 80


def test_the_picture_does_not_depend_on_the_environment(somewhere: Path):
    ambience = {
        "NO_COLOR": "1",
        "TEXTUAL_THEME": "nord",
        "TEXTUAL_DIM_FACTOR": "10",
        "TEXTUAL_FILTERS": "dim",
        "TEXTUAL_COLOR_SYSTEM": "standard",
        "COLUMNS": "33",
        "TERM": "dumb",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
    }
    again = run(somewhere, **ambience)
    assert again.returncode == 0, again.stdout


@pytest.mark.parametrize(
    ("state", "theme", "told"),
    [
        ("empty", "twin-dark", "+                    This database holds no conversation yet."),
        ("full", "twin-light", "The words are the same; colours or styles are not"),
    ],
)
def test_a_failure_reads_as_a_diff_and_its_report_holds_no_variable(
    somewhere: Path, state: str, theme: str, told: str
):
    test = somewhere / "test_theirs.py"
    accepted = test.read_text()
    test.write_text(TESTS.format(state=state, theme=theme))
    try:
        failed = run(somewhere, MY_SECRET_TOKEN="hush-0815")
    finally:
        test.write_text(accepted)
    assert failed.returncode == 1
    assert told in re.sub(r"\x1b\[[0-9;]*m", "", failed.stdout)
    report = (somewhere / "snapshot_report.html").read_text("utf-8")
    assert "Six cards in two rows." in report
    assert report.count("<svg") >= 2
    assert "MY_SECRET_TOKEN" not in report
    assert "hush-0815" not in report
    assert os.environ["PATH"] not in report


def test_the_world_is_the_same_every_time_and_never_overwrites(tmp_path: Path):
    first, second = world(tmp_path / "a.db"), world(str(tmp_path / "b.db"))
    assert dump(first) == dump(second)
    assert len(dump(first)) == len(USERS + TWINS + SESSIONS + MESSAGES + DOCUMENTS + QUERIES)
    with pytest.raises(FileExistsError, match="exists already"):
        world(first)


def dump(path: Path) -> list[str]:
    import sqlite3

    connection = sqlite3.connect(path)
    try:
        tables = ("users", "twins", "sessions", "messages", "documents", "queries")
        return [
            f"{name} {row}"
            for name in tables
            for row in connection.execute(f"SELECT * FROM {name} ORDER BY id")
        ]
    finally:
        connection.close()


async def test_the_apps_states_and_settings(twin_app: Callable[..., TwinApp], twin_world: Path):
    wanted = {
        "full": "Active users per day",
        "empty": "This database holds no conversation yet.",
        "error": "world.db cannot be read: disk I/O error.",
    }
    assert set(wanted) == set(STATES)
    for state, words in wanted.items():
        dashboard = twin_app(state=state, timezone="Asia/Tokyo")
        assert dashboard.service.now() == NOW
        async with dashboard.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            drawn = frame(dashboard)
        assert words in drawn
        assert "Tokyo" in drawn
        assert drawn.endswith("\n")
        assert not any(line.endswith(" ") for line in drawn.split("\n"))
    later = app(twin_world, NOW.replace(year=2027))
    async with later.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "23 Nov 2027" in frame(later)


def test_a_database_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(DatabaseUnavailableError):
        app(tmp_path / "none.db")


async def test_the_long_recipe_of_the_docstring_works(tmp_path: Path):
    recipe = re.search(r"\n    async def test_by_hand\(tmp_path\):\n(?:        .*\n)+", testing.__doc__ or "")
    assert recipe is not None
    source = "\n".join(line[4:] for line in recipe[0].split("\n"))
    scope = {"app": app, "frame": frame, "settled": settled, "world": world}
    exec(compile(source, "recipe", "exec"), scope)
    await scope["test_by_hand"](tmp_path)  # type: ignore[operator]


def test_the_short_recipe_of_the_docstring_is_the_one_tested():
    assert RECIPE.strip() in (testing.__doc__ or "")


def test_neither_the_kit_nor_render_needs_pytest():
    code = (
        "import sys; sys.modules.update(pytest=None, syrupy=None, pytest_textual_snapshot=None);"
        "import twin_tui.testing; from twin_tui.cli import run; sys.exit(run(['render', '--list']))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "overview" in ended.stdout
