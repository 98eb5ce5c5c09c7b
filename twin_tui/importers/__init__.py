"""Foreign exports become rows: the registry of formats and what a caller needs.

>>> sorted(IMPORTERS)
['chatgpt', 'claude', 'slack']
"""

from collections.abc import Mapping

from twin_tui.importers.base import Importer, ImportFailedError, ImportOptions, Progress
from twin_tui.importers.chatgpt import ChatGptImporter
from twin_tui.importers.claude import ClaudeImporter
from twin_tui.importers.report import ImportReport, Tally
from twin_tui.importers.slack import SlackImporter

_ALL: tuple[Importer, ...] = (SlackImporter(), ChatGptImporter(), ClaudeImporter())
IMPORTERS: Mapping[str, Importer] = {
    importer.name: importer for importer in (SlackImporter(), ChatGptImporter(), ClaudeImporter())
}
"""Every format by the word a person types; a new one is one more entry."""

__all__ = ["IMPORTERS", "ImportFailedError", "ImportOptions", "ImportReport", "Importer", "Progress", "Tally"]
