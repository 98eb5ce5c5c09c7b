"""How fast exports come in: a Slack export and tables, written from a generated world."""

import csv
import json
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.world import NOW, timed
from twin_tui.data.database import open_database
from twin_tui.importers import IMPORTERS, ImportOptions
from twin_tui.sample.crowd import generate_crowd
from twin_tui.sample.crowd_options import CrowdOptions
from twin_tui.sample.world import COLUMNS

Rows = dict[str, list[tuple[Any, ...]]]


def importing(messages: int) -> dict[str, Any]:
    """Return rows a second of importing so many messages, by format; all tables' rows are counted."""
    options = CrowdOptions(messages, NOW.date(), NOW, days=90)
    made: Rows = {table: [] for table in COLUMNS}
    for batch in generate_crowd(options):
        for table, rows in batch.rows.items():
            made[table] += rows
    found: dict[str, Any] = {}
    for name, write in (("tables", _write_tables), ("slack", _write_slack)):
        with tempfile.TemporaryDirectory() as folder:
            export = Path(folder) / "export"
            export.mkdir()
            write(export, made)
            with open_database(str(Path(folder) / "into.db"), "create") as source:
                with timed() as took:
                    report = IMPORTERS[name].run(export, source, ImportOptions())
                rows = sum(tally.new for tally in report.rows.values())
        found[f"import_{name}_rows"] = rows
        found[f"import_{name}_rows_per_s"] = rows / took["seconds"]
        found[f"import_{name}_rows_per_cpu_s"] = rows / took["cpu"]
    return found


def _write_tables(export: Path, made: Rows) -> None:
    for table, rows in made.items():
        with (export / f"{table}.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS[table])
            writer.writerows(rows)


def _write_slack(export: Path, made: Rows) -> None:
    """Write every pair of a person and a twin as a direct conversation with a bot, a file per day."""
    people = [
        {"id": f"U{number}", "name": row[2], "real_name": row[2], "is_bot": False,
         "profile": {"email": row[1], "real_name": row[2]}}
        for number, row in enumerate(made["users"])
    ]  # fmt: skip
    bots = [
        {"id": f"UB{number}", "name": row[2], "real_name": row[2], "is_bot": True,
         "profile": {"real_name": row[2], "bot_id": f"B{number}"}}
        for number, row in enumerate(made["twins"])
    ]  # fmt: skip
    user = {row[0]: number for number, row in enumerate(made["users"])}
    twin = {row[0]: number for number, row in enumerate(made["twins"])}
    pair = {row[0]: (user[row[1]], twin[row[2]]) for row in made["sessions"]}
    files: dict[tuple[tuple[int, int], str], list[dict[str, Any]]] = defaultdict(list)
    for number, (_, session, sender, text, _, created) in enumerate(made["messages"]):
        who, bot = pair[session]
        at = datetime.fromisoformat(created).replace(tzinfo=UTC)
        said: dict[str, Any] = {
            "type": "message",
            "text": text,
            "ts": f"{at.timestamp():.0f}.{number % 1_000_000:06d}",
        }
        said |= {"user": f"U{who}"} if sender == "user" else {"user": f"UB{bot}", "bot_id": f"B{bot}"}
        files[(who, bot), created[:10]].append(said)
    (export / "users.json").write_text(json.dumps(people + bots))
    channels = {key for key, _ in files}
    named = [{"id": f"D{who}X{bot}", "members": [f"U{who}", f"UB{bot}"]} for who, bot in sorted(channels)]
    (export / "dms.json").write_text(json.dumps(named))
    for ((who, bot), day), messages in files.items():
        folder = export / f"D{who}X{bot}"
        folder.mkdir(exist_ok=True)
        (folder / f"{day}.json").write_text(json.dumps(messages))
