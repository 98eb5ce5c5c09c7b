import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.shell_completion import CompletionItem, get_completion_class

from tests.cli.conftest import Command
from tests.data.foreign import PLAIN, make_sqlite
from twin_tui.analytics.service import AnalyticsService
from twin_tui.cli import completion_values
from twin_tui.cli.commands import twin_tui as root
from twin_tui.cli.completion import SHELLS
from twin_tui.cli.running import COMPLETION

BASH = shutil.which("bash")
DANGEROUS = "$(touch stolen); `touch stolen` 'x' & *"


def offered(shell: str, *words: str) -> list[CompletionItem[str]]:
    """Ask a shell's class what may stand in place of the last word."""
    known = get_completion_class(shell)
    assert known is not None
    return known(root, {}, "twin-tui", COMPLETION).get_completions(list(words[:-1]), words[-1])


def values(*words: str) -> list[str]:
    return [item.value for item in offered("zsh", *words)]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_printed_for_each_shell(twin_tui: Command, shell: str):
    ended = twin_tui("completion", shell)
    assert ended.code == 0
    assert "_twin_tui_completion" in ended.out
    assert f"{COMPLETION}={shell}_complete" in ended.out


def test_another_shell_is_refused_with_those_there_are(twin_tui: Command):
    ended = twin_tui("completion", "tcsh")
    assert (ended.code, ended.out) == (2, "")
    assert all(shell in ended.err for shell in SHELLS)


def test_commands_options_and_choices_are_completed():
    assert values("rep") == ["report"]
    assert "overview" in values("report", "")
    assert values("report", "overview", "--peri") == ["--period"]
    assert values("report", "leaderboard", "--by", "") == ["company", "department", "user", "twin"]
    assert values("completion", "") == ["bash", "zsh", "fish"]


def test_presets_themes_zones_and_drivers_are_completed():
    assert values("report", "overview", "--period", "") == ["today", "7d", "30d", "90d", "365d", "all"]
    assert values("--theme", "TWIN-L") == ["twin-light"]
    assert values("--tz", "europe/berl") == ["Europe/Berlin"]
    assert values("--driver", "l") == ["lean"]


def test_screens_and_people_are_completed_where_they_are_named(world: str):
    assert {"overview", "activity", "conversation"} <= set(values("render", ""))
    assert values("report", "person", "--db", world, "bo") == ["bob@example.com"]
    assert values("report", "twin", "--db", world, "SCR") == ["Scribe"]


@pytest.mark.parametrize(
    "words", [("render", "-o", "pic"), ("--db", "wor"), ("doctor", "--config", ""), ("import", "slack", "ex")]
)
def test_names_of_files_are_left_to_the_shell(words: tuple[str, ...]):
    (item,) = offered("zsh", *words)
    assert (item.type, item.value) == ("file", words[-1])


def test_values_of_filters_come_from_the_database_named_before_or_after_the_command(world: str):
    assert values("--db", world, "report", "overview", "--company", "") == ["Acme", "Globex"]
    report = ("report", "overview", "--db", world)
    assert values(*report, "--company", "gl") == ["Globex"]
    assert values(*report, "--department", "r") == ["R&D"]
    assert values(*report, "--twin", "sc") == ["Scribe", "Scout"]
    assert sorted(values(*report, "--platform", "")) == ["slack", "web"]
    assert values("dashboard", "--db", world, "--twin", "scr") == ["Scribe"]


def test_users_are_completed_by_e_mail_and_by_name_when_no_e_mail_begins_so(world: str):
    (ann,) = offered("zsh", "report", "overview", "--db", world, "--user", "an")
    assert (ann.value, ann.help) == ("ann@example.com", "Ann Lee")
    assert values("report", "overview", "--db", world, "--user", "ann l") == ["Ann Lee"]


