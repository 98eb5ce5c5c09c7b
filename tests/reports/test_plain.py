from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.given import HOSTILE, about, activity, board, conversation, overview
from twin_tui.analytics.filters import Period
from twin_tui.reports.layout import rule, table, wrapped
from twin_tui.reports.plain_conversation import conversation_plain
from twin_tui.reports.plain_feed import activity_plain, leaderboard_plain
from twin_tui.reports.plain_overview import overview_plain
from twin_tui.text.safe_text import cell_width, safe_text


def too_wide(page: str, width: int) -> list[str]:
    return [line for line in page.split("\n") if cell_width(line) > width]


def pages(text: str, width: int) -> dict[str, str]:
    return {
        "overview": overview_plain(overview(text), about(company=text), width),
        "empty overview": overview_plain(overview(empty=True), about(), width),
        "activity": activity_plain(activity(text), about(user="u1"), width),
        "leaderboard": leaderboard_plain(board(text), about(), width),
        "conversation": "\n".join(conversation_plain(*conversation(text), about(), None, width)),
    }


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("text", ["Acme", HOSTILE, "名" * 90, "wordless" * 40, ""], ids=range(5))
def test_every_page_fits_its_width_and_steers_nothing(text: str, width: int):
    for name, page in pages(text, width).items():
        assert not too_wide(page, width), name
        assert safe_text(page) == page, name


def test_the_overview_tells_each_figure_with_change_and_trend():
    lines = overview_plain(overview(), about()).split("\n")
    assert lines[:3] == [
        "Overview · sample.db",
        "17–23 Nov 2026 · Europe/Berlin",
        "Compared with 10–16 Nov 2026",
    ]
    assert "Active users            12  ▲ +12.4 %          11  ▁▃▅ █▃▁" in lines
    assert "Session length  4 min 12 s  –          4 min 11 s  ▁▃▅ █▃▁" in lines


def test_the_overview_draws_days_hours_and_ranks():
    page = overview_plain(overview(), about())
    assert "── Active users per day · mean 1.3 · most 4 on 21 Nov ──" in page
    assert "        17 Nov                              23 Nov\n" in page
    assert "── User messages per hour, mean · busiest 14:00 and 9:00 ──" in page
    assert "1  ▲2  Acme         9      3        40     2        1    3.0  75.0 %\n" in page
    assert "2  –   (none)       3      1         9     0        0    3.0  25.0 %\n" in page


def test_an_empty_overview_says_what_is_not_there():
    page = overview_plain(overview(empty=True), about())
    assert "There is no conversation in this database yet." in page
    assert "Nobody was active in these days." in page
    assert "Nothing to rank in these days." in page
    assert "Nothing happened in these days." in page


def test_filters_stand_above_the_page():
    page = overview_plain(overview(), about(company="", department="R&D", shared=True))
    assert "\nOnly company (none) · department R&D · shared twins only\n" in page


def test_all_time_names_the_days_it_found():
    assert about(Period()).days == "all time (1–23 Nov 2026)"


def test_activity_counts_its_lines_and_names_the_next_page():
    page = activity_plain(activity(total=7), about())
    assert "── 1–3 of 7 · page 1 of 3 ──" in page
    assert "    0190-session  0190-event\n" in page
    assert page.endswith("\nMore: --page 2\n")


def test_an_activity_without_lines_says_so():
    assert "── Nothing matches ──" in activity_plain(activity(total=0), about())


def test_a_conversation_marks_gaps_orphans_and_the_event_asked_for():
    lines = list(conversation_plain(*conversation(), about(), "message-3"))
    assert lines[:2] == ["Hello", "there"]
    assert "Session   0190-session" in lines
    assert any(line.startswith("── 2026-11-20 10:04:00  ◆ Scribe (twin) ◀ asked for ──") for line in lines)
    assert "   ⋮ +2 d 1 h" in lines
    assert any(line.startswith("── –  Query (Hello there, – results, no message) ──") for line in lines)


def test_a_table_gives_the_room_to_its_flexible_column():
    lines = table(("a", "b"), [("long long long", "1")], right=frozenset({1}), flexible=0, width=10)
    assert lines == ["a        b", "long l…  1"]


def test_a_rule_is_exactly_as_wide_as_the_page():
    assert [cell_width(rule(title, 40)) for title in ("", "x", "名" * 40)] == [40, 40, 40]


@given(st.text(alphabet="ab 日\u0301\n\té", max_size=60), st.integers(4, 20))
@settings(max_examples=150)
def test_wrapping_keeps_every_visible_character_and_the_width(text: str, width: int):
    lines = list(wrapped(text, width))
    assert all(cell_width(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(safe_text(text).split())


def test_a_day_of_one_period_is_drawn():
    one = overview()
    day = one.days[4]
    single = type(one)(
        **{name: getattr(one, name) for name in one.__slots__ if name != "days"},
        days=(day,),
    )
    period = Period.between(date(2026, 11, 21), date(2026, 11, 21))
    page = overview_plain(single, about(period))
    assert "21 Nov 2026 · Europe/Berlin" in page
