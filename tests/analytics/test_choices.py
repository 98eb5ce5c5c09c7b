"""The values every filter can take."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import get_args

import pytest

from tests.analytics.feed_worlds import NOW, World, asked, load, session, twin, user
from twin_tui.analytics.answers import Choice, ChoicePart, Choices
from twin_tui.analytics.choices import choices
from twin_tui.data.database import open_database
from twin_tui.data.source import Source
from twin_tui.rollups.rebuild import rebuild

START = datetime(2026, 11, 16, 9, 0)  # noqa: DTZ001
HERE = NOW.replace(tzinfo=None)


@pytest.fixture
def source(database_url: str) -> Iterator[Source]:
    with open_database(database_url, "write") as opened:
        yield opened


def world() -> World:
    """Five conversations count: two of Ada, two of Bob, one of Cy; one is of the future, one has no time."""
    return World(
        users=[
            user("ada", "Ada", "ada@x.example", company="Acme", department="Sales"),
            user("bob", "Bob", "bob@x.example", company="ACME", department="sales"),
            user("cy", "Cy", "cy@x.example", company="Globex", department="Sales"),
            user("dee", "Dee", "dee@x.example"),
            user("eve", "Eve", "eve@x.example", company="Nowhere", created_at=HERE),
        ],
        twins=[twin("t1", "ada", "Desk"), twin("t2", "cy", "Desk"), twin("t3", "dee", "Idle")],
        sessions=[
            session("s1", "ada", "t1", START, platform="slack"),
            session("s2", "ada", "t2", START, platform="Slack"),
            session("s3", "bob", "t2", START, platform="slack"),
            session("s4", "bob", "t2", START, platform=None),
            session("s5", "cy", "t2", START, platform=""),
            session("s6", "cy", "t1", HERE, platform="web"),
            session("s7", "cy", "t1", None, platform="web"),
        ],
    )


def test_choices_come_most_used_first(source: Source) -> None:
    load(source, world())
    before = source.statements
    answer = asked(source, choices)
    assert source.statements - before == 4, "one of them looks for derived tables"
    assert answer.companies == (
        Choice(
            "ACME", "ACME", "", 4
        ),  # Acme and ACME are one for a filter; of equal use the first by code point
        Choice("Globex", "Globex", "", 1),
        Choice("", "(none)", "", 0),
    )
    assert answer.departments == (
        Choice("Sales", "Sales", "ACME", 4),
        Choice("Sales", "Sales", "Globex", 1),
        Choice("", "(none)", "", 0),
    )
    assert [(one.value, one.label, one.detail, one.count) for one in answer.users] == [
        ("ada", "Ada", "ada@x.example", 2),
        ("bob", "Bob", "bob@x.example", 2),
        ("cy", "Cy", "cy@x.example", 1),
        ("dee", "Dee", "dee@x.example", 0),
    ]
    assert answer.twins == (
        Choice("t2", "Desk", "Cy", 4),
        Choice("t1", "Desk", "Ada", 1),
        Choice("t3", "Idle", "Dee", 0),
    )
    assert answer.platforms == (Choice("slack", "slack", "", 3), Choice("", "(none)", "", 2))


def test_derived_tables_tell_the_same(source: Source) -> None:
    load(source, world())
    later = NOW + timedelta(days=1)
    plain = asked(source, choices, later)
    rebuild(source, "UTC")
    before = source.statements
    assert asked(source, choices, later) == plain
    assert source.statements - before == 8, "two for their state, one for what is past now, five to count"
    before = source.statements
    groups = asked(source, partial(choices, part="groups"), later)
    assert groups == replace(plain, users=(), twins=())
    assert source.statements - before == 5, "two for their state, one for what is past now, two to count"
    assert plain.platforms[0].count == 3
    assert asked(source, choices) != plain


def test_an_empty_database_offers_nothing(source: Source) -> None:
    answer = asked(source, choices)
    assert (answer.companies, answer.departments, answer.users, answer.twins, answer.platforms) == ((),) * 5


def test_a_part_holds_what_the_whole_holds_of_it(source: Source) -> None:
    load(source, world())
    whole = asked(source, choices)
    parts = {part: asked(source, partial(choices, part=part)) for part in get_args(ChoicePart)}
    assert parts["users"] == Choices((), (), whole.users, (), ())
    assert parts["twins"] == Choices((), (), (), whole.twins, ())
    assert parts["groups"] == replace(whole, users=(), twins=())
    assert all((whole.companies, whole.departments, whole.users, whole.twins, whole.platforms))
