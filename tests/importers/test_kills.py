"""An import killed at any write is finished by the next one, row for row."""

import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime

import pytest

from tests.importers.exports import answered, said, small
from twin_tui.data.database import open_database
from twin_tui.data.models import MODELS, Message, User
from twin_tui.importers import IMPORTERS, ImportOptions

NOON = datetime(2026, 9, 21, 12, tzinfo=UTC)
CHILD = """
import os, signal, sys
from twin_tui.data.database import open_database
from twin_tui.data.source import Source
from twin_tui.importers import IMPORTERS, ImportOptions
from twin_tui.importers.loading import load
from twin_tui.importers.slack import importer as slack

path, url, fatal, is_before = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4] == "before"
load.TRANSACTION_ROWS, slack.BATCH_MESSAGES = 6, 3
write, left = Source.insert_rows, [fatal]

def insert_rows(self, *given):
    left[0] -= 1
    if left[0] == 0 and is_before:
        os.kill(os.getpid(), signal.SIGKILL)
    count = write(self, *given)
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return count

Source.insert_rows = insert_rows
with open_database(url, "write") as source:
    IMPORTERS["slack"].run(path, source, ImportOptions())
"""


def export():
    talks = [said("U1", 100 * at, f"<@U9> question {at}", thread=100 * at) for at in range(6)]
    talks += [answered("U9", 100 * at + 1, f"answer {at}", thread=100 * at) for at in range(6)]
    return small().with_day("random", talks)


def everything(url):
    with open_database(url) as source:
        return [source.rows(model.select().order_by(model.id)) for model in MODELS]


def fill(url):
    """Add somebody, so that the import is not the first and goes in several transactions."""
    with open_database(url, "create") as source:
        source.insert_rows(User, ("id", "email", "full_name", "created_at"), [("u", "eve@x", "Eve", NOON)])


def indexes(url):
    with open_database(url) as source:
        return sorted(
            index.name for model in MODELS for index in source.db.get_indexes(model._meta.table_name)
        )


def plain(tables):
    """Return rows of both databases in one form: times and flags as text."""
    words = {"True": "1", "False": "0"}
    return [[[words.get(str(value), str(value)) for value in row] for row in rows] for rows in tables]


@pytest.mark.parametrize(
    ("fatal", "when", "is_first"),
    [(2, "before", False), (5, "after", False), (9, "before", False), (5, "after", True)],
)
def test_an_import_killed_while_it_writes_is_finished_by_the_next(
    database_url, tmp_path, fatal, when, is_first
):
    path = export().folder(tmp_path / "e")
    undisturbed = f"sqlite:///{tmp_path / 'undisturbed.db'}"
    for url in (undisturbed, database_url) if not is_first else ():
        fill(url)
    with open_database(undisturbed, "create") as source:
        IMPORTERS["slack"].run(path, source, ImportOptions())
    made = indexes(database_url)
    arguments = [sys.executable, "-c", CHILD, str(path), database_url, str(fatal), when]
    assert subprocess.run(arguments, check=False).returncode == -signal.SIGKILL
    with open_database(database_url) as source:
        sizes = Counter(ref for (ref,) in source.rows(Message.select(Message.session)))
    assert set(sizes.values()) <= {2, 4}, "a session is there whole or not at all"
    assert len(sizes) < 7
    assert indexes(database_url) == made
    with open_database(database_url, "write") as source:
        report = IMPORTERS["slack"].run(path, source, ImportOptions())
    assert report.rows["messages"].total == 16
    assert report.rows["sessions"].equal == len(sizes)
    assert plain(everything(database_url)) == plain(everything(undisturbed))
