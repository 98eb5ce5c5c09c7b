"""Names of files in archives: how they are spelled, and which of them are tricks."""

import re
import zipfile

_UTF8_FLAG = 0x800
_DRIVE = re.compile(r"^[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def member_name(info: zipfile.ZipInfo) -> str:
    """Return a ZIP member's name; Slack writes UTF-8 without saying so."""
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/")


def path_trick(name: str) -> str | None:
    """Return why a name in an archive points out of it, None for an honest one.

    >>> path_trick("general/2026-10-01.json"), path_trick("../x.json")
    (None, 'its path leads out of the export')
    """
    if name.startswith("/") or _DRIVE.match(name):
        return "its path is absolute"
    if any(part == ".." for part in name.split("/")):
        return "its path leads out of the export"
    if _CONTROL.search(name):
        return "its name holds control characters"
    return None
