"""What leaves a conversation: copies, transcripts, files."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from platformdirs import user_data_path

from tests.tui.conftest import at_tab
from tests.tui.conversation_world import FakeConversations, feed, message
from tests.tui.fake_service import NOW
from tests.tui.reading_steps import opened, press, said
from twin_tui import settings
from twin_tui.settings import Settings
from twin_tui.tui.app import TwinApp


@pytest.fixture
def talks() -> Iterator[FakeConversations]:
    fake = FakeConversations(feed=feed(5))
    yield fake
    fake.close()


@pytest.fixture
def app(talks: FakeConversations) -> TwinApp:
    return at_tab(TwinApp(talks, Settings(now=NOW)), 2)  # type: ignore[arg-type]


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    texts: list[str] = []
    monkeypatch.setattr(TwinApp, "copy_to_clipboard", lambda self, text: texts.append(text))
    return texts


async def test_copying_says_how_many_characters(app: TwinApp, copied: list[str]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await press(pilot, "end", "y")
        assert (copied[-1], said(app)[-1]) == ("Thanks", "6 characters copied: message.")
        await press(pilot, "c")
        assert (copied[-1], said(app)[-1]) == ("s0", "2 characters copied: session id.")
        await press(pilot, "Y")
        whole = copied[-1]
        assert said(app)[-1] == f"{len(whole):,} characters copied: transcript."
    assert whole.startswith("# Q4 renewal — Globex · topic: renewals\n\n- ● Sarah Chen (Acme / Engineering)")
    assert "## Sarah Chen (2026-11-20 07:12:04)\n\nMorning!" in whole
    assert "## Document: email · Globex renewal — status (" in whole
    assert "## Query docs (2026-11-22 11:12:07), results: 2\n\ndata residency clause" in whole
    assert whole.index("Morning!") < whole.index("Globex renewal since October") < whole.index("Thanks")


async def test_a_transcript_too_long_for_terminals_points_to_the_file(
    app: TwinApp, talks: FakeConversations, copied: list[str]
) -> None:
    talks.stories["s0"] = (message("a", "user", "word " * 30_000),)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await press(pilot, "Y")
        assert not copied
        assert "e writes a file" in said(app)[-1]


async def test_exporting_writes_a_private_file_and_never_over_another(
    talks: FakeConversations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    folder = tmp_path / "new" / "exports"
    app = TwinApp(talks, Settings(now=NOW, exports=str(folder)))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await press(pilot, "e", "e")
        assert said(app)[-1].endswith(f"characters written to {folder / 'q4-renewal-globex-s0-2.md'}")
    files = sorted(path.name for path in folder.iterdir())
    assert files == ["q4-renewal-globex-s0-2.md", "q4-renewal-globex-s0.md"]
    assert folder.stat().st_mode & 0o777 == 0o700
    for name in files:
        assert (folder / name).stat().st_mode & 0o777 == 0o600
        assert "Diego promised an answer by Friday." in (folder / name).read_text("utf-8")
    assert list((tmp_path / "here").iterdir()) == []


async def test_a_folder_that_cannot_be_written_to_is_named_with_the_reason(
    talks: FakeConversations, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    app = TwinApp(talks, Settings(now=NOW, exports=str(tmp_path / "file" / "exports")))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await press(pilot, "e")
        assert said(app)[-1].startswith(
            f"{tmp_path / 'file' / 'exports'} cannot be written to: Not a directory."
        )


def test_exports_go_among_the_documents_where_there_are_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "user_documents_path", lambda: tmp_path / "Documents")
    assert settings.exports_folder(Settings()) == user_data_path("twin-tui", appauthor=False) / "exports"
    (tmp_path / "Documents").mkdir()
    assert settings.exports_folder(Settings()) == tmp_path / "Documents" / "twin-tui"
    monkeypatch.chdir(tmp_path)
    assert settings.exports_folder(Settings(exports="mine")) == tmp_path / "mine"


async def test_copied_text_carries_no_escapes(app: TwinApp, talks: FakeConversations) -> None:
    talks.stories["s0"] = (message("a", "user", "run\x1b[2J this\u202e\nplease"),)
    written: list[str] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        assert app._driver is not None
        real = app._driver.write
        app._driver.write = lambda data: (written.append(data), real(data))[1]  # type: ignore[method-assign]
        await press(pilot, "y")
    osc = next(data for data in written if data.startswith("\x1b]52;c;"))
    text = base64.b64decode(osc.removeprefix("\x1b]52;c;").removesuffix("\a")).decode()
    assert text == "run␛[2J this‹U+202E›\nplease"


async def test_selected_text_is_copied_without_gutters(app: TwinApp, copied: list[str]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        top = screen.transcript.region.y
        await pilot.mouse_down(screen.transcript, offset=(3, 2))
        await pilot.hover(screen.transcript, offset=(11, 2))
        await pilot.mouse_up(screen.transcript, offset=(11, 2))
        await pilot.pause()
        assert top == 4
        assert screen.get_selected_text() in ("Morning!", "Morning! ")
        await press(pilot, "y")
        assert copied[-1].strip() == "Morning!"
