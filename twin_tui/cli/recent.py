"""The databases opened lately: a small file in the platform's state folder, without passwords."""

import json
import os
import re
import tempfile
from pathlib import Path

from platformdirs import user_state_path

from twin_tui.settings import is_path

MOST = 10


def recent_file() -> Path:
    """Return the file in the platform's state folder."""
    return user_state_path("twin-tui", appauthor=False) / "recent.json"


def recent() -> tuple[str, ...]:
    """Return paths and URLs, the latest first, at most `MOST`; none where the file cannot be read."""
    try:
        stored = json.loads(recent_file().read_text("utf-8"))
    except (OSError, ValueError):
        return ()
    places = stored if isinstance(stored, list) else []
    return tuple(dict.fromkeys(place for place in places if isinstance(place, str) and place))[:MOST]


def remember(database: str) -> None:
    """Put a database at the head of the list (0600); a list that cannot be written is not kept."""
    place = remembered(database)
    places = [place, *(known for known in recent() if known != place)][:MOST]
    path = recent_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=".recent-", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(places, file, ensure_ascii=True, indent=1)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError:
        return


def remembered(database: str) -> str:
    """Return a path made absolute, or a URL without its password: what is written down.

    >>> remembered("postgresql://ann:s3cret@db.example/twins?password=x&sslmode=require")
    'postgresql://ann@db.example/twins?sslmode=require'
    >>> remembered("postgresql://ann:p@ss@db.example/twins")
    'postgresql://ann@db.example/twins'
    """
    if is_path(database):
        return os.path.abspath(os.path.expanduser(database))
    scheme, _, rest = database.partition("://")
    if scheme.lower().startswith("sqlite"):
        from twin_tui.data.errors import DatabaseError  # noqa: PLC0415 - peewee is not needed for --help
        from twin_tui.data.sqlite_file import path_of  # noqa: PLC0415

        try:
            return os.path.abspath(path_of(database))
        except DatabaseError:
            return database
    address, mark, options = rest.partition("?")
    user, at, host = address.rpartition("@")
    kept = [each for each in options.split("&") if each and not re.match(r"(?i)[^=]*pass", each)]
    return f"{scheme}://{user.partition(':')[0]}{at}{host}{mark if kept else ''}{'&'.join(kept)}"
