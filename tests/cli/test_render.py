import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import NOW, Command
from twin_tui.cli.render import render
from twin_tui.setting_values import THEMES
from twin_tui.testing import STATES, screens
from twin_tui.text.safe_text import cell_width, safe_text
from twin_tui.tui.themes import THEME_NAMES

ELSEWHERE = {
    "TZ": "Pacific/Auckland",
    "LANG": "de_DE.ISO-8859-1",
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONHASHSEED": "77",
    "TERM": "dumb",
    "COLUMNS": "20",
    "LINES": "5",
    "NO_COLOR": "1",
    "FORCE_COLOR": "1",
    "COLORTERM": "truecolor",
    "TEXTUAL_THEME": "nord",
    "TEXTUAL_DIM_FACTOR": "10",
    "TEXTUAL_ANIMATIONS": "none",
}


def picture(*arguments: str, **environment: str) -> bytes:
    ended = subprocess.run(
        [sys.executable, "-m", "twin_tui", "render", *arguments],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    return ended.stdout


ASKED = {
    "overview": (),
    "activity": ("--search", "plans"),
    "conversation": ("--session", "talk-hostile"),
    "document": (),
}


@pytest.mark.parametrize(
    ("screen", "state", "form"),
    [
        ("overview", "full", "svg"),
        ("activity", "full", "text"),
        ("conversation", "full", "svg"),
        ("document", "full", "svg"),
        ("overview", "empty", "svg"),
        ("conversation", "error", "svg"),
    ],
)
def test_the_same_arguments_give_the_same_bytes_anywhere(
    twin_tui: Command, world: str, screen: str, state: str, form: str
):
    arguments = (screen, "--db", world, "--now", NOW, "--format", form, "--size", "100x30", "--state", state)
    arguments += ASKED[screen]
    here = twin_tui("render", *arguments).out.encode()
    assert len(here) > 200
    assert picture(*arguments, **ELSEWHERE) == here


@pytest.mark.parametrize(
    ("screen", "empty", "failing"),
    [
        ("overview", "This database holds no conversation yet.", "world.db cannot be read: disk I/O error."),
        ("person", "someone@nowhere.example", "world.db cannot be read: disk I/O error."),
        ("conversation", "No messages are stored", "world.db cannot be read: disk I/O error."),
        ("document", "The text of this document is not stored", "world.db cannot be read: disk I/O error."),
    ],
)
def test_states_show_what_a_screen_says_without_data_and_without_a_database(
    twin_tui: Command, world: str, screen: str, empty: str, failing: str
):
    arguments = ("render", screen, "--now", NOW, "--format", "text")
    without = twin_tui(*arguments, "--state", "empty")
    assert (without.code, without.err) == (0, "")
    assert empty in without.out
    broken = twin_tui(*arguments, "--state", "error", "--db", world)
    assert (broken.code, broken.err) == (0, "")
    assert failing in broken.out
    full = twin_tui(*arguments, "--db", world)
    assert full.code == 0
    assert empty not in full.out
    assert failing not in full.out


def test_every_screen_of_the_list_can_be_drawn(twin_tui: Command, world: str):
    drawn = {
        name: twin_tui("render", name, "--db", world, "--now", NOW, "--format", "text", "--size", "80x24")
        for name in screens()
    }
    assert {name: ended.code for name, ended in drawn.items()} == dict.fromkeys(drawn, 0)
    assert len({ended.out for ended in drawn.values()}) == len(drawn)


def test_text_is_exactly_the_frame_and_hostile_text_is_shown_not_obeyed(twin_tui: Command, world: str):
    arguments = (
        "--session",
        "talk-hostile",
        "--db",
        world,
        "--now",
        NOW,
        "--size",
        "80x24",
        "--format",
        "text",
    )
    ended = twin_tui("render", "conversation", *arguments)
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.split("\n")
    assert 10 < len(lines) <= 25
    assert max(map(cell_width, lines)) <= 80
    assert safe_text(ended.out) == ended.out
    assert "␛]52;c;aGk=␇" in ended.out


def test_keys_pages_and_filters_shape_the_picture(twin_tui: Command, world: str):
    arguments = ("render", "activity", "--db", world, "--now", NOW, "--format", "text")
    plain = twin_tui(*arguments).out
    assert "Plans" in plain
    assert "of 3" in plain
    assert "of 1" in twin_tui(*arguments, "--own").out
    assert "Plans" not in twin_tui(*arguments, "--own").out
    assert "To ship on Friday." in twin_tui(*arguments, "--press", "down,down,enter").out
    assert "Type: conversation, shared" in twin_tui(*arguments, "--press", "question_mark").out


def test_a_picture_is_written_to_a_file(twin_tui: Command, world: str, tmp_path: Path):
    ended = twin_tui(
        "render", "overview", "--db", world, "--now", NOW, "-o", "x.svg", "--theme", "twin-light"
    )
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    written = (tmp_path / "x.svg").read_text("utf-8")
    assert written.startswith("<svg")
    assert written != twin_tui("render", "overview", "--db", world, "--now", NOW).out
    nowhere = twin_tui(
        "render", "overview", "--db", world, "--now", NOW, "-o", str(tmp_path / "no" / "x.svg")
    )
    assert (nowhere.code, nowhere.out) == (2, "")
    assert "cannot be written" in nowhere.err


def test_the_list_names_every_screen_and_state_and_needs_no_database(twin_tui: Command):
    ended = twin_tui("render", "--list")
    assert (ended.code, ended.err) == (0, "")
    listed = [line.split() for line in ended.out.split("\n") if line]
    assert {*screens()} == {words[0] for words in listed if words[0] != "--state"}
    assert list(STATES) == [words[1] for words in listed if words[0] == "--state"]
    options = {option.name: option for option in render.params}
    assert list(STATES) == list(options["state"].type.choices)


@pytest.mark.parametrize(
    "wrong",
    [
        (),
        ("nowhere",),
        ("overview", "--size", "9x9"),
        ("overview", "--size", "wide"),
        ("overview", "--format", "png"),
        ("overview", "--state", "sad"),
        ("conversation", "--period", "2020-01-01..2020-01-02"),
        ("conversation", "--session", "unknown"),
    ],
    ids=str,
)
def test_what_cannot_be_drawn_is_wrong_usage(twin_tui: Command, world: str, wrong: tuple[str, ...]):
    ended = twin_tui("render", *wrong, "--db", world)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err


def test_the_terminals_variables_are_left_as_they_were(
    twin_tui: Command, world: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "33")
    before = dict(os.environ)
    twin_tui("render", "--list")
    assert dict(os.environ) == before


def test_settings_and_screens_know_the_same_themes():
    assert THEMES == THEME_NAMES
