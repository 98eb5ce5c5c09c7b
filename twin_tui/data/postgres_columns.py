"""What a PostgreSQL database holds, looked up once at opening: columns, types, rights."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peewee import Database, Entity

from twin_tui.data.columns import COLUMNS, TABLES, Form, is_required, kind_of
from twin_tui.data.dialect import expression
from twin_tui.data.dialect_postgres import PostgresDialect
from twin_tui.data.ours import HISTORY_TABLE


@dataclass(frozen=True, slots=True)
class Layout:
    """The six tables as the role sees them."""

    columns: Mapping[str, Mapping[str, str]]
    """Type by table and column, only what may be read."""
    unreadable: tuple[str, ...]
    """Tables or required columns that are there and may not be read."""
    is_ours: bool
    is_empty: bool
    """There is no table at all on the search path."""
    is_utf8: bool
    has_icu: bool

    @property
    def is_complete(self) -> bool:
        """Whether all six tables are there."""
        return all(table in self.columns for table in TABLES)


def read_layout(db: Database) -> Layout:
    """Return the layout of the tables our names stand for on the search path."""
    found = db.execute_sql(
        "SELECT t.name, a.attname, format_type(coalesce(nullif(y.typbasetype, 0), a.atttypid), NULL),"
        " has_column_privilege(t.place, a.attnum, 'SELECT')"
        " FROM (SELECT name, to_regclass(quote_ident(name)) AS place FROM unnest(%s::text[]) AS name) AS t"
        " JOIN pg_attribute a ON a.attrelid = t.place AND a.attnum > 0 AND NOT a.attisdropped"
        " JOIN pg_type y ON y.oid = a.atttypid",
        (list(TABLES),),
    ).fetchall()
    columns: dict[str, dict[str, str]] = {}
    unreadable: dict[str, None] = {}
    for table, column, kind, may_read in found:
        held = columns.setdefault(table, {})
        if may_read:
            held[column] = kind
        elif (table, column) in COLUMNS and is_required(table, column):
            unreadable[f"{table}.{column}"] = None
    (is_ours, is_empty, encoding, has_icu) = db.execute_sql(
        "SELECT to_regclass(%s) IS NOT NULL,"
        " NOT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname = ANY (current_schemas(false))),"
        " current_setting('server_encoding'),"
        " EXISTS (SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu')",
        (HISTORY_TABLE,),
    ).fetchone()
    return Layout(columns, tuple(unreadable), is_ours, is_empty, encoding == "UTF8", has_icu)


def forms_of(
    db: Database, layout: Layout, dialect: PostgresDialect, *, is_ours: bool
) -> dict[tuple[str, str], Form]:
    """Return how columns must be read where not as they are."""
    forms: dict[tuple[str, str], Form] = {}
    for (table, column), field in COLUMNS.items():
        kind = kind_of(field)
        declared = layout.columns[table].get(column)
        if declared is None:
            forms[table, column] = _missing(dialect, "text" if kind == "id" else kind)
        elif not is_ours:
            form = _foreign(kind, declared, nullable=field.null)
            if kind == "time" and _has_endless(db, table, column, declared):
                form = _form(_FINITE.replace("{0}", _TIMES[declared]))
            if form is not None:
                forms[table, column] = form
    return forms


def _missing(dialect: PostgresDialect, kind: str) -> Form:
    return lambda _: dialect.null(kind)


_STAMP, _STAMP_ZONE = "timestamp without time zone", "timestamp with time zone"
_TIMES = {_STAMP: "{0}", _STAMP_ZONE: "timezone('UTC', {0})", "date": "{0}::timestamp"}
_FINITE = "(CASE WHEN {0} >= '0001-01-01' AND {0} < '10000-01-01' THEN {0} END)"
_NUMBERS = ("smallint", "integer", "bigint", "numeric", "real", "double precision")
_EPOCH = """(timestamp 'epoch' + interval '1 microsecond' * (CASE
 WHEN abs({0}) < 1e11 THEN trunc({0}::numeric * 1000000) WHEN abs({0}) < 1e14 THEN trunc({0}::numeric * 1000)
 WHEN abs({0}) < 1e17 THEN trunc({0}::numeric) ELSE trunc({0}::numeric / 1000) END))"""
_DAYS = "date_part('day', (left({0}, 7) || '-01')::date + interval '1 month' - interval '1 day')"
_TEXT_TIME = (
    r"(CASE WHEN {0} ~ '^(?!0000)\d\d\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"([ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)?( ?(Z|UTC|[+-]([01]\d|2[0-3])(:?[0-5]\d)?))?)?$'"
    rf" THEN (CASE WHEN substr({{0}}, 9, 2)::int <= {_DAYS}"
    r" THEN timezone('UTC', replace({0}, ',', '.')::timestamptz) END) END)"
)


def _has_endless(db: Database, table: str, column: str, declared: str) -> bool:
    """Return whether a time column holds infinity or years Python cannot count."""
    if declared not in _TIMES:
        return False
    select = expression(
        "SELECT min({0}) < '0001-01-01' OR max({0}) >= '10000-01-01' FROM {1}", Entity(column), Entity(table)
    )
    return bool(db.execute(select).fetchone()[0])


def _foreign(kind: str, declared: str, *, nullable: bool) -> Form | None:
    """Return how to read a column of another system's table, whatever its type."""
    is_text = declared in ("text", "character varying")
    match kind:
        case "id":
            return None if is_text else _form("{0}::text")
        case "text":
            read = "{0}" if is_text else "{0}::text"
            return None if is_text and nullable else _form(read if nullable else f"coalesce({read}, '')")
        case "flag":
            if declared == "boolean":
                return None
            return _form(
                "(CASE WHEN lower({0}::text) IN ('t', 'true', 'y', 'yes', 'on', '1') THEN true"
                " WHEN lower({0}::text) IN ('f', 'false', 'n', 'no', 'off', '0') THEN false END)"
            )
        case "count":
            if declared in ("smallint", "integer", "bigint"):
                return None
            return _form(
                r"(CASE WHEN {0}::text ~ '^\s*-?\d{1,15}(\.\d*)?\s*$' THEN {0}::text::numeric::bigint END)"
            )
        case _:
            if declared == _STAMP:
                return None
            if declared in _NUMBERS:
                return _form(_EPOCH)
            return _form(_TIMES.get(declared) or _TEXT_TIME.replace("{0}", "btrim({0}::text)"))


def _form(template: str) -> Form:
    def read(node: Any) -> Any:
        return expression(template, node)

    return read
