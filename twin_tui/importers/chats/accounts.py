"""Whose conversations an assistant's export holds: its account files, the person named by hand, or nobody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from twin_tui.importers.base import ImportFailedError, ImportOptions, PersonRecord, from_micros
from twin_tui.importers.loading.stable_ids import stable_id
from twin_tui.importers.reading.archive import Archive, UnreadableFileError
from twin_tui.importers.reading.json_stream import json_items
from twin_tui.importers.report import Journal


@dataclass(frozen=True, slots=True)
class Account:
    """A person as an account file has them."""

    ref: str
    """The export's own id."""
    email: str | None
    name: str | None


def read_accounts(
    archive: Archive,
    files: Sequence[str],
    understand: Callable[[Mapping[str, Any]], Account | None],
    journal: Journal,
) -> dict[str, Account]:
    """Return the people of the account files by their ids; what is none is rejected with its place."""
    out: dict[str, Account] = {}
    for name in files:
        if name not in archive.names:
            continue
        try:
            with archive.stream(name) as stream:
                for item in json_items(stream):
                    where = f"person {item.position + 1}"
                    found = understand(item.value) if isinstance(item.value, dict) else None
                    if found is not None:
                        out[found.ref] = found
                    else:
                        journal.reject_entry(name, where, item.error or "no person with an id", item.value)
        except UnreadableFileError as error:
            journal.reject_file(name, str(error))
    return out


class Accounts:
    """Answers whose a conversation is, by the account that it names or does not name."""

    def __init__(self, platform: str, listed: Mapping[str, Account], options: ImportOptions) -> None:
        self._platform, self.listed, self._company = platform, listed, options.company
        user = (options.user or "").strip()
        if user and not ("@" in user and " " not in user):
            raise ImportFailedError("whose conversations these are is said by an e-mail address")
        self._by_hand = user or None

    def key(self, ref: str | None) -> str:
        """Return what tells this person from others: e-mail if known, else the export's id; "" for nobody."""
        account = self._account(ref)
        email = account.email if account is not None else self._by_hand
        return email.casefold() if email else (account.ref if account is not None else ref or "")

    def person_id(self, ref: str | None) -> str:
        """Return the id of a person's record."""
        account = self._account(ref)
        if account is None and self._by_hand is not None:
            return stable_id("person", self._by_hand.casefold())
        return stable_id(self._platform, "account", account.ref if account is not None else ref or "")

    def is_known(self, ref: str | None) -> bool:
        """Say whether the person has a real e-mail."""
        account = self._account(ref)
        return bool(account.email if account is not None else self._by_hand)

    def record(self, ref: str | None, first: int | None, last: int | None) -> PersonRecord:
        """Return the person with the times of the first and the last message."""
        account = self._account(ref)
        email = account.email if account is not None else self._by_hand
        name = account.name if account is not None else None
        own = (account.ref if account is not None else ref) or "unknown"
        return PersonRecord(
            id=self.person_id(ref),
            email=email or f"{own}@{self._platform}.invalid",
            full_name=name or email or own,
            company=self._company,
            created_at=_time(first),
            last_login_at=_time(last),
            is_email_real=bool(email),
            is_name_real=bool(name),
        )

    def _account(self, ref: str | None) -> Account | None:
        if ref is not None:
            return self.listed.get(ref)
        return next(iter(self.listed.values())) if len(self.listed) == 1 else None


def _time(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)
