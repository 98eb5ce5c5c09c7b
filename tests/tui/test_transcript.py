"""Wrapping, layout and drawing of transcripts, without a screen."""

from dataclasses import replace
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.tui.conversation_world import START, document, message, query, renewal
from twin_tui.analytics.answers import Entry, EntryIndex, EntryRef
from twin_tui.text.safe_text import safe_text
from twin_tui.tui.widgets.transcript.entries import MEMORY, WINDOW, EntryMemory, prepare
from twin_tui.tui.widgets.transcript.layout import FOLD_ABOVE, FOLDED_LINES, Plan, TranscriptLayout
from twin_tui.tui.widgets.transcript.wrap import occurrences, wrap

PIECES = [
    "a",
    "bc",
    "  ",
    " ",
    "日",
    "本",
    "。",
    "é",
    "👍🏽",
    "👩‍👩‍👧",
    "\n",
    "hello",
    "e\u0301",
    "✈️",
    "x" * 30,
]


def refs(entries: tuple[Entry, ...]) -> EntryIndex:
    return EntryIndex(EntryRef(e.kind, e.id, e.time, e.sender, len(e.text), e.message_id) for e in entries)


def laid_out(entries: tuple[Entry, ...], width: int = 80) -> TranscriptLayout:
    layout = TranscriptLayout(Plan.of(refs(entries), UTC), width)
    for at, entry in enumerate(entries):
        layout.measure(at, prepare(entry))
    return layout


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.integers(2, 40))
def test_no_line_is_wider_than_asked_and_only_spaces_are_lost(text: str, width: int) -> None:
    end = 0
    for start, stop in wrap(text, width):
        assert text[end:start].strip(" \n") == ""
        assert cell_len(text[start:stop]) <= width
        end = stop
    assert text[end:].strip(" \n") == ""


def test_words_stay_whole_and_indentation_stays() -> None:
    text = "def f():\n    return one and two and three"
    assert [text[a:b] for a, b in wrap(text, 20)] == ["def f():", "    return one and", "two and three"]


def test_wide_text_breaks_between_characters_but_not_before_a_full_stop() -> None:
    text = "日本語の文章です。次"
    assert [text[a:b] for a, b in wrap(text, 16)] == ["日本語の文章で", "す。次"]


def test_occurrences_are_found_in_any_case_and_keep_their_place() -> None:
    assert occurrences("ẞ and STRASSE and straße", "strasse") == [(6, 13), (18, 24)]
    assert occurrences("aaaa", "aa") == [(0, 2), (2, 4)]
    assert occurrences("anything", "") == []


def test_children_belong_to_their_message_and_orphans_to_nobody() -> None:
    plan = Plan.of(refs(renewal()), UTC)
    assert plan.children == {0: (1,), 3: (4,), 6: (7,)}
    assert plan.parents == {1: 0, 4: 3, 7: 6}
    orphan = plan.positions.get("d2")
    assert orphan is not None
    assert orphan not in plan.parents


def test_days_and_pauses_are_marked_in_the_report_timezone() -> None:
    entries = (
        message("a", "user", "x", START.replace(hour=22, minute=50)),
        message("b", "twin", "x", START.replace(hour=23, minute=10)),
        message("c", "user", "x", START.replace(hour=23, minute=10) + timedelta(days=2, hours=4)),
        message("d", "user", "x", None),
    )
    assert Plan.of(refs(entries), UTC).separators == {
        0: "Mon 23 Nov 2026",
        2: "Thu 26 Nov 2026 · pause of 2 d 4 h",
        3: "time not recorded",
    }
    berlin = Plan.of(refs(entries), ZoneInfo("Europe/Berlin")).separators
    assert berlin[1] == "Tue 24 Nov 2026"


def test_a_pause_of_half_an_hour_is_no_gap_a_second_more_is() -> None:
    half_hour = timedelta(minutes=30)
    entries = (
        message("a", "user", "x", START),
        message("b", "user", "x", START + half_hour),
        message("c", "user", "x", START + 2 * half_hour + timedelta(seconds=1)),
    )
    assert set(Plan.of(refs(entries), UTC).separators) == {0, 2}


