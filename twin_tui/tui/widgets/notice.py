"""A sentence over a tab: loading, failed, nothing to show; hidden when there is none."""

from textual.content import Content
from textual.widgets import Static


class Notice(Static):
    """One sentence and what to do next."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(Content(sentence))
        self.sentence: str | None = sentence or None
        """What is said, ``None`` for nothing."""
        self.set_class(self.sentence is None, "-silent")

    def say(self, sentence: str | None, *, hint: str = "", is_failure: bool = False) -> None:
        """Show a sentence and, muted, what to do next; ``None`` hides the widget."""
        said = None if sentence is None else f"{sentence}\n{hint}".strip()
        if said == self.sentence:
            return
        self.sentence = said
        self.set_class(said is None, "-silent")
        self.set_class(is_failure, "-failure")
        if sentence is not None:
            mark = "▲ " if is_failure else ""
            self.update(Content.assemble(f"{mark}{sentence}", (f"\n{hint}" if hint else "", "$muted")))
