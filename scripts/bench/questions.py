"""What is asked of the three programs, and what they must agree on before anything is measured."""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.answers import differences, overview_values, page_values
from bench.clock import rounds, timed_once
from bench.duck_overview import DuckOverview
from bench.world import DUCK, NOW, PLAIN, PRODUCT, World, has_duck
from twin_tui.analytics.answers import ActivityRequest, MonthlyRequest
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService

SLOW_SECONDS = 4.0
"""A way that took longer when the answers were compared is not asked again: that once is what is told."""


@dataclass
class Question:
    """One question, how each program answers it, and what is expected."""

    key: str
    label: str
    goals: tuple[str, ...]
    ways: dict[str, Callable[[], Any]]
    """By program: ask, and return the answer as plain values."""
    ask: dict[str, Callable[[], Any]] = field(default_factory=dict)
    """By program: ask only, where making plain values costs; else ``ways``."""


@dataclass
class Measured:
    """What asking it took, processor seconds by program."""

    key: str
    label: str
    goals: tuple[str, ...]
    cpu: dict[str, float] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    """Where a program's answer differs from plain SQL's, without it DuckDB's; nothing is measured then."""


def ask_all(
    questions: Iterator[Question], count: int, tell: Callable[[str], None], left_out: Collection[str] = ()
) -> list[Measured]:
    """Compare each question's answers, then measure it where they agree; some programs are not asked."""
    return [_asked(question, count, tell, left_out) for question in questions]


def _asked(
    question: Question, count: int, tell: Callable[[str], None], left_out: Collection[str]
) -> Measured:
    tell(question.label)
    for name in left_out:
        question.ways.pop(name, None)
    measured = Measured(question.key, question.label, question.goals)
    answers, first = {}, {}
    for name, way in question.ways.items():
        first[name] = timed_once(way)
        answers[name] = first[name].answer
    judge = PLAIN if PLAIN in answers else DUCK
    wanted = answers.get(judge)
    for name, answer in answers.items():
        if name != judge and wanted is not None:
            measured.differences += [f"{name}: {text}" for text in differences(wanted, answer)]
    if measured.differences:
        return measured
    slow = {name for name, took in first.items() if took.cpu > SLOW_SECONDS}
    again = {name: question.ask.get(name, way) for name, way in question.ways.items() if name not in slow}
    measured.cpu = rounds(again, count) | {name: first[name].cpu for name in slow}
    measured.rounds = dict.fromkeys(again, count) | dict.fromkeys(slow, 1)
    return measured


@dataclass(frozen=True)
class Programs:
    """The opened databases of one size."""

    product: AnalyticsService
    product_path: Path
    plain: AnalyticsService
    duck: Any
    """``None`` where DuckDB is not installed."""
    rows: sqlite3.Connection
    """The plain file, for what is asked of SQL directly."""

    @classmethod
    def of(cls, world: World, left_out: Collection[str] = ()) -> "Programs":
        """Open them; of those ``left_out`` DuckDB is absent, and plain SQL reads the product's file."""
        plain = world.product if PLAIN in left_out else world.plain
        duck = None
        if has_duck() and DUCK not in left_out:
            import duckdb  # noqa: PLC0415 - an optional tool of development

            duck = duckdb.connect(str(world.duck), read_only=True)
        return cls(
            AnalyticsService(str(world.product), clock=lambda: NOW),
            world.product,
            AnalyticsService(str(plain), clock=lambda: NOW),
            duck,
            sqlite3.connect(f"file:{plain}?mode=ro", uri=True),
        )

    def close(self) -> None:
        """Close them."""
        for each in (self.product, self.plain, self.duck, self.rows):
            if each is not None:
                each.close()


def overviews(programs: Programs) -> Iterator[Question]:
    """Yield the overview of 30 days."""
    yield _overview(programs, 30, {}, "overview, 30 days", ("G1",))


def years(programs: Programs) -> Iterator[Question]:
    """Yield the overview of 365 days."""
    yield _overview(programs, 365, {}, "overview, 365 days", ("G2",))


def filtered(programs: Programs) -> Iterator[Question]:
    """Yield the overview of 30 days with each filter."""
    for name, value in _filters(programs.rows):
        yield _overview(programs, 30, {name: value}, f"overview, 30 days, one {name}", ())


def _overview(
    programs: Programs, days: int, filters: dict[str, Any], label: str, goals: tuple[str, ...]
) -> Question:
    asked = Filters(Period.parse(f"{days}d", NOW.date()), **filters)
    services = {PRODUCT: programs.product, PLAIN: programs.plain}
    ask = {name: lambda service=service: service.overview(asked) for name, service in services.items()}
    ways: dict[str, Callable[[], Any]] = {
        name: lambda way=way: overview_values(way()) for name, way in ask.items()
    }
    if not filters and programs.duck is not None:
        reaches_back = [True]

        def plain() -> dict[str, Any]:
            found = programs.plain.overview(asked)
            reaches_back[0] = found.previous_window is not None
            return overview_values(found)

        ways[PLAIN] = plain
        ways[DUCK] = ask[DUCK] = lambda: DuckOverview(
            programs.duck, NOW.replace(tzinfo=None), days, is_compared=reaches_back[0]
        ).values()
    key = f"overview_{days}" + "".join(f"_{name}" for name in filters)
    return Question(key, label, goals, ways, ask)


def _filters(rows: sqlite3.Connection) -> Iterator[tuple[str, Any]]:
    yield "company", rows.execute("SELECT company FROM users ORDER BY rowid LIMIT 1").fetchone()[0]
    yield "department", rows.execute("SELECT department FROM users ORDER BY rowid LIMIT 1").fetchone()[0]
    newest = "SELECT {} FROM sessions ORDER BY rowid DESC LIMIT 1"
    for name in ("user", "twin"):
        yield name, rows.execute(newest.format(f"{name}_id")).fetchone()[0]
    yield "platform", "teams"
    yield "shared", True


def feeds(programs: Programs) -> Iterator[Question]:
    """Yield the first page of the feed of everything, pages by number, and conversations."""
    year = Filters(Period())
    pages = programs.plain.activity(year, ActivityRequest(type="all")).pages
    for label, page, kind, goal in (
        ("feed of everything, page 1", 1, "all", "G4 page 1"),
        ("feed of everything, a page in the middle", pages // 2, "all", "G4 any page"),
        ("feed of everything, the last page", pages, "all", "G4 any page"),
        ("conversations, page 1", 1, "conversation", "G4 page 1"),
    ):
        request = ActivityRequest(type=kind, page=page)  # type: ignore[arg-type]
        ask = {
            name: lambda service=service, request=request: service.activity(year, request)
            for name, service in ((PRODUCT, programs.product), (PLAIN, programs.plain))
        }
        ways = {name: lambda way=way: page_values(way()) for name, way in ask.items()}
        yield Question(f"feed_{kind}_{label.rpartition(' ')[2]}", label, (goal,), ways, ask)


def months(programs: Programs) -> Iterator[Question]:
    """Yield the monthly statistics of a year."""
    asked, request = Filters(Period.parse("365d", NOW.date())), MonthlyRequest(sort="events")
    ask = {
        name: lambda service=service: service.monthly(asked, request)
        for name, service in ((PRODUCT, programs.product), (PLAIN, programs.plain))
    }
    ways = {name: lambda way=way: tuple(map(repr, way().items)) for name, way in ask.items()}
    yield Question("monthly_365", "monthly statistics, 365 days", (), ways, ask)
