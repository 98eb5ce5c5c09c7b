"""The companies of a large sample: those of the small one first, then more invented names, of uneven size."""

import math
from typing import NamedTuple

from twin_tui.sample.companies import COMPANIES, DEPARTMENTS, Company

MOST_COMPANIES = 200
_FIRST = (
    "Amber", "Basalt", "Birchwood", "Blackthorn", "Bluewater", "Brass Lantern", "Calder", "Clearbrook",
    "Copperfield", "Driftwood", "Eastmoor", "Fernhill", "Flint", "Foxglove", "Glasshouse", "Goldcrest",
    "Greyfriars", "Harbourlight", "Hazelmere", "Ironbridge", "Juniper", "Kestrel", "Larkspur", "Lighthouse",
    "Millrace", "Moorland", "Northwind", "Oakridge", "Palisade", "Pinecrest", "Quarry", "Redwood",
    "Sandstone", "Silverline", "Stonehaven", "Sycamore", "Thistledown", "Tideway", "Westerly", "Willowbank",
)  # fmt: skip
_SECOND = (
    "Logistics", "Foods", "Instruments", "Insurance", "Pharma", "Textiles", "Energy", "Robotics",
    "Publishing", "Airways", "Clinics", "Software", "Foundry", "Optics", "Timber", "Analytics",
    "Hotels", "Water", "Shipping", "Ceramics", "Mobility", "Seeds", "Studios",
)  # fmt: skip
_UNEVENNESS = 0.8
"""Exponent of a company's place in its size: the first has about seventy times the people of the 200th."""


class Workplace(NamedTuple):
    """A company, and which departments it has."""

    company: Company
    departments: tuple[str, ...]


def company_total(users: int) -> int:
    """Return in how many companies so many people work.

    >>> [company_total(users) for users in (3, 100, 1_000, 10_000, 100_000)]
    [3, 8, 25, 80, 200]
    """
    return min(users, MOST_COMPANIES, max(4, round(0.8 * math.sqrt(users))))


def workplaces(users: int) -> tuple[Workplace, ...]:
    """Return the companies so many people work in, the largest first; no two share a name."""
    return tuple(_workplace(place) for place in range(company_total(users)))


def weights(count: int) -> list[float]:
    """Return the relative sizes of so many companies."""
    return [1 / (place + 1) ** _UNEVENNESS for place in range(count)]


def _workplace(place: int) -> Workplace:
    model = COMPANIES[place % len(COMPANIES)]
    kinds = max(3, len(DEPARTMENTS) - place // 3)
    departments = tuple(DEPARTMENTS[(place + 3 * turn) % len(DEPARTMENTS)] for turn in range(kinds))
    if place < len(COMPANIES):
        return Workplace(model, departments)
    # 40 and 23 have no common factor: the pairs repeat after 920 companies.
    name = f"{_FIRST[place * 7 % len(_FIRST)]} {_SECOND[place * 5 % len(_SECOND)]}"
    domain = f"{name.lower().replace(' ', '')}.example"
    return Workplace(model._replace(name=name, domain=domain), departments)
