"""Two drafts compared: nothing lost on either side, and the least marked."""

from hypothesis import given, settings
from hypothesis import strategies as st

from twin_tui.text.comparing import MOST_LINES, Comparison, compare

WORDS = ["red", "green", "apple", "日本", "語", " ", "  ", ",", "x" * 9]
LINES = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
    max_size=8,
).map("\n".join)


def side(found: Comparison, change: str) -> list[str]:
    sides = [row.side("-" if change == "-" else "+") for row in found.rows]
    return ["".join(text for _, text in pieces) for pieces in sides if pieces is not None]


@settings(max_examples=300, deadline=None)
@given(LINES, LINES)
def test_each_side_is_exactly_its_draft(old: str, new: str) -> None:
    found = compare(old, new)
    assert side(found, "-") == [line.rstrip() for line in old.split("\n")]
    assert side(found, "+") == [line.rstrip() for line in new.split("\n")]
    allowed = {"same": {"="}, "removed": {"-"}, "added": {"+"}, "changed": {"=", "-", "+"}}
    for row in found.rows:
        kinds = {kind for kind, _ in row.pieces}
        assert kinds <= allowed[row.kind]


@given(LINES)
def test_the_same_text_has_no_change(text: str) -> None:
    found = compare(text, text)
    assert found.places == ()
    assert (found.words("-"), found.words("+")) == (0, 0)


def test_words_in_a_line_are_told_apart() -> None:
    found = compare("The price is 900 € per kW.", "The price is 850 € net per kW.")
    assert found.rows[0].pieces == (
        ("=", "The price is "),
        ("-", "900"),
        ("+", "850"),
        ("=", " €"),
        ("+", " net"),
        ("=", " per kW."),
    )
    assert (found.words("-"), found.words("+")) == (1, 2)


def test_neighbouring_changes_are_one() -> None:
    found = compare("we take the red apple home", "we take the green pear home")
    assert ("-", "red apple") in found.rows[0].pieces
    assert ("+", "green pear") in found.rows[0].pieces


def test_text_without_blanks_is_compared_by_character() -> None:
    assert compare("価格は九百です", "価格は八百です").rows[0].pieces == (
        ("=", "価格は"),
        ("-", "九"),
        ("+", "八"),
        ("=", "百です"),
    )


def test_a_line_between_is_added_and_those_around_only_changed() -> None:
    old = "Dear Ann,\nhere is the offer for you.\nBye"
    new = "Dear Ann,\nWe hope you are well.\nhere is the new offer for you.\nBye"
    assert [row.kind for row in compare(old, new).rows] == ["same", "added", "changed", "same"]
    assert compare(old, new).places == (1,)


def test_lines_with_nothing_in_common_are_not_mixed() -> None:
    assert [row.kind for row in compare("one two three", "vier fünf sechs").rows] == ["removed", "added"]


def test_the_hopeless_is_bounded() -> None:
    old, new = "\n".join(["", "same"] * 5_000), "\n".join(["same", "", "x"] * 4_000)
    found = compare(old, new)
    assert found.is_cut
    assert len(found.rows) <= 2 * MOST_LINES
    wide = compare("word " * 5_000, "wort word " * 5_000)
    assert not wide.is_cut
