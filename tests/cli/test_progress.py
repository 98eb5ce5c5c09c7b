import io
import sys

import pytest

from twin_tui.cli.progress import ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_person_sees_how_far_it_is_and_nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with ProgressBar() as progress:
        progress(0, 4, "users")
        progress(4, 4, "mess\x1bages")
    drawn = screen.getvalue().split("\r")
    assert drawn[1].startswith(" " * 24 + "   0%  users")
    assert drawn[2].startswith("█" * 24 + " 100%  mess␛ages")
    assert drawn[3] == "\x1b[K"


def test_an_unknown_total_is_counted(monkeypatch: pytest.MonkeyPatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with ProgressBar() as progress:
        progress(1234, None, "messages")
    assert "1,234  messages" in screen.getvalue()


def test_a_pipe_gets_nothing(monkeypatch: pytest.MonkeyPatch):
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with ProgressBar() as progress:
        progress(4, 4, "users")
    assert pipe.getvalue() == ""
