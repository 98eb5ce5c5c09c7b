"""Measures the product on large databases, beside plain SQL with the seed's indexes and beside DuckDB.

    python scripts/bench_scale.py --messages 1e6 [--grow 1e6,1e7 [--users 10k]] [--postgres] [--json]

Databases are made once for each size and kept (--cache). Every question is first asked of all programs and
their answers compared; only what they agree on is measured: processor time, all threads, medians of
interleaved rounds. What took more than a few seconds when compared is not asked again. Parts of the product
that this version does not have are told as missing. DuckDB takes part where it is installed
(extra ``bench``).
"""

import argparse
import os
import platform
import sys
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import (
    engagement,
    importing,
    layer,
    loading,
    qualities,
    questions,
    readers,
    retentions,
    searching,
    server,
    sheets,
    statements,
    table,
)
from bench.world import World, has_duck
from platformdirs import user_cache_path

from twin_tui.cli.amount import parse_amount

QUESTIONS = {
    "overview": questions.overviews,
    "year": questions.years,
    "filters": questions.filtered,
    "feed": questions.feeds,
    "statements": statements.statements,
    "search": lambda programs: chain(searching.searches(programs), statements.of_searches(programs)),
    "monthly": questions.months,
    "quality": qualities.qualities,
    "retention": retentions.retentions,
    "engagement": engagement.engagements,
    "figures": sheets.sheets,
    "people": sheets.people,
}
GROUPS = (*QUESTIONS, "loading", "refresh", "readers")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", default="1e6", help="size of the database (1e6)")
    parser.add_argument("--grow", help="two sizes, such as 1e6,1e7: also how costs grow between them")
    parser.add_argument("--users", help="so many people, whatever the size (one for every 100 messages)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of every question (5)")
    parser.add_argument("--only", default=",".join(GROUPS), help=f"of {', '.join(GROUPS)} (all)")
    parser.add_argument(
        "--without", action="append", choices=(questions.PLAIN, questions.DUCK), default=[],
        help="a program not to ask, whose copy is not made either: at ten million messages plain SQL takes"
        " minutes for a question",
    )  # fmt: skip
    parser.add_argument("--postgres", action="store_true", help="also on a throw-away PostgreSQL server")
    parser.add_argument("--cache", type=Path, help="where databases are kept (the user's cache folder)")
    parser.add_argument("--as-is", action="store_true", help="measure what is kept there, make nothing anew")
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")
    asked = parser.parse_args()
    sizes = [parse_amount(text) or parser.error(f"{text!r} is no size") for text in _sizes(asked)]
    only = asked.only.split(",")
    if unknown := set(only) - set(GROUPS):
        parser.error(f"--only knows no {', '.join(sorted(unknown))}")
    folder = asked.cache or user_cache_path("twin-tui") / "bench"
    users = parse_amount(asked.users) or parser.error(f"{asked.users!r} is no number") if asked.users else 0
    among = f"-{users}-users" if users else ""
    measured = [_measured(World(folder / f"{size}{among}", size, users), only, asked) for size in sizes]
    results = {
        "command": " ".join(["python", "scripts/bench_scale.py", *sys.argv[1:]]),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "sizes": measured,
        "growth": _growth(measured) if len(measured) > 1 else {},
    }
    if asked.postgres:
        measured[0]["others"] |= server.measured(sizes[0], _tell)
    print(table.as_json(results) if asked.json else table.show(results))


def _sizes(asked: argparse.Namespace) -> list[str]:
    return asked.grow.split(",") if asked.grow else [asked.messages]


def _measured(world: World, only: list[str], asked: argparse.Namespace) -> dict[str, Any]:
    if not has_duck():
        _tell("DuckDB is not installed: pip install 'twin-tui[bench]'")
    _tell(f"databases of {world.messages:,} messages")
    if not asked.as_is:
        world.make(asked.without)
        layer.build(world, _tell, with_search="search" in only)
    found: list[questions.Measured] = []
    with closing(questions.Programs.of(world, asked.without)) as programs:
        for each in (ask for name, ask in QUESTIONS.items() if name in only):
            found += questions.ask_all(each(programs), asked.rounds, _tell, asked.without)
    others: dict[str, Any] = {}
    if "loading" in only:
        _tell("generating beside insert_many")
        others |= loading.generating(min(world.messages, 500_000)) | loading.cost_of_layer()
        _tell("importing")
        others |= importing.importing(min(world.messages, 50_000))
    if "refresh" in only:
        _tell("refreshing")
        others |= layer.idle_poll(world) | layer.refreshed(world)
    if "readers" in only:
        _tell("readers beside a writer")
        others |= readers.latency(world)
    others |= layer.sizes(world) | {f"made: {name}": value for name, value in _made(world).items()}
    return {"messages": world.messages, "questions": found, "others": others}


def _made(world: World) -> dict[str, Any]:
    """Return what making the kept databases took."""
    notes, rows = world.notes, sum(world.notes["rows"].values())
    made: dict[str, Any] = {
        "generate, rows/s": rows / notes["generate"]["seconds"],
        "generate, rows/CPU s": rows / notes["generate"]["cpu"],
        "generate, peak MiB": notes["generate"]["peak_mib"],
    }
    if "rebuild" in notes:
        made["rebuild, s"] = notes["rebuild"]["seconds"]
        made["rebuild, CPU s per million"] = notes["rebuild"]["cpu"] / world.messages * 1e6
    return made


def _growth(measured: list[dict[str, Any]]) -> dict[str, float]:
    """Return how much more each question costs at the last size than at the first."""
    first, last = measured[0], measured[-1]
    before = {each.key: each.cpu for each in first["questions"]}
    return {
        f"growth: {each.label}": each.cpu[questions.PRODUCT] / before[each.key][questions.PRODUCT]
        for each in last["questions"]
        if questions.PRODUCT in each.cpu and questions.PRODUCT in before.get(each.key, {})
    }


def _tell(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
