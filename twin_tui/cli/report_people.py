"""`twin-tui report people`, `person` and `twin`: the directory, and the page of one of them."""

from dataclasses import replace
from typing import get_args

import click

from twin_tui.analytics.answers import PageRequest, PeopleKind, PeopleRequest, PeopleSort, PeopleStatus
from twin_tui.analytics.errors import NotFoundError
from twin_tui.cli.completion_values import values_of
from twin_tui.cli.filter_options import Asked, chosen_filters, filter_options
from twin_tui.cli.opening import configuration, open_service
from twin_tui.cli.output import answer, say
from twin_tui.cli.report_columns import check_columns, chosen, columns_option
from twin_tui.cli.report_parts import about_of, form_options, page_width
from twin_tui.cli.taught import taught
from twin_tui.reports.csv_form import to_csv
from twin_tui.reports.json_form import to_json
from twin_tui.reports.markdown_form import to_markdown
from twin_tui.reports.people_json import people_json, person_json, twin_json
from twin_tui.reports.people_plain import people_plain, person_plain, twin_plain
from twin_tui.reports.people_sections import (
    PERSON_SECTIONS,
    TWIN_SECTIONS,
    people_section,
    person_sections,
    twin_sections,
)
from twin_tui.reports.sections import Section

_LISTS = ("sessions", "documents", "queries", "twins", "uses", "used_by")

_page = click.option("--page", type=click.IntRange(min=1), default=1, help="Which page, from 1.")
_limit = click.option(
    "--limit", type=click.IntRange(1, 500), default=10, help="Lines per page of every list (default 10)."
)


@taught(
    "people",
    ("twin-tui report people --status never", "Who has an account and has never done anything."),
    ("twin-tui report people --search ann --json", "Everyone with ann in name, e-mail or id."),
    ("twin-tui report people --kind twins --sort conversations --csv > twins.csv", "The busiest twins."),
)
@filter_options
@click.option(
    "--kind", type=click.Choice(get_args(PeopleKind)), default="users", help="People (default) or twins."
)
@click.option(
    "--search", metavar="TEXT", default="", help="Part of a name, e-mail or id; of twins also of the owner."
)
@click.option(
    "--status",
    type=click.Choice(get_args(PeopleStatus)),
    help="Active in the period, dormant (active at another time only), or never active.",
)
@click.option(
    "--sort", type=click.Choice(get_args(PeopleSort)), default="last_seen", help="By what (last_seen)."
)
@click.option("--reverse", is_flag=True, help="The other way round: names from Z, counts from low.")
@_page
@click.option("--limit", type=click.IntRange(1, 500), default=50, help="Lines per page (default 50).")
@columns_option
@form_options
@click.pass_context
def people(
    context: click.Context,
    *,
    asked: Asked,
    kind: PeopleKind,
    search: str,
    status: PeopleStatus | None,
    sort: PeopleSort,
    reverse: bool,
    page: int,
    limit: int,
    columns: str | None,
    form: str,
) -> None:
    """The directory: who was seen when and did what in the period, or the same of twins."""
    request = PeopleRequest(kind, search, status, sort, (sort != "name") != reverse, page, limit)
    check_columns(columns, form)
    settings = configuration(context).settings
    with open_service(settings) as service:
        filters = chosen_filters(service, asked, settings.period)
        found = service.people(filters, request)
        about = about_of(service, filters, asked)
    if found.request.page != page:
        say(f"There is no page {page}: page {found.request.page} is the last.")
    if form == "json":
        answer(to_json(people_json(found, about)) + "\n")
    elif form == "csv":
        answer(to_csv([chosen(people_section(found), columns)]))
    elif form == "md":
        where = f"Page {found.request.page} of {found.pages}, {found.total} in all"
        table = chosen(people_section(found), columns)
        answer(to_markdown(table.title, about, [table], where))
    else:
        answer(people_plain(found, about, page_width()))


