"""A database to import into, and the import itself in one call."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.importers.exports import Export
from twin_tui.data.database import Source, open_database
from twin_tui.importers import IMPORTERS, ImportOptions, ImportReport
from twin_tui.importers.reading.spool import Spool

Run = Callable[..., ImportReport]


@pytest.fixture
def source(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as opened:
        yield opened


@pytest.fixture
def spool() -> Iterator[Spool]:
    with closing(Spool()) as opened:
        yield opened


@pytest.fixture
def run(source: Source, tmp_path: Path) -> Run:
    """Return a function that writes an export to a fresh folder and imports it."""
    count = iter(range(1000))

    def import_it(export: Export | Path, kind: str = "slack", **options: Any) -> ImportReport:
        path = export if isinstance(export, Path) else export.folder(tmp_path / f"export-{next(count)}")
        report = IMPORTERS[kind].run(path, source, ImportOptions(**options))
        assert report.read == report.kept + sum(report.left_out.values()) + report.rejected_messages
        return report

    return import_it


@pytest.fixture
def plan(tmp_path: Path) -> Run:
    """Return a function that runs an import dry, without a database."""
    count = iter(range(1000))

    def plan_it(export: Export | Path, kind: str = "slack", **options: Any) -> ImportReport:
        path = export if isinstance(export, Path) else export.folder(tmp_path / f"plan-{next(count)}")
        return IMPORTERS[kind].run(path, None, ImportOptions(dry_run=True, **options))

    return plan_it


@pytest.fixture
def rows(source: Source) -> Callable[[Any], list[tuple[Any, ...]]]:
    """Return a function that runs a select, times as aware UTC."""

    def plain(value: Any) -> Any:
        is_time = isinstance(value, datetime) or (
            isinstance(value, str) and value[:4].isdigit() and value[4:5] == "-"
        )
        return source.dialect.parse_time(value) or value if is_time else value

    def read(select: Any) -> list[tuple[Any, ...]]:
        return [tuple(plain(value) for value in row) for row in source.rows(select)]

    return read


@pytest.fixture
def make_database(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Callable[[], str]:
    """Return a function that gives another migrated database without rows, on the same engine."""

    def make() -> str:
        if database_url.startswith("sqlite"):
            url = f"sqlite:///{tmp_path / 'other.db'}"
        else:
            server = request.getfixturevalue("postgres_server")
            url = server.make("migrated")
            request.addfinalizer(lambda: server.drop(url))
        with open_database(url, "create"):
            return url

    return make
