"""Users and twins while a build goes on, which alone changes them: those met once are known from then on."""

from collections.abc import Collection, Mapping

from twin_tui.rollups.base_rows import BaseRows
from twin_tui.rollups.calendar import Calendar
from twin_tui.rollups.cells import Cells
from twin_tui.rollups.later import Later
from twin_tui.rollups.members import Place
from twin_tui.rollups.people import People, Person

KEPT = 200_000
"""Users, and twins, that are kept at most: so memory does not grow with their number."""


class BuildPeople(People):
    """People of one build; of no use once a write failed. Who belongs where is left to the build's end."""

    def __init__(self, base: BaseRows, cells: Cells, calendar: Calendar, changes: Later) -> None:
        super().__init__(base, cells, calendar, changes)
        self._places: dict[str, Place] = {}
        self._numbers: dict[str, int] = {}

    def places(self, user_ids: Collection[str]) -> Mapping[str, Place]:
        """Return where these users belong, perhaps others too; strangers become people who are not there."""
        if len(self._places) > KEPT:
            self._places.clear()
        if unknown := [user_id for user_id in user_ids if user_id not in self._places]:
            for user_id, person in self.users(unknown).items():
                self._places[user_id] = Place(person.no, person.department_cell)
        return self._places

    def numbers(self, twin_ids: Collection[str]) -> Mapping[str, int]:
        """Return the numbers of these twins, perhaps of others too."""
        if len(self._numbers) > KEPT:
            self._numbers.clear()
        if unknown := [twin_id for twin_id in twin_ids if twin_id not in self._numbers]:
            self._numbers.update(self.twins(unknown))
        return self._numbers

    def _replace(self, old: list[Person], new: list[Person]) -> None:
        self._replace_rows(old, new)
