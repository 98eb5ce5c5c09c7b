"""Which messages of a ChatGPT conversation the page shows: one way through a tree of edits and retries."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Node(NamedTuple):
    """A place of the tree; many hold no message."""

    id: str
    parent: str | None
    message: Mapping[str, Any] | None


def shown_path(nodes: Mapping[str, Node], current: str | None) -> list[Node]:
    """Return the nodes from the root to ``current``, to the deepest leaf where that is not there.

    A circle of parents ends where it closes.

    >>> tree = {"a": Node("a", None, None), "b": Node("b", "a", None), "c": Node("c", "a", None)}
    >>> [node.id for node in shown_path(tree, "b")], [node.id for node in shown_path(tree, "gone")]
    (['a', 'b'], ['a', 'c'])
    """
    ref = current if current in nodes else _deepest(nodes)
    path: list[Node] = []
    seen: set[str] = set()
    while ref is not None and ref in nodes and ref not in seen:
        seen.add(ref)
        path.append(nodes[ref])
        ref = nodes[ref].parent
    path.reverse()
    return path


def _deepest(nodes: Mapping[str, Node]) -> str | None:
    """Return the node farthest from its root, of several the last in the file."""
    depths: dict[str, int] = {}
    for start in nodes:
        trail: list[str] = []
        ref: str | None = start
        while ref is not None and ref in nodes and ref not in depths:
            depths[ref] = 0  # a circle counts from where it is entered
            trail.append(ref)
            ref = nodes[ref].parent
        depth = depths[ref] if ref is not None and ref in depths else 0
        for ref in reversed(trail):
            depth += 1
            depths[ref] = depth
    return max(reversed(depths), key=lambda ref: depths[ref], default=None)
