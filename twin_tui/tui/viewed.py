"""What tabs let be saved of how they are set."""

from collections.abc import Mapping

Option = str | bool | int


class Viewed:
    """A tab whose settings can be kept under a name and taken again."""

    def view_options(self) -> dict[str, Option]:
        """Return how the tab is set, without what is as at its first look."""
        return {}

    def take_options(self, options: Mapping[str, Option]) -> None:
        """Be set so; what is not said is as at the first look. The caller has it loaded."""
