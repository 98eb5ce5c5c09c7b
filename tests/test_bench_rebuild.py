"""What a build of the derived tables consists of is told part by part, on a copy of the database."""

import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from twin_tui.data.bulk import new_file
from twin_tui.sample.crowd_options import CrowdOptions
from twin_tui.sample.crowd_writing import write_crowd

SCRIPTS = Path(__file__).parent.parent / "scripts"


UNTIL = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_every_part_is_told_beside_its_floor_and_the_file_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "given.db"
    with new_file(path) as source:
        write_crowd(source, CrowdOptions(1_000, UNTIL.date(), UNTIL))
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / "bench_rebuild.py"), "--db", str(path), "--rounds", "1", "--json"],
        env=os.environ | {"PYTHONPATH": str(SCRIPTS.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["messages"] == 1_000
    assert told["peak_mib"] > 1
    assert told["share_of_file"] > 0
    assert set(told["cpu_per_million"]) == {
        "whole", "reading", "reading, floor", "rows of sessions", "rows of days", "inserting, floor",
        "indexes, floor",
    }  # fmt: skip
    assert all(cost > 0 for cost in told["cpu_per_million"].values())
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
