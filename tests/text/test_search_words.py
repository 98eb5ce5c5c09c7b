"""Whatever is written and whatever is typed: words are found, nothing raises, hits are marked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twin_tui.text.search_snippets import hits_held, snippet
from twin_tui.text.search_terms import Term, Terms, read_terms
from twin_tui.text.search_words import LONGEST, folded, search_words

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
WRITTEN = st.text(
    "aB é ß ﬁ ÅşİŁ １Ｚ 日本語 カｶﾞが ไทย हिन्दी שָׁלוֹם مَرْحَبا 한국 e\u0301 .,-_'\n\u00ad\u200b👍🏽", max_size=40
)
"""Letters of many scripts, marks of their own, punctuation, characters nobody sees."""


@given(ANYTHING, ANYTHING, st.booleans())
@settings(max_examples=200, deadline=None)
def test_nothing_that_is_typed_or_stored_raises(text: str, typed: str, is_being_typed: bool) -> None:
    terms = read_terms(typed, is_being_typed=is_being_typed)
    terms.are_in(text)
    shown = snippet(text, terms, 20)
    assert all(piece for piece, _ in shown)


@given(WRITTEN)
@settings(max_examples=200, deadline=None)
def test_every_word_of_a_text_finds_it_and_so_does_the_text_itself(text: str) -> None:
    words = search_words(text)
    for word in words:
        assert Terms((Term((word,)),)).are_in(text)
        assert 0 < len(word) <= LONGEST
    terms = read_terms(f'"{text}"')
    assert bool(terms) == bool(words)
    assert not words or terms.are_in(f"before {text} after")


@given(WRITTEN, st.integers(0, 40), st.integers(1, 8))
@settings(max_examples=300, deadline=None)
def test_what_is_found_is_marked(text: str, start: int, length: int) -> None:
    terms = read_terms(text[start : start + length])
    shown = snippet(text, terms)
    if terms.are_in(text):
        assert any(is_hit for _, is_hit in shown), (text, terms)


@given(WRITTEN, WRITTEN, st.sampled_from(["a", "b*", "a b", "カ", '"a b"', "1", "日本"]), st.booleans())
@settings(max_examples=300, deadline=None)
def test_hits_told_while_comparing_make_the_same_snippet(
    title: str, body: str, typed: str, is_long: bool
) -> None:
    terms, body = read_terms(typed), f"{'x' * LONGEST * 2} {body}" if is_long else body
    text = f"{title}\n{body}"
    is_held, hits = hits_held(text, body, terms)
    assert is_held == terms.are_in(text)
    assert not is_held or snippet(body, terms, 20, hits) == snippet(body, terms, 20)


@pytest.mark.parametrize(
    ("typed", "text", "is_found"),
    [
        ("cafe", "Café", True),
        ("CAFÉ", "cafe", True),
        ("strasse", "STRAßE", True),
        ("が", "か", False),
        ("か", "がか", True),
        ("ガス", "ｶﾞｽ料金", True),
        ("本語", "日本語です", True),
        ("日語", "日本語です", False),
        ("शक", "शक्ति", False),
        ("refund*", "refunded", True),
        ("refund", "refunded", False),
        ('"a b"', "b a b", True),
        ('"a b"', "a x b", False),
        ("node.js", "Node JS", True),
        ("istanbul", "İSTANBUL ISTANBUL", True),
        ("x" * 100, "y " + "x" * 100, True),
        ("x" * 100, "x" * 99, False),
        ("soft", "so\u00adft", True),
        ("👍", "👍", False),
    ],
)
def test_what_counts_and_what_does_not(typed: str, text: str, is_found: bool) -> None:
    assert read_terms(typed).are_in(text) == is_found


def test_a_hit_far_down_a_long_text_is_shown() -> None:
    for filler in ("plain words ", "wörter mit ümlaut ", "日本語の文章"):
        text = filler * 3_000 + " the heron stands " + filler * 10
        shown = snippet(text, read_terms("heron"))
        assert ("heron", True) in shown
        assert len("".join(piece for piece, _ in shown)) < 200


def test_folding_leaves_nothing_to_fold() -> None:
    for text in ("Ｃａｆé", "ﬃ", "İ", "ΣΑΣ", "Łódź"):
        assert folded(folded(text)) == folded(text)


LONG = " 仕様書 ß" * 40
"""So much of another script that no character is looked at by itself, and a letter that becomes two."""
SOUGHT = ("refund", "re*", "it", "s", "cafe", "gross", "x*", '"refund refund"', "2*", "a", "b")


@given(st.characters(max_codepoint=0x2FFF, exclude_categories=("Cs",)), st.sampled_from(("", "\u0301", "ß")))
@settings(max_examples=400, deadline=None)
def test_a_character_parts_words_the_same_way_in_every_text(char: str, after: str) -> None:
    text = f"some words of mine {char}{after} and a few more: be{char}{after}fore, {char}{after}behind it all"
    assert search_words(f"{text}{LONG}")[: len(search_words(text))] == search_words(text)


@given(
    st.lists(
        st.sampled_from(
            (
                "Refund",
                "refunds",
                "it’s",
                "café",
                "a_b",
                "x" * 70,
                " " + "x" * 66,
                "2½",
                "…",
                "Groß-",
                "仕様",
                "re仕",
                "は it",
            )
        )
    ),
    st.sampled_from(("", " ", "\n", "-", "—")),
    st.sampled_from(SOUGHT),
)
@settings(max_examples=400, deadline=None)
def test_hits_are_the_same_whatever_else_a_text_holds(words: list[str], between: str, sought: str) -> None:
    text = f"{between} ".join(words)
    terms = read_terms(sought)
    alone, among_others = (snippet(each, terms, 10_000) for each in (text, f"{text} . {LONG}"))
    assert [piece for piece, is_hit in alone if is_hit] == [piece for piece, is_hit in among_others if is_hit]
