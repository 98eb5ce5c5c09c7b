"""A throw-away PostgreSQL server: made in a temporary folder, reached by its socket, gone with the tests."""

import contextlib
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

IS_REQUIRED = any(
    os.environ.get(name) == "1" for name in ("TWIN_TUI_REQUIRE_POSTGRES", "TWIN_TUI_REQUIRE_ALL")
)
ABSENT = "no PostgreSQL server was found (TWIN_PG_BIN, PATH, /usr/lib/postgresql/*/bin)"
PASSWORD = "right"
"""Password of the role ``guest``, the only one that needs one."""
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    # Local time would show wherever a default or a cast forgets that columns hold UTC.
    "timezone": "Asia/Kathmandu",
}
_ACCESS = "local all guest scram-sha-256\nlocal all all trust\n"


def name_in(url: str) -> str:
    """Return the name of a database in one of `Server`'s URLs."""
    return url.partition("@/")[2].partition("?")[0]


def find_binaries() -> Path | None:
    """Return the folder with initdb and postgres, the newest version first."""
    on_path = shutil.which("initdb")
    folders = [
        *filter(None, [os.environ.get("TWIN_PG_BIN")]),
        *([os.path.dirname(os.path.realpath(on_path))] if on_path else []),
        *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True),
    ]
    return next((Path(folder) for folder in folders if (Path(folder) / "postgres").exists()), None)


class Server:
    """One running server; `make` gives URLs of fresh databases."""

    def __init__(self, binaries: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        self._numbers = itertools.count()
        options: dict[str, object] = {"env": {"PATH": os.environ["PATH"], "LC_ALL": "C"}, "cwd": "/"}
        if os.geteuid() == 0:
            user = next(name for name in ("postgres", "nobody") if _has_user(name))
            shutil.chown(self.folder, user)
            options["user"] = user
        data = self.folder / "data"
        initdb = [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*initdb, "--locale=C", "--no-sync"], check=True, stdout=subprocess.DEVNULL, **options)
        (data / "pg_hba.conf").write_text(_ACCESS)
        settings = {**_SETTINGS, "unix_socket_directories": str(self.folder)}
        given = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.log = (self.folder / "log").open("w")
        self.process = subprocess.Popen(
            [binaries / "postgres", "-D", data, *given], stdout=self.log, stderr=self.log, **options
        )
        self._wait()
        self._maker = psycopg.connect(self.url("postgres"), autocommit=True)
        self.run(f"CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'")

    def _wait(self) -> None:
        for _ in range(600):
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.url("postgres")).close()
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text())

    def url(self, database: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run one statement outside a transaction."""
        if database == "postgres":
            self._maker.execute(statement)
            return
        with psycopg.connect(self.url(database), autocommit=True) as conn:
            conn.execute(statement)

    def make(self, template: str = "template0") -> str:
        """Return the URL of a new database, a copy of ``template``."""
        name = f"test_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, url: str) -> None:
        self.run(f"DROP DATABASE {name_in(url)} WITH (FORCE)")

    def stop(self) -> None:
        self._maker.close()
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _has_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
