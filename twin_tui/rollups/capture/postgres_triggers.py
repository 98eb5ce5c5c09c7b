"""The triggers that tell of changes on PostgreSQL, as text."""

from collections.abc import Sequence

EVENTS = ("insert", "update", "delete", "truncate")
_TRANSITIONS = {
    "insert": "REFERENCING NEW TABLE AS twin_tui_new ",
    "update": "REFERENCING OLD TABLE AS twin_tui_old NEW TABLE AS twin_tui_new ",
    "delete": "REFERENCING OLD TABLE AS twin_tui_old ",
    "truncate": "",
}


def push(schema: str, kind: str, owner: str) -> str:
    """Return the statement that lets owners wait, but for ``{rows}``, where the rows come from.

    ``owner`` is the expression of the id of whom a row ``changed`` belongs to.
    """
    return (
        f"INSERT INTO {schema}.twin_tui_queue (kind, id) SELECT DISTINCT '{kind}', {owner}"
        f' FROM {{rows}} AS "changed" WHERE {owner} IS NOT NULL'
    )


def body(schema: str, table: str, event: str, pushed: str, columns: Sequence[str]) -> str:
    """Return what the function of a table and event does, ``pushed`` being the statement of `push`.

    Of an update only rows count that differ in one of ``columns``.
    """
    if event == "truncate":
        return f"BEGIN INSERT INTO {schema}.twin_tui_spoilt (name) VALUES ('{table}'); RETURN NULL; END"
    rows = {"insert": "twin_tui_new", "delete": "twin_tui_old"}.get(event)
    if rows is None:
        rows = f"({_difference(columns, 'old', 'new')} UNION ALL {_difference(columns, 'new', 'old')})"
    return f"BEGIN {pushed.replace('{rows}', rows)}; RETURN NULL; END"


def function(schema: str, table: str, event: str, text: str) -> tuple[str, ...]:
    """Return the statements that make a function or change what it does.

    It acts as its owner, so no name in it may depend on the writer's search path. A fixed path doubles what
    the trigger adds to a small insert: a text without casts and collations does without, as the names of
    tables in it are qualified or those of the trigger itself.
    """
    name = f"{schema}.twin_tui_capture_{table}_{event}()"
    is_plain = not set("(:") & set(text.partition("SELECT")[2])
    path = "" if is_plain else "SET search_path = pg_catalog, pg_temp "
    as_owner = f"LANGUAGE plpgsql SECURITY DEFINER {path}"
    return (
        f"CREATE OR REPLACE FUNCTION {name} RETURNS trigger {as_owner}AS $twin${text}$twin$",
        f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
    )


def trigger(schema: str, table: str, event: str) -> tuple[str, ...]:
    """Return the statements that make a trigger anew; it also fires for replicas and bulk loaders."""
    name = f"twin_tui_capture_{event}"
    act = f"FOR EACH STATEMENT EXECUTE FUNCTION {schema}.twin_tui_capture_{table}_{event}()"
    return (
        f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"',
        f'CREATE TRIGGER "{name}" AFTER {event.upper()} ON "{table}" {_TRANSITIONS[event]}{act}',
        f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"',
    )


def _difference(columns: Sequence[str], rows: str, others: str) -> str:
    # As plain text any type can be compared, and texts that merely sort alike differ.
    every = ", ".join(f'"{column}"::text COLLATE "C" AS "{column}"' for column in columns)
    return f"(SELECT {every} FROM twin_tui_{rows} EXCEPT SELECT {every} FROM twin_tui_{others})"
