"""Stored text must never steer a terminal, whatever it holds."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin_tui.text.safe_text import MAX_MARKS, cell_width, cut, pad, safe_line, safe_text


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("plain", "plain"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x1b[2J", "␛[2J"),
        ("\x9b31m", "\\x9b31m"),
        ("a\x00b", "a␀b"),
        ("\x7f", "␡"),
        ("one\r\ntwo\rthree\u2028four\u2029five\x85six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("a\tb", "a   b"),
        ("日\tb", "日  b"),
        ("evil\u202egpj.exe", "evil‹U+202E›gpj.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\ud83d", "\ufffd"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("\u200dalone\u200d", "alone"),
        ("tag\U000e0041s", "tags"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_steering_characters_become_visible(raw: str, safe: str) -> None:
    assert safe_text(raw) == safe


def test_a_flood_of_combining_marks_is_cut() -> None:
    assert safe_text("e" + "\u0301" * 50) == "e" + "\u0301" * MAX_MARKS


def test_marks_with_nothing_to_stand_on_are_dropped() -> None:
    assert safe_text("\u0301\u0301a") == "a"


@given(st.text(alphabet=st.characters(), max_size=200))
def test_nothing_that_steers_survives(raw: str) -> None:
    shown = safe_text(raw)
    for char in shown:
        assert char == "\n" or unicodedata.category(char) not in ("Cc", "Cs")
        assert (
            char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u2028\u2029"
        )


@given(st.text(max_size=200))
def test_safe_text_is_stable(raw: str) -> None:
    assert safe_text(safe_text(raw)) == safe_text(raw)


@given(st.text(max_size=80), st.integers(0, 40))
def test_a_line_is_one_line_within_its_width(raw: str, width: int) -> None:
    line = safe_line(raw, width)
    assert "\n" not in line
    assert cell_width(line) <= width


@given(st.text(max_size=40), st.integers(1, 40))
def test_padding_is_exact(raw: str, width: int) -> None:
    assert cell_width(pad(safe_line(raw), width)) == width


def test_cut_counts_wide_characters() -> None:
    assert cut("日本語", 5) == "日本…"
    assert cut("日本語", 4) == "日…"
