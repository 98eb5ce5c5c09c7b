"""`twin-tui doctor`: what it runs on, and what is odd in the data, with the rows behind it."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from twin_tui.analytics.filters import Filters
from twin_tui.cli import exits
from twin_tui.cli.opening import configuration, database
from twin_tui.cli.output import answer
from twin_tui.cli.report_parts import form_options, page_width
from twin_tui.cli.taught import taught
from twin_tui.reports.about import About
from twin_tui.reports.csv_form import to_csv
from twin_tui.reports.json_form import to_json
from twin_tui.reports.markdown_form import to_markdown
from twin_tui.settings import Configuration, Settings

if TYPE_CHECKING:
    from twin_tui.operations.findings import Diagnosis, Finding


@taught(
    "doctor",
    ("twin-tui doctor", "The terminal, the programs, the database, and what is odd in its data."),
    ("twin-tui doctor --db conversations.db --rows 20", "Up to twenty rows behind each finding."),
    ("twin-tui doctor --json", "The same for a script; exit code 20 says that something was found."),
)
@click.option(
    "--rows",
    type=click.IntRange(0, 10_000),
    default=5,
    metavar="N",
    help="How many of the rows behind each finding are listed (default 5).",
)
@form_options
@click.pass_context
def doctor(context: click.Context, *, rows: int, form: str) -> int:
    """Look at the environment and at the data; change nothing.

    Exit codes: 0 nothing was found in the data, 20 something was, 3 the database cannot be read (what is
    known of the environment is printed all the same).
    """
    found = configuration(context)
    diagnosis, error = _examined(found, rows)
    answer(_written(diagnosis, found, form))
    if error is not None:
        raise error
    return exits.DIFFERENCES if diagnosis.differences else exits.DONE


def _examined(found: Configuration, rows: int) -> "tuple[Diagnosis, exits.CommandError | None]":
    from twin_tui.cli.progress import ProgressBar  # noqa: PLC0415 - peewee is not needed for --help
    from twin_tui.data.database import open_database  # noqa: PLC0415
    from twin_tui.data.errors import DatabaseError  # noqa: PLC0415
    from twin_tui.operations import environment, terminal  # noqa: PLC0415
    from twin_tui.operations.examination import examine  # noqa: PLC0415
    from twin_tui.operations.findings import Diagnosis  # noqa: PLC0415

    facts = (*environment.programs(), *terminal.terminal(), *environment.folders(found))
    diagnosis = Diagnosis(facts, ())
    try:
        with open_database(database(found.settings), "read") as source:
            diagnosis = replace(diagnosis, facts=(*facts, *environment.database(source)))
            with ProgressBar() as progress:
                findings = examine(source, found.settings.clock, rows, progress)
    except exits.CommandError as error:
        return replace(diagnosis, failure=str(error)), error
    except DatabaseError as error:
        return replace(diagnosis, failure=str(error)), exits.CommandError(str(error), exits.DATABASE)
    return replace(diagnosis, findings=_shown(findings, found.settings)), None


def _shown(findings: "tuple[Finding, ...]", settings: Settings) -> "tuple[Finding, ...]":
    """Return findings without what people wrote or are called, for roles that should not see it."""
    from twin_tui.cli.guarding import is_masked, role_of  # noqa: PLC0415
    from twin_tui.operations.check_values import PEOPLES_WORDS  # noqa: PLC0415

    role = role_of(settings, database(settings))
    if role != "metrics" and not is_masked(settings, role):
        return findings
    return tuple(
        replace(each, examples=tuple(replace(example, about=None) for example in each.examples))
        if each.key in PEOPLES_WORDS
        else each
        for each in findings
    )


def _written(diagnosis: "Diagnosis", found: Configuration, form: str) -> str:
    from twin_tui.reports.doctor_sections import doctor_json, doctor_sections  # noqa: PLC0415
    from twin_tui.reports.plain_doctor import doctor_plain  # noqa: PLC0415

    now = found.settings.clock()
    match form:
        case "json":
            return to_json(doctor_json(diagnosis, now)) + "\n"
        case "csv":
            return to_csv(doctor_sections(diagnosis))
        case "md":
            name = next((str(fact.value) for fact in diagnosis.facts if fact.key == "name"), "no database")
            about = About(name, found.settings.timezone, now, Filters(), None, None)
            return to_markdown("Doctor", about, doctor_sections(diagnosis))
        case _:
            return doctor_plain(diagnosis, page_width())
