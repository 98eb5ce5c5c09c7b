"""What really changed, found out the slow way: everything that matters is read before and after."""

from typing import Any

from tests.rollups.fuzz.scene import CHILDREN, Scene
from twin_tui.rollups.capture.changes import MATTERS

Picture = dict[tuple[str, str], Any]
"""By kind (session, user, twin) and id."""


def picture(scene: Scene) -> Picture:
    """Return all that derived rows are made from, by whom they are made for."""
    found: Picture = {}
    for table, kind in (("users", "user"), ("twins", "twin"), ("sessions", "session")):
        for key, *rest in _rows(scene, table):
            found[kind, key] = [rest]
    for table in CHILDREN:
        for key, session, *rest in _rows(scene, table):
            found.setdefault(("session", session), [None]).append(
                (table, rest) if scene.is_sqlite else (table, key, rest)
            )
    return found


def changed(before: Picture, after: Picture) -> set[tuple[str, str]]:
    """Return the kinds and ids that differ."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def _rows(scene: Scene, table: str) -> list[tuple[Any, ...]]:
    order = "rowid" if scene.is_sqlite else "id"
    return scene.writers["loose"].run(f"SELECT {', '.join(MATTERS[table])} FROM {table} ORDER BY {order}")
