"""The service against a brute-force computation, over random worlds, filters, instants and timezones."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.examples import examples
from tests.analytics.list_oracle import ListOracle
from tests.analytics.plain_rows import TABLES, World
from tests.analytics.random_worlds import Case, case
from twin_tui.analytics.answers import Overview
from twin_tui.analytics.service import AnalyticsService
from twin_tui.data.database import open_database
from twin_tui.data.models import MODELS
from twin_tui.data.source import Source
from twin_tui.rollups.rebuild import rebuild

GROUPS = ("company", "department", "user", "twin")
MEASURES = ("conversations", "active_users", "messages", "documents", "queries", "per_user")
NOT_NULL = {"content": "text", "query_text": "text"}


class Changeable(AnalyticsService):
    """A service whose clock and timezone each example sets."""

    def at(self, example: Case) -> None:
        self._clock = lambda: example.now
        self.timezone = ZoneInfo(example.zone)


@pytest.fixture
def writer(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as source:
        yield source


def replace_rows(source: Source, world: World) -> None:
    """Put exactly a world's rows into a database."""
    with source.writing():
        for model in reversed(MODELS):
            source.db.execute(model.delete())
        for model, table in zip(MODELS, TABLES, strict=True):
            rows = getattr(world, table)
            if rows:
                extra = {
                    name: text
                    for name, text in NOT_NULL.items()
                    if name in model._meta.columns and name not in rows[0]
                }
                columns = [*rows[0], *extra]
                source.insert_rows(
                    model, columns, [(*(row[name] for name in rows[0]), *extra.values()) for row in rows]
                )


@pytest.mark.parametrize("way", ["plain", "derived"])
def test_every_figure_equals_the_plain_count(database_url: str, writer: Source, way: str) -> None:
    with Changeable(database_url, clock=lambda: None) as service:

        @examples(40 if writer.is_sqlite else 15)
        @given(
            seed=st.integers(0, 2**40),
            sessions=st.integers(0, 25),
            group=st.sampled_from(GROUPS),
            measure=st.sampled_from(MEASURES),
        )
        def check(seed: int, sessions: int, group: str, measure: str) -> None:
            example = case(seed, sessions)
            replace_rows(writer, example.world)
            if way == "derived":
                rebuild(writer, example.zone)
            service.at(example)
            ties = "insertion" if writer.is_sqlite else "id"
            oracle = ListOracle(
                example.world, example.filters, example.now, ZoneInfo(example.zone), ties=ties
            )
            overview = service.overview(example.filters, group, measure)
            assert told(overview) == expected(oracle, group, measure)

        check()


def rounded(value: float | None) -> float | None:
    """Sums of fractions may differ in their last digits by the order of adding.

    Long times are halves of microseconds: seven decimals hold them, where so many digits might not.
    """
    if not isinstance(value, float):
        return value
    return round(value, 7) if abs(value) >= 1000 else float(f"{value:.13g}")


def expected(oracle: ListOracle, group: str, measure: str) -> dict:
    """Return what the oracle says, in comparable form."""
    parts, series = oracle.parts(oracle.now_span), oracle.series()
    days = [
        (
            day,
            *(values[key] for key in ("active_users", "new_users", "conversations", "messages")),
            *(values[key] for key in ("documents", "queries", "shared_conversations")),
            *map(rounded, oracle.averages(day)),
            day < oracle.today,
        )
        for day, values in series.items()
    ]
    figures = oracle.figures()
    counts, hours = oracle.hourly()
    profile = [(sum(row[hour] for row in counts), sum(row[hour] for row in hours)) for hour in range(24)]
    means = [count / hour for count, hour in profile if hour]
    busy = [(-count / hour, place) for place, (count, hour) in enumerate(profile) if count]
    return {
        "figures": {key: tuple(map(rounded, values)) for key, values in figures.items()},
        "series": {key: [rounded(values[key]) for values in series.values()] for key in figures},
        "parts": {key: [rounded(value) for value in values] for key, values in parts.items()},
        "days": days,
        "features": {name: tuple(map(rounded, values)) for name, values in oracle.features().items()},
        "leaderboard": [tuple(map(rounded, row)) for row in oracle.leaderboard(group, measure)],
        "hourly": (
            counts,
            [
                [rounded(n / hour) if hour else None for n, hour in zip(*rows, strict=True)]
                for rows in zip(counts, hours, strict=True)
            ],
            [rounded(count / hour) if hour else None for count, hour in profile],
            rounded(sum(means) / len(means)) if means else None,
            [place for _, place in sorted(busy)[:2]],
        ),
        "types": oracle.message_types(),
        "platforms": oracle.platforms(),
        "first": oracle.first_day,
        "last": oracle.last_day,
    }


def told(overview: Overview) -> dict:
    """Return what the service says, in the same form."""
    hourly = overview.hourly
    beside = ("active_users", "messages", "session_length_median", "reply_time_median")
    return {
        "figures": {
            figure.key: (rounded(figure.value), rounded(figure.previous), rounded(figure.change))
            for figure in overview.figures
        },
        "series": {figure.key: [rounded(value) for value in figure.series] for figure in overview.figures},
        "parts": {
            key: [rounded(value) for _, value, _ in overview.figure(key).parts]
            for key in (*beside, "messages_per_conversation")
        },
        "days": [
            (
                row.day,
                row.active_users,
                row.new_users,
                row.conversations,
                row.messages,
                row.documents,
                row.queries,
                row.shared_conversations,
                rounded(row.active_users_average),
                rounded(row.conversations_average),
                rounded(row.messages_average),
                row.is_complete,
            )
            for row in overview.days
        ],
        "features": {
            each.feature: (each.count, rounded(each.share), rounded(each.per_day))
            for each in overview.features
        },
        "leaderboard": [
            (
                row.rank,
                row.id,
                row.name,
                (row.conversations, row.active_users, row.messages, row.documents, row.queries),
                rounded(row.per_user),
                rounded(row.share),
                row.rank_change,
            )
            for row in overview.leaderboard.rows
        ],
        "hourly": (
            [list(row) for row in hourly.counts],
            [[rounded(mean) for mean in row] for row in hourly.means],
            [rounded(mean) for mean in hourly.profile],
            rounded(hourly.mean),
            list(hourly.peaks),
        ),
        "types": {share.name: share.count for share in overview.message_types},
        "platforms": {share.name: share.count for share in overview.platforms},
        "first": overview.status.first_day,
        "last": overview.status.last_day,
    }
