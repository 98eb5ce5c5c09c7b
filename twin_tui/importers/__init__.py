"""Foreign exports become rows: the registry of formats and what a caller needs.

>>> sorted(IMPORTERS)
['slack']
"""

from collections.abc import Mapping

from twin_tui.importers.base import Importer, ImportFailedError, ImportOptions, Progress
from twin_tui.importers.report import ImportReport, Tally
from twin_tui.importers.slack import SlackImporter

IMPORTERS: Mapping[str, Importer] = {importer.name: importer for importer in (SlackImporter(),)}
"""Every format by the word a person types; a new one is one more entry."""

__all__ = ["IMPORTERS", "ImportFailedError", "ImportOptions", "ImportReport", "Importer", "Progress", "Tally"]
