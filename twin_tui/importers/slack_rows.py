"""Turns the sessions of one Slack conversation into records."""

import re
from collections.abc import Iterable

from twin_tui.importers.base import DocumentRecord, MessageRecord, SessionRecord, from_micros, stable_id
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

    def __init__(self, survey: Survey, conversation: Conversation, files: Files) -> None:
        self._survey, self._conversation, self._files = survey, conversation, files
        self._words = decoder(survey.actors)
        channel = conversation.channel
        self._topic = None if channel.is_dm or _DM_NAME.match(channel.name) else channel.name
        self._place = ("slack", survey.team, channel.id)

    def of(self, item: Exchange) -> Rows:
        """Return a session with its messages and documents."""
        survey, conversation, words = self._survey, self._conversation, self._words
        session_id = session_id_of(survey.team, conversation.channel, item.start)
        messages: list[MessageRecord] = []
        papers: list[DocumentRecord] = []
        asked_at: int | None = None
        asked: list[str] = []
        """What people wrote, for the title."""
        for number, (index, micros, is_bot, key) in enumerate(item.said):
            markup, files = conversation.body(index)
            at = from_micros(micros)
            native = (*self._place, ts_text(micros))
            if is_bot:
                answered = messages[asked_at].id if asked_at is not None else None
                if files:
                    found = documents(
                        files, at, self._files, session_id=session_id, asked_by=answered, native=native
                    )
                    posted = list(found)
                    if posted and asked_at is not None:
                        messages[asked_at] = messages[asked_at]._replace(message_type="document")
                    papers += posted
            else:
                asked_at = number
                asked.append(markup)
            messages.append(
                MessageRecord(
                    stable_id(*native, "message"),
                    session_id,
                    "twin" if is_bot else "user",
                    words(markup),
                    at,
                    None if is_bot else survey.person_id(key),
                )
            )
        session = SessionRecord(
            id=session_id,
            user_id=item.user and survey.person_id(item.user),
            twin_id=item.twin and survey.twin_id(item.twin),
            platform="slack",
            kind=item.kind,
            started_at=from_micros(item.start),
            title=conversation.titles.get(item.start) or self._title(asked),
            topic=self._topic,
            is_start_known=item.is_start_known,
        )
        return session, messages, papers

    def _title(self, asked: Iterable[str]) -> str | None:
        """Return the first line a person wrote, without mentions, cut where a title would be a text."""
        line = first_line(self._words(without_mentions(markup)) for markup in asked)
        if line is None or len(line) <= TITLE_LENGTH:
            return line
        return line[: TITLE_LENGTH - 1].rstrip() + "…"
