"""A few of the mutations that `scripts/fuzz_imports.py` makes by thousands."""

import shutil

import pytest

from tests.importers.mutations import Damage, hold
from tests.importers.test_chat_mutations import KINDS
from tests.importers.test_slack_mutations import rich
from tests.importers.test_tables_mutations import mixed

EXPORTS = {**KINDS, "slack": rich, "tables": mixed}


@pytest.mark.parametrize("kind", sorted(EXPORTS))
def test_damage_is_never_a_crash_a_hang_or_half_a_session(sqlite_url, tmp_path, kind):
    empty = tmp_path / "empty.db"
    shutil.copy(sqlite_url.removeprefix("sqlite:///"), empty)
    outcomes = set()
    for seed in range(40):
        folder = tmp_path / str(seed)
        folder.mkdir()
        damage = Damage(seed)
        path = damage.write(EXPORTS[kind](), folder)
        database = shutil.copy(empty, folder / "twins.db")
        try:
            report = hold(kind, path, str(database))
        except BaseException as error:
            error.add_note(f"{kind}, seed {seed}: {'; '.join(damage.told)}")
            raise
        outcomes.add("refused" if report is None else "rejected" if report.rejected else "taken")
    assert outcomes == {"refused", "rejected", "taken"}
