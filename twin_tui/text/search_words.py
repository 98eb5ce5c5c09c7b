"""The words of a text as search knows them: one tokenisation, whichever database holds the text."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

LONGEST = 64
"""Characters of a word; a longer one counts as several that follow each other."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_MOSTLY_ASCII = 1.25
"""Bytes for each character up to which looking at every one beyond ASCII is worth it."""
_ASCII = {code: " " for code in range(128) if not chr(code).isalnum()}
_LETTERS = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "ð": "d",
    "þ": "th",
}
"""Letters that people type without their stroke, though Unicode does not take them apart."""
_INVISIBLE = "\u00ad\u034f\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
"""Soft hyphens, joiners, direction marks, the Arabic stretch, variants of emoji: no part of a word."""
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3041-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uac00-\ud7a3\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Scripts whose words do not stand between blanks, and Korean, whose words carry endings."""


@dataclass(frozen=True, slots=True)
class _Alphabet:
    dropped: re.Pattern[str]
    """Accents and invisible characters, which do not count, and letters of `_LETTERS`."""
    word: re.Pattern[str]
    run: re.Pattern[str]
    """A stretch of a word in unspaced scripts, or of the rest of it."""
    unit: re.Pattern[str]
    """One character of an unspaced script with its marks."""


@cache
def _alphabet() -> _Alphabet:
    """Return the patterns for text beyond ASCII, made when the first such text is met (10 ms)."""
    accents: list[str] = []
    marks: list[str] = []
    for code in range(0x300, 0x10000):
        char = chr(code)
        if unicodedata.category(char)[0] == "M":
            at = unicodedata.combining(char)
            (accents if 10 <= at <= 36 or at >= 200 or 0x20D0 <= code < 0x2100 else marks).append(char)
    kept = "".join(marks)
    return _Alphabet(
        dropped=re.compile(f"[{''.join(accents)}{_INVISIBLE}{''.join(_LETTERS)}_]"),
        word=re.compile(f"[^\\W_][\\w{kept}]*"),
        run=re.compile(f"(?:[{_UNSPACED}][{kept}]*)+|[^{_UNSPACED}]+"),
        unit=re.compile(f"[{_UNSPACED}][{kept}]*"),
    )


def folded(text: str) -> str:
    r"""Return a text without what does not count: case, accents, width, ligatures, invisible characters.

    Voice marks of kana and vowel signs of Indic scripts are no accents. Hebrew and Arabic points are.

    >>> folded("Café Straße ＡＢＣ ﬁn Łódź soft\u00adly"), folded("がぎ"), folded("שָׁלוֹם")
    ('cafe strasse abc fin lodz softly', 'がぎ', 'שלום')
    """
    text = evened(text)
    return text.lower() if text.isascii() else _folded(text)


def _folded(text: str) -> str:
    taken_apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _alphabet().dropped.sub(_replaced, taken_apart))


def evened(text: str) -> str:
    """Return a text, of the same length, with ASCII for characters that fold to one of it or are in no word.

    Of most texts in Latin letters nothing else is left then. What is written in others is returned as it is.

    >>> evened("The café – it’s half of what was there…"), evened("仕様書")
    ('The cafe   it s half of what was there ', '仕様書')
    """
    if text.isascii() or len(text.encode("utf-8", "surrogatepass")) > _MOSTLY_ASCII * len(text):
        return text
    return _BEYOND_ASCII.sub(_even, text)


def _even(found: re.Match[str]) -> str:
    return _even_of(found[0])


@lru_cache(maxsize=4_096)
def _even_of(char: str) -> str:
    made = _folded(char)
    if len(made) == 1 and made.isascii():
        return made
    return " " if made and _alphabet().word.findall(f"a{made}") == ["a"] else char


def is_apart(text: str) -> bool:
    r"""Return whether nothing in a text beyond ASCII becomes any of it by folding, or goes away.

    ASCII words stand in it as they are written then, unless other letters touch them.

    >>> is_apart("invoice 請求書"), is_apart("Straße"), is_apart("so\u00adft")
    (True, False, False)
    """
    return all(map(_is_apart, set(_BEYOND_ASCII.findall(text))))


@lru_cache(maxsize=4_096)
def _is_apart(char: str) -> bool:
    made = _folded(char)
    return bool(made) and len(char.lower()) == 1 and not any(each.isascii() for each in made)


def _replaced(found: re.Match[str]) -> str:
    return " " if found[0] == "_" else _LETTERS.get(found[0], "")


def search_words(text: str) -> list[str]:
    """Return the words of a text in order, folded.

    A word is a run of letters, digits and their marks. Where a script is written without blanks, each
    character makes a word with the one after it, so that any part of a sentence is found by its pairs.

    >>> search_words("Refund of ORD-2291, s'il vous plaît: v2.0_beta")
    ['refund', 'of', 'ord', '2291', 's', 'il', 'vous', 'plait', 'v2', '0', 'beta']
    >>> search_words("API仕様書v2"), search_words("...")
    (['api', '仕様', '様書', '書', 'v2'], [])
    """
    return folded_words(folded(text))


def folded_words(text: str) -> list[str]:
    """Return the words of a text that is `folded`."""
    if text.isascii():
        words = text.translate(_ASCII).split()
        return words if max(map(len, words), default=0) <= LONGEST else _cut(words)
    alphabet = _alphabet()
    if alphabet.unit.search(text):
        return [word for word, _, _ in placed_words(text)]
    words = alphabet.word.findall(text)
    return words if max(map(len, words), default=0) <= LONGEST else _cut(words)


def placed_words(folded_text: str) -> list[tuple[str, int, int]]:
    """Return the words of a folded text, each with the positions where it begins and ends.

    >>> placed_words("a 仕様書")
    [('a', 0, 1), ('仕様', 2, 4), ('様書', 3, 5), ('書', 4, 5)]
    """
    alphabet = _alphabet()
    found: list[tuple[str, int, int]] = []
    for match in alphabet.word.finditer(folded_text):
        word, start = match[0], match.start()
        if word.isascii() or not alphabet.unit.search(word):
            found += _pieces(word, start)
            continue
        for run in alphabet.run.finditer(word):
            if not alphabet.unit.match(run[0]):
                found += _pieces(run[0], start + run.start())
                continue
            units = [(start + run.start() + at.start(), at[0]) for at in alphabet.unit.finditer(run[0])]
            for (begin, one), (_, other) in zip(units, [*units[1:], (0, "")], strict=True):
                pair = (one + other)[:LONGEST]
                found.append((pair, begin, begin + len(pair)))
    return found


def is_unspaced(word: str) -> bool:
    """Return whether a word is of a script without blanks, so that it is a part of longer ones.

    >>> is_unspaced("仕"), is_unspaced("v2")
    (True, False)
    """
    return not word.isascii() and _alphabet().unit.match(word) is not None


def has_one_unit(word: str) -> bool:
    """Return whether a word of an unspaced script is a single character, with its marks.

    >>> has_one_unit("書"), has_one_unit("仕様")
    (True, False)
    """
    return not word.isascii() and _alphabet().unit.fullmatch(word) is not None


def _pieces(word: str, start: int) -> list[tuple[str, int, int]]:
    if len(word) <= LONGEST:
        return [(word, start, start + len(word))]
    return [
        (word[at : at + LONGEST], start + at, start + min(len(word), at + LONGEST))
        for at in range(0, len(word), LONGEST)
    ]


def _cut(words: list[str]) -> list[str]:
    return [word[at : at + LONGEST] for word in words for at in range(0, len(word), LONGEST)]
