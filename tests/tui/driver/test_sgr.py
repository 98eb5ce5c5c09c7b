"""The shortest way from one style to another ends at that other, and is never longer than a new start."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tui.driver.emulator import Emulator
from twin_tui.tui.driver.sgr import PLAIN, Style, anew, applied, change

ATTRIBUTES = [
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "7",
    "8",
    "9",
    "21",
    "22",
    "23",
    "24",
    "27",
    "28",
    "29",
    "53",
    "55",
]
COLOURS = ["31", "97", "39", "42", "105", "49", "38;5;200", "48;5;17", "38;2;1;2;3", "48;2;255;0;9"]
CODES = st.lists(st.sampled_from(["", *ATTRIBUTES, *COLOURS]), max_size=5)


def styled(*sequences: str) -> object:
    screen = Emulator(2, 1)
    screen.show("".join(sequences) + "x")
    return screen.cells()[0][0]


@settings(max_examples=150, deadline=None)
@given(CODES, CODES)
def test_a_change_of_style_is_exact_and_short(first: list[str], second: list[str]) -> None:
    before, after = applied(PLAIN, ";".join(first)), applied(PLAIN, ";".join(second))
    assert styled(f"\x1b[{';'.join(first)}m", change(before, after)) == styled(
        f"\x1b[0m\x1b[{';'.join(second)}m"
    )
    assert len(change(before, after)) <= len(anew(after))
    assert (change(before, after) == "") == (before == after)


def test_what_is_not_known_is_kept_and_ended_by_a_reset() -> None:
    curly = applied(PLAIN, "4:3")
    assert curly == Style(others=("4:3",))
    assert change(curly, PLAIN) == "\x1b[m"
    assert change(PLAIN, curly) == "\x1b[0;4:3m"


def test_incomplete_colours_are_passed_on_as_they_are() -> None:
    assert applied(PLAIN, "38;2;1").others == ("38;2;1",)
