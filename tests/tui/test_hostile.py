"""Stored text that tries to steer the terminal: every screen, the raw bytes of a real pseudo-terminal."""

import sqlite3
from itertools import cycle
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.widgets import Button, DataTable, Static

from tests.tui.hostile_world import MARK, PAYLOADS, fill, steering
from tests.tui.terminal import Terminal
from twin_tui.store import desk as desk_module
from twin_tui.store.desk import Desk
from twin_tui.store.file import StoreFile
from twin_tui.store.places import store_file
from twin_tui.tui.lifecycle import SafeApp
from twin_tui.tui.safety import ControlFilter, safe_copy, without_steering

ESC, F5, CTRL_F, ENTER, DOWN, END, PGDN, TAB, UP, RIGHT = (
    *("\x1b", "\x1b[15~", "\x06", "\r", "\x1b[B", "\x1b[F", "\x1b[6~", "\t", "\x1b[A", "\x1b[C"),
)


def test_the_detector_sees_what_it_should() -> None:
    for payload in (*PAYLOADS[:6], PAYLOADS[8], PAYLOADS[12]):
        assert steering(payload.encode()), payload
    assert steering(f"\x1b]52;c;{MARK}\x07".encode())
    assert not steering(b"\x1b[1;2H\x1b[38;5;12mplain \x1b[0m\x1b[?1049h \xe2\x90\x9b\r\n")


@pytest.fixture
def hostile(sqlite_url: str, tmp_path: Path) -> Path:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    fill(path)
    return path


def dashboard(path: Path, home: Path, size: tuple[int, int], *more: str) -> Terminal:
    argv = ["-m", "twin_tui", "--db", str(path), "--now", "2026-11-23T09:00:00+00:00", *more]
    return Terminal(argv, home, size)


@pytest.mark.parametrize(("size", "first"), [((80, 24), 1), ((130, 45), 0)])
def test_no_payload_reaches_the_terminal(
    hostile: Path, tmp_path: Path, size: tuple[int, int], first: int
) -> None:
    """Every list at both sizes; the conversations in turn, each at one of them."""
    with dashboard(hostile, tmp_path, size) as terminal:
        terminal.wait_for("Active users")
        terminal.settle()
        terminal.press("i", ESC, "?", PGDN, ESC, "v", "b", "b", "b", "o", "m", "m", PGDN)
        terminal.press("f", DOWN, ENTER, DOWN, ENTER, ESC, ESC, "p", ESC)
        terminal.press("x", "2", DOWN, "t", "t", "t", "t", PGDN, "t", "/", *"end", ENTER, ESC)
        terminal.press_until(ESC, "▸2 Activity")
        terminal.press(*[DOWN] * first)
        for session in range(first, len(PAYLOADS), 2):
            terminal.press_until(ENTER, "entry ")
            terminal.press("d", ENTER, PGDN, "t", ESC, "y", END)
            if session < 4:
                terminal.press("c", "Y", "e", CTRL_F, *"end", ENTER, "n", ESC, "J", "K")
                terminal.press("v", "s", "t", "t", ESC, "d", "=", "n", "y", ESC, "o", "b", "a", "v")
                terminal.press("g", *"tue", DOWN, ENTER, "g", ESC)
            terminal.press_until(ESC, "▸2 Activity")
            terminal.press(DOWN, DOWN)
            assert terminal.process.poll() is None, bytes(terminal.raw[-2000:])
        terminal.press_until("3", "▸3 People")
        for _ in range(2):
            terminal.press_until(ENTER, "Sessions by last message")
            terminal.press("y", "c", TAB, TAB, DOWN)
            terminal.press_until(ESC, "▸3 People")
            terminal.press("t", DOWN)
        terminal.press_until("6", "▸6 Quality")
        terminal.press("v", "v", "o", TAB, TAB)
        for _ in range(4):
            terminal.press_until(ENTER, "esc back")
            terminal.press(DOWN, END)
            terminal.press_until(ESC, "▸6 Quality")
            terminal.press("i", ESC, TAB, DOWN)
        terminal.settle(1)
        terminal.press(ESC, ESC)
        terminal.press_until("3", "▸3 People")
        terminal.press_until("4", "▸4 Retention")
        terminal.press_until(ENTER, "by name")
        terminal.press("y", "c", DOWN, UP)
        terminal.press_until(ESC, "▸4 Retention")
        terminal.press(TAB, UP, TAB, TAB, TAB, RIGHT)
        terminal.press_until("3", "▸3 People")
        terminal.press_until("/", "tab searches")
        terminal.press_until("/", "beginnings*")
        for words in ("end", "owned", "osc52"):
            terminal.press(*words, ENTER, *[DOWN] * 12, "o", "/", *["\x7f"] * len(words))
        terminal.press(*"end", ENTER)
        terminal.press_until(ENTER, "esc")
        terminal.press(ESC, ESC, ESC)
        terminal.press("q")
        assert terminal.ended() == 0
        assert steering(bytes(terminal.raw)) == []
        terminal.assert_whole()
    assert not Path("/tmp/owned").exists()
    for file in tmp_path.glob("*.md"):
        assert "\x1b" not in file.read_text("utf-8")


