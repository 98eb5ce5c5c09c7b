"""Turns the sessions of one Slack conversation into records."""

import re
from collections.abc import Iterable, Sequence
from itertools import compress

from twin_tui.importers.base import (
    DocumentRecord,
    MessageRecord,
    SessionRecord,
    StableIds,
    from_micros,
    stable_id,
)
from twin_tui.importers.slack_actors import Author
from twin_tui.importers.slack_documents import Files, documents
from twin_tui.importers.slack_members import Channel
from twin_tui.importers.slack_sessions import Exchange, decoder
from twin_tui.importers.slack_spool import Conversation
from twin_tui.importers.slack_survey import Survey
from twin_tui.importers.slack_text import first_line, without_mentions
from twin_tui.importers.slack_time import ts_text

TITLE_LENGTH = 200
_DM_NAME = re.compile(r"mpdm-|D[A-Z0-9]{5,}\Z")
Rows = tuple[SessionRecord, list[MessageRecord], list[DocumentRecord]]


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
    ) -> None:
        self._survey, self._conversation, self._files = survey, conversation, files
        self._words = decoder(survey.actors)
        self._people = [
            None if author is None or author.is_bot else survey.person_id(author.key) for author in authors
        ]
        """The person behind each voice, None where it is a bot's."""
        channel = conversation.channel
        self._topic = None if channel.is_dm or _DM_NAME.match(channel.name) else channel.name
        self._place = ("slack", survey.team, channel.id)
        self._ids = StableIds(*self._place)

    def of(self, item: Exchange) -> Rows:
        """Return a session with its messages and documents."""
        survey, conversation, words = self._survey, self._conversation, self._words
        (session_id,) = self._ids.of([ts_text(item.start)], "session")
        micros = [conversation.micros[place] for place in item.members]
        people = [self._people[conversation.voices[place]] for place in item.members]
        markups, files = conversation.bodies(item.members)
        ids = self._ids.of(map(ts_text, micros), "message")
        kinds = ["general"] * len(ids)
        papers: list[DocumentRecord] = []
        for number in files:
            if people[number] is None:
                papers += self._papers(
                    session_id, micros[number], files[number], ids=ids, before=people[:number], kinds=kinds
                )
        messages = [
            MessageRecord(
                ref, session_id, "twin" if person is None else "user", words(markup), at, person, kind
            )
            for ref, person, markup, at, kind in zip(ids, people, markups, micros, kinds, strict=True)
        ]
        session = SessionRecord(
            id=session_id,
            user_id=item.user and survey.person_id(item.user),
            twin_id=item.twin and survey.twin_id(item.twin),
            platform="slack",
            kind=item.kind,
            started_at=from_micros(item.start),
            title=conversation.titles.get(item.start) or self._title(compress(markups, people)),
            topic=self._topic,
            is_start_known=item.is_start_known,
        )
        return session, messages, papers

    def _papers(
        self,
        session_id: str,
        micros: int,
        files: Sequence[dict[str, str]],
        *,
        ids: Sequence[str],
        before: Sequence[str | None],
        kinds: list[str],
    ) -> list[DocumentRecord]:
        """Return what a twin posted; the last message by a person ``before`` asked for it."""
        asked = next((at for at in range(len(before) - 1, -1, -1) if before[at] is not None), None)
        found = documents(
            files,
            from_micros(micros),
            self._files,
            session_id=session_id,
            asked_by=None if asked is None else ids[asked],
            native=(*self._place, ts_text(micros)),
        )
        out = list(found)
        if out and asked is not None:
            kinds[asked] = "document"
        return out

    def _title(self, asked: Iterable[str]) -> str | None:
        """Return the first line a person wrote, without mentions, cut where a title would be a text."""
        line = first_line(self._words(without_mentions(markup)) for markup in asked)
        if line is None or len(line) <= TITLE_LENGTH:
            return line
        return line[: TITLE_LENGTH - 1].rstrip() + "…"
