"""Names and private parts in texts, replaced by marks that stay the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin_tui.text.masking import Known, Masker

ANN = Known("u1", "Ann Lee", "ann@example.com")
TARO = Known("u2", "山田 太郎", "taro@example.jp")
EVERYONE = {"bob stone": "u3", "bob@example.com": "u3", "josé maría garcía": "u4"}
MASKER = Masker(b"a key", EVERYONE.get)
NAMES = {MASKER.person(f"u{number}"): f"<{number}>" for number in range(1, 5)}


def masked(text: str, *participants: Known) -> str:
    shown = MASKER.text(text, participants)
    for mark, name in NAMES.items():
        shown = shown.replace(mark, name)
    return shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ann asked", "<1> asked"),
        ("ANN LEE asked, Lee waited", "<1> asked, <1> waited"),
        ("Ann's summary and Ann’s notes", "<1>'s summary and <1>’s notes"),
        ("Thanks, Ann.", "Thanks, <1>."),
        ("[Bob Stone] I agree", "[<3>] I agree"),
        ("Bob went, Stone too", "Bob went, Stone too"),
        ("mail bob@example.com or ANN@example.com", "mail <3> or <1>"),
        ("José María García called", "<4> called"),
        ("山田さん、太郎です。山田太郎より", "<2>さん、<2>です。<2>より"),
        ("Annual leave for Leeds", "Annual leave for Leeds"),
        ("", ""),
    ],
)
def test_names_of_known_people_are_marked(text: str, shown: str) -> None:
    assert masked(text, ANN, TARO) == shown


def test_private_parts_become_what_they_are() -> None:
    text = "Card 4111 1111 1111 1111, call +49 170 1234567, token xoxb-12345678-abcdefgh"
    assert masked(text) == "Card ‹card›, call ‹phone›, token ‹token›"


def test_an_unknown_e_mail_keeps_one_mark_in_any_case() -> None:
    first, second = MASKER.text("x@example.org"), MASKER.text("X@Example.org")
    assert first == second
    assert "example" not in first
    assert first != MASKER.text("y@example.org")


def test_another_key_gives_other_marks() -> None:
    other = Masker(b"another key")
    assert other.person("u1") != MASKER.person("u1")
    assert other.email("u1") != MASKER.email("u1")


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = MASKER.text(text, [ANN])
    assert MASKER.text(once, [ANN]) == once


@given(before=st.text(max_size=50), after=st.text(max_size=50))
def test_no_full_name_survives_between_blanks(before: str, after: str) -> None:
    assert "bob stone" not in MASKER.text(f"{before} Bob Stone {after}", [ANN]).casefold()
