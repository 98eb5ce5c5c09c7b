"""`twin-tui config`: every value, and where it came from."""

import json

import click

from twin_tui.cli.opening import configuration
from twin_tui.cli.output import answer
from twin_tui.cli.taught import taught
from twin_tui.reports.layout import table
from twin_tui.settings import ENTRIES, Configuration, find_database, is_path, without_password
from twin_tui.text.safe_text import safe_line


@taught(
    "config",
    ("twin-tui config", "What holds, and why."),
    ("TWIN_TUI_TZ=Europe/Berlin twin-tui config --json", "The same for a script."),
)
@click.option("--json", "as_json", is_flag=True, help="JSON with value and origin of each key.")
@click.pass_context
def config(context: click.Context, *, as_json: bool) -> None:
    """Show each setting and where it came from; passwords are never shown.

    Options are stronger than environment variables (TWIN_TUI_DB, TWIN_TUI_TZ, TWIN_TUI_NOW, TWIN_TUI_THEME,
    TWIN_TUI_PAGE_SIZE, TWIN_TUI_PERIOD, TWIN_TUI_NO_COLOR, TWIN_TUI_LIVE, TWIN_TUI_ROLE, TWIN_TUI_PRIVACY,
    TWIN_TUI_AUDIT, TWIN_TUI_TICKET, TWIN_TUI_REQUIRE_TICKET, TWIN_TUI_CONFIG), those are stronger than the
    file, and that is stronger than the defaults. The file is TOML: db, tz, now, theme, page_size, period,
    no_color, live, role, privacy, audit, ticket, require_ticket.
    """
    found = configuration(context)
    rows = _rows(found)
    if as_json:
        entries = {name: {"value": value, "origin": origin} for name, value, origin in rows}
        file = {"path": str(found.file), "exists": found.file_exists}
        answer(json.dumps({"file": file, "settings": entries}, indent=2) + "\n")
        return
    shown = [
        (name, safe_line("–" if value is None else str(value)), safe_line(why)) for name, value, why in rows
    ]
    answer(table(("setting", "value", "from"), shown, right=frozenset(), flexible=2, width=10_000))
    answer(["", f"File: {safe_line(str(found.file))}{'' if found.file_exists else ' (not there)'}"])


def _rows(found: Configuration) -> list[tuple[str, str | int | bool | None, str]]:
    rows: list[tuple[str, str | int | bool | None, str]] = []
    for entry in ENTRIES:
        value = getattr(found.settings, entry.field)
        origin = found.origins[entry.field]
        if entry.field == "database":
            value, why = find_database(found.settings)
            origin = origin if why == "configured" else why
            value = value and without_password(value)
            if value and is_path(value) and why != "configured":
                origin = f"default, {why}"
        elif entry.field == "now" and value is not None:
            value = value.isoformat().replace("+00:00", "Z")
        rows.append((entry.name, value, origin))
    return rows
