"""The filter options that reports, pictures and the dashboard share, and how they become `Filters`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from twin_tui.analytics.filters import Filters, Period
from twin_tui.cli.completion_values import Kind, values_of
from twin_tui.cli.completion_words import periods
from twin_tui.cli.output import say

if TYPE_CHECKING:
    from twin_tui.analytics.answers import Choice
    from twin_tui.analytics.service import AnalyticsService


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters as they were typed; ``None`` was not given."""

    period: str | None
    company: str | None
    department: str | None
    user: str | None
    twin: str | None
    platform: str | None
    shared: bool | None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the period was given: names, which only the database knows."""
        named = (self.company, self.department, self.user, self.twin, self.platform)
        return self.shared is not None or any(name is not None for name in named)


NOTHING_ASKED = Asked(None, None, None, None, None, None, None)


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
)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the filter options; it receives them together as ``asked``."""

    def receive(*args: Any, **values: Any) -> Any:
        asked = Asked(**{name: values.pop(name) for name in Asked.__slots__})
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
    filters = Filters(
        period=Period.parse(asked.period or default_period, service.today()),
        company=asked.company,
        department=asked.department,
        user=None if asked.user is None else service.find_user(asked.user),
        twin=None if asked.twin is None else service.find_twin(asked.twin),
        platform=asked.platform,
        shared=asked.shared,
    )
    named = {"company": asked.company, "department": asked.department, "platform": asked.platform}
    if any(named.values()):
        choices = service.choices()
        known = {
            "company": choices.companies,
            "department": choices.departments,
            "platform": choices.platforms,
        }
        for kind, name in named.items():
            if name:
                _warn_unknown(kind, name, known[kind])
    return filters


def _warn_unknown(kind: str, name: str, known: "tuple[Choice, ...]") -> None:
    if any(name.casefold() in (each.value.casefold(), each.label.casefold()) for each in known):
        return
    listed = ", ".join(each.label for each in known[:8]) or "none at all"
    more = f" and {len(known) - 8} more" if len(known) > 8 else ""
    say(f"No {kind} here is called {name!r}; there are {listed}{more}.")
