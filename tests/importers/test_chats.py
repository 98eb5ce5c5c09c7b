from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin_tui.importers.chats.chat import moment


@given(st.integers(10**9, 10**10 - 1), st.text("0123456789", min_size=1, max_size=9))
def test_seconds_are_rounded_to_microseconds_half_to_even(whole, fraction):
    assert moment(f"{whole}.{fraction}") == round(Decimal(f"{whole}.{fraction}") * 1_000_000)


@given(st.integers(1, 4 * 10**15))
def test_iso_times_are_exact(micros):
    text = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)).isoformat()
    assert {moment(text.replace("+00:00", zone)) for zone in ("Z", "+00:00", "")} == {micros}


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2024-01-07T12:18:35+02:00", 1_704_622_715_000_000),
        ("2024-13-07T12:18:35Z", None),
        ("2024-01-07T12:18:35.5Z", 1_704_629_915_500_000),
        ("1700000000", 1_700_000_000_000_000),
        ("1e400", None),
        ("-1700000000.5", None),
        ("9999999999999999.1", None),
        ("\u0661700000000.1", 1_700_000_000_100_000),
        ("0", None),
    ],
)
def test_odd_times_are_read_or_are_none(value, wanted):
    assert moment(value) == wanted
