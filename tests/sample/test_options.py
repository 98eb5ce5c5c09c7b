from datetime import date

import pytest

from twin_tui.sample import BadOptionError, SampleOptions


def test_defaults_are_those_of_the_schema_reference():
    options = SampleOptions(until=date(2026, 11, 20))

    assert (options.users, options.days, options.sessions, options.messages_per_session) == (
        12,
        60,
        (2, 5),
        (3, 8),
    )
    assert options.first_day == date(2026, 9, 22)  # 60 days, both ends included


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"users": 0}, "--users 0"),
        ({"users": 131_072}, "131071"),
        ({"days": 0}, "--days 0"),
        ({"days": 3_651}, "3650"),
        ({"seed": -1}, "--seed -1"),
        ({"seed": 2**32}, "4294967295"),
        ({"sessions": (5, 2)}, "--sessions 5-2"),
        ({"sessions": (0, 2)}, "--sessions 0-2"),
        ({"messages_per_session": (3, 121)}, "--messages-per-session 3-121"),
        ({"until": date(2000, 1, 5)}, "2000-01-01"),
        ({"until": date(1, 1, 5)}, "2000-01-01"),
        ({"until": date(9999, 12, 31)}, "2999-12-31"),
    ],
)
def test_an_option_that_cannot_be_used_is_named_in_one_sentence(bad: dict, words: str):
    with pytest.raises(BadOptionError, match=r"\.$") as raised:
        SampleOptions(**{"until": date(2026, 11, 20), **bad})

    assert words in str(raised.value)
