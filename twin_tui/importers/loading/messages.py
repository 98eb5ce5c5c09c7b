"""Turns messages into rows, column by column: there are millions of them."""

from collections.abc import Mapping, Sequence
from operator import ge, le, ne

from twin_tui.data.times import time_texts
from twin_tui.importers.base import Messages, from_micros
from twin_tui.importers.loading.people import People
from twin_tui.importers.loading.rows import RowTuple, TextCleaner

COLUMNS = ("id", "session_id", "sender_type", "content", "message_type", "created_at")


def message_rows(
    messages: Messages,
    ids: Mapping[str, str],
    users: Mapping[str, str],
    people: People,
    cleaner: TextCleaner,
    *,
    are_compared: bool,
) -> dict[str, RowTuple]:
    """Return rows by id; those that are compared with stored ones hold datetimes, others text.

    ``ids`` are the stored ids of the messages' sessions, ``users`` those of whose sessions they are.
    """
    sessions = list(map(ids.__getitem__, messages.session_ids))
    known = {author: people.id_of(author) for author in set(messages.author_ids) if author is not None}
    contents = [
        text if author is None or known[author] == user else f"[{people.name_of(author)}] {text}"
        for text, author, user in zip(
            cleaner.clean_all(messages.contents),
            messages.author_ids,
            map(users.__getitem__, sessions),
            strict=True,
        )
    ]
    moments = _increasing(sessions, messages.micros)
    times = map(from_micros, moments) if are_compared else time_texts(moments)
    kinds = messages.message_types
    rows = zip(messages.ids, sessions, messages.sender_types, contents, kinds, times, strict=True)
    return dict(zip(messages.ids, rows, strict=True))


def _increasing(sessions: Sequence[str], micros: Sequence[int]) -> Sequence[int]:
    """Return times of which each is later than the one before in its session, microseconds."""
    if _are_increasing(sessions, micros):
        return micros
    last: dict[str, int] = {}
    out: list[int] = []
    for session, at in zip(sessions, micros, strict=True):
        before = last.get(session, 0)
        last[session] = moment = at if at > before else before + 1
        out.append(moment)
    return out


def _are_increasing(sessions: Sequence[str], micros: Sequence[int]) -> bool:
    """Say whether that is so already, and each session's messages stand together, as most do."""
    ends = list(map(ne, sessions, sessions[1:]))
    if sum(ends) + 1 != len(set(sessions)) or min(micros) <= 0:
        return False
    return all(map(ge, ends, map(le, micros[1:], micros)))  # Where it does not rise, a session ends.
