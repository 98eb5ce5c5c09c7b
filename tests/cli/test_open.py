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
