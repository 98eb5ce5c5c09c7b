"""The panel of types draws every kind within its room and never loses a row from the sum."""

import pytest

from twin_tui.analytics.answers import Share
from twin_tui.tui.widgets.parts.types_panel import TypesPanel

MESSAGES = (Share("general", 80, 0.8), Share("query", 15, 0.15), Share("document", 5, 0.05))
PLATFORMS = (Share("slack", 9, 0.9), Share("", 1, 0.1))


def lines(width: int, height: int, *parts: tuple[Share, ...]) -> list[str]:
    panel = TypesPanel()
    panel._parts = parts
    return [line.plain for line in panel.draw(width, height)]


def test_every_type_has_its_line_and_share():
    drawn = lines(80, 10, MESSAGES, (), (), PLATFORMS)
    assert [line.split()[:2] for line in drawn[:1]] == [["messages", "general"]]
    assert "80 %" in drawn[0]
    assert drawn[3].split()[:2] == ["platforms", "slack"]
    assert "(none)" in drawn[4]
    assert len(drawn) == 5


def test_what_does_not_fit_is_summed_up():
    drawn = lines(80, 3, MESSAGES, (), (), PLATFORMS)
    assert drawn[0].split()[:5] == ["messages", "3", "types", "100", "100"]
    drawn = lines(80, 4, MESSAGES, (), (), PLATFORMS)
    assert drawn[1].split()[:3] == ["2", "others", "20"]


@pytest.mark.parametrize("width", [36, 60, 120])
def test_no_line_is_wider_than_the_panel(width: int):
    assert all(len(line) <= width for line in lines(width, 10, MESSAGES, MESSAGES, PLATFORMS, PLATFORMS))


def test_nothing_known_draws_nothing():
    assert lines(80, 10, (), (), (), ()) == []
