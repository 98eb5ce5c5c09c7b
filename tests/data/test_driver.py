"""Peewee is imported without a server's driver where only a file is read, and gets it where a server is."""

import subprocess
import sys

READ = """
import sys
from twin_tui.data.peewee_alone import import_peewee_alone
import_peewee_alone()
import peewee
assert peewee.psycopg is None
assert "psycopg" not in sys.modules
from twin_tui.data.database import open_database
from twin_tui.data.models import User
with open_database(sys.argv[1]) as source, source.reading():
    print(sorted(name for (name,) in source.rows(User.select(User.full_name))))
"""


def printed(script: str, *arguments: str) -> str:
    asked = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_database_is_read_by_a_peewee_that_began_without_a_driver(world_url: str) -> None:
    assert printed(READ, world_url) == "['Ann Berg', 'Ben Ito', 'Cho Min']"


def test_a_peewee_that_is_there_already_is_left_alone() -> None:
    script = """
import peewee
from twin_tui.data.peewee_alone import import_peewee_alone
before = peewee.psycopg
import_peewee_alone()
assert peewee.psycopg is before is not None
"""
    assert printed(script) == ""


def test_formats_are_listed_without_a_driver() -> None:
    script = """
import sys
from twin_tui.data.peewee_alone import import_peewee_alone
import_peewee_alone()
from twin_tui.importers import IMPORTERS
assert IMPORTERS
print([name for name in sys.modules if name.split(".")[0] in ("psycopg", "playhouse")])
"""
    assert printed(script) == "[]"
