"""What an import could not take, each with its place, so that it can be mended and imported again."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from twin_tui.importers.base import ImportFailedError
from twin_tui.importers.slack.text import without_tokens
from twin_tui.text.safe_text import safe_line

OnReject = Callable[["Rejection"], None]


@dataclass(frozen=True, slots=True)
class Rejection:
    """One thing that was left out because it could not be understood."""

    file: str
    """The file in the export, as its own name there."""
    position: str | None
    """Where in the file, counted from 1: ``message 3``; None: the file as a whole."""
    reason: str
    item: object = None
    """What stands there, as JSON values; None when it could not even be parsed."""

    @property
    def where(self) -> str:
        """File and position in one."""
        return self.file if self.position is None else f"{self.file}, {self.position}"

    def as_json(self) -> str:
        """Return one line of JSON, access tokens taken off."""
        keys = _cleaned({"file": self.file, "position": self.position, "reason": self.reason})
        try:
            return json.dumps({**keys, "item": _cleaned(self.item)})
        except (RecursionError, TypeError, ValueError):
            return json.dumps({**keys, "item": None})


def _cleaned(value: Any) -> Any:
    """Return a JSON value whose texts hold no access tokens; in JSON its marks could be taken for theirs."""
    if isinstance(value, str):
        return without_tokens(value)
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(inner) for inner in value]
    return value


class RejectsFile:
    """A file of one JSON object per rejection, for its owner alone; empty when nothing was rejected."""

    def __init__(self, path: Path) -> None:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise ImportFailedError(f"{safe_line(str(path), 160)} cannot be written: {reason}") from None
        self._file = os.fdopen(descriptor, "w", encoding="utf-8", newline="\n")

    def write(self, rejection: Rejection) -> None:
        """Add a line; raises :class:`OSError`."""
        self._file.write(rejection.as_json() + "\n")

    def __enter__(self) -> "RejectsFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
