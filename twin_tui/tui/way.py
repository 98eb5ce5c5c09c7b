"""A way to another database, and the mark of the screens on it; light enough for who only asks."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["demo", "import", "open", "recent"]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to a database."""

    kind: Kind
    value: str = ""
    """The format of an import, the place of a recent database."""


class OnTheWay:
    """Mixed into each screen on a way: while one stands, no other way is offered."""
