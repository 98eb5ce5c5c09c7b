"""The funnel: accounts, of these the owners of a twin, of a shared twin, and who of them was active.

A step is taken by people who took the one before. Accounts and twins are those there at the window's end;
an account without a date of creation was always there, a twin without one is in no figure.
"""

from dataclasses import replace

from twin_tui.analytics.answers import FunnelStep
from twin_tui.analytics.answers.engagement import FunnelKey
from twin_tui.analytics.columns import words
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.funnel import accounts, is_shared, owners, shared_owners
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.frame import Frame
from twin_tui.analytics.order import ratio
from twin_tui.analytics.scope import bound
from twin_tui.data.models import Twin, User

LABELS: dict[FunnelKey, str] = {
    "created": "Users created",
    "own_twin": "Own a twin",
    "own_shared_twin": "Own a shared twin",
    "active": "Active in the period",
}
"""The steps in order, in users' words."""


def counted(context: Context, filters: Filters, frame: Frame, active: list[str]) -> tuple[FunnelStep, ...]:
    """Return the steps, given the ids of the active people."""
    return _steps([len(people) for people in people_by_step(context, filters, frame, active).values()])


def derived(layer: Layer, filters: Filters, frame: Frame, active: int) -> tuple[FunnelStep, ...]:
    """Return the same from the derived tables, given the set of the active people."""
    asked = of_owners(filters)
    shared = shared_owners(layer, asked, frame.upper)
    reached = [
        accounts(layer, asked, frame.upper),
        owners(layer, asked, frame.upper),
        shared.bit_count(),
        (shared & active).bit_count(),
    ]
    return _steps(reached)


def _steps(reached: list[int]) -> tuple[FunnelStep, ...]:
    before = [None, *reached]
    return tuple(
        FunnelStep(key, label, people, None if earlier is None else ratio(people, earlier))
        for (key, label), people, earlier in zip(LABELS.items(), reached, before, strict=False)
    )


def people_by_step(
    context: Context, filters: Filters, frame: Frame, active: list[str]
) -> dict[FunnelKey, set[str]]:
    """Return the ids of the people at each step, given those of the active ones; three statements."""
    scope, column = context.scope(of_owners(filters)), context.source.column
    ends = bound(context.source.dialect, frame.upper)
    made = column(User.created_at)
    accounts = context.rows(scope.users(column(User.id)).where(made.is_null() | (made < ends)))
    created = {words(key) for (key,) in accounts}
    owner, is_there = column(Twin.user), column(Twin.created_at) < ends
    rows = context.rows(scope.twins(owner).where(is_there).distinct())
    own = created & {words(key) for (key,) in rows}
    rows = context.rows(scope.twins(owner).where(is_there & is_shared(context)).distinct())
    shared = own & {words(key) for (key,) in rows}
    return {
        "created": created,
        "own_twin": own,
        "own_shared_twin": shared,
        "active": shared & set(active),
    }


def of_owners(filters: Filters) -> Filters:
    """Return the filters that say something about people and their twins: company, department, user."""
    return replace(filters, twin=None, platform=None, shared=None)
