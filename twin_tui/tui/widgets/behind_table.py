"""The people behind a number as a table."""

from twin_tui.analytics.answers import Person
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.widgets.columns import Column, filling
from twin_tui.tui.widgets.row_table import RowTable


def columns(width: int) -> tuple[Column[Person], ...]:
    """Return the columns of people that fill ``width`` cells exactly.

    >>> [sum(c.width + 1 for c in columns(w)) - 1 for w in (59, 79, 119, 199)]
    [59, 79, 119, 199]
    """
    name: Column[Person] = Column("name", 0, lambda one, _: _name(one), style="what")
    room = min(40, width // 2)
    email: Column[Person] = Column("e-mail", room, lambda one, _: safe_line(one.email, 80), style="quiet")
    key: Column[Person] = Column("id", 36, lambda one, _: safe_line(one.id, 80), style="quiet")
    return filling((name, email, *((key,) if width >= 112 else ())), width)


def _name(person: Person) -> str:
    return safe_line(person.name or person.email or person.id, 80)


class BehindTable(RowTable[Person]):
    """People, a line each."""

    def columns(self, width: int) -> tuple[Column[Person], ...]:
        """Return what a line tells at this width."""
        return columns(width)
