"""Waiting for what nothing tells of."""

import asyncio
from collections.abc import Callable


async def until(condition: Callable[[], bool], seconds: float) -> None:
    """Return once something is so, looking every so many seconds."""
    while not condition():
        await asyncio.sleep(seconds)