def test_every_row_is_one_line_of_one_entry() -> None:
    layout = laid_out(renewal(), 50)
    parts: dict[int, list[str]] = {}
    for row in range(layout.rows):
        line = layout.line_at(row)
        assert layout.start(line.position) <= row < layout.end(line.position)
        parts.setdefault(line.position, []).append(line.part)
    assert sorted(parts) == list(range(len(layout)))
    for position, seen in parts.items():
        assert seen.count("head") == 1
        assert seen.count("text") == len(layout.lines_of(position) or ())


def test_a_message_of_sixty_lines_is_whole_one_more_is_folded() -> None:
    layout = laid_out(
        (
            message("a", "user", "\n".join(["line"] * FOLD_ABOVE)),
            message("b", "user", "\n".join(["line"] * (FOLD_ABOVE + 1))),
        )
    )
    assert not layout.is_foldable(0)
    assert layout.is_folded(1)
    assert layout.hidden_lines(1) == FOLD_ABOVE + 1 - FOLDED_LINES
    height = layout.end(1) - layout.start(1)
    assert layout.fold(1, is_folded=False)
    assert layout.end(1) - layout.start(1) == height + FOLD_ABOVE + 1 - FOLDED_LINES
    assert layout.hidden_lines(1) == 0


def test_the_row_of_a_character_is_the_line_that_holds_it() -> None:
    layout = laid_out((message("a", "user", "one two three four"),), 16)
    lines = layout.lines_of(0)
    assert lines == [(0, 7), (8, 18)]
    assert layout.row_of(0, 4) == layout.head_row(0) + 1
    assert layout.row_of(0, 9) == layout.head_row(0) + 2


def test_heights_are_estimated_before_and_exact_after_loading() -> None:
    entries = tuple(message(f"m{at}", "user", "word " * 50 * at) for at in range(6))
    layout = TranscriptLayout(Plan.of(refs(entries), UTC), 60)
    guessed = layout.rows
    assert layout.line_at(layout.head_row(3) + 1).part == "wait"
    changed = [layout.measure(at, prepare(entry)) for at, entry in enumerate(entries)]
    assert any(changed)
    assert layout.rows == laid_out(entries, 60).rows
    assert abs(guessed - layout.rows) <= layout.rows // 4


def test_an_empty_message_and_a_document_without_text_take_their_head_only() -> None:
    layout = laid_out((message("a", "user", ""), document("d", "t", "", "a"), query("q", "", "a")))
    assert [layout.end(at) - layout.head_row(at) for at in range(3)] == [1, 1, 1]


def test_a_document_shows_its_beginning_in_two_lines() -> None:
    layout = laid_out((message("a", "user", "x"), document("d", "t", "# Title\n\n" + "word " * 200, "a")))
    assert len(layout.lines_of(1) or ()) == 2
    assert prepare(document("d", "t", "# Title\n\n| a | b |\n**bold** end", "a")).text == "Title bold end"


def test_labels_say_type_title_and_amount_and_unknown_is_not_zero() -> None:
    assert prepare(document("d", "Note", "two words", "m")).label == "email · Note · 2 words"
    assert prepare(replace(document("d", None, "", None, None), word_count=None)).label == "untitled"
    assert prepare(query("q", "x", "m", 0)).label == "email · 0 results"
    assert prepare(query("q", "x", "m", 1)).label == "email · 1 result"
    assert prepare(query("q", "x", "m", None)).label == "email · results unknown"


def test_prepared_text_is_safe() -> None:
    hostile = "a\x1b]52;c;eA==\x07b\u202ec\x9b2Jd"
    for entry in (
        message("m", "user", hostile),
        document("d", hostile, hostile, "m", hostile),
        query("q", hostile, "m", 1, hostile),
    ):
        safe = prepare(entry)
        for words in (safe.text, safe.label, safe.amount):
            assert words == safe_text(words)
            assert not set(words) & set("\x1b\x07\x9b\u202e")


def test_memory_forgets_the_window_not_used_for_longest() -> None:
    memory = EntryMemory()
    size = WINDOW * 8
    huge = [prepare(message("m", "user", "x" * (MEMORY // WINDOW // 3)))] * WINDOW
    for window in range(6):
        memory.put(window * WINDOW, huge)
    assert memory.get(0) is None
    assert memory.get(5 * WINDOW) is not None
    assert memory.missing(0, size - 1, size) == [0, WINDOW, 6 * WINDOW, 7 * WINDOW]
