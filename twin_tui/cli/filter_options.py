"""The filter options that reports, pictures and the dashboard share, and how they become `Filters`."""

from collections.abc import Callable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click

from twin_tui.analytics.asked import NOTHING_ASKED, Asked, meant
from twin_tui.analytics.filters import Filters
from twin_tui.cli.completion_values import Kind, values_of
from twin_tui.cli.completion_words import periods
from twin_tui.cli.output import say

if TYPE_CHECKING:
    from twin_tui.analytics.answers import Choice
    from twin_tui.analytics.service import AnalyticsService


__all__ = ["NOTHING_ASKED", "Asked", "chosen_filters", "filter_options"]


def _filter(kind: Kind, metavar: str, told: str) -> Callable[..., Any]:
    return click.option(f"--{kind}", metavar=metavar, help=told, shell_complete=values_of(kind))


_OPTIONS = (
    click.option(
        "--period",
        metavar="DAYS",
        shell_complete=periods,
        help="today, 7d, 30d, 90d, 365d, all, any Nd, a day (2026-10-01, last tuesday), or two: A..B.",
    ),
    _filter("company", "NAME", 'Only users of this company; "" means none is known.'),
    _filter("department", "NAME", 'Only users of this department; "" means none.'),
    _filter("user", "WHO", "Only this user: e-mail, name or id."),
    _filter("twin", "TWIN", "Only this twin: name or id."),
    _filter("platform", "NAME", 'Only this platform (slack …); "" means none.'),
    click.option(
        "--shared/--own",
        "shared",
        default=None,
        help="Only conversations with someone else's twin, or only with one's own.",
    ),
    click.option(
        "--compare",
        metavar="WITH",
        help="Compare with previous (the days before, the default), year (the same days last year) or "
        "company:NAME.",
    ),
)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the filter options; it receives them together as ``asked``."""

    def receive(*args: Any, **values: Any) -> Any:
        asked = Asked(**{each.name: values.pop(each.name) for each in fields(Asked)})
        return command(*args, asked=asked, **values)

    receive.__doc__ = command.__doc__
    receive.__name__ = command.__name__
    wrapped: Callable[..., Any] = receive
    if hasattr(command, "__click_params__"):
        wrapped.__click_params__ = command.__click_params__  # type: ignore[attr-defined]
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def chosen_filters(service: "AnalyticsService", asked: Asked, default_period: str) -> Filters:
    """Return the filters meant; raises `BadFilterError`, `NotFoundError`, `AmbiguousError`.

    A company, department or platform that the database does not know is told on standard error: the answer
    to it is empty, but true.
    """
    filters = meant(service, asked, default_period)
    rival = filters.against.company if filters.against is not None else ""
    named = {"company": asked.company, "department": asked.department, "platform": asked.platform}
    if rival or any(named.values()):
        choices = service.choices()
        known = {
            "company": choices.companies,
            "department": choices.departments,
            "platform": choices.platforms,
        }
        for kind, name in named.items():
            if name:
                _warn_unknown(kind, name, known[kind])
        if rival:
            _warn_unknown("company", rival, choices.companies)
    return filters


def _warn_unknown(kind: str, name: str, known: "tuple[Choice, ...]") -> None:
    if any(name.casefold() in (each.value.casefold(), each.label.casefold()) for each in known):
        return
    listed = ", ".join(each.label for each in known[:8]) or "none at all"
    more = f" and {len(known) - 8} more" if len(known) > 8 else ""
    say(f"No {kind} here is called {name!r}; there are {listed}{more}.")
