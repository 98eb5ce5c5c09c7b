"""Imports Slack: an official workspace export or slackdump's, a folder or a ZIP."""

from array import array
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

from twin_tui.data.source import Source
from twin_tui.importers.base import (
    Batch,
    ImportFailedError,
    ImportOptions,
    Progress,
    from_micros,
)
from twin_tui.importers.loading.collecting import seldom_collected
from twin_tui.importers.loading.load import load
from twin_tui.importers.reading.archive import Archive, Names
from twin_tui.importers.reading.archive_open import open_archive
from twin_tui.importers.reading.spool import Spool
from twin_tui.importers.report import ImportReport, Journal, counted, make_report
from twin_tui.importers.slack.actors import Actors
from twin_tui.importers.slack.days import DayReader
from twin_tui.importers.slack.documents import known_files
from twin_tui.importers.slack.known import KnownSessions
from twin_tui.importers.slack.members import Channel, read_directory
from twin_tui.importers.slack.posts import DAY_FILE, Met, conversations
from twin_tui.importers.slack.rows import ConversationRows, Rows
from twin_tui.importers.slack.sessions import KINDS, Cutter, Exchange
from twin_tui.importers.slack.spool import Conversation
from twin_tui.importers.slack.survey import Survey
from twin_tui.importers.slack.text import Decoder

BATCH_MESSAGES = 5_000
"""A batch ends with the session that reaches this many messages."""
LOOKED_FOR = (
    "a Slack export: neither channels.json, groups.json, dms.json, mpims.json or integration_logs.json"
    " was found in it, nor a folder with files named like 2026-10-01.json"
)
_SIGNS = frozenset(
    ("channels.json", "groups.json", "dms.json", "mpims.json", "integration_logs.json", "org_users.json")
)


