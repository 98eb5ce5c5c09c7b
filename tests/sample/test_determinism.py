"""The same arguments give the same rows, whatever the process around them is like."""

import hashlib
import os
import subprocess
import sys
from datetime import date, timedelta
from itertools import chain, pairwise

from faker import Faker
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sample.conftest import UNTIL
from twin_tui.sample import COLUMNS, SampleOptions, generate
from twin_tui.sample.options import last_second_of
from twin_tui.sample.world import days_of

PROGRAM = """
import hashlib, locale
from datetime import date
from faker import Faker
from twin_tui.sample import SampleOptions, generate
Faker.seed(int(__import__("os").environ["PYTHONHASHSEED"]))
digest = hashlib.sha256()
for batch in generate(SampleOptions(users=14, days=25, seed=77, until=date(2026, 11, 20))):
    digest.update(repr((batch.day, batch.rows)).encode())
print(digest.hexdigest())
"""


def run_elsewhere(hash_seed: str, zone: str, language: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "TZ": zone, "LC_ALL": language, "LANG": language}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_other_processes_make_the_same_rows():
    digest = hashlib.sha256()
    for batch in generate(SampleOptions(users=14, days=25, seed=77, until=date(2026, 11, 20))):
        digest.update(repr((batch.day, batch.rows)).encode())

    assert run_elsewhere("1", "Pacific/Auckland", "C") == digest.hexdigest()
    assert run_elsewhere("4242", "America/New_York", "de_DE.UTF-8") == digest.hexdigest()


def test_the_global_state_of_faker_changes_nothing():
    options = SampleOptions(users=5, days=3, until=UNTIL)
    Faker.seed(1)
    once = [batch.rows for batch in generate(options)]
    Faker.seed(2)

    assert [batch.rows for batch in generate(options)] == once


def test_another_seed_is_another_world():
    worlds = [
        [batch.rows for batch in generate(SampleOptions(users=5, days=8, seed=seed, until=UNTIL))]
        for seed in (1, 2)
    ]
    ids = [{row[0] for rows in world for table in rows.values() for row in table} for world in worlds]

    assert not ids[0] & ids[1]
    texts = [{row[3] for rows in world for row in rows["messages"] if len(row[3]) > 60} for world in worlds]
    assert len(texts[0] & texts[1]) < 0.2 * len(texts[0])


def stored(batches) -> dict[str, dict[str, tuple]]:
    tables: dict[str, dict[str, tuple]] = {table: {} for table in COLUMNS}
    for batch in batches:
        for table, rows in batch.rows.items():
            for row in rows:
                assert row[0] not in tables[table], "told twice"
                tables[table][row[0]] = row
    return tables


@settings(max_examples=8, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.lists(st.integers(1, 9), min_size=1, max_size=3),
    st.lists(st.integers(0, 86_399), min_size=4, max_size=4),
)
def test_a_sample_told_in_pieces_is_the_sample_told_at_once(seed: int, pieces: list[int], cuts: list[int]):
    plan = SampleOptions(users=6, days=9, seed=seed, until=UNTIL).plan
    ends = [UNTIL]
    for piece in pieces:
        ends.append(ends[-1] + timedelta(piece))

    seconds = [last_second_of(end) - cut for end, cut in zip(ends, cuts, strict=False)]
    at_once = stored(days_of(plan, None, seconds[-1]))
    in_pieces = stored(
        chain(
            days_of(plan, None, seconds[0]),
            *(days_of(plan, one, two) for one, two in pairwise(seconds) if one < two),
        )
    )

    users = at_once.pop("users")
    assert {key: row[:-1] for key, row in in_pieces.pop("users").items()} == {
        key: row[:-1] for key, row in users.items()
    }
    assert in_pieces == at_once
