"""`twin-tui audit`: who read what, when and why, and whether the record is whole."""

import json
from typing import TYPE_CHECKING, Any

import click

from twin_tui.cli import exits
from twin_tui.cli.opening import configuration, database
from twin_tui.cli.output import answer
from twin_tui.cli.taught import taught
from twin_tui.reports.layout import table
from twin_tui.settings import without_password
from twin_tui.text.safe_text import safe_line

if TYPE_CHECKING:
    from twin_tui.store.audit import Audit, Record

MOST = 200
"""Records shown unless asked for more."""


@taught(
    "audit",
    ("twin-tui audit --db conversations.db", "The latest acts: who, what, when, why."),
    ("twin-tui audit --session 1bec1123 --json", "Who read one conversation, for a script."),
    ("twin-tui audit verify", "Whether a record was changed or taken away."),
    group=True,
    invoke_without_command=True,
)
@click.option("--user", metavar="NAME", help="Only the acts of this account, of the system or the database.")
@click.option("--session", metavar="ID", help="Only acts on this session, by the beginning of its id.")
@click.option("--limit", type=click.IntRange(min=1), default=MOST, help=f"How many (default {MOST}).")
@click.option("--json", "as_json", is_flag=True, help="JSON, the newest first.")
@click.pass_context
def audit(
    context: click.Context, *, user: str | None, session: str | None, limit: int, as_json: bool
) -> int | None:
    """Show what was read, searched, revealed, copied, exported, imported or rebuilt, the newest first.

    The record lies in the platform's state folder, one file per database, and holds no word of a message.
    """
    if context.invoked_subcommand is not None:
        return None
    trail, place = _trail(context)
    records = _sentences(lambda: trail.records(user=user, session_prefix=session, limit=limit))
    if as_json:
        answer(
            json.dumps({"database": place, "records": [_object(each) for each in records]}, indent=2) + "\n"
        )
        return exits.DONE
    if not records:
        answer([f"{place}: nothing is recorded."])
        return exits.DONE
    rows = [_row(each) for each in records]
    titles = ("no.", "when (UTC)", "who", "role", "did", "session", "what", "ticket")
    answer(table(titles, rows, right=frozenset({0}), flexible=6, width=10_000))
    return exits.DONE


@taught(
    "verify",
    ("twin-tui audit verify --db conversations.db", "Exit code 20 where the chain is broken."),
)
@click.pass_context
def verify(context: click.Context) -> int:
    """Check that no record was changed, moved or taken away; exit code 20 where one was."""
    trail, place = _trail(context)
    broken = _sentences(trail.verify)
    if broken is not None:
        answer([f"{place}: the record is broken: {broken.reason}."])
        return exits.DIFFERENCES
    newest = _sentences(lambda: trail.records(limit=1))
    count = newest[0].seq if newest else 0
    answer([f"{place}: {count:,} record{'' if count == 1 else 's'}, unbroken."])
    return exits.DONE


audit.add_command(verify)


def _trail(context: click.Context) -> "tuple[Audit, str]":
    settings = configuration(context).settings
    place = database(settings)
    from twin_tui.cli.guarding import audit_of  # noqa: PLC0415 - only where it is looked at

    return _sentences(lambda: audit_of(settings, place)), without_password(place)


def _sentences(work: Any) -> Any:
    from twin_tui.store.errors import StoreError  # noqa: PLC0415

    try:
        return work()
    except StoreError as error:
        raise exits.CommandError(str(error), exits.OUR_FAULT) from error


def _who(record: "Record") -> str:
    return f"{record.os_user} as {record.db_user}" if record.db_user else record.os_user


def _row(record: "Record") -> tuple[str, ...]:
    detail = ", ".join(f"{key} {value}" for key, value in record.detail.items())
    return (
        str(record.seq),
        f"{record.at:%Y-%m-%d %H:%M:%S}",
        safe_line(_who(record)),
        safe_line(record.role),
        safe_line(record.action),
        safe_line(record.session_id or "–"),
        safe_line(" · ".join(filter(None, (record.subject, detail))) or "–"),
        safe_line(record.ticket or "–"),
    )


def _object(record: "Record") -> dict[str, Any]:
    return {
        "seq": record.seq,
        "at": record.at.isoformat().replace("+00:00", "Z"),
        "os_user": record.os_user,
        "db_user": record.db_user or None,
        "role": record.role,
        "action": record.action,
        "session_id": record.session_id,
        "subject": record.subject,
        "ticket": record.ticket,
        "detail": dict(record.detail),
        "mac": record.mac,
    }
