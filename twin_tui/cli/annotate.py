"""`twin-tui annotate`: what happened on a day, under the charts and beside the database."""

import json
from typing import TYPE_CHECKING

import click

from twin_tui.analytics.filters import one_day
from twin_tui.cli.opening import configuration, open_service
from twin_tui.cli.output import answer
from twin_tui.cli.taught import taught
from twin_tui.text.safe_text import safe_line

if TYPE_CHECKING:
    from twin_tui.analytics.answers import Annotation


@taught(
    "annotate",
    ("twin-tui annotate 2026-11-03 'twin 2.0 released'", "Marks that day under every chart."),
    ("twin-tui annotate", "Lists what is annotated."),
    ("twin-tui annotate 2026-11-04 'twin 2.0 released' --replace 3", "Corrects one."),
    ("twin-tui annotate --remove 3", "Takes one away."),
)
@click.argument("day", required=False)
@click.argument("text", required=False)
@click.option(
    "--replace", type=int, metavar="NUMBER", help="DAY and TEXT take the place of that annotation's."
)
@click.option("--remove", type=int, metavar="NUMBER", help="Take the annotation of that number away.")
@click.option("--json", "as_json", is_flag=True, help="JSON with stable keys.")
@click.pass_context
def annotate(
    context: click.Context,
    *,
    day: str | None,
    text: str | None,
    replace: int | None,
    remove: int | None,
    as_json: bool,
) -> None:
    """Write what happened on DAY (2026-11-03, today), and list what is annotated.

    Annotations lie in the platform's state folder, one file per database, and are marked under the charts.
    """
    if day is not None and text is None:
        raise click.UsageError("A day is annotated with a TEXT.")
    if replace is not None and day is None:
        raise click.UsageError("--replace wants a DAY and a TEXT.")
    with open_service(configuration(context).settings) as service:
        if remove is not None:
            service.remove_annotation(remove)
        if day is not None and text is not None:
            found_day = one_day(day, service.today())
            if replace is None:
                service.annotate(found_day, text)
            else:
                service.change_annotation(replace, found_day, text)
        found = service.annotations()
    if as_json:
        answer(json.dumps({"annotations": [_json(each) for each in found]}, indent=2) + "\n")
    else:
        answer([_line(each) for each in found] or ["Nothing is annotated."])


def _line(each: "Annotation") -> str:
    return f"{each.id}. {each.day} {safe_line(each.text)} ({safe_line(each.author)})"


def _json(each: "Annotation") -> dict[str, object]:
    at = each.at.isoformat().replace("+00:00", "Z")
    return {"id": each.id, "day": each.day.isoformat(), "text": each.text, "author": each.author, "at": at}
