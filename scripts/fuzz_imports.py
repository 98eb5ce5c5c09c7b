"""Damages exports in thousands of ways and imports them: fuzz_imports.py [FORMAT …] [-n 3000] [--seed 0].

Each import must end in time, with a report that adds up or a sentence; what is in must be whole, and
importing again must change nothing. A failure tells the seed, which makes the same damage again.
"""

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.importers.mutations import Damage, hold
from tests.importers.test_mutations import EXPORTS
from twin_tui.data.database import open_database


def main() -> int:
    """Damage, import, count; 1 where something failed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("formats", nargs="*", default=sorted(EXPORTS), metavar="FORMAT")
    parser.add_argument("-n", "--count", type=int, default=3000, help="mutations of each format")
    parser.add_argument("--seed", type=int, default=0, help="of the first one")
    chosen = parser.parse_args()
    failures = 0
    for kind in chosen.formats:
        told = Counter[str]()
        for seed in range(chosen.seed, chosen.seed + chosen.count):
            outcome = one(kind, seed)
            told[outcome] += 1
            failures += outcome == "FAILED"
        print(
            f"{kind}: {chosen.count:,} mutations:",
            ", ".join(f"{n:,} {what}" for what, n in told.most_common()),
        )
    return 1 if failures else 0


def one(kind: str, seed: int) -> str:
    """Import one damaged export and say how it ended."""
    damage = Damage(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = damage.write(EXPORTS[kind](), folder)
        database = shutil.copy(empty(), folder / "twins.db")
        try:
            report = hold(kind, path, str(database))
        except Exception as error:
            print(f"{kind}, seed {seed}: {type(error).__name__}: {error!s:.300}; {'; '.join(damage.told)}")
            return "FAILED"
    return "refused" if report is None else "partly rejected" if report.rejected else "taken"


def empty(made: list[Path] = []) -> Path:  # noqa: B006 - made once
    """Return an empty database of ours."""
    if not made:
        made.append(Path(tempfile.mkdtemp()) / "empty.db")
        open_database(str(made[0]), "create").close()
    return made[0]


if __name__ == "__main__":
    sys.exit(main())
