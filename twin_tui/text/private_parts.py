"""Where a text holds what is nobody else's business: e-mails, phone numbers, tokens, card-like numbers.

Found by form alone, so a number may be taken for a phone number that is none: hiding too much is the lesser
fault. Ids of rows (UUIDs), dates, times and amounts are left alone, for people work with them.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["e-mail", "phone", "card", "token"]


class Part(NamedTuple):
    """One private part ``text[start:end]``."""

    start: int
    end: int
    kind: Kind


_KNOWN = (
    r"xox[a-z]-[\w-]{8,}|xapp-[\w-]{8,}|gh[pousr]_\w{16,}|github_pat_\w{20,}|glpat-[\w-]{16,}"
    r"|[spr]k[-_](?:live|test|proj|ant|or)[-_][\w-]{8,}|sk-[A-Za-z0-9][\w-]{19,}|(?:AKIA|ASIA)[A-Z0-9]{12,}"
    r"|AIza[\w-]{20,}|ya29\.[\w-]{16,}|SG\.[\w-]{16,}\.[\w-]{16,}|hf_\w{16,}|npm_\w{20,}|pypi-[\w-]{16,}"
    r"|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"
)
_TOKEN = re.compile(
    rf"""(?P<block>-----BEGIN[ ][A-Z ]*PRIVATE[ ]KEY-----.*?(?:-----END[ ][A-Z ]*PRIVATE[ ]KEY-----|\Z))
    |(?<![\w-])(?P<known>{_KNOWN})
    |(?:(?i:\b(?:bearer|basic)[ ]+))(?P<bearer>[\w.~+/-]{{12,}}=*)
    |(?:(?i:\b(?:pass(?:word|wd|phrase|code)?|secret|token|api[_ -]?key|access[_ -]?key|pin|pwd)\b["']?
        [ ]?(?:[:=]|\bis\b)[ ]?["']?))(?P<told>[^\s"',;<>]{{4,256}})
    |(?<=://)(?P<login>[^\s/@:]{{1,128}}:[^\s/@]{{1,128}})(?=@)
    |(?<=[?&])(?i:(?:access_)?token|sig(?:nature)?|key|t|code|auth)=(?P<query>[\w.~%+/-]{{12,}})
    |(?<![\w/+.-])(?P<dense>(?=[A-Za-z0-9+/_-]*\d)(?=[A-Za-z0-9+/_-]*[a-z])(?=[A-Za-z0-9+/_-]*[A-Z])
        [A-Za-z0-9+/_-]{{28,}}={{0,2}})(?![\w/+-])
    |(?<![\w-])(?P<hex>(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{{32,}})(?![\w-])""",
    re.VERBOSE | re.DOTALL,
)
_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w+%'-]{1,64}(?:\.[\w+%'-]{1,64}){0,8}@[^\W_](?:[\w-]{0,62}\w)?(?:\.[^\W_](?:[\w-]{0,62}\w)?){1,8}"
)
_DIGITS = re.compile(r"(?<![\w.,:/-])(?:\+|\(\+?)?\d(?:[\d()\u00a0\u2009 ./–-]{4,28})\d(?![\w/:]|[.,]\d|-\d)")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?(?!\w)")
_DATE = re.compile(
    r"(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?:[ .–-].*)?"
    r"|(?:0?[1-9]|[12]\d|3[01])[-./ ](?:0?[1-9]|[12]\d|3[01])[-./ ](?:19|20)?\d\d(?:[ .–-].*)?"
    r"|(?:19|20)\d\d ?[–-] ?(?:19|20)?\d\d|(?:19|20)\d{6}"
)
_AMOUNT = re.compile(r"\d{1,3}(?:[ .\u00a0\u2009]\d{3})+|\d+\.\d+")


def private_parts(text: str) -> list[Part]:
    """Return what is private by its form, in order, not overlapping.

    >>> text = "Ask ann@example.com or +49 170 1234567"
    >>> [text[start:end] for start, end, _ in private_parts(text)]
    ['ann@example.com', '+49 170 1234567']
    >>> private_parts("on 2026-11-23 at 10:15 we sold 1 250 000 units")
    []
    """
    found = sorted(
        (*_tokens(text), *_emails(text), *_numbers(text)), key=lambda part: (part.start, -part.end)
    )
    kept: list[Part] = []
    for part in found:
        if not kept or part.start >= kept[-1].end:
            kept.append(part)
        elif part.end > kept[-1].end:
            kept[-1] = Part(kept[-1].start, part.end, kept[-1].kind)
    return kept


def _tokens(text: str) -> Iterator[Part]:
    for match in _TOKEN.finditer(text):
        name = match.lastgroup or ""
        yield Part(match.start(name), match.end(name), "token")


def _emails(text: str) -> Iterator[Part]:
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Part(match.start(), match.end(), "e-mail")


def _numbers(text: str) -> Iterator[Part]:
    for match in _IBAN.finditer(text):
        if _is_iban(match[0]):
            yield Part(match.start(), match.end(), "card")
    for match in _DIGITS.finditer(text):
        written = match[0]
        digits = re.sub(r"\D", "", written)
        if _is_card(written, digits):
            yield Part(match.start(), match.end(), "card")
        elif _is_phone(written, digits):
            yield Part(match.start(), match.end(), "phone")


def _is_card(written: str, digits: str) -> bool:
    if not 13 <= len(digits) <= 19 or written.startswith(("+", "(")):
        return False
    return re.fullmatch(r"\d{4}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,4})?", written) is not None or is_luhn(digits)


def is_luhn(digits: str) -> bool:
    """Return whether the last digit is the check digit of card numbers (ISO/IEC 7812-1, annex B).

    >>> is_luhn("4111111111111111"), is_luhn("4111111111111112")
    (True, False)
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_iban(written: str) -> bool:
    """Return whether the check digits of an account number hold (ISO 13616)."""
    plain = written.replace(" ", "")
    turned = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def _is_phone(written: str, digits: str) -> bool:
    if not 7 <= len(digits) <= 15 or _DATE.fullmatch(written) or _AMOUNT.fullmatch(written):
        return False
    if written.startswith(("+", "(+")):
        return True
    is_parted = re.search(r"\d[ ()./–\u00a0-]+\d", written) is not None
    return len(digits) >= 9 if is_parted or digits.startswith("0") else len(digits) in (10, 11)
