"""The people behind a number, by name: a page of those with given ids."""

from collections.abc import Collection

from twin_tui.analytics.answers import PagedList, Person
from twin_tui.analytics.columns import brief, words
from twin_tui.analytics.context import Context
from twin_tui.data.models import User

MOST_IDS = 500
"""Ids asked for in one statement; also the longest page."""


def named(
    context: Context, ids: Collection[str], page: int, limit: int, *, is_masked: bool
) -> PagedList[Person]:
    """Return a page, brought within bounds, of the people with these ids, by name, then id.

    Where names are masked (``is_masked``) by id alone: an order by name would tell them apart. Ids that no
    row bears are people without a name.
    """
    people = list(people_of(context, ids).values())
    people.sort(key=lambda person: ("" if is_masked else (person.name or person.email).casefold(), person.id))
    limit = min(max(1, limit), MOST_IDS)
    pages = max(1, -(-len(people) // limit))
    page = min(max(1, page), pages)
    return PagedList(page, limit, len(people), pages, tuple(people[(page - 1) * limit : page * limit]))


def people_of(context: Context, ids: Collection[str]) -> dict[str, Person]:
    """Return the people with these ids, by id; one that no row bears has no name."""
    column = context.source.column
    columns = (column(User.id), brief(column(User.full_name)), brief(column(User.email)))
    found = {key: Person(key, "", "") for key in ids}
    wanted = list(found)
    for first in range(0, len(wanted), MOST_IDS):
        chosen = wanted[first : first + MOST_IDS]
        for row in context.rows(User.select(*columns).where(column(User.id).in_(chosen))):
            person = Person(*map(words, row))
            found[person.id] = person
    return found
