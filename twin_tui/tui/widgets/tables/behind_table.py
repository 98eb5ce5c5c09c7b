"""The people behind a number as a table."""

from dataclasses import replace

from twin_tui.analytics.answers import Person
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.widgets.tables.columns import Column, Forms, filling, named
from twin_tui.tui.widgets.tables.row_table import RowTable


def columns(width: int) -> tuple[Column[Person], ...]:
    """Return the columns of people that fill ``width`` cells exactly.

    >>> [sum(c.width + 1 for c in columns(w)) - 1 for w in (59, 79, 119, 199)]
    [59, 79, 119, 199]
    """
    email = replace(_EMAIL, width=min(40, width // 2))
    return filling((_NAME, email, *((_ID,) if width >= 112 else ())), width)


def _name(person: Person) -> str:
    return safe_line(person.name or person.email or person.id, 80)


_NAME: Column[Person] = Column("name", 0, lambda one, _: _name(one), style="what", key="name")
_EMAIL: Column[Person] = Column(
    "e-mail", 40, lambda one, _: safe_line(one.email, 80), style="quiet", key="email"
)
_ID: Column[Person] = Column("id", 36, lambda one, _: safe_line(one.id, 80), style="quiet", key="id")
FORMS: Forms[Person] = named(
    {"name": (_NAME,), "email": (_EMAIL, replace(_EMAIL, width=24)), "id": (_ID, replace(_ID, width=13))}
)
"""The columns that can be chosen."""


class BehindTable(RowTable[Person]):
    """People, a line each."""

    TABLE = "people_behind"

    @property
    def forms(self) -> Forms[Person]:
        """The columns that can be chosen."""
        return FORMS

    def columns(self, width: int) -> tuple[Column[Person], ...]:
        """Return what a line tells at this width."""
        return columns(width)
