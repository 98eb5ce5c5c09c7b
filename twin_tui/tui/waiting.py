"""Waiting for what nothing tells of."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.widget import Widget

UNDRAWN = 3.0
"""Seconds after which a picture that never came is waited for no longer."""


async def until(condition: Callable[[], bool], seconds: float) -> None:
    """Return once something is so, looking every so many seconds."""
    while not condition():
        await asyncio.sleep(seconds)


def when_drawn(widget: "Widget", then: Callable[[], object]) -> None:
    """Call ``then`` once the next picture stands, and again later.

    A screen that is covered at the wrong moment draws no more, and one that is taken away calls nobody.
    """
    widget.call_after_refresh(then)
    widget.set_timer(UNDRAWN, then)
