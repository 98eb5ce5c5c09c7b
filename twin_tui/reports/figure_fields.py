"""The columns that tables of figures have in common."""

from operator import attrgetter

from twin_tui.analytics.answers import Figure
from twin_tui.reports.sections import Field


def _unit_of_change(figure: Figure) -> str:
    return "points" if figure.unit == "ratio" else "change"


KEY, LABEL = Field("key", brief=False), Field("label", "Figure")
VALUE, PREVIOUS = (
    Field(key, title, attrgetter("unit")) for key, title in (("value", "Value"), ("previous", "Before"))
)
CHANGE = Field("change", "Change", _unit_of_change)
UNIT = Field("unit", brief=False)
