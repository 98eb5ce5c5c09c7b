"""What a session comes to is the same whether or not it is seen to lie on one stretch of one day."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin_tui.rollups.calendar import HOUR_US, Calendar
from twin_tui.rollups.session_facts import Events, Sent, Thread, by_parts, session_facts

MIDNIGHT = 20_540 * 24 * HOUR_US
"""That before 28 March 2026, when Berlin's clocks are put forward a day later; microseconds since 1970."""
SECOND = 1_000_000
ZONE = ZoneInfo("Europe/Berlin")

instants = st.one_of(
    st.integers(MIDNIGHT + 8 * HOUR_US, MIDNIGHT + 10 * HOUR_US),
    st.integers(0, 3 * 24 * 3600).map(lambda second: MIDNIGHT + second * SECOND),
    st.just(0),
)
made = st.tuples(instants, st.sampled_from(["report", "email"]), st.one_of(st.none(), st.integers(0, 900)))


@st.composite
def events(draw: st.DrawFn) -> Events:
    when = sorted(draw(st.lists(instants, max_size=6)))
    senders = "".join(draw(st.sampled_from("012")) for _ in when)
    types = tuple(draw(st.sampled_from(["general", "query"])) for _ in when)
    return Events(
        Sent(when, senders, types), draw(st.lists(made, max_size=2)), draw(st.lists(made, max_size=2))
    )


@given(events(), st.one_of(st.none(), instants), st.one_of(st.none(), instants))
def test_a_session_on_one_day_comes_to_what_its_parts_do(
    held: Events, started_us: int | None, cut_us: int | None
) -> None:
    thread = Thread(7, "s", started_us, 1, 2, 3, "slack", 0)
    calendar = Calendar(ZONE, cut_us)
    assert session_facts(thread, held, calendar, 4) == by_parts(thread, held, calendar, 4)


@pytest.mark.parametrize("started_us", [None, MIDNIGHT + 9 * HOUR_US])
def test_messages_before_the_start_reach_back_to_the_first_of_them(started_us: int | None) -> None:
    begin = MIDNIGHT + 8 * HOUR_US
    held = Events(Sent([begin, begin + 30 * SECOND], "12", ("general", "general")))
    session, (day,) = session_facts(Thread(7, "s", started_us, 1, 2, 3, "slack", 0), held, Calendar(ZONE))
    assert (day.first_us, day.begun, day.messages) == (begin, int(started_us is not None), 2)
    assert session.length_us == 30 * SECOND
    assert session.until_us == day.last_us == (started_us or begin + 30 * SECOND)