@pytest.fixture
def kept(hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a state in which notes, their authors and sessions' ids try to steer, too."""
    state = tmp_path / "state"
    authors = cycle(PAYLOADS)
    monkeypatch.setattr(desk_module, "os_user", lambda: next(authors))
    desk = Desk(StoreFile(store_file(str(hostile), state / "twin-tui")))
    sessions = [key for (key,) in sqlite3.connect(hostile).execute("SELECT id FROM sessions")]
    for at, session in enumerate(sessions):
        for other in range(4):
            desk.add_note(session, PAYLOADS[(at + other) % len(PAYLOADS)])
        desk.mark(session, "reviewed")
        desk.mark(session, "pinned" if at % 2 else "opened")
    return state


@pytest.mark.parametrize(("role", "size"), [("admin", (80, 24)), ("support", (130, 45))])
def test_nothing_that_is_kept_reaches_the_terminal(
    hostile: Path, kept: Path, tmp_path: Path, role: str, size: tuple[int, int]
) -> None:
    argv = ["-m", "twin_tui", "--db", str(hostile), "--now", "2026-11-23T09:00:00+00:00"]
    env = {
        "XDG_STATE_HOME": str(kept),
        "TWIN_TUI_ROLE": role,
        "TWIN_TUI_REQUIRE_TICKET": "yes",
        "LOGNAME": PAYLOADS[0],
    }
    with Terminal(argv, tmp_path, size, **env) as terminal:
        terminal.wait_for("Active users")
        terminal.settle()
        terminal.press_until("2", "For which")
        terminal.press(*"T-1")
        terminal.press_until(ENTER, "✓✎★")
        for _ in range(5):
            terminal.press_until("M", "write a note")
            terminal.press(UP, UP)
            terminal.press_until(ESC, "▸2 Activity")
            terminal.press(DOWN, DOWN, DOWN)
        terminal.press("V", "P")
        terminal.press_until(ENTER, "entry ")
        terminal.press("V", "P")
        terminal.press_until(ESC, "▸2 Activity")
        terminal.press_until("W", "active on")
        terminal.press_until("f", "showing Fri")
        terminal.press("x")
        terminal.press_until("1", "▸1 Overview")
        terminal.press_until("/", "Opened lately")
        terminal.press(ENTER, *[DOWN] * 12)
        terminal.press_until("M", "write a note")
        terminal.press_until(ESC, "Opened lately")
        terminal.press("/", *"twin://s00")
        terminal.press_until(ENTER, "entry ")
        terminal.press(ESC, ESC, ESC)
        terminal.press("q")
        assert terminal.ended() == 0
        assert steering(bytes(terminal.raw)) == []
    for command in (("note", "s00"), ("audit",), ("report", "search", "s00")):
        with Terminal([*argv, *command], tmp_path, size, **env, TWIN_TUI_TICKET="T-1") as terminal:
            assert terminal.ended() == 0
            assert steering(bytes(terminal.raw)) == []


def test_a_wrong_hostile_name_is_refused_harmlessly(tmp_path: Path) -> None:
    name = "bad\x1b]52;c;eA==\x07\x1b[2J.db"
    with Terminal(["-m", "twin_tui", "--db", str(tmp_path / name)], tmp_path) as terminal:
        assert terminal.ended() == 3
        assert steering(bytes(terminal.raw)) == []


def test_a_database_with_a_hostile_name_opens_harmlessly(hostile: Path, tmp_path: Path) -> None:
    path = hostile.rename(hostile.with_name("bad\x1b]52;c;eA==\x07 [@click=app.quit]x \u202e.db"))
    with dashboard(path, tmp_path, (80, 24)) as terminal:
        terminal.wait_for("Active users")
        terminal.settle()
        terminal.press("q")
        assert terminal.ended() == 0
        assert steering(bytes(terminal.raw)) == []


class Careless(SafeApp):
    """An app that draws stored text as carelessly as can be."""

    def compose(self) -> ComposeResult:
        for payload in PAYLOADS:
            static = Static(payload, markup=False)
            static.border_title = payload.replace("[", "\\[")
            static.styles.border = ("round", "red")
            yield static
            yield Button(payload.replace("[", "\\["))
        table: DataTable[str] = DataTable()
        table.add_columns("a", "b")
        for payload in PAYLOADS:
            table.add_row(payload.replace("[", "\\["), "x")
        yield table

    def on_mount(self) -> None:
        for payload in PAYLOADS:
            self.notify(payload)


async def test_the_second_wall_holds_where_the_first_was_forgotten() -> None:
    app = Careless()
    async with app.run_test(size=(100, 60)) as pilot:
        await pilot.pause()
        assert isinstance(app, App)
        update = app.screen._compositor.render_update(full=True)
        raw = update.render_segments(app.console)
    assert "osc52" in raw
    assert steering(raw.encode("utf-8", "surrogatepass")) == []


def test_filtered_text_stays_as_wide_as_it_was_measured() -> None:
    for payload in PAYLOADS:
        before = Segment(payload)
        (after,) = ControlFilter().apply([before], Color(0, 0, 0))
        assert after.cell_length == before.cell_length


def test_harmless_lines_are_passed_on_untouched() -> None:
    segments = [Segment("plain 日本 ✓", Style(bold=True))]
    assert ControlFilter().apply(segments, Color(0, 0, 0)) is segments


def test_terminal_links_are_taken_out() -> None:
    segments = [Segment("here", Style(link="http://evil.example", bold=True))]
    (after,) = ControlFilter().apply(segments, Color(0, 0, 0))
    assert after.style is not None
    assert after.style.link is None
    assert after.style.bold


@pytest.mark.parametrize("payload", PAYLOADS)
def test_copies_carry_nothing_that_steers(payload: str) -> None:
    assert not steering(safe_copy(payload).encode())
    assert not steering(without_steering(payload).replace("\t", " ").encode("utf-8", "surrogatepass"))
