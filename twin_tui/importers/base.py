"""What every importer has in common: its options, the records it makes, and how it is called."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from twin_tui.data.database import Source
    from twin_tui.importers.rejects import OnReject
    from twin_tui.importers.report import ImportReport

Progress = Callable[[int, int | None, str], None]
"""Called with units done, units in all (None while unknown) and what is being done."""
SenderType = Literal["user", "twin"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST_MICROS = 253_402_300_799_000_000
"""The last second of year 9999, in microseconds since 1970: no later time can be written."""


class ImportFailedError(Exception):
    """Nothing could be imported at all; the text is one clear sentence."""


class Memory(Protocol):
    """What earlier imports into a database knew, by unit: a workspace, one of its channels."""

    def newest(self, unit: str) -> datetime | None:
        """Return the newest moment that an import of the unit knew of, aware UTC."""

    def remember(self, moments: Mapping[str, datetime]) -> None:
        """Keep the newest moment of each unit; it never moves back."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person may choose for an import."""

    company: str | None = None
    """Company of everyone imported; None: what the source says."""
    owner: str | None = None
    """Owner of twins whose installer is unknown: e-mail, name or the source's own id."""
    user: str | None = None
    """E-mail of the person whose conversations these are, where the source does not tell."""
    gap_minutes: float = 30
    """A longer silence ends an exchange that has no thread."""
    bridges: tuple[str, ...] = ()
    """Bots that speak for people, each under that person's user name: their ids in the source."""
    agents: tuple[str, ...] = ()
    """Members that are agents though the source lists them as people: their ids in the source."""
    all_users: bool = False
    """Also import people who take part in no conversation."""
    dry_run: bool = False
    """Say what would happen and write nothing."""
    on_reject: "OnReject | None" = None
    """Told of each item that could not be taken, as it is met."""
    memory: Memory | None = None
    """What earlier imports into the same database knew; None: only the database tells."""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A row of ``users``; times are aware UTC."""

    id: str
    email: str
    full_name: str
    company: str | None = None
    department: str | None = None
    created_at: datetime | None = None
    last_login_at: datetime | None = None
    is_email_real: bool = True
    """False: the source has no e-mail, this one only fills the column; it never replaces a real one."""
    is_name_real: bool = True
    """False: only an id stands in for the name; it never replaces a real one."""
    is_company_certain: bool = True
    """False: a guess that fills an empty company but never replaces one."""


@dataclass(frozen=True, slots=True)
class TwinRecord:
    """A row of ``twins``."""

    id: str
    user_id: str
    """The owner: a :class:`PersonRecord` id of the same import."""
    name: str
    description: str | None = None
    is_shared: bool = False
    created_at: datetime | None = None
    is_owner_certain: bool = False
    """False: a stored owner is kept."""


class SessionRecord(NamedTuple):
    """A row of ``sessions``; ``is_shared_twin`` follows from the owner when it is loaded."""

    id: str
    user_id: str
    """"": as stored, for a session known before whose beginning is not in this source."""
    twin_id: str
    """The same."""
    platform: str
    kind: str
    """What kind of conversation, in the report's words: thread, DM, unthreaded."""
    started_at: datetime
    title: str | None = None
    topic: str | None = None
    is_start_known: bool = True
    """False: the beginning is not in this source, so a stored user, twin and title are kept."""
    known_until: datetime | None = None
    """Not None: the source holds the whole conversation as it stood then.

    Where the database holds a later message of it, what is stored stays; else what is stored of it and not
    in the source goes.
    """


@dataclass(frozen=True, slots=True)
class Messages:
    """Rows of ``messages``; those of one session stand in the source's own order.

    Columns of one length, because there are millions of them.
    """

    ids: Sequence[str] = ()
    session_ids: Sequence[str] = ()
    sender_types: Sequence[SenderType] = ()
    contents: Sequence[str] = ()
    micros: Sequence[int] = ()
    """When each was written, microseconds since 1970."""
    author_ids: Sequence[str | None] = ()
    """The person who wrote it; None for a twin."""
    message_types: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A row of ``documents``."""

    id: str
    session_id: str
    message_id: str | None
    document_type: str | None
    title: str | None
    content: str
    word_count: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class QueryRecord:
    """A row of ``queries``; ``results_count`` None is unknown, never 0."""

    id: str
    session_id: str
    message_id: str | None
    query_text: str
    query_type: str | None
    results_count: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """What is written whole or not at all; people and twins come with or before what refers to them."""

    label: str
    """What a person would call it: a channel's name."""
    people: tuple[PersonRecord, ...] = ()
    twins: tuple[TwinRecord, ...] = ()
    sessions: tuple[SessionRecord, ...] = ()
    messages: Messages = Messages()
    documents: tuple[DocumentRecord, ...] = ()
    queries: tuple[QueryRecord, ...] = ()
    unit: str | None = None
    """Of what the source always holds everything up to a moment: a channel. None: of nothing smaller."""
    as_of: datetime | None = None
    """That moment, aware UTC: a newer one in the memory or the database means that this is older."""

    @property
    def rows(self) -> int:
        """How many rows it is."""
        people = len(self.people) + len(self.twins) + len(self.sessions)
        return people + len(self.messages) + len(self.documents) + len(self.queries)


class Importer(Protocol):
    """One foreign format."""

    @property
    def name(self) -> str:
        """The word a person types."""

    @property
    def label(self) -> str:
        """What is read, in a few words."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Endings of single files, beside ZIPs, that are an export by themselves."""

    def recognises(self, path: str | Path) -> bool:
        """Say whether ``path`` looks like this format; reads little of it and never fails."""

    def require(self, path: str | Path) -> None:
        """Raise :class:`ImportFailedError` where ``path`` cannot be opened or is not of this format."""

    def run(
        self,
        path: str | Path,
        source: "Source | None",
        options: ImportOptions,
        progress: Progress | None = None,
    ) -> "ImportReport":
        """Import ``path`` into ``source`` (None only in a dry run) and return what happened.

        Raises :class:`ImportFailedError` when ``path`` cannot be read or is not of this format.
        """


def from_micros(micros: int) -> datetime:
    """Return microseconds since 1970 as aware UTC.

    >>> from_micros(1_700_000_000_000_100)
    datetime.datetime(2023, 11, 14, 22, 13, 20, 100, tzinfo=datetime.timezone.utc)
    """
    return _EPOCH + timedelta(microseconds=micros)
