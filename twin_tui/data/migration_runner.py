"""Peewee's runner of migrations, on a database of ours: it loads every driver, so only who migrates does."""

from datetime import UTC, datetime
from typing import Any

from playhouse.migrations import MigrationError, Runner

from twin_tui.data.ours import HISTORY_TABLE, migrations_folder
from twin_tui.data.source import Source

__all__ = ["MigrationError", "runner_of"]


class _Runner(Runner):
    """Peewee's runner, recording UTC."""

    def _run(self, name: str, module: Any, direction: str, fake: bool = False) -> None:  # noqa: ARG002
        with self.migrator.migration_context(getattr(module, "atomic", True)):
            getattr(module, direction)(self.migrator, self.database)
            if direction == "up":
                self.History.create(name=name, applied=datetime.now(UTC).replace(tzinfo=None))
            else:
                self.History.delete().where(self.History.name == name).execute()


def runner_of(source: Source) -> Any:
    """Return the runner of our migrations on ``source``; its methods raise `MigrationError`."""
    runner: Any = _Runner
    return runner(source.db, str(migrations_folder()), HISTORY_TABLE)
