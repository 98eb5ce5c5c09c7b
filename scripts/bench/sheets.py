"""All figures of 30 days, as `twin-tui check` asks for them, and the first page of people.

DuckDB answers the figures of days up to now; of days that are over, which no comparison cuts, and of people
it is asked nothing.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from bench.duck_overview import DuckOverview
from bench.questions import DUCK, PLAIN, PRODUCT, Programs, Question
from bench.world import NOW
from twin_tui.analytics.answers import Figure, PeopleRequest
from twin_tui.analytics.filters import Filters, Period

DAYS = 30


def sheets(programs: Programs) -> Iterator[Question]:
    """Yield all figures of 30 days."""
    asked = _asked()
    ask: dict[str, Callable[[], Any]] = {
        name: lambda service=service: service.figures(asked) for name, service in _services(programs)
    }
    ways = {name: lambda way=way: figure_values(way().figures) for name, way in ask.items()}
    if programs.duck is not None:
        compared = programs.product.figures(asked).figure("conversations").previous_window is not None
        ways[DUCK] = ask[DUCK] = lambda: DuckFigures(
            programs.duck, NOW.replace(tzinfo=None), DAYS, is_compared=compared
        ).values()
    yield Question(f"figures_{DAYS}", f"all figures, {DAYS} days", (), ways, ask)
    over = Filters(Period(NOW.date() - timedelta(days=DAYS), NOW.date()))
    ask_over: dict[str, Callable[[], Any]] = {
        name: lambda service=service: service.figures(over) for name, service in _services(programs)
    }
    ways = {name: lambda way=way: figure_values(way().figures) for name, way in ask_over.items()}
    yield Question(f"figures_{DAYS}_over", f"all figures, {DAYS} days that are over", ("G3",), ways, ask_over)


def people(programs: Programs) -> Iterator[Question]:
    """Yield the first page of people of 30 days."""
    asked, request = _asked(), PeopleRequest()
    ask = {
        name: lambda service=service: service.people(asked, request) for name, service in _services(programs)
    }
    ways = {name: lambda way=way: _page(way()) for name, way in ask.items()}
    yield Question(f"people_{DAYS}", f"people, {DAYS} days, page 1", (), ways, ask)


def figure_values(figures: tuple[Figure, ...]) -> dict[str, Any]:
    """Return figures with what is shown beside them, by name."""
    values: dict[str, Any] = {}
    for figure in figures:
        values[figure.key] = (figure.value, figure.previous)
        values[f"{figure.key}.series"] = figure.series
        values |= {f"{figure.key}.{label}": value for label, value, _ in figure.parts}
    return values


class DuckFigures(DuckOverview):
    """The figures alone."""

    def values(self) -> dict[str, Any]:
        """Return them by the names of `figure_values`."""
        found: dict[str, Any] = {}
        for part in (self._sums, self._created, self._active, self._lengths, self._replies):
            part(found)
        return found


def _asked() -> Filters:
    return Filters(Period.parse(f"{DAYS}d", NOW.date()))


def _services(programs: Programs) -> tuple[tuple[str, Any], ...]:
    return (PRODUCT, programs.product), (PLAIN, programs.plain)


def _page(found: Any) -> tuple[Any, ...]:
    return found.total, found.pages, tuple(map(repr, found.items))