@taught(
    "person",
    ("twin-tui report person ann@example.com", "Ann's last 30 days."),
    (
        "twin-tui report person ann@example.com --period all --csv --section sessions",
        "All her conversations.",
    ),
)
@click.argument("who", metavar="WHO", shell_complete=values_of("user"))
@filter_options
@click.option(
    "--section",
    "wanted",
    multiple=True,
    type=click.Choice(PERSON_SECTIONS),
    help="With --csv or --md: only this section; may be repeated.",
)
@_page
@_limit
@form_options
@click.pass_context
def person(
    context: click.Context,
    *,
    who: str,
    asked: Asked,
    wanted: tuple[str, ...],
    page: int,
    limit: int,
    form: str,
) -> None:
    """One person: last seen, figures, twins, conversations, documents, queries, shared use both ways.

    WHO is an e-mail, name or id. --page turns the pages of every list; one that is shorter stays at its last.
    """
    _check(wanted, form, asked, ("company", "department", "user"), "WHO names the person")
    settings = configuration(context).settings
    with open_service(settings) as service:
        filters = chosen_filters(service, asked, settings.period)
        found = service.person(_named(service.find_user(who), "user"), filters, _pages(page, limit))
        about = about_of(service, filters, asked)
    if form == "json":
        answer(to_json(person_json(found, about)) + "\n")
    elif form == "plain":
        answer(person_plain(found, about, page_width()))
    else:
        sections = _chosen(person_sections(found), wanted)
        title = found.row.name or found.row.email or found.row.id
        answer(to_csv(sections) if form == "csv" else to_markdown(title, about, sections))


@taught(
    "twin",
    ("twin-tui report twin Scribe", "Who used the twin called Scribe in the last 30 days, and for what."),
    ("twin-tui report twin Scribe --period 90d --json", "The same of 90 days, for a script."),
)
@click.argument("which", metavar="WHICH", shell_complete=values_of("twin"))
@filter_options
@click.option(
    "--section",
    "wanted",
    multiple=True,
    type=click.Choice(TWIN_SECTIONS),
    help="With --csv or --md: only this section; may be repeated.",
)
@_page
@_limit
@form_options
@click.pass_context
def twin(
    context: click.Context,
    *,
    which: str,
    asked: Asked,
    wanted: tuple[str, ...],
    page: int,
    limit: int,
    form: str,
) -> None:
    """One twin: owner, sharing, who used it, conversations, documents, queries.

    WHICH is a name or id. --page turns the pages of every list; one that is shorter stays at its last.
    """
    _check(wanted, form, asked, ("twin",), "WHICH names the twin")
    settings = configuration(context).settings
    with open_service(settings) as service:
        filters = chosen_filters(service, asked, settings.period)
        found = service.twin(_named(service.find_twin(which), "twin"), filters, _pages(page, limit))
        about = about_of(service, filters, asked)
    if form == "json":
        answer(to_json(twin_json(found, about)) + "\n")
    elif form == "plain":
        answer(twin_plain(found, about, page_width()))
    else:
        sections = _chosen(twin_sections(found), wanted)
        answer(to_csv(sections) if form == "csv" else to_markdown(found.row.name, about, sections))


def _check(wanted: tuple[str, ...], form: str, asked: Asked, named: tuple[str, ...], why: str) -> None:
    if wanted and form not in ("csv", "md"):
        raise click.UsageError("--section goes with --csv or --md.")
    for name in named:
        if getattr(asked, name) is not None:
            raise click.UsageError(f"--{name} does not apply here: {why}.")


def _named(key: str, noun: str) -> str:
    if not key:
        raise NotFoundError(f"Say which {noun}: an empty name is none.")
    return key


def _pages(page: int, limit: int) -> PageRequest:
    return replace(PageRequest(limit=limit), **dict.fromkeys(_LISTS, page))


def _chosen(sections: tuple[Section, ...], wanted: tuple[str, ...]) -> list[Section]:
    return [each for each in sections if not wanted or each.key in wanted]
