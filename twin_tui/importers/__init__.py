"""Foreign exports become rows: the registry of formats and what a caller needs.

>>> sorted(IMPORTERS)
['chatgpt', 'claude', 'slack', 'tables']
"""

import os
from collections.abc import Mapping
from pathlib import Path

from twin_tui.importers.base import Importer, ImportFailedError, ImportOptions, Progress
from twin_tui.importers.chats.chatgpt import ChatGptImporter
from twin_tui.importers.chats.claude import ClaudeImporter
from twin_tui.importers.reading.archive_open import OtherFormatError
from twin_tui.importers.report import ImportReport, Tally
from twin_tui.importers.slack.importer import SlackImporter
from twin_tui.importers.tables.importer import TablesImporter
from twin_tui.text.safe_text import safe_line

_ALL: tuple[Importer, ...] = (SlackImporter(), ChatGptImporter(), ClaudeImporter(), TablesImporter())
IMPORTERS: Mapping[str, Importer] = {importer.name: importer for importer in _ALL}
"""Every format by the word a person types; a new one is one more entry."""


def recognise(path: str | Path) -> Importer:
    """Return the importer of the format of ``path``, judged by names and the first few items in it.

    Raises :class:`ImportFailedError` where there is nothing, or nothing that is known.
    """
    for importer in IMPORTERS.values():
        if importer.recognises(path):
            return importer
    shown = safe_line(str(path), 160)
    if not os.path.exists(os.path.expanduser(path)):
        raise ImportFailedError(f"{shown} does not exist")
    known = "; ".join(importer.label for importer in IMPORTERS.values())
    hint = next(filter(None, (_hint(importer, path) for importer in IMPORTERS.values())), "")
    raise ImportFailedError(f"{shown} is no export of a format that is known: {known}{hint}")


def _hint(importer: Importer, path: str | Path) -> str:
    """Return what to give instead, as far as an importer knows."""
    try:
        importer.require(path)
    except OtherFormatError as error:
        return error.hint
    except ImportFailedError:
        pass
    return ""


__all__ = [
    "IMPORTERS",
    "ImportFailedError",
    "ImportOptions",
    "ImportReport",
    "Importer",
    "Progress",
    "Tally",
    "recognise",
]
