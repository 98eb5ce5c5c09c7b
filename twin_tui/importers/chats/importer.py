"""What the exports of ChatGPT and claude.ai have in common: how they are opened, recognised and imported."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

from twin_tui.data.source import Source
from twin_tui.importers.base import ImportFailedError, ImportOptions, Progress
from twin_tui.importers.chats.accounts import Account, Accounts, read_accounts
from twin_tui.importers.chats.chat import Chat, Ledger, Told
from twin_tui.importers.chats.files import SUFFIXES, ChatFiles, holds_conversations, signs_in
from twin_tui.importers.chats.run import ChatRun
from twin_tui.importers.loading.collecting import seldom_collected
from twin_tui.importers.reading.archive import Archive
from twin_tui.importers.reading.archive_open import open_archive
from twin_tui.importers.report import ImportReport, Journal
from twin_tui.text.safe_text import safe_line

__all__ = ["Account", "ChatImporter"]
_SIGNS = {"mapping": "a ChatGPT", "chat_messages": "a claude.ai"}
"""The key by which a conversation of each is known."""
_GROUPS, _NO_GROUPS = "group_chats.json", 40
"""Where ChatGPT keeps chats among several people, and how many bytes it is at most where there are none."""


class ChatImporter(ABC):
    """One assistant's export: conversations, each a JSON object, in one file or several."""

    name: str
    label: str
    assistant: str
    """What people call it."""
    suffixes = SUFFIXES
    account_files: ClassVar[tuple[str, ...]]
    """Files that tell whose conversations these are."""
    sign: ClassVar[str]
    """The key that every conversation has."""

    @abstractmethod
    def account(self, raw: Mapping[str, Any]) -> Account | None:
        """Return a person of an account file, None for what is none."""

    @abstractmethod
    def chat(self, raw: Mapping[str, Any], ledger: Ledger) -> Chat | None:
        """Return a conversation, None when the page shows nothing; raises `OddItemError`."""

    @abstractmethod
    def told(self, data: bytes) -> Told | None:
        """Return a conversation read from its bytes at once, None where it is not as usual."""

    def recognises(self, path: str | Path) -> bool:
        """Say whether ``path`` holds conversations of this assistant; reads no more than their first ones."""
        try:
            with self._opened(path, Journal()) as archive:
                return self.sign in signs_in(ChatFiles(archive).names, archive)
        except ImportFailedError:
            return False

    def run(
        self,
        path: str | Path,
        source: Source | None,
        options: ImportOptions,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Import ``path`` into ``source``; raises :class:`ImportFailedError` and ``DatabaseError``.

        Every conversation is read once, one at a time, and waits beside memory until it is known who had
        them and with which models.
        """
        if source is None and not options.dry_run:
            raise ImportFailedError("no database to import into")
        journal = Journal(options.on_reject)
        with closing(self._opened(path, journal)) as archive, seldom_collected():
            files = ChatFiles(archive)
            self._check(path, files, archive)
            if _GROUPS in archive.names and archive.size(_GROUPS) > _NO_GROUPS:
                journal.note(f"{_GROUPS} was not read: chats among several people are not imported")
            listed = read_accounts(archive, self.account_files, self.account, journal)
            accounts = Accounts(self.name, listed, options)
            return ChatRun(self, files, accounts, journal, options=options, progress=progress).report(source)

    def require(self, path: str | Path) -> None:
        """Raise :class:`ImportFailedError` where ``path`` is no export of this assistant."""
        with closing(self._opened(path, Journal())) as archive:
            self._check(path, ChatFiles(archive), archive)

    def _opened(self, path: str | Path, journal: Journal) -> Archive:
        looked_for = f"{_SIGNS[self.sign]} export: no conversations.json was found in it"
        return open_archive(
            path, holds_conversations, looked_for, journal, suffixes=SUFFIXES, are_names_enough=False
        )

    def _check(self, path: str | Path, files: ChatFiles, archive: Archive) -> None:
        signs = signs_in(files.names, archive)
        if self.sign in signs or (not signs and files.are_named):
            return
        hint = "".join(f"; it looks like {what} export" for sign, what in _SIGNS.items() if sign in signs)
        shown = safe_line(str(path), 160)
        raise ImportFailedError(
            f"{shown} is not {_SIGNS[self.sign]} export: no conversation was found in it{hint}"
        )
