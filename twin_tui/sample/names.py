"""What people are called: names from Faker, seeded one by one, and addresses at reserved domains."""

import unicodedata
from functools import cache
from random import Random
from typing import Any, NamedTuple

_LOCALES = {
    "en": "en_GB", "en-US": "en_US", "de": "de_DE", "fr": "fr_FR", "es": "es_ES", "pt": "pt_BR",
    "ja": "ja_JP", "hi": "en_IN",
}  # fmt: skip
_ARABIC_FIRST = (
    ("ليلى", "Layla"), ("عمر", "Omar"), ("نور", "Nour"), ("يوسف", "Youssef"), ("سارة", "Sara"),
    ("خالد", "Khaled"), ("مريم", "Mariam"), ("طارق", "Tarek"), ("هدى", "Huda"), ("سامي", "Sami"),
)  # fmt: skip
_ARABIC_LAST = (
    ("حداد", "Haddad"), ("منصور", "Mansour"), ("الخطيب", "Al-Khatib"), ("شاهين", "Shahin"),
    ("درويش", "Darwish"), ("النجار", "Al-Najjar"), ("سليمان", "Suleiman"), ("فارس", "Fares"),
)  # fmt: skip
_HEBREW_FIRST = (
    ("נועה", "Noa"), ("איתן", "Eitan"), ("תמר", "Tamar"), ("יונתן", "Yonatan"), ("מאיה", "Maya"),
    ("דניאל", "Daniel"), ("שירה", "Shira"), ("אורי", "Uri"), ("יעל", "Yael"), ("גיא", "Guy"),
)  # fmt: skip
_HEBREW_LAST = (
    ("לוי", "Levy"), ("אברהמי", "Avrahami"), ("שרון", "Sharon"), ("ברק", "Barak"),
    ("גולן", "Golan"), ("רוזן", "Rozen"), ("פלד", "Peled"), ("אלון", "Alon"),
)  # fmt: skip
_PLAIN = str.maketrans({"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "ø": "o", "ł": "l", "æ": "ae"})


class Name(NamedTuple):
    """A person's name."""

    full: str
    called: str
    """What colleagues of the same language say."""
    latin: str
    """What everyone else says."""
    mailbox: str
    """What stands before the ``@``."""


@cache
def _faker(locale: str) -> Any:
    from faker import Faker  # noqa: PLC0415 - a third of a second that only a sample pays

    return Faker(locale)


def _ascii(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN))
    return "".join(char for char in folded if char.isascii() and (char.isalnum() or char == "-")).strip("-")


def make_name(language: str, rng: Random) -> Name:
    """Return a name of that language; the same stream gives the same name."""
    if language in ("ar", "he"):
        firsts, lasts = (_ARABIC_FIRST, _ARABIC_LAST) if language == "ar" else (_HEBREW_FIRST, _HEBREW_LAST)
        first, last = rng.choice(firsts), rng.choice(lasts)
        return Name(f"{first[0]} {last[0]}", first[0], first[1], f"{_ascii(first[1])}.{_ascii(last[1])}")
    fake = _faker(_LOCALES[language])
    fake.seed_instance(rng.getrandbits(64))
    if language == "ja":
        given, _, given_latin = fake.first_name_pair()
        family, _, family_latin = fake.last_name_pair()
        return Name(
            f"{family} {given}",
            f"{family}さん",
            f"{family_latin}-san",
            f"{_ascii(given_latin)}.{_ascii(family_latin)}",
        )
    given, family = fake.first_name(), fake.last_name()
    return Name(f"{given} {family}", given, given, f"{_ascii(given)}.{_ascii(family)}")
