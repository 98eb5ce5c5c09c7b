"""Capturing changes on PostgreSQL: statement-level triggers append to a queue, whoever writes.

A writer needs no rights on our tables (the functions act as their owner) and waits for nobody: it only ever
appends. A line can become visible after one with a higher number, so lines are taken off by their numbers,
never up to one. ``twin_tui_spoilt`` is told of a TRUNCATE.
"""

from typing import Any, Final

from twin_tui.data.columns import TABLES
from twin_tui.rollups.capture.changes import OWNERS, SCAN, Capture, Gathering, Taken
from twin_tui.rollups.capture.postgres_triggers import EVENTS, body, function, push, trigger

STEP_LOCK: Final = 0x5457494E_00000002
"""Key of the advisory lock held while changes are taken in, until the transaction ends."""
_TABLES = {
    "twin_tui_queue": "seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    " kind TEXT NOT NULL, id TEXT NOT NULL",
    "twin_tui_spoilt": "name TEXT NOT NULL",
}
_VACUUM = "autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000"


class PostgresCapture(Capture):
    """Changes of a PostgreSQL database."""

    def install(self) -> None:
        """Make queue, functions and triggers, in the schema where tables are made."""
        self._check_kinds()
        run = self.source.run
        for name, columns in _TABLES.items():
            run(f"CREATE TABLE IF NOT EXISTS {name} ({columns})")
        run(f"ALTER TABLE twin_tui_queue SET ({_VACUUM})")
        schema = self._schema()
        found = self._found()
        for (table, event), text in self._bodies(schema).items():
            if found.get((table, event)) == ("A", text):
                continue
            for statement in (*function(schema, table, event, text), *trigger(schema, table, event)):
                run(statement)

    def remove(self) -> None:
        """Drop triggers, functions and tables."""
        ((there,),) = self.source.run("SELECT to_regclass('twin_tui_queue') IS NOT NULL")
        schema = self._schema() if there else ""
        for table in TABLES:
            for event in EVENTS:
                self.source.run(f'DROP TRIGGER IF EXISTS "twin_tui_capture_{event}" ON "{table}"')
                if schema:
                    self.source.run(f"DROP FUNCTION IF EXISTS {schema}.twin_tui_capture_{table}_{event}()")
        for name in _TABLES:
            self.source.run(f"DROP TABLE IF EXISTS {name}")

    def hold(self) -> None:
        """Wait for the lock of steps; statements that follow see all that was done under it."""
        self.source.run("SELECT pg_advisory_xact_lock(?)", (STEP_LOCK,))

    def take(self, limit: int) -> Taken:
        """Read the queue from its head, and delete what was read; one transaction at a time."""
        self.hold()
        lines = self.source.run("SELECT seq, kind, id FROM twin_tui_queue ORDER BY seq LIMIT ?", (SCAN,))
        gathering, read, is_more = Gathering(limit), [], len(lines) == SCAN
        for seq, kind, key in lines:
            if gathering.add(kind, key):
                read.append(seq)
            else:
                is_more = True
        if read:
            self.source.run("DELETE FROM twin_tui_queue WHERE seq = ANY (?)", (read,))
        return gathering.taken(is_more=is_more)

    def behind(self) -> int:
        """Return the lines of the queue: counted up to 10,000, estimated from their numbers above."""
        ((waiting,),) = self.source.run(
            f"SELECT count(*) FROM (SELECT 1 FROM twin_tui_queue LIMIT {SCAN}) AS head"
        )
        if waiting == SCAN:
            ((span,),) = self.source.run("SELECT max(seq) - min(seq) + 1 FROM twin_tui_queue")
            waiting = max(waiting, span or 0)
        return int(waiting)

    def reset(self) -> None:
        """Delete the lines there are; those of transactions still under way stay to come."""
        self.hold()
        for name in _TABLES:
            self.source.run(f"DELETE FROM {name}")

    def is_intact(self) -> bool:
        """Check that all triggers are there and always fire, and that nothing was truncated."""
        if not (found := self._found()):
            return False
        wanted = {place: ("A", text) for place, text in self._bodies(self._schema()).items()}
        return found == wanted and not self.source.run("SELECT 1 FROM twin_tui_spoilt LIMIT 1")

    def _bodies(self, schema: str) -> dict[tuple[str, str], str]:
        """Return what each function does, by table and event."""
        bodies = {}
        for table in TABLES:
            kind, column = OWNERS[table]
            for event in EVENTS:
                pushed = push(schema, kind, self.text(table, column, "changed"))
                bodies[table, event] = body(schema, table, event, pushed, self.matters(table))
        return bodies

    def _found(self) -> dict[tuple[str, str], tuple[Any, ...]]:
        """Return when our triggers fire and what they do, by table and event."""
        rows = self.source.run(
            "SELECT t.name, substr(g.tgname, 18), g.tgenabled::text, p.prosrc"
            " FROM unnest(?::text[]) AS t(name)"
            " JOIN pg_trigger g ON g.tgrelid = to_regclass(quote_ident(t.name))"
            " JOIN pg_proc p ON p.oid = g.tgfoid WHERE starts_with(g.tgname, 'twin_tui_capture_')",
            (list(TABLES),),
        )
        return {(table, event): (enabled, text) for table, event, enabled, text in rows}

    def _schema(self) -> str:
        """Return the quoted name of the schema that holds the queue."""
        ((name,),) = self.source.run(
            "SELECT quote_ident(n.nspname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.oid = to_regclass('twin_tui_queue')"
        )
        return str(name)

    def _check_kinds(self) -> None:
        rows = self.source.run(
            "SELECT t.name, c.relkind::text FROM unnest(?::text[]) AS t(name)"
            " JOIN pg_class c ON c.oid = to_regclass(quote_ident(t.name)) ORDER BY 1",
            (list(TABLES),),
        )
        for table, kind in rows:
            if kind not in ("r", "p"):
                raise self.refuse(table, "is a foreign table" if kind == "f" else "is a view")
