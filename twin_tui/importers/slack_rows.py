"""Turns the sessions of one Slack conversation into records."""

import re

from twin_tui.importers.base import DocumentRecord, MessageRecord, SessionRecord, from_micros, stable_id
from twin_tui.importers.slack_documents import Files, documents
from twin_tui.importers.slack_members import Channel
from twin_tui.importers.slack_sessions import Exchange, decoder
from twin_tui.importers.slack_survey import Survey
from twin_tui.importers.slack_time import ts_text

_DM_NAME = re.compile(r"mpdm-|D[A-Z0-9]{5,}\Z")


class ConversationRows:
    """Records of the sessions of one conversation, with ids that are the same for every export."""

    def __init__(self, survey: Survey, channel: Channel, files: Files) -> None:
        self._survey, self._channel, self._files = survey, channel, files
        self._words = decoder(survey.actors)
        self._topic = None if channel.is_dm or _DM_NAME.match(channel.name) else channel.name

    def of(self, item: Exchange) -> tuple[SessionRecord, list[MessageRecord], list[DocumentRecord]]:
        """Return a session with its messages and documents."""
        survey = self._survey
        session_id = stable_id(*self._native(item.start), "session")
        session = SessionRecord(
            id=session_id,
            user_id=survey.person_id(item.user),
            twin_id=survey.twin_id(item.twin),
            platform="slack",
            kind=item.kind,
            started_at=from_micros(item.start),
            title=item.title,
            topic=self._topic,
            is_start_known=item.is_start_known,
        )
        messages: list[MessageRecord] = []
        papers: list[DocumentRecord] = []
        asked_at: int | None = None
        for index, said in enumerate(item.said):
            post, native = said.post, self._native(said.post.micros)
            if said.is_bot:
                asked = messages[asked_at].id if asked_at is not None else None
                written = list(documents(post, session_id, asked, native, self._files))
                if written and asked_at is not None:
                    messages[asked_at] = messages[asked_at]._replace(message_type="document")
                papers += written
            else:
                asked_at = index
            messages.append(
                MessageRecord(
                    id=stable_id(*native, "message"),
                    session_id=session_id,
                    sender_type="twin" if said.is_bot else "user",
                    content=self._words(post.markup),
                    created_at=from_micros(post.micros),
                    author_id=None if said.is_bot else survey.person_id(said.key),
                )
            )
        return session, messages, papers

    def _native(self, micros: int) -> tuple[str, ...]:
        return ("slack", self._survey.team, self._channel.id, ts_text(micros))
