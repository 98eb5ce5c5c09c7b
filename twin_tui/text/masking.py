"""Names and private parts become marks that tell people apart without telling who they are.

The marks are keyed: the same person bears the same mark wherever it is shown, and nobody without the key can
find out by trying names. Found are names and e-mails of known people, and whatever looks like an e-mail, a
phone number, a token or a card number. A nickname, or a person the database does not know, stays readable.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from twin_tui.text.private_parts import private_parts

CODE_LENGTH = 6
"""Characters of a mark's code: 30 bits, so that a hundred thousand people hardly ever share one."""
_WORD = re.compile(r"\w+(?:['’.-]\w+)*\.?")
_SCRIPTS_WITHOUT_BLANKS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
MOST_WORDS = 5
"""Words of the longest name that is looked for in texts."""


@dataclass(frozen=True, slots=True)
class Known:
    """A person as the database knows them."""

    id: str
    name: str
    email: str


class Masker:
    """Makes marks with one key; safe to use from several threads."""

    def __init__(self, key: bytes, people: Callable[[str], str | None] | None = None) -> None:
        """Mark with ``key``; ``people`` gives the id of whoever has that casefolded full name or e-mail."""
        self._key = key
        self._people = people or (lambda _: None)

    def code(self, kind: str, identity: str) -> str:
        """Return the code of one identity, capitals and digits without look-alikes (RFC 4648 base32)."""
        mac = hmac.new(self._key, f"{kind}\0{identity}".encode("utf-8", "surrogatepass"), hashlib.sha256)
        return base64.b32encode(mac.digest())[:CODE_LENGTH].decode("ascii")

    def person(self, user_id: str) -> str:
        """Return the mark a person bears instead of a name.

        >>> Masker(b"key").person("u1") == Masker(b"key").person("u1") != Masker(b"other").person("u1")
        True
        """
        return f"Person {self.code('person', user_id)}"

    def email(self, user_id: str) -> str:
        """Return what stands for a known person's e-mail: no address that could exist (RFC 2606)."""
        return f"{self.code('person', user_id).lower()}@masked.invalid"

    def known_as(self, name: str) -> tuple[Known, ...]:
        """Return the person whose full name or e-mail that is, if there is one."""
        user_id = self._people(" ".join(name.casefold().split())) if name else None
        return (Known(user_id, name, ""),) if user_id else ()

    def text(self, text: str, participants: Iterable[Known] = ()) -> str:
        """Return a text with everything private replaced.

        ``participants`` are found by parts of their names, too.

        >>> ann = Known("u1", "Ann Lee", "ann@example.com")
        >>> masker = Masker(b"key")
        >>> masker.text("Ann wrote to bob@example.com", [ann]).replace(masker.person("u1"), "NAME")
        'NAME wrote to ‹e-mail 427ZZX›'
        """
        if not text:
            return text
        out: list[str] = []
        done = 0
        named = _named(participants)
        for start, end, kind in private_parts(text):
            out.append(self._names(text[done:start], named))
            out.append(self._part(text[start:end], kind, named))
            done = end
        out.append(self._names(text[done:], named))
        return "".join(out)

    def _part(self, written: str, kind: str, named: Mapping[str, str]) -> str:
        if kind != "e-mail":
            return f"‹{kind}›"
        folded = written.casefold()
        user_id = named.get(folded) or self._people(folded)
        return self.person(user_id) if user_id else f"‹e-mail {self.code('e-mail', folded)}›"

    def _names(self, text: str, named: Mapping[str, str]) -> str:
        text = self._unspaced(text, named)
        words = list(_WORD.finditer(text))
        out: list[str] = []
        done = at = 0
        while at < len(words):
            for count in range(min(MOST_WORDS, len(words) - at), 0, -1):
                last = words[at + count - 1]
                begin, end = words[at].start(), last.end()
                found = self._who(text, begin, end, named, is_single=count == 1)
                if found:
                    user_id, end = found
                    out += [text[done:begin], self.person(user_id)]
                    done = end
                    at += count
                    break
            else:
                at += 1
        out.append(text[done:])
        return "".join(out)

    def _who(
        self, text: str, begin: int, end: int, named: Mapping[str, str], *, is_single: bool
    ) -> tuple[str, int] | None:
        """Return whose name stands at ``text[begin:end]``, and where the name itself ends."""
        for stop in (end, end - 1 if text[end - 1] == "." else 0, _without_genitive(text, begin, end)):
            if stop <= begin:
                continue
            folded = " ".join(text[begin:stop].casefold().split())
            user_id = named.get(folded) or (None if is_single else self._people(folded))
            if user_id:
                return user_id, stop
        return None

    def _unspaced(self, text: str, named: Mapping[str, str]) -> str:
        """Replace participants' names written in scripts that put no blanks between words."""
        for name in sorted(
            (name for name in named if _SCRIPTS_WITHOUT_BLANKS.search(name)), key=len, reverse=True
        ):
            text = text.replace(name, self.person(named[name]))
        return text


def _without_genitive(text: str, begin: int, end: int) -> int:
    for ending in ("'s", "’s", "'", "’"):
        if text[begin:end].endswith(ending):
            return end - len(ending)
    return 0


def _named(participants: Iterable[Known]) -> dict[str, str]:
    """Return what a participant is found by: e-mail, full name, and each part of three letters or more."""
    named: dict[str, str] = {}
    for person in participants:
        folded = " ".join(person.name.casefold().split())
        is_unspaced = _SCRIPTS_WITHOUT_BLANKS.search(folded) is not None
        shortest = 2 if is_unspaced else 3
        parts = [part for part in folded.split() if len(part) >= shortest]
        together = [folded.replace(" ", "")] if is_unspaced else []
        for spelling in (person.email.casefold(), folded, *together, *parts):
            if spelling:
                named.setdefault(spelling, person.id)
    return named
