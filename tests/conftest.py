"""Databases for every test: empty and migrated, or with the hand-countable world, on both engines."""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

for _name in list(os.environ):
    if _name.startswith(("TWIN_TUI_REQUIRE", "TEXTUAL_SNAPSHOT")):
        continue
    if _name.startswith(("TEXTUAL", "TWIN_TUI_")) or _name in (
        *("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "PGHOST", "PGPORT", "PGUSER", "PGDATABASE"),
        *("PGPASSWORD", "PGSERVICE", "PGOPTIONS", "PGSSLMODE", "PGPASSFILE"),
    ):
        del os.environ[_name]

_own_home = tempfile.mkdtemp(prefix="twin-tui-tests-")
atexit.register(shutil.rmtree, _own_home, ignore_errors=True)
for _name in ("CONFIG", "DATA", "STATE", "CACHE"):
    os.environ[f"XDG_{_name}_HOME"] = str(Path(_own_home) / _name.lower())
os.environ["XDG_DOCUMENTS_DIR"] = str(Path(_own_home) / "documents")

from tests import postgres  # noqa: E402 - the environment comes first
from tests.world import insert_world  # noqa: E402
from twin_tui.data.database import Source, open_database  # noqa: E402
from twin_tui.rollups import portions  # noqa: E402

pytest_plugins = ("twin_tui.testing.plugin",)
ENGINES = ("sqlite", "postgresql")

# Screens are made and thrown away by the hundred beside modules that stay: looked through less often,
# a third of a screen test's time is saved.
gc.set_threshold(50_000, 20, 20)

# Nobody writes beside the many small builds of tests.
portions.REST_SECONDS = 0.0


def pytest_report_header() -> str:
    """Say whether PostgreSQL takes part."""
    return f"PostgreSQL: {postgres.find_binaries() or postgres.ABSENT + ': its tests are skipped'}"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where PostgreSQL is required, a skipped test is a failure: nothing hides."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if postgres.IS_REQUIRED and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("Tests were skipped, and none may be here.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A running server, started by the first test of this worker that asks for it."""
    binaries = postgres.find_binaries()
    if binaries is None:
        if postgres.IS_REQUIRED:
            pytest.fail(postgres.ABSENT)
        pytest.skip(postgres.ABSENT)
    server = postgres.Server(binaries)
    yield server
    server.stop()


def _fill(_: Source) -> None:
    """Leave a migrated database empty."""


def _sqlite_template(folder: Path, fill: Callable[[Source], None]) -> Path:
    path = folder / "template.db"
    with open_database(str(path), "create") as source:
        fill(source)
    return path


def _postgres_template(server: postgres.Server, name: str, fill: Callable[[Source], None]) -> str:
    server.run(f"CREATE DATABASE {name} TEMPLATE template0")
    with open_database(server.url(name), "create") as source:
        fill(source)
    return name


@pytest.fixture(scope="session")
def _sqlite_empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _sqlite_template(tmp_path_factory.mktemp("empty"), _fill)


@pytest.fixture(scope="session")
def _sqlite_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _sqlite_template(tmp_path_factory.mktemp("world"), insert_world)


@pytest.fixture(scope="session")
def _postgres_empty(postgres_server: postgres.Server) -> str:
    return _postgres_template(postgres_server, "migrated", _fill)


@pytest.fixture(scope="session")
def _postgres_world(postgres_server: postgres.Server) -> str:
    return _postgres_template(postgres_server, "world", insert_world)


@pytest.fixture(scope="session")
def _postgres_still(postgres_server: postgres.Server, _postgres_world: str) -> str:
    url = postgres_server.make(_postgres_world)
    postgres_server.run(f"ALTER DATABASE {postgres.name_in(url)} SET default_transaction_read_only = on")
    return url


@pytest.fixture
def sqlite_url(_sqlite_empty: Path, tmp_path: Path) -> str:
    """URL of a migrated SQLite file without rows."""
    return f"sqlite:///{shutil.copy(_sqlite_empty, tmp_path / 'twins.db')}"


@pytest.fixture
def world_sqlite(_sqlite_world: Path, tmp_path: Path) -> str:
    """URL of a SQLite file with the world of `tests.world`."""
    return f"sqlite:///{shutil.copy(_sqlite_world, tmp_path / 'world.db')}"


@pytest.fixture
def postgres_url(postgres_server: postgres.Server, _postgres_empty: str) -> Iterator[str]:
    """URL of a migrated PostgreSQL database without rows."""
    url = postgres_server.make(_postgres_empty)
    yield url
    postgres_server.drop(url)


@pytest.fixture
def world_postgres(postgres_server: postgres.Server, _postgres_world: str) -> Iterator[str]:
    """URL of a PostgreSQL database with the world of `tests.world`."""
    url = postgres_server.make(_postgres_world)
    yield url
    postgres_server.drop(url)


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """URL of a migrated database without rows, on each engine in turn."""
    return str(request.getfixturevalue({"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]))


@pytest.fixture(params=ENGINES)
def world_url(request: pytest.FixtureRequest) -> str:
    """URL of a database with the world of `tests.world`, on each engine in turn."""
    return str(
        request.getfixturevalue({"sqlite": "world_sqlite", "postgresql": "world_postgres"}[request.param])
    )


@pytest.fixture(params=ENGINES)
def read_world_url(request: pytest.FixtureRequest) -> str:
    """URL of a database with that world, on each engine in turn, that is only read.

    On PostgreSQL it is the same for every test, and refuses to be written to.
    """
    return str(
        request.getfixturevalue({"sqlite": "world_sqlite", "postgresql": "_postgres_still"}[request.param])
    )


@pytest.fixture(scope="module", params=ENGINES)
def module_database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """URL of a migrated database without rows that a module fills once, on each engine in turn."""
    if request.param == "sqlite":
        template = request.getfixturevalue("_sqlite_empty")
        yield f"sqlite:///{shutil.copy(template, tmp_path_factory.mktemp('module') / 'twins.db')}"
        return
    server = request.getfixturevalue("postgres_server")
    url = server.make(request.getfixturevalue("_postgres_empty"))
    yield url
    server.drop(url)
