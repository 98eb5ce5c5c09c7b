"""Opening a database, whichever it is: one row per scheme."""

from collections.abc import Callable, Mapping

from twin_tui.data.errors import DatabaseError
from twin_tui.data.source import Mode, Source

__all__ = ["SCHEMES", "Mode", "Source", "open_database"]


def _open_sqlite(url: str, mode: Mode) -> Source:
    from twin_tui.data.sqlite import open_sqlite  # noqa: PLC0415 - a server needs nothing of it

    return open_sqlite(url, mode)


def _open_postgres(url: str, mode: Mode) -> Source:
    from twin_tui.data.postgres import open_postgres  # noqa: PLC0415 - loads the driver, which takes long

    return open_postgres(url, mode)


SCHEMES: Mapping[str, Callable[[str, Mode], Source]] = {
    "sqlite": _open_sqlite,
    "postgresql": _open_postgres,
    "postgres": _open_postgres,
}
"""How a database is opened, by the scheme of its URL; a path is SQLite's."""


def open_database(url: str, mode: Mode = "read") -> Source:
    """Return the database that a path or URL names, opened; raises `DatabaseError` with one sentence.

    ``read`` never creates or changes anything; ``write`` opens an existing database of ours as it is;
    ``create`` also makes a missing file, and brings the schema up to date. Neither of the two touches
    another system's database; ``adopt`` opens that, too, for tables of our own beside its rows.
    """
    scheme, colon, _ = url.partition("://")
    open_it = SCHEMES.get(scheme.lower() if colon else "sqlite")
    if open_it is None:
        known = ", ".join(f"{name}://" for name in SCHEMES)
        raise DatabaseError(f"{scheme}:// is not supported: give a path, or a URL that begins with {known}.")
    source = open_it(url, mode)
    if mode == "create":
        from twin_tui.data import schema  # noqa: PLC0415 - loads what only migrations need

        try:
            schema.upgrade(source)
            source.look()
        except BaseException:
            source.close()
            raise
    return source
