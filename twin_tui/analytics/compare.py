"""Figures beside those of another company."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from twin_tui.analytics.answers import Figure
from twin_tui.analytics.context import Context
from twin_tui.analytics.fact_reading import Ground, read_facts
from twin_tui.analytics.figures import change, compared_words, figures
from twin_tui.analytics.filters import Filters


def rivals_of(
    context: Context, filters: Filters, on: Ground, keys: Collection[str] | None = None
) -> tuple[Figure, ...] | None:
    """Return the figures (those of ``keys``) of the other company, where one is compared with."""
    other = filters.other
    return None if other is None else figures(read_facts(context, other, on), other, keys)


def against(
    mine: tuple[Figure, ...], filters: Filters, rivals: Iterable[Figure] | None
) -> tuple[Figure, ...]:
    """Return figures compared with those of the other company; as they are where there is none."""
    if rivals is None:
        return mine
    said, known = compared_words(filters), {figure.key: figure for figure in rivals}
    return tuple(_beside(figure, known.get(figure.key), said) for figure in mine)


def _beside(figure: Figure, rival: Figure | None, said: str) -> Figure:
    if rival is None:
        return replace(figure, previous=None, change=None, previous_window=None, compared_with=said)
    return replace(
        figure,
        previous=rival.value,
        change=change(figure.value, rival.value, figure.unit),
        previous_window=rival.window,
        compared_with=said,
        compared_series=rival.series,
    )
