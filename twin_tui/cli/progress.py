"""A progress bar on standard error, only where a person sees it."""

import sys
import time
from types import TracebackType
from typing import Self

from twin_tui.cli.output import is_terminal
from twin_tui.reports.blocks import bar
from twin_tui.text.safe_text import cut, pad, safe_line

BAR = 24
SECONDS_BETWEEN = 0.1


class ProgressBar:
    """Draws how far a long job is; call it with (done, total or ``None``, what)."""

    def __init__(self) -> None:
        self._shows = is_terminal(sys.stderr)
        self._drawn_at = 0.0
        self._is_drawn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def __call__(self, done: int, total: int | None = None, what: str = "") -> None:
        """Draw the state of the job, at most ten times a second."""
        now = time.monotonic()
        if not self._shows or (now - self._drawn_at < SECONDS_BETWEEN and done != total):
            return
        self._drawn_at = now
        self._is_drawn = True
        if total:
            fraction = min(1.0, done / total)
            line = f"{pad(bar(fraction, BAR), BAR)} {fraction:4.0%}  {safe_line(what)}"
        else:
            line = f"{done:,}  {safe_line(what)}"
        sys.stderr.write(f"\r{cut(line, 78)}\x1b[K")
        sys.stderr.flush()
