"""Which stored person a row of ``users`` is: by id, by e-mail in any case, or a new one."""

from twin_tui.data.models import User
from twin_tui.data.source import Source
from twin_tui.importers.tables.format import BadValueError


class Emails:
    """The e-mails of a database, and what an import makes of them; a database allows each but once."""

    def __init__(self, source: Source | None) -> None:
        rows = [] if source is None else source.rows(User.select(User.id, User.email))
        found = sorted((str(email), str(ref)) for ref, email in rows)
        self._owners = dict(found)
        self._before: dict[str, str] = {}
        """Owners by case-folded e-mail before anything was imported."""
        for email, ref in found:
            self._before.setdefault(email.casefold(), ref)
        self._emails = {ref: email for email, ref in found}
        self.joined: dict[str, str] = {}
        """Ids of the source whose person has another id here."""

    def settle(self, ref: str, email: str | None) -> str:
        """Return the id under which a person is stored; raises `BadValueError` where the e-mail is taken.

        ``email`` None leaves the stored one.
        """
        target = ref
        if ref not in self._emails and email is not None:
            target = self._before.get(email.casefold(), ref)
        if email is not None:
            owner = self._owners.setdefault(email, target)
            if owner != target:
                raise BadValueError("its e-mail is that of another user")
            old = self._emails.get(target)
            if old is not None and old != email and self._owners.get(old) == target:
                del self._owners[old]
            self._emails[target] = email
        if target != ref:
            self.joined[ref] = target
        return target
