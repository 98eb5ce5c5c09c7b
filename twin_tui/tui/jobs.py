"""What the screens may set going, as plain callables that the command line composes."""

from collections.abc import Callable
from dataclasses import dataclass

Tell = Callable[[int, int | None, str], None]
"""Called by a job with units done, units in all (None while unknown) and what is being done.

It raises `StoppedError` between two units when the person stops the job.
"""
TALLY_NAMES = ("new", "changed", "already there", "kept")
"""What the four numbers of an `Imported` row count."""


class JobError(Exception):
    """A job could not be done; the text is one clear sentence."""


class StoppedError(Exception):
    """The person stopped the job."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of export that can be imported."""

    name: str
    """The word a person types."""
    label: str
    """What is read, in a few words."""
    suffixes: tuple[str, ...] = ()
    """Endings of single files, beside ZIPs, that are an export by themselves."""


@dataclass(frozen=True, slots=True)
class ImportWish:
    """What to import, from where, into what."""

    format: str
    path: str
    into: str
    """Path or URL of the database."""
    company: str | None = None
    owner: str | None = None
    user: str | None = None
    """Whose conversations these are, an e-mail."""
    agents: tuple[str, ...] = ()
    """Members that are agents though the source lists them as people: their ids there."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in, or in a dry run would come in."""

    is_dry_run: bool
    rows: tuple[tuple[str, tuple[int, int, int, int]], ...]
    """By table: its name, and rows counted as `TALLY_NAMES` says."""
    conversations: int
    """Conversations found in the source; 0 means there is nothing to look at."""
    remarks: tuple[str, ...]
    """The rest of the report, safe lines: how the numbers add up, what was left out, problems, notes."""
    rejected: int
    """Messages and files that could not be read."""


@dataclass(frozen=True, slots=True)
class Jobs:
    """Everything an app may set going; each callable but ``recent`` and ``formats`` belongs in a thread."""

    demo: Callable[[Tell], str]
    """Make the sample or top it up to today; returns its place. Raises `JobError`."""
    preview: Callable[[ImportWish, Tell], Imported]
    """Read everything, write nothing. Raises `JobError`."""
    bring_in: Callable[[ImportWish, Tell], Imported]
    """Import, unit by unit, each in one transaction. Raises `JobError`."""
    check: Callable[[str], str]
    """Return the place to open for what was typed; raises `JobError` where no viewer can open it."""
    recent: Callable[[], tuple[str, ...]]
    """Databases opened before, the latest first."""
    formats: Callable[[], tuple[Format, ...]]
    """What can be imported."""
    demo_place: str
    """Where the sample lies, or will."""
    target: str
    """Where an import goes if nothing else is said."""
    recognise: Callable[[str], Format | None] = lambda _: None
    """Say what the export at a path is; ``None`` where it is nothing that is known. Belongs in a thread."""
