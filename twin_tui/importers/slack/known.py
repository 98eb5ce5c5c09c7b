"""Which earlier import a Slack conversation continues: its folder may not have been listed then."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import chain, islice

from twin_tui.data.models import Session
from twin_tui.data.source import Source
from twin_tui.importers.loading.bulk import is_empty
from twin_tui.importers.slack.members import Channel
from twin_tui.importers.slack.rows import session_id_of
from twin_tui.importers.slack.spool import Conversation

_ASKED = 1_000
"""Moments at which a session may begin that are looked up to recognise a conversation."""


class KnownSessions:
    """What the database holds of a workspace's sessions, by conversation and first moment."""

    def __init__(self, source: Source | None, team: str) -> None:
        self._source, self._team = source, team
        self._is_empty = source is None or is_empty(source)

    def of(self, channel: Channel, starts: Collection[int]) -> Collection[int]:
        """Return those starts whose sessions are in the database."""
        if self._source is None or self._is_empty:
            return set()
        ids = {session_id_of(self._team, channel, start): start for start in starts}
        return {ids[ref] for (ref,) in self._source.rows_by_id(Session, ("id",), ids)}

    def channel(self, conversation: Conversation) -> Channel:
        """Return an open conversation's channel, by its name for an id where it is known so alone.

        That is how an export tells it whose ``channels.json`` does not list it, and there are such.
        """
        channel = conversation.channel
        if self._is_empty or channel.id == channel.name:
            return channel
        unlisted = replace(channel, id=channel.name)
        starts = set(islice(_begins(conversation), _ASKED))
        return unlisted if not self.of(channel, starts) and self.of(unlisted, starts) else channel


def _begins(conversation: Conversation) -> Iterator[int]:
    """Yield when sessions may begin: threads first, as most are."""
    return chain(dict.fromkeys(filter(None, conversation.threads)), conversation.micros)
