import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import NOW, Command
from twin_tui import __version__
from twin_tui.analytics.service import AnalyticsService

PROGRAM = [sys.executable, "-W", "error", "-m", "twin_tui"]


def shell(line: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = line.replace("twin-tui", " ".join(PROGRAM))
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_the_version_is_said(twin_tui: Command):
    ended = twin_tui("--version")
    assert (ended.code, ended.out) == (0, f"twin-tui {__version__}\n")


@pytest.mark.parametrize("wrong", [["reprot"], ["--nonsense"], ["report"], ["report", "overview", "x"]])
def test_wrong_usage_is_one_sentence_on_stderr_and_code_2(twin_tui: Command, wrong: list[str]):
    ended = twin_tui(*wrong)
    assert (ended.code, ended.out) == (2, "")
    assert "Try: twin-tui" in ended.err or "Usage:" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("option", ["--period", "--company", "--own"])
def test_an_option_of_the_dashboard_alone_is_told_where_it_stands(twin_tui: Command, option: str):
    ended = twin_tui(option, "7d")
    assert ended.code == 2
    assert ended.err.startswith(f"{option} stands behind a command: twin-tui dashboard {option}")


def test_no_database_anywhere_is_code_3_and_names_the_ways_out(twin_tui: Command):
    ended = twin_tui("report", "overview")
    assert (ended.code, ended.out) == (3, "")
    assert "twin-tui demo" in ended.err
    assert "twin-tui import slack" in ended.err


@pytest.mark.parametrize("content", [None, b"", b"hello, not a database" * 100])
def test_a_file_that_is_no_database_is_code_3(twin_tui: Command, tmp_path: Path, content: bytes | None):
    path = tmp_path / "bad.db"
    if content is not None:
        path.write_bytes(content)
    ended = twin_tui("report", "overview", "--db", str(path))
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.count("\n") == 1
    assert path.exists() == (content is not None)


@pytest.mark.parametrize(
    "wrong", [["--tz", "Mars/One"], ["--now", "soon"], ["--theme", "neon"], ["--config", "gone.toml"]]
)
def test_a_setting_that_cannot_be_used_is_code_2(twin_tui: Command, world: str, wrong: list[str]):
    ended = twin_tui("report", "overview", "--db", world, *wrong)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1


def test_our_own_fault_is_one_sentence_and_a_private_log_without_words(
    twin_tui: Command, world: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    def fail(*_: object) -> None:
        secret = "what Ann wrote"
        raise RuntimeError(secret)

    monkeypatch.setattr(AnalyticsService, "status", fail)
    ended = twin_tui("report", "activity", "--db", world)
    log = tmp_path / "XDG_STATE_HOME" / "twin-tui" / "log" / "crash.log"
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.count("\n") == 1
    assert "RuntimeError" in ended.err
    assert str(log) in ended.err
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    written = log.read_text("utf-8")
    assert "RuntimeError" in written
    assert "in fail" in written
    assert re.search(r"(?m)^builtins\.RuntimeError$", written)
    assert "Traceback" not in ended.err


def test_ctrl_c_is_code_130(twin_tui: Command, world: str, monkeypatch: pytest.MonkeyPatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(AnalyticsService, "status", interrupt)
    ended = twin_tui("report", "activity", "--db", world)
    assert (ended.code, ended.out, ended.err) == (130, "", "Interrupted.\n")


def test_an_interrupted_process_leaves_with_130(world: str):
    code = (
        "import os, signal, sys; from twin_tui.analytics.service import AnalyticsService as S;"
        "S.status = lambda self: os.kill(os.getpid(), signal.SIGINT);"
        "signal.signal(signal.SIGINT, signal.default_int_handler);"  # ignored in a shell's background
        "from twin_tui.cli import run; sys.exit(run(sys.argv[1:]))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "report", "activity", "--db", world], capture_output=True, check=False
    )
    assert ended.returncode == 130
    assert b"Traceback" not in ended.stderr


def test_a_closed_pipe_ends_quietly(world: str):
    ended = shell(f"twin-tui report conversation talk-own --db {world} | head -c 10")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(ended.stdout) == 10


def test_a_full_disk_is_told(world: str):
    ended = shell(f"twin-tui report conversation talk-own --db {world} > /dev/full")
    assert ended.returncode == 1
    assert ended.stderr == "Standard output cannot be written: No space left on device.\n"


@pytest.mark.parametrize("asked", ["--version", "--help", "report --help"])
def test_a_full_disk_is_told_of_help_too(asked: str):
    ended = shell(f"twin-tui {asked} > /dev/full")
    assert ended.returncode == 1
    assert ended.stderr == "Standard output cannot be written: No space left on device.\n"


def test_closed_outputs_do_not_crash(world: str):
    assert shell(f"twin-tui report overview --db {world} >&-").returncode == 0
    assert shell(f"twin-tui report overview --db {world}.gone 2>&-").returncode == 3


def test_the_answer_is_utf_8_in_any_locale(world: str):
    line = f"twin-tui report overview --db {world} --now {NOW}"
    plain = shell(line)
    assert plain.returncode == 0
    for environment in (
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
        {"TZ": "Asia/Tokyo", "COLUMNS": "30", "TERM": "dumb"},
    ):
        assert shell(line, **environment).stdout == plain.stdout


@pytest.mark.parametrize("line", ["twin-tui", "twin-tui dashboard"])
def test_without_a_terminal_the_dashboard_names_the_report(world: str, line: str):
    ended = shell(f"{line} --db {world}")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "twin-tui report overview" in ended.stderr


def test_help_needs_neither_a_database_nor_textual():
    code = (
        "import sys; from twin_tui.cli import run; code = run(['report', 'overview', '--help']);"
        "heavy = {'textual', 'rich', 'peewee', 'plotext', 'faker'} & set(sys.modules);"
        "sys.exit(f'{code} {heavy}' if code or heavy else 0)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Examples:" in ended.stdout


def test_a_report_needs_no_textual(world: str):
    code = (
        "import sys; from twin_tui.cli import run;"
        f"code = run(['report', 'overview', '--db', {world!r}]);"
        "heavy = {'textual', 'rich', 'plotext', 'faker'} & set(sys.modules);"
        "sys.exit(f'{code} {heavy}' if code or heavy else 0)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_shell_completion_is_offered():
    ended = shell("twin-tui", _TWIN_TUI_COMPLETE="bash_source")
    assert ended.returncode == 0
    assert "_TWIN_TUI_COMPLETE=bash_complete" in ended.stdout
