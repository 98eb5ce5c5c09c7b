"""What is typed to find texts in several scripts, and what it means, told by the pieces of a text."""

from dataclasses import dataclass

Piece = tuple[str, str]
"""Plain form and written form; a sentence's plain form is ""."""


@dataclass(frozen=True)
class Sought:
    """Something to type, and what it means."""

    typed: str
    words: tuple[str, ...] = ()
    """Whole words, all wanted."""
    phrases: tuple[tuple[str, ...], ...] = ()
    beginnings: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """Parts of sentences in scripts without blanks."""

    def is_in(self, pieces: list[Piece]) -> bool:
        plain = [word for word, _ in pieces]
        sentences = [written for word, written in pieces if not word]
        return (
            all(word in plain for word in self.words)
            and all(_follows(plain, phrase) for phrase in self.phrases)
            and all(any(word.startswith(start) for word in plain) for start in self.beginnings)
            and all(any(part in sentence for sentence in sentences) for part in self.parts)
        )


def _follows(plain: list[str], phrase: tuple[str, ...]) -> bool:
    return any(tuple(plain[at : at + len(phrase)]) == phrase for at in range(len(plain)))


SOUGHT = (
    Sought("refund", words=("refund",)),
    Sought("  RÉFUND ", words=("refund",)),
    Sought("refund*", beginnings=("refund",)),
    Sought("credit refund", words=("credit", "refund")),
    Sought('"credit note"', phrases=(("credit", "note"),)),
    Sought('"credit note', phrases=(("credit", "note"),)),
    Sought("credit-note", phrases=(("credit", "note"),)),
    Sought('note "refund credit"', words=("note",), phrases=(("refund", "credit"),)),
    Sought("straße", words=("strasse",)),
    Sought("łodz", words=("lodz",)),
    Sought("ΠΡΙВЕТ absent", words=("absent",)),
    Sought("привет", words=("привет",)),
    Sought("ελλάσ", words=("ελλας",)),
    Sought("हिन्दी", words=("हिन्दी",)),
    Sought("שלום", words=("שלום",)),
    Sought("2291", words=("2291",)),
    Sought("AND", words=("and",)),
    Sought("NEAR(refund)", phrases=(("near", "refund"),)),
    Sought("返金", parts=("返金",)),
    Sought("返", parts=("返",)),
    Sought("返金を", parts=("返金を",)),
    Sought("「返金」 refund", words=("refund",), parts=("返金",)),
    Sought("환불", parts=("환불",)),
    Sought("ไทย", parts=("ไทย",)),
    Sought("ｶﾞｽ", parts=("ガス",)),
    Sought("カス", parts=("カス",)),
    Sought("zzz", words=("zzz",)),
)
