"""One sample for the tests that read it: made once, never changed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from twin_tui.sample import COLUMNS, SampleOptions, generate

UNTIL = date(2026, 11, 20)


@dataclass
class Made:
    """A sample in memory, each row as a mapping."""

    options: SampleOptions
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def make(options: SampleOptions) -> Made:
    made = Made(options, {table: [] for table in COLUMNS})
    for batch in generate(options):
        for table, rows in batch.rows.items():
            made.tables[table] += [dict(zip(COLUMNS[table], row, strict=True)) for row in rows]
    return made


@pytest.fixture(scope="session")
def sample() -> Made:
    """The defaults of ``generate``."""
    return make(SampleOptions(until=UNTIL))


@pytest.fixture(scope="session")
def crowd() -> Made:
    """Many people, so that habits show in the sums."""
    return make(SampleOptions(users=60, days=60, seed=5, until=UNTIL))