class SlackImporter:
    """Slack export → sessions; the mapping is described in the importer's test files, trap by trap."""

    name = "slack"
    label = "Slack export or slackdump (ZIP, folder)"

    suffixes: tuple[str, ...] = ()

    def recognises(self, path: str | Path) -> bool:
        """Say whether the names in ``path`` are those of a Slack export."""
        try:
            self.require(path)
        except ImportFailedError:
            return False
        return True

    def require(self, path: str | Path) -> None:
        """Raise :class:`ImportFailedError` where ``path`` is no Slack export that can be opened."""
        with open_archive(path, is_slack_export, LOOKED_FOR, Journal()):
            pass

    def run(
        self,
        path: str | Path,
        source: Source | None,
        options: ImportOptions,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Import ``path`` into ``source``; raises :class:`ImportFailedError` and ``DatabaseError``.

        Every file is read once. What was read waits beside memory until all is known: who speaks at all,
        then which sessions there are and whose twins; then one conversation after the other is written.
        """
        if source is None and not options.dry_run:
            raise ImportFailedError("no database to import into")
        journal = Journal(options.on_reject)
        with open_archive(path, is_slack_export, LOOKED_FOR, journal) as archive, seldom_collected():
            return _Run(archive, journal, options, progress).report(source)


class _Run:
    """One import, from opened archive to report."""

    def __init__(
        self, archive: Archive, journal: Journal, options: ImportOptions, progress: Progress | None
    ) -> None:
        self._archive, self._journal, self._options = archive, journal, options
        self._progress = progress
        self._directory = read_directory(archive, journal)
        self._places = conversations(archive, self._directory)
        self._files = known_files(archive, self._directory.file_titles)
        self._steps = 2 * sum(len(names) for _, names in self._places)
        self._done = 0
        self._bot_posts = 0

    def report(self, source: Source | None) -> ImportReport:
        """Read, load and report."""
        with closing(Spool()) as spool:
            met = Met(spool, self._journal, self._directory)
            found = self._read(met)
            newest = max((conversation.newest for conversation in found), default=0)
            self._as_of = from_micros(newest) if newest else None
            self._actors = Actors(self._directory, met.voices, self._options.bridges, self._options.agents)
            self._actors.check_bridges()
            self._actors.check_agents()
            self._survey = Survey(self._actors, self._options, self._archive.label, met.workspaces)
            self._survey.find_owner()
            self._words = Decoder(self._actors.name_of, self._directory.channel_names.get)
            gap = round(max(0.0, self._options.gap_minutes) * 60_000_000)
            self._known = KnownSessions(source, self._survey.team)
            self._cutter = Cutter(self._actors, met.mentions, gap, self._known.of)
            found = self._find_sessions(found)
            loaded = load(
                source,
                self._batches(found),
                dry_run=self._options.dry_run,
                as_of=self._as_of,
                memory=self._options.memory,
            )
        self._tick(self._steps - self._done, "done")
        for note in loaded.notes:
            self._journal.note(note)
        if self._actors.people and not self._actors.bots:
            self._advise()
        return make_report(
            "slack",
            self._journal,
            loaded.rows,
            dry_run=self._options.dry_run,
            explanation=self._explanation(),
        )

    def _read(self, met: Met) -> list[Conversation]:
        out: list[Conversation] = []
        reader = DayReader(self._archive, met)
        for channel, names in self._places:
            conversation = reader.conversation(channel, names)
            if len(conversation):
                out.append(conversation)
            conversation.shelve()
            self._tick(len(names), f"reading {shown_name(channel)}")
        if met.with_tokens:
            self._journal.note(
                f"{counted(met.with_tokens, 'message')} with an access token in an address: it was not stored"
            )
        return out

    def _find_sessions(self, conversations: list[Conversation]) -> list[Conversation]:
        journal, out = self._journal, []
        journal.sessions.update(dict.fromkeys(KINDS, 0))
        is_bot = [author is not None and author.is_bot for author in self._cutter.authors]
        for conversation in conversations:
            with conversation.opened():
                conversation.channel = self._known.channel(conversation)
                found = list(self._cutter.exchanges(conversation, journal.left_out))
                self._bot_posts += sum(map(is_bot.__getitem__, conversation.voices))
            for item in found:
                self._survey.add(item)
                journal.sessions[item.kind] += 1
                journal.kept += len(item.members)
            if found:
                members = array("i", chain.from_iterable(item.members for item in found))
                conversation.keep_sessions([item.plain() for item in found], members)
                out.append(conversation)
        for bot, names in self._actors.many_named():
            journal.note(f"{bot} posts under {names:,} names: if it speaks for people, say --bridge {bot}")
        unlisted = self._survey.unlisted()
        if unlisted and self._directory.has_users:
            names_shown = ", ".join(unlisted[:10]) + (" …" if len(unlisted) > 10 else "")
            who = "1 person" if len(unlisted) == 1 else f"{len(unlisted):,} people"
            journal.note(f"{who} taking part but not in users.json: {names_shown}")
        return out

    def _batches(self, conversations: list[Conversation]) -> Iterator[Batch]:
        yield Batch(
            "people and twins",
            tuple(self._survey.people()),
            tuple(self._survey.twins()),
            unit=f"slack/{self._survey.team}",
            as_of=self._as_of,
        )
        for conversation in conversations:
            with conversation.opened(with_texts=True):
                yield from self._batches_of(conversation)
            self._tick(conversation.files, f"writing {shown_name(conversation.channel)}")

    def _batches_of(self, conversation: Conversation) -> Iterator[Batch]:
        rows = ConversationRows(self._survey, conversation, self._files, self._cutter.authors, self._words)
        waiting: list[Exchange] = []
        begin = end = 0
        sessions, members = conversation.sessions()
        for plain in sessions:
            exchange = Exchange.of(plain, members[end : end + plain[2]])
            waiting.append(exchange)
            end += plain[2]
            if end - begin >= BATCH_MESSAGES:
                yield self._batch(conversation, rows.of(waiting))
                waiting, begin = [], end
        if waiting:
            yield self._batch(conversation, rows.of(waiting))

    def _batch(self, conversation: Conversation, rows: Rows) -> Batch:
        sessions, messages, papers = rows
        return Batch(
            shown_name(conversation.channel),
            sessions=tuple(sessions),
            messages=messages,
            documents=tuple(papers),
            unit=f"slack/{self._survey.team}/{conversation.channel.id}",
            as_of=from_micros(conversation.newest),
        )

    def _explanation(self) -> str | None:
        journal = self._journal
        if sum(journal.sessions.values()):
            return None
        read = f"{counted(journal.read, 'message')} read"
        if not journal.read:
            return "no message was found"
        if not self._bot_posts:
            return f"{read}; no bot took part in any conversation"
        bots = f"{self._bot_posts:,} of them by bots"
        return f"{read}, {bots}; nobody mentioned a bot, wrote to one or shared a thread with one"

    def _advise(self) -> None:
        """Tell what may be done where nobody is known to be a bot."""
        seeming = [f"{name} ({ref})" for name, ref in self._actors.seeming_agents()]
        known = f": {', '.join(seeming[:5])} may be one" if seeming else ""
        self._journal.note(
            f"if an agent writes under a member's name, say --agent and that member's id{known}"
        )

    def _tick(self, units: int, label: str) -> None:
        self._done += units
        if self._progress is not None:
            self._progress(self._done, self._steps, label)


def is_slack_export(names: Names) -> bool:
    """Say whether an archive's names are those of a Slack export.

    >>> is_slack_export(["general/2026-10-01.json"]), is_slack_export(["conversations.json", "users.json"])
    (True, False)
    """
    return any(name in _SIGNS or DAY_FILE.match(name) for name in names)


def shown_name(channel: Channel) -> str:
    """Return what a person would call a conversation."""
    return f"DM {channel.id}" if channel.is_dm else f"#{channel.name}"
