"""Who may see what, and what is noted of it."""

import pytest

from twin_tui.analytics.answers import Person
from twin_tui.analytics.errors import RefusedError, TicketNeededError
from twin_tui.analytics.guard import VISIT_SECONDS, Guard
from twin_tui.store.act import Act
from twin_tui.store.errors import StoreError


def full_disk(_: Act) -> None:
    raise StoreError("The disk is full.")


def test_the_role_metrics_sees_no_content() -> None:
    acts: list[Act] = []
    guard = Guard("metrics", record=acts.append)
    with pytest.raises(RefusedError, match="no content"):
        guard.visit("s1")
    with pytest.raises(RefusedError, match="no content"):
        guard.admit(Act("search"))
    assert acts == []


@pytest.mark.parametrize("role", ["support", "admin"])
def test_reading_on_is_one_visit_and_coming_back_later_another(role: str) -> None:
    acts: list[Act] = []
    seconds = [0.0]
    guard = Guard(role, record=acts.append, monotonic=lambda: seconds[0])  # type: ignore[arg-type]
    for moment in (0, 1, VISIT_SECONDS, 3 * VISIT_SECONDS):
        seconds[0] = moment
        guard.visit("s1")
    guard.visit("s2")
    assert [(act.action, act.session_id) for act in acts] == [("open", "s1"), ("open", "s1"), ("open", "s2")]


def test_content_stays_closed_where_reading_must_be_recorded_and_cannot() -> None:
    guard = Guard("admin", record=full_disk, is_required=True)
    for _ in range(2):
        with pytest.raises(RefusedError, match=r"cannot be recorded: The disk is full\."):
            guard.visit("s1")
    with pytest.raises(RefusedError, match="nothing records it"):
        Guard("admin", is_required=True).visit("s1")


def test_content_is_read_where_recording_it_is_only_wished_for() -> None:
    Guard("admin", record=full_disk).visit("s1")
    Guard("admin").visit("s1")


def test_what_is_closed_from_the_start_says_why() -> None:
    with pytest.raises(RefusedError, match="Say which ticket"):
        Guard("support", closed="Say which ticket this is for: --ticket.").visit("s1")


def test_a_ticket_opens_what_is_closed_and_goes_into_every_record_from_then_on() -> None:
    acts: list[Act] = []
    told: list[int] = []
    guard = Guard("support", record=acts.append, closed="Say which ticket this is for: --ticket.")
    guard.when_closed = lambda: told.append(1)
    with pytest.raises(TicketNeededError):
        guard.visit("s1")
    assert (guard.needs_ticket, guard.sees_content, told) == (True, False, [1])
    guard.open_with("T-1")
    guard.visit("s1")
    guard.visit("s1")
    guard.open_with("T-2")
    guard.visit("s1")
    assert (guard.needs_ticket, guard.sees_content) == (False, True)
    assert [(act.action, act.ticket) for act in acts] == [("open", "T-1"), ("open", "T-2")]


def test_no_ticket_opens_content_to_the_role_metrics() -> None:
    guard = Guard("metrics", closed="Say which ticket this is for.")
    guard.open_with("T-1")
    with pytest.raises(RefusedError, match="no content"):
        guard.visit("s1")


def test_answers_pass_as_they_are_unless_there_is_a_masker() -> None:
    ann = Person("u1", "Ann", "ann@example.com")
    assert Guard().shown(ann) is ann
    shown = Guard("support", masking_key=b"key").shown(ann)
    assert (shown.id, "Ann" in shown.name, "example" in shown.email) == ("u1", False, False)
