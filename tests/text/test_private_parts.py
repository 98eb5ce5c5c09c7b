"""What is private by its form, and what only looks a little like it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin_tui.text.private_parts import private_parts


def found(text: str) -> list[tuple[str, str]]:
    return [(kind, text[start:end]) for start, end, kind in private_parts(text)]


@pytest.mark.parametrize(
    "email",
    [
        "ann@example.com",
        "ann.lee+tag@mail.example.co.uk",
        "o'neil@example.org",
        "jürgen@bücher.example",
        "A_B-c@x-y.io",
    ],
)
def test_an_e_mail_is_found_whole(email: str) -> None:
    assert found(f"write to <{email}>, please.") == [("e-mail", email)]


@pytest.mark.parametrize(
    "number",
    [
        "+49 170 1234567", "+1 (415) 555-0132", "(415) 555-0132", "0170 1234567", "0033 1 23 45 67 89",
        "+4915112345678", "4155550132", "03-1234-5678", "020 7946 0018",
    ],
)  # fmt: skip
def test_a_phone_number_is_found(number: str) -> None:
    assert [kind for kind, _ in found(f"call {number} today")] == ["phone"]


@pytest.mark.parametrize(
    "number",
    [
        "4111 1111 1111 1111", "4111111111111111", "5500-0000-0000-0004", "340000000000009",
        "1234 5678 9012 3456", "DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432",
    ],
)  # fmt: skip
def test_a_card_like_number_is_found(number: str) -> None:
    assert found(f"paid with {number}.") == [("card", number)]


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("token xoxb-12345678-abcdefgh now", "xoxb-12345678-abcdefgh"),
        ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "ghp_abcdefghijklmnopqrstuvwxyz0123456789"),
        ("key AKIAIOSFODNN7EXAMPLE here", "AKIAIOSFODNN7EXAMPLE"),
        ("Authorization: Bearer abc.def-ghi~jkl123", "abc.def-ghi~jkl123"),
        ("my password is hunter22", "hunter22"),
        ("api_key=abcd1234efgh", "abcd1234efgh"),
        ('{"secret": "s3cr3t-value"}', "s3cr3t-value"),
        ("postgresql://ann:s3cret@db.example/twins", "ann:s3cret@db.example"),
        ("https://files.example/x?t=xoxe-1234567890ab", "xoxe-1234567890ab"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc"),
        ("blob aGVsbG8gd29ybGQgdGhpcyBpcyBBIDEyMw==", "aGVsbG8gd29ybGQgdGhpcyBpcyBBIDEyMw=="),
        ("hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"),
    ],
)
def test_a_token_is_found(text: str, secret: str) -> None:
    assert ("token", secret) in found(text)


def test_a_private_key_is_one_token_even_when_cut() -> None:
    block = "-----BEGIN RSA PRIVATE KEY-----\nMIIB\nabc\n-----END RSA PRIVATE KEY-----"
    assert found(f"see {block} end") == [("token", block)]
    assert found(f"see {block[:40]}") == [("token", block[:40])]


@pytest.mark.parametrize(
    "text",
    [
        "on 2026-11-23 at 10:15:30", "23.11.2026", "11/23/2026", "2026-11-23 10:15", "2024–2026", "20261123",
        "1 250 000 units", "1,250,000.50 EUR", "version 8.2.5", "page 12 of 1247", "10.0.0.1:5432",
        "3.14159265",
        "session 1bec1123-0000-4000-8000-5ca1ab1e0000", "room 4711", "a@b", "user@localhost",
        "C++11 and 100 %",
        "internationalisation_of_everything", "2026-W48", "#123456",
    ],
)  # fmt: skip
def test_what_people_work_with_stays(text: str) -> None:
    assert found(text) == []


@given(st.text(alphabet="ab1 2@.+-/=:()\n'\"eyJxoxb_", max_size=400))
def test_parts_are_in_order_and_do_not_overlap(text: str) -> None:
    parts = private_parts(text)
    assert all(0 <= one.start < one.end <= two.start for one, two in pairwise(parts))
    assert all(part.end <= len(text) for part in parts)


@pytest.mark.parametrize(
    "piece", ["a", "1", "1 ", "a.", "@", "=", "aA1", "-----BEGIN PRIVATE KEY-----", "key=", "://a:"]
)
def test_long_texts_of_one_kind_come_to_an_end(piece: str) -> None:
    private_parts(piece * 20_000)
