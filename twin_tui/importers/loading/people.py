"""Finds or makes the people and twins that an import refers to."""

from collections.abc import Iterable, Mapping

from twin_tui.data.models import Session, Twin, User
from twin_tui.data.source import Source
from twin_tui.importers.base import ImportFailedError, PersonRecord, TwinRecord
from twin_tui.importers.loading.rows import RowTuple, TableLoad, TextCleaner, earliest, latest

USER_COLUMNS = ("id", "email", "full_name", "company", "department", "created_at", "last_login_at")
TWIN_COLUMNS = ("id", "user_id", "name", "description", "is_shared", "created_at")
INVENTED_DOMAIN = ".invalid"
"""An e-mail that ends so (RFC 2606) was made by an importer for a source without one."""


class People:
    """Everyone an import knows, by the records' ids: stored ids, names, owners."""

    def __init__(self, source: Source | None, cleaner: TextCleaner, *, dry_run: bool) -> None:
        self._source, self._cleaner, self._dry_run = source, cleaner, dry_run
        self.users = TableLoad(source, User, USER_COLUMNS, dry_run=dry_run)
        self.twins = TableLoad(source, Twin, TWIN_COLUMNS, dry_run=dry_run)
        self.joined: dict[str, str] = {}
        """Stored people without an e-mail who turned out to be others already known."""
        self.changed_owner: set[str] = set()
        """Twins that this import gives to someone else."""
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._owners: dict[str, str] = {}
        self._by_email: dict[str, str] | None = None

    def id_of(self, ref: str) -> str:
        """Return the stored id of a record's person; raises :class:`ImportFailedError` for an unknown one."""
        try:
            return self._ids[ref]
        except KeyError:
            raise ImportFailedError("the export changed while it was read: run the import again") from None

    def name_of(self, ref: str) -> str:
        """Return the name of a record's person."""
        return self._names[ref]

    def owner_of(self, twin: str) -> str:
        """Return the stored id of a twin's owner; raises :class:`ImportFailedError` for an unknown twin."""
        try:
            return self._owners[twin]
        except KeyError:
            raise ImportFailedError("the export changed while it was read: run the import again") from None

    def load_people(self, records: Iterable[PersonRecord], *, is_older: bool) -> None:
        """Match people by case-folded e-mail, then by id; write those that are new or say something new."""
        known = self._emails()
        records = list(records)
        targets: dict[str, str] = {}
        for record in records:
            email = self._cleaner.clean(record.email).casefold()
            targets[record.id] = known.setdefault(email, record.id)
        stored = self.users.stored({*targets, *targets.values()})
        rows: dict[str, RowTuple] = {}
        for record in records:
            target = targets[record.id]
            self._ids[record.id] = target
            before = rows.get(target) or stored.get(target)
            rows[target] = row = self._user_row(target, record, before, is_older=is_older)
            self._names[record.id] = row[2] if target == record.id else self._cleaner.clean(record.full_name)
            own = stored.get(record.id)
            if target != record.id and own is not None and own[1].endswith(INVENTED_DOMAIN):
                self.joined[record.id] = target
        self.users.put(rows, stored)
        self._join()

    def load_twins(self, records: Iterable[TwinRecord], *, is_older: bool) -> None:
        """Write twins; a stored owner stays unless the source is certain of another."""
        records = list(records)
        clean, maybe = self._cleaner.clean, self._cleaner.maybe
        stored = {
            ref: (row[0], self.joined.get(row[1], row[1]), *row[2:])
            for ref, row in self.twins.stored([record.id for record in records]).items()
        }
        rows: dict[str, RowTuple] = {}
        for record in records:
            owner, created, shared = self.id_of(record.user_id), record.created_at, record.is_shared
            name, description = clean(record.name), maybe(record.description)
            before = stored.get(record.id)
            if before is not None:
                if is_older or not record.is_owner_certain:
                    owner = before[1]
                if is_older:
                    name = before[2]
                description = (before[3] or description) if is_older else (description or before[3])
                shared = shared or bool(before[4])
                created = earliest(created, before[5])
                if owner != before[1]:
                    self.changed_owner.add(record.id)
            self._owners[record.id] = owner
            rows[record.id] = (record.id, owner, name, description, shared, created)
        self.twins.put(rows, stored)

    def _user_row(
        self, target: str, record: PersonRecord, before: RowTuple | None, *, is_older: bool
    ) -> RowTuple:
        clean, maybe = self._cleaner.clean, self._cleaner.maybe
        email, name = clean(record.email), clean(record.full_name)
        company, department = maybe(record.company), maybe(record.department)
        created, last = record.created_at, record.last_login_at
        if before is not None:
            _, old_email, old_name, old_company, old_department, old_created, old_last = before
            if not record.is_email_real or is_older or old_email.casefold() == email.casefold():
                email = old_email
            if is_older or not record.is_name_real:
                name = old_name
            if is_older or not record.is_company_certain:
                company = old_company or company
            else:
                company = company or old_company
            department = (old_department or department) if is_older else (department or old_department)
            created, last = earliest(created, old_created), latest(last, old_last)
        return (target, email, name, company, department, created, last)

    def _emails(self) -> dict[str, str]:
        """Return stored ids by case-folded e-mail; read once."""
        if self._by_email is None:
            found = [] if self._source is None else self._source.rows(User.select(User.email, User.id))
            self._by_email = {}
            for email, ref in sorted((str(email), str(ref)) for email, ref in found):
                self._by_email.setdefault(email.casefold(), ref)
        return self._by_email

    def _join(self) -> None:
        if self._source is None or self._dry_run:
            return
        for ref, target in self.joined.items():
            with self._source.failures():
                Session.update(user=target).where(Session.user == ref).execute(self._source.db)
                Twin.update(user=target).where(Twin.user == ref).execute(self._source.db)
                User.delete().where(User.id == ref).execute(self._source.db)


def moved(rows: Mapping[str, RowTuple], joined: Mapping[str, str], column: int) -> dict[str, RowTuple]:
    """Return rows as they are once joined people are one: their id in ``column`` replaced."""
    return {
        ref: (*row[:column], joined.get(row[column], row[column]), *row[column + 1 :])
        for ref, row in rows.items()
    }
