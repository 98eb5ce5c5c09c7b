"""Answers with everybody's name, e-mail and words masked; ids, times and figures stay as they are.

Every field that can hold a person's words is named here or reached through one of the types below. A test
walks all answers to hold that: a field added tomorrow is masked or listed as harmless.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from twin_tui.analytics.answers import (
    ActivityItem,
    Choice,
    Choices,
    ConversationHeader,
    Draft,
    EmptyText,
    Entry,
    Hit,
    Leaderboard,
    Person,
    PersonHit,
    PersonRow,
    SessionBehind,
    SessionHit,
    Topic,
    TwinHit,
    TwinPage,
    TwinRef,
    TwinRow,
)
from twin_tui.analytics.answers.search import Parts
from twin_tui.text.masking import Known, Masker

Answer = TypeVar("Answer")


def masked(answer: Answer, masker: Masker, participants: Iterable[Known] = ()) -> Answer:
    """Return an answer of the service as somebody may see it who should not know who it is about.

    ``participants`` are people whose names may stand in it by parts; those an item names are known anyway.
    """
    return _Masking(masker, tuple(participants)).of(answer)  # type: ignore[no-any-return]


def known(person: Person) -> Known:
    """Return a person of an answer as one that texts are searched for."""
    return Known(person.id, person.name, person.email)


class _Masking:
    def __init__(self, masker: Masker, participants: tuple[Known, ...]) -> None:
        self.masker, self.participants = masker, participants

    def of(self, value: Any) -> Any:
        """Return a value masked: an answer, or a tuple of them; anything else as it is."""
        if isinstance(value, tuple):
            return tuple(map(self.of, value))
        if not is_dataclass(value) or isinstance(value, type):
            return value
        special = _SPECIAL.get(type(value))
        return special(self, value) if special is not None else self._fields(value)

    def _fields(self, value: Any) -> Any:
        changed = {}
        for each in fields(value):
            before = getattr(value, each.name)
            after = self.of(before) if isinstance(before, tuple) or is_dataclass(before) else before
            if after is not before and after != before:
                changed[each.name] = after
        return replace(value, **changed) if changed else value

    def text(self, text: str | None, *people: Person) -> Any:
        """Return somebody's words with everyone's name and private parts replaced."""
        return text and self.masker.text(text, (*map(known, people), *self.participants))

    def person(self, person: Person) -> Person:
        """Return the mark of a person; a person without an id is nobody."""
        if not person.id:
            return person
        return Person(person.id, self.masker.person(person.id), self.masker.email(person.id))

    def twin(self, twin: TwinRef) -> TwinRef:
        """Return a twin whose name tells nobody's."""
        return TwinRef(twin.id, self.text(twin.name, twin.owner), self.person(twin.owner))

    def item(self, item: ActivityItem) -> ActivityItem:
        """Return a line of the feed."""
        people = (item.user, item.twin.owner)
        return replace(
            item,
            user=self.person(item.user),
            twin=self.twin(item.twin),
            what=self.text(item.what, *people),
            detail=self.text(item.detail, *people),
        )

    def behind(self, line: SessionBehind) -> SessionBehind:
        """Return a conversation behind a number; its reason may quote somebody."""
        reason = self.text(line.reason, line.item.user, line.item.twin.owner)
        return SessionBehind(self.item(line.item), reason)

    def empty_text(self, found: EmptyText) -> EmptyText:
        """Return what was looked for and not found."""
        return replace(found, text=self.text(found.text))

    def header(self, header: ConversationHeader) -> ConversationHeader:
        """Return what stands above a transcript."""
        people = (header.user, header.twin.owner)
        return replace(
            header,
            user=self.person(header.user),
            twin=self.twin(header.twin),
            title=self.text(header.title, *people),
            topic=self.text(header.topic, *people),
        )

    def entry(self, entry: Entry) -> Entry:
        """Return a message, document or query; its size stays that of what is stored."""
        return replace(entry, text=self.text(entry.text), title=self.text(entry.title))

    def draft(self, draft: Draft) -> Draft:
        """Return a draft by its title."""
        return replace(draft, title=self.text(draft.title))

    def parts(self, parts: Parts, *people: Person) -> Parts:
        """Return a text in pieces; one that is masked only here is no longer in pieces."""
        text = "".join(piece for piece, _ in parts)
        shown = self.text(text, *people)
        return parts if shown == text else ((shown, False),)

    def hit(self, hit: Hit) -> Hit:
        """Return a text that a search found."""
        people = (hit.user, hit.twin.owner)
        return replace(
            hit,
            user=self.person(hit.user),
            twin=self.twin(hit.twin),
            title=self.text(hit.title, *people),
            conversation=self.text(hit.conversation, *people),
            snippet=self.parts(hit.snippet, *people),
        )

    def session_hit(self, hit: SessionHit) -> SessionHit:
        """Return a conversation that a search found by its title."""
        title = self.parts(hit.title, hit.user, hit.twin.owner)
        return replace(hit, user=self.person(hit.user), twin=self.twin(hit.twin), title=title)

    def person_hit(self, hit: PersonHit) -> PersonHit:
        """Return a person that a search found: by their mark, which holds nothing of what was sought."""
        person = self.person(hit.person)
        return replace(hit, person=person, name=((person.name, False),), email=((person.email, False),))

    def twin_hit(self, hit: TwinHit) -> TwinHit:
        """Return a twin that a search found."""
        return replace(hit, twin=self.twin(hit.twin), name=self.parts(hit.name, hit.twin.owner))

    def person_row(self, row: PersonRow) -> PersonRow:
        """Return a line of the directory of people."""
        return replace(row, name=self.masker.person(row.id), email=self.masker.email(row.id))

    def twin_row(self, row: TwinRow) -> TwinRow:
        """Return a line of the directory of twins."""
        return replace(row, name=self.text(row.name, row.owner), owner=self.person(row.owner))

    def twin_page(self, page: TwinPage) -> TwinPage:
        """Return the page of a twin."""
        described = self.text(page.description, page.row.owner)
        return replace(self._fields(page), description=described)  # type: ignore[no-any-return]

    def topic(self, topic: Topic) -> Topic:
        """Return what conversations are about, which may name somebody."""
        return replace(topic, name=self.text(topic.name))

    def leaderboard(self, board: Leaderboard) -> Leaderboard:
        """Return a leaderboard; companies and departments are nobody's names."""
        if board.group in ("company", "department"):
            return board
        of_users = board.group == "user"
        rows = tuple(
            replace(row, name=name, detail=detail)
            for row in board.rows
            for name, detail in [self._named(row.id, row.name, row.detail, is_user=of_users)]
        )
        return replace(board, rows=rows)

    def choices(self, choices: Choices) -> Choices:
        """Return the values of filters: people by their marks, twins without their owners' names."""
        return replace(
            choices,
            users=tuple(self._choice(each, is_user=True) for each in choices.users),
            twins=tuple(self._choice(each, is_user=False) for each in choices.twins),
        )

    def _choice(self, choice: Choice, *, is_user: bool) -> Choice:
        label, detail = self._named(choice.value, choice.label, choice.detail, is_user=is_user)
        return replace(choice, label=label, detail=detail)

    def _named(self, id_: str, name: str, detail: str, *, is_user: bool) -> tuple[str, str]:
        """Return a person's mark and address, or a twin's name and its owner's, both as texts."""
        if is_user:
            return (self.masker.person(id_), self.masker.email(id_)) if id_ else (name, detail)
        owner = self.masker.known_as(detail)
        return self.masker.text(name, (*self.participants, *owner)), self.masker.text(detail, owner)


_SPECIAL: Mapping[type, Callable[[_Masking, Any], Any]] = {
    Person: _Masking.person,
    TwinRef: _Masking.twin,
    ActivityItem: _Masking.item,
    SessionBehind: _Masking.behind,
    ConversationHeader: _Masking.header,
    EmptyText: _Masking.empty_text,
    Draft: _Masking.draft,
    Entry: _Masking.entry,
    Hit: _Masking.hit,
    SessionHit: _Masking.session_hit,
    PersonHit: _Masking.person_hit,
    TwinHit: _Masking.twin_hit,
    PersonRow: _Masking.person_row,
    TwinRow: _Masking.twin_row,
    TwinPage: _Masking.twin_page,
    Topic: _Masking.topic,
    Leaderboard: _Masking.leaderboard,
    Choices: _Masking.choices,
}
