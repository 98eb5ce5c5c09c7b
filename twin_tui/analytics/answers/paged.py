"""What every answer that is one page of several can tell."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:

    class _Request(Protocol):
        @property
        def page(self) -> int: ...


class Paged:
    """Mixed into such an answer: whether there are pages before and after."""

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def request(self) -> _Request:
            """As answered: its page is within 1 … pages."""

        @property
        def pages(self) -> int:
            """At least 1."""

    @property
    def has_next(self) -> bool:
        """Whether a later page exists."""
        return self.request.page < self.pages

    @property
    def has_prev(self) -> bool:
        """Whether an earlier page exists."""
        return self.request.page > 1
