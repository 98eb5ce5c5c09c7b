"""Turns the sessions of one Slack conversation into records."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, compress, repeat

from twin_tui.importers.base import DocumentRecord, Messages, SenderType, SessionRecord, from_micros
from twin_tui.importers.loading.stable_ids import StableIds, stable_id
from twin_tui.importers.slack.actors import Author
from twin_tui.importers.slack.documents import Files, documents
from twin_tui.importers.slack.members import Channel
from twin_tui.importers.slack.sessions import Exchange
from twin_tui.importers.slack.spool import Conversation
from twin_tui.importers.slack.survey import Survey
from twin_tui.importers.slack.text import Decoder, first_line, without_mentions
from twin_tui.importers.slack.time import ts_bytes, ts_text

TITLE_LENGTH = 200
_DM_NAME = re.compile(r"mpdm-|D[A-Z0-9]{5,}\Z")
Rows = tuple[list[SessionRecord], Messages, list[DocumentRecord]]


def session_id_of(team: str, channel: Channel, start: int) -> str:
    """Return the id of the session that begins at a moment, microseconds."""
    return stable_id("slack", team, channel.id, ts_text(start), "session")


class ConversationRows:
    """Records of the sessions of one open conversation, with ids that are the same for every export."""

    def __init__(
        self,
        survey: Survey,
        conversation: Conversation,
        files: Files,
        authors: Sequence[Author | None],
        words: Decoder,
    ) -> None:
        self._survey, self._conversation, self._files = survey, conversation, files
        self._words = words
        self._people = [
            None if author is None or author.is_bot else survey.person_id(author.key) for author in authors
        ]
        """The person behind each voice, None where it is a bot's."""
        channel = conversation.channel
        self._topic = None if channel.is_dm or _DM_NAME.match(channel.name) else channel.name
        self._place = ("slack", survey.team, channel.id)
        self._ids = StableIds(*self._place)

    def of(self, items: Sequence[Exchange]) -> Rows:
        """Return sessions with all their messages and documents; messages are made column by column."""
        conversation = self._conversation
        sizes = [len(item.members) for item in items]
        members = list(chain.from_iterable(item.members for item in items))
        session_ids = self._ids.of(ts_bytes([item.start for item in items]), "session")
        owners = list(chain.from_iterable(map(repeat, session_ids, sizes)))
        micros = list(map(conversation.micros.__getitem__, members))
        people = list(map(self._people.__getitem__, map(conversation.voices.__getitem__, members)))
        markups, files = conversation.bodies(members)
        ids = self._ids.of(ts_bytes(micros), "message")
        kinds = ["general"] * len(ids)
        starts = list(accumulate(sizes[:-1], initial=0))
        papers: list[DocumentRecord] = []
        for number in files:
            if people[number] is not None:
                continue
            first = starts[bisect_right(starts, number) - 1]
            asked = next((at for at in range(number - 1, first - 1, -1) if people[at] is not None), None)
            asked_by = None if asked is None else ids[asked]
            found = self._papers(owners[number], micros[number], files[number], asked_by)
            if found and asked is not None:
                kinds[asked] = "document"
            papers += found
        senders: list[SenderType] = ["twin" if person is None else "user" for person in people]
        texts = self._words.texts(markups)
        messages = Messages(ids, owners, senders, texts, micros, people, kinds)
        sessions: list[SessionRecord] = []
        for item, ref, start, size in zip(items, session_ids, starts, sizes, strict=True):
            said = compress(markups[start : start + size], people[start : start + size])
            sessions.append(self._session(item, ref, said))
        return sessions, messages, papers

    def _session(self, item: Exchange, ref: str, asked: Iterable[str]) -> SessionRecord:
        """Return a session; without a title of its own it is called what a person ``asked``."""
        survey = self._survey
        user = item.user and survey.person_id(item.user)
        twin = item.twin and survey.twin_id(item.twin)
        title = self._conversation.titles.get(item.start) or self._title(asked)
        start = from_micros(item.start)
        # By place: by name it takes three times as long.
        return SessionRecord(
            ref, user, twin, "slack", item.kind, start, title, self._topic, item.is_start_known
        )

    def _papers(
        self, session_id: str, micros: int, files: Sequence[dict[str, str]], asked_by: str | None
    ) -> list[DocumentRecord]:
        """Return what a twin posted; ``asked_by`` is the message by a person before it."""
        found = documents(
            files,
            from_micros(micros),
            self._files,
            session_id=session_id,
            asked_by=asked_by,
            native=(*self._place, ts_text(micros)),
        )
        return list(found)

    def _title(self, asked: Iterable[str]) -> str | None:
        """Return the first line a person wrote, without mentions, cut where a title would be a text."""
        line = first_line(map(self._words.text, map(without_mentions, asked)))
        if line is None or len(line) <= TITLE_LENGTH:
            return line
        return line[: TITLE_LENGTH - 1].rstrip() + "…"
