"""What a SQLite file holds, looked up once at opening: columns, row numbers, spellings of times."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peewee import Database, Entity

from twin_tui.data.columns import COLUMNS, TABLES, Form, kind_of
from twin_tui.data.dialect import expression
from twin_tui.data.dialect_sqlite import SqliteDialect
from twin_tui.data.ours import HISTORY_TABLE

SAMPLE = 200
"""Newest rows of each table of ours looked at for times that another program wrote otherwise."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The six tables as they are in one file, names in lower case."""

    columns: Mapping[str, Mapping[str, str]]
    """Declared type by table and column."""
    with_rowid: frozenset[str]
    """Tables that number their rows."""
    encoding: str
    has_history: bool
    """Whether the table of our migrations is there."""
    is_empty: bool
    """Whether there is nothing at all."""

    @property
    def is_complete(self) -> bool:
        """Whether all six tables are there."""
        return all(table in self.columns for table in TABLES)


def read_layout(db: Database) -> Layout:
    """Return the layout of the tables (or views) that bear our names."""
    marks = ", ".join("?" * len(TABLES))
    found = db.execute_sql(
        "SELECT lower(m.name), lower(c.name), c.type, m.type"
        " FROM sqlite_master m, pragma_table_xinfo(m.name) c"
        f" WHERE m.type IN ('table', 'view') AND c.hidden <> 1 AND lower(m.name) IN ({marks})",
        TABLES,
    ).fetchall()
    columns: dict[str, dict[str, str]] = {}
    for table, column, declared, _ in found:
        columns.setdefault(table, {})[column] = (declared or "").upper()
    numbered = {table for table, _, _, kind in found if kind == "table"} - {
        table
        for (table,) in db.execute_sql(
            "SELECT lower(name) FROM pragma_table_list WHERE schema = 'main' AND wr"
            if db.server_version >= (3, 37)
            else "SELECT lower(name) FROM sqlite_master WHERE upper(sql) LIKE '%WITHOUT ROWID%'"
        )
    }
    (encoding,) = db.execute_sql("PRAGMA encoding").fetchone()
    history, anything = db.execute_sql(
        "SELECT count(CASE WHEN name = ? THEN 1 END), count(*) FROM sqlite_master", (HISTORY_TABLE,)
    ).fetchone()
    return Layout(columns, frozenset(numbered), encoding, bool(history), not anything)


def forms_of(
    db: Database, layout: Layout, dialect: SqliteDialect, *, is_ours: bool
) -> dict[tuple[str, str], Form]:
    """Return how columns must be read where not as they are.

    In files of ours only the newest rows' times are looked at; elsewhere every time is.
    """
    forms: dict[tuple[str, str], Form] = {}
    for (table, column), field in COLUMNS.items():
        kind = kind_of(field)
        declared = layout.columns[table].get(column)
        if declared is None:
            forms[table, column] = _missing(dialect, "text" if kind == "id" else kind)
        elif kind == "time":
            if not _all_canonical(db, table, column, dialect, sampled=is_ours and table in layout.with_rowid):
                forms[table, column] = dialect.normalised
        elif not is_ours and (form := _foreign(kind, declared, nullable=field.null)) is not None:
            forms[table, column] = form
    return forms


def _missing(dialect: SqliteDialect, kind: str) -> Form:
    return lambda _: dialect.null(kind)


def _all_canonical(db: Database, table: str, column: str, dialect: SqliteDialect, *, sampled: bool) -> bool:
    place = Entity(column)
    newest = f" ORDER BY rowid DESC LIMIT {SAMPLE}" if sampled else ""
    select = expression(
        f"SELECT EXISTS (SELECT 1 FROM (SELECT {{0}} FROM {{2}}{newest})"
        " WHERE {0} IS NOT NULL AND NOT {1})",
        place,
        dialect.is_canonical(place),
        Entity(table),
    )
    return not db.execute(select).fetchone()[0]


def _foreign(kind: str, declared: str, *, nullable: bool) -> Form | None:
    """Return how to read a column of another system's file, whatever values its rows hold."""
    is_text = any(word in declared for word in ("CHAR", "CLOB", "TEXT"))
    match kind:
        case "id" if is_text:
            return None
        case "id":
            return _form("CASE typeof({0}) WHEN 'blob' THEN lower(hex({0})) ELSE CAST({0} AS TEXT) END")
        case "text" if nullable:
            return _form("CAST({0} AS TEXT)")
        case "text":
            return _form("COALESCE(CAST({0} AS TEXT), '')")
        case "flag":
            return _form(
                "(CASE WHEN typeof({0}) IN ('integer', 'real') THEN {0} <> 0"
                " WHEN lower(CAST({0} AS TEXT)) IN ('t', 'true', 'y', 'yes', 'on', '1') THEN 1"
                " WHEN lower(CAST({0} AS TEXT)) IN ('f', 'false', 'n', 'no', 'off', '0') THEN 0 END)"
            )
        case _:
            return _form(
                "(CASE WHEN typeof({0}) IN ('integer', 'real') THEN CAST({0} AS INTEGER)"
                " WHEN trim({0}) GLOB '[-0-9]*' AND ltrim(trim({0}), '-') NOT GLOB '*[^0-9.]*'"
                " AND {0} GLOB '*[0-9]*' THEN CAST({0} AS INTEGER) END)"
            )


def _form(template: str) -> Form:
    def read(node: Any) -> Any:
        return expression(template, node)

    return read