def test_a_database_configured_for_the_environment_is_asked(world: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TWIN_TUI_DB", world)
    assert values("report", "activity", "--company", "A") == ["Acme"]


@pytest.mark.parametrize(
    "arguments",
    [("--db", "gone.db"), (), ("--db", "mysql://x"), ("--tz", "Mars/One"), ("--config", "gone.toml")],
)
def test_without_a_database_nothing_is_offered_and_nothing_said(
    arguments: tuple[str, ...], capfd: pytest.CaptureFixture[str], tmp_path: Path
):
    assert values(*arguments, "report", "overview", "--user", "a") == []
    assert capfd.readouterr() == ("", "")
    assert not list(tmp_path.glob("*.db"))


def test_a_database_that_does_not_answer_at_once_offers_nothing(world: str, monkeypatch: pytest.MonkeyPatch):
    choices, waits = AnalyticsService.choices, []

    def slow(service: AnalyticsService):
        waits.append(True)
        time.sleep(0.5)
        return choices(service)

    monkeypatch.setattr(AnalyticsService, "choices", slow)
    monkeypatch.setattr(completion_values, "PATIENCE_S", 0.1)
    assert values("report", "overview", "--db", world, "--company", "") == []
    time.sleep(0.6)


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    """A database with companies by strangers."""
    quoted = DANGEROUS.replace("'", "''")
    return make_sqlite(
        tmp_path / "hostile.db",
        {**PLAIN, "users": "id TEXT PRIMARY KEY, email TEXT, full_name TEXT, company TEXT"},
        f"INSERT INTO users VALUES ('a', 'a@x.example', 'A', '{quoted}')",
        "INSERT INTO users VALUES ('b', 'b@x.example', 'B', 'Nice, Inc.')",
        "INSERT INTO users VALUES ('c', 'c@x.example', 'C', 'two' || char(10) || 'lines')",
        "INSERT INTO users VALUES ('d', 'd@x.example', 'D', 'steered' || char(27) || '[2J')",
    )


def test_values_that_could_steer_a_terminal_are_not_offered(hostile: str):
    found = values("report", "overview", "--db", hostile, "--company", "")
    assert sorted(found) == [DANGEROUS, "Nice, Inc."]


def in_bash(script: str, folder: Path) -> str:
    """Run a script in a real bash that has read what `twin-tui completion bash` prints."""
    programs = Path(sys.executable).parent
    return subprocess.run(
        [str(BASH), "--norc", "-c", f'eval "$(twin-tui completion bash)"\n{_TRY}\n{script}'],
        env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"},
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout


_TRY = """compopt() { echo "compopt $*"; }
try() { COMP_LINE=$1 COMP_POINT=${2:-${#1}}; _twin_tui_completion twin-tui; echo "[${COMPREPLY[*]}]"; }"""
needs_bash = pytest.mark.skipif(BASH is None, reason="no bash")


@needs_bash
def test_bash_completes_words_as_a_person_sees_them(world: str, tmp_path: Path):
    found = in_bash(
        f"""try 'twin-tui rep'
try 'twin-tui report overview --period=3'
try 'twin-tui report over --json' 20
try 'twin-tui --db {world} report overview --user '
try 'twin-tui --db {world} report overview --user ann@ex'
try 'twin-tui --db {world} report overview --user=ann@ex'
try 'twin-tui --db {world} report overview --user "ann@ex'
try 'twin-tui --db {world[:-2]}'
complete -p twin-tui""",
        tmp_path,
    )
    assert found.splitlines() == [
        "[report]",
        "[30d 365d]",
        "[overview]",
        "[ann@example.com cid@example.com bob@example.com]",
        "[example.com]",
        "[example.com]",
        "[ann@example.com]",
        "compopt -o default",
        "[]",
        "complete -o nosort -F _twin_tui_completion twin-tui",
    ]


@needs_bash
def test_bash_never_puts_a_strangers_command_on_the_line(hostile: str, tmp_path: Path):
    found = in_bash(
        f"""line='twin-tui --db {hostile} report overview --company '
COMP_LINE=$line COMP_POINT=${{#line}}
_twin_tui_completion twin-tui
for each in "${{COMPREPLY[@]}}"; do eval "printf '%s\\n' $each"; done
try "$line\\"\"""",
        tmp_path,
    ).splitlines()
    assert sorted(found[:-1]) == [DANGEROUS, "Nice, Inc."]
    assert found[-1] == "[Nice, Inc.]"
    assert not (tmp_path / "stolen").exists()


@needs_bash
def test_tab_in_an_interactive_bash_completes_the_line(tmp_path: Path):
    programs = Path(sys.executable).parent
    ours, theirs = pty.openpty()
    shell = subprocess.Popen(
        [str(BASH), "--norc", "--noprofile", "-i"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PS1": "ready> ", "TERM": "dumb"},
        cwd=tmp_path,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        _until(ours, b"ready> ")
        os.write(ours, b'eval "$(twin-tui completion bash)"; echo "lo""aded"\n')
        _until(ours, b"loaded\r\nready> ")
        os.write(ours, b"twin-tui mig\t")
        assert _until(ours, b"migrate ").endswith(b"twin-tui migrate ")
    finally:
        shell.kill()
        shell.wait()
        os.close(ours)


def _until(terminal: int, wanted: bytes) -> bytes:
    seen, end = b"", time.monotonic() + 60
    while wanted not in seen:
        assert time.monotonic() < end, seen
        if select.select([terminal], [], [], 0.2)[0]:
            seen += os.read(terminal, 65_536)
    return seen


def test_fish_keeps_commas_in_values():
    script = SHELLS["fish"](root, {}, "twin-tui", COMPLETION).source()
    assert 'string split -m1 ","' in script
