"""Opening one conversation from a ticket: what a permalink names, and what is said where it names nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.cli.conftest import Command
from tests.tui.terminal import Terminal
from twin_tui.analytics.errors import NotFoundError
from twin_tui.analytics.service import AnalyticsService
from twin_tui.cli.screens import named_conversation

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def service(world: str) -> Iterator[AnalyticsService]:
    with AnalyticsService(world, clock=lambda: NOON) as opened:
        yield opened


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ("twin://talk-plans", ("talk-plans", None)),
        ("twin://talk-plans/d-1", ("talk-plans", "d-1")),
        ("talk-plans", ("talk-plans", None)),
        ("talk-pl", ("talk-plans", None)),
        ("m-2", ("talk-plans", "m-2")),
    ],
)
def test_a_link_names_a_session_and_maybe_an_entry(
    service: AnalyticsService, link: str, named: tuple[str, str | None]
):
    assert named_conversation(service, link) == named


@pytest.mark.parametrize("link", ["twin://nowhere", "twin://", "nothing"])
def test_what_names_nothing_is_not_found(service: AnalyticsService, link: str):
    with pytest.raises(NotFoundError):
        named_conversation(service, link)


def test_without_a_terminal_it_says_so(twin_tui: Command, world: str):
    ended = twin_tui("open", "twin://talk-plans", "--db", world)
    assert (ended.code, ended.out) == (2, "")


def test_the_conversation_stands_before_the_tabs(world: str, tmp_path):
    argv = ["-m", "twin_tui", "open", "twin://talk-plans/m-2", "--db", world, "--now", "2026-11-23T12:00:00Z"]
    with Terminal(argv, tmp_path, (100, 30)) as terminal:
        terminal.wait_for("To ship on Friday.")
        terminal.press_until("\x1b", "Active users")


@pytest.mark.parametrize(
    "setting",
    [
        {"TWIN_TUI_PRIVACY": "masked"},
        {"TWIN_TUI_TZ": "Asia/Tokyo", "TWIN_TUI_PERIOD": "today"},
        {"TWIN_TUI_REQUIRE_TICKET": "true", "TWIN_TUI_TICKET": "T-7", "TWIN_TUI_AUDIT": "required"},
    ],
    ids=["masked", "other days and period", "with a ticket"],
)
def test_a_link_lands_at_the_message_in_every_state(world: str, tmp_path, setting: dict[str, str]):
    argv = ["-m", "twin_tui", "open", "twin://talk-plans/m-2", "--db", world, "--now", "2026-11-23T12:00:00Z"]
    with Terminal(argv, tmp_path, (100, 30), **setting) as terminal:
        terminal.wait_for("To ship on Friday.")
        terminal.wait_for("entry 2 of")
        terminal.press_until("\x1b", "▸1 Overview")


def test_without_the_ticket_that_is_required_the_app_asks_for_it(world: str, tmp_path):
    argv = ["-m", "twin_tui", "open", "m-2", "--db", world, "--now", "2026-11-23T12:00:00Z"]
    with Terminal(argv, tmp_path, (100, 30), TWIN_TUI_REQUIRE_TICKET="true") as terminal:
        terminal.wait_for("It goes into every record.")
        terminal.press("T-9\r")
        terminal.wait_for("To ship on Friday.")


def test_a_link_to_what_is_gone_opens_the_conversation_and_says_so(world: str, tmp_path):
    argv = ["-m", "twin_tui", "open", "twin://talk-plans/m-99", "--db", world]
    with Terminal([*argv, "--now", "2026-11-23T12:00:00Z"], tmp_path, (100, 30)) as terminal:
        terminal.wait_for("or no more")
        terminal.wait_for("entry 1 of")


@pytest.mark.parametrize(
    ("setting", "link", "sentence"),
    [
        ({"TWIN_TUI_ROLE": "metrics"}, "twin://talk-plans/m-2", "sees figures and no content"),
        ({"TWIN_TUI_NOW": "2020-01-01T00:00:00Z"}, "twin://talk-plans/m-2", "talk-plans"),
        ({}, "twin://nowhere/m-2", "nowhere"),
    ],
    ids=["no content", "not begun yet", "unknown"],
)
def test_a_link_that_may_not_be_opened_says_why_and_shows_nothing(
    world: str, tmp_path, setting: dict[str, str], link: str, sentence: str
):
    argv = ["-m", "twin_tui", "open", link, "--db", world]
    with Terminal(argv, tmp_path, (100, 30), **setting) as terminal:
        assert terminal.ended() == 2
        said = terminal.raw.decode()
    assert sentence in said
    assert "Friday" not in said
