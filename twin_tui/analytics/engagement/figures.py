"""What the lists of engagement come to, each as a figure that can be explained."""

from twin_tui.analytics.answers import Concentration, Figure, FunnelStep, Pairs, Topics, Window
from twin_tui.analytics.order import ratio

TOP = 10
"""Percent of the people whose share is the figure of concentration."""


def funnel_figure(steps: tuple[FunnelStep, ...], window: Window) -> Figure:
    """Return how many of all people came through the whole funnel."""
    everyone, active = steps[0].people, steps[-1].people
    return Figure(
        key="funnel",
        label="Came through the funnel",
        unit="ratio",
        value=ratio(active, everyone),
        previous=None,
        change=None,
        numerator=active,
        denominator=everyone,
        n=everyone,
        window=window,
        previous_window=None,
        definition=(
            "The funnel: accounts there at the window's end (those without a date of creation among them), "
            "of these the owners of a twin created by then, of these the owners of one that is shared, and "
            "who of these was active in the window. Company, department and user narrow every step; twin, "
            "platform and shared only the last."
        ),
        parts=tuple((step.label, step.people, "users") for step in steps),
    )


def concentration_figure(tops: tuple[Concentration, ...], whole: int, people: int, window: Window) -> Figure:
    """Return the share of the conversations that the busiest tenth started."""
    top = next(each for each in tops if each.percent == TOP)
    return Figure(
        key="concentration",
        label="Concentration: the busiest 10 %",
        unit="ratio",
        value=top.share,
        previous=None,
        change=None,
        numerator=top.conversations,
        denominator=whole,
        n=people,
        window=window,
        previous_window=None,
        good="neutral",
        definition=(
            "Conversations started by the busiest 1, 10 and 20 % of the active people (so many people, "
            "rounded up) ÷ all conversations started."
        ),
        parts=tuple((f"Top {each.percent} %", each.share, "ratio") for each in tops),
    )


def pairs_figure(pairs: Pairs, shared: int, window: Window) -> Figure:
    """Return how many people and twins of others there are together."""
    return Figure(
        key="pairs",
        label="Pairs of people and others' twins",
        unit="count",
        value=pairs.total,
        previous=None,
        change=None,
        numerator=None,
        denominator=None,
        n=shared,
        window=window,
        previous_window=None,
        definition=(
            "Each pair of a person and someone else's twin with a conversation started in the window that is "
            "marked as shared use; n counts these conversations."
        ),
        parts=(("People", pairs.people, "users"), ("Twins", pairs.twins, "twins")),
    )


def topics_figure(topics: Topics, whole: int, window: Window) -> Figure:
    """Return how many conversations have a topic."""
    return Figure(
        key="topics",
        label="Conversations with a topic",
        unit="ratio",
        value=ratio(whole - topics.without, whole),
        previous=None,
        change=None,
        numerator=whole - topics.without,
        denominator=whole,
        n=whole,
        window=window,
        previous_window=None,
        definition=(
            "Conversations started in the window by their topic, as it is stored; (none) are those without."
        ),
        parts=(("Different topics", topics.total, "count"),),
    )
