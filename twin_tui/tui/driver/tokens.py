"""What a program writes to a terminal, in pieces: text, controls and sequences (ECMA-48)."""

import re

TOKEN = re.compile(
    r"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?P<osc>\x1b\].*?(?:\x07|\x1b\\))"
    r"|(?P<unknown>\x1b[PX^_].*?\x1b\\|\x1b[\]PX^_].*|\x1b\[[0-?]*[ -/]*|\x1b[ -/]*[0-~]?)"
    r"|(?P<control>[\x00-\x1f\x7f-\x9f])",
    re.DOTALL,
)
"""Matches anything; the group's name is the kind of piece. Incomplete sequences are unknown."""
SYNC_BEGIN, SYNC_END = "?2026h", "?2026l"
"""Between the two a terminal holds its picture back."""
_HARMLESS = re.compile(
    r"\?(?:1|7|12|25|1000|1002|1003|1004|1005|1006|1015|1016|2004|2048)[hl]"
    r"|[?>=]?[\d;]*(?:\$p|c|n|x)|[<>=?][\d;]*u|\d* q|(?:11|13|14|15|16|18|19|2[0-3])(?:;\d)*t"
)


def leaves_cells_alone(csi: str) -> bool:
    """Return whether a control sequence (without its introducer) changes neither a cell nor the cursor.

    >>> leaves_cells_alone("?1003h"), leaves_cells_alone("2J"), leaves_cells_alone("?1049h")
    (True, False, False)
    """
    return _HARMLESS.fullmatch(csi) is not None
