"""The file that views are kept in: TOML, a table each; what else stands in it stays."""

import os
import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path

from twin_tui.views.view import View, ViewsError, checked_name, stored_of, view_of

LARGEST = 1_000_000
"""Bytes of a file."""


def read_views(path: Path) -> dict[str, View]:
    """Return the views by name, as they stand in the file; none where there is none. Raises `ViewsError`."""
    try:
        stored = tomllib.loads(_text(path))
        return {name: view_of(name, each) for name, each in stored.items()}
    except tomllib.TOMLDecodeError as error:
        raise ViewsError(f"{path} is not valid TOML: {error}.") from error
    except RecursionError as error:
        raise ViewsError(f"{path} is not valid TOML: it is nested too deep.") from error
    except ViewsError as error:
        raise _named(path, error) from error


def save_view(path: Path, view: View) -> None:
    """Keep a view, in the place of one of that name; comments and order stay. Raises `ViewsError`."""
    import tomlkit  # noqa: PLC0415 - only where one is written

    read_views(path)
    document = tomlkit.parse(_text(path))
    try:
        document[checked_name(view.name)] = stored_of(view)
    except ViewsError as error:
        raise _named(path, error) from error
    _write(path, tomlkit.dumps(document))


def remove_view(path: Path, name: str) -> None:
    """Take a view away; raises `ViewsError`."""
    import tomlkit  # noqa: PLC0415 - only where one is written

    if name not in read_views(path):
        raise ViewsError(f"{path} holds no view {name!r}.")
    document = tomlkit.parse(_text(path))
    document.remove(name)
    _write(path, tomlkit.dumps(document))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ViewsError(f"{path} cannot be read: {error.strerror}.") from error
    if len(raw) > LARGEST:
        raise ViewsError(f"{path} is too large for views: at most {LARGEST:,} bytes are read.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ViewsError(f"{path} is not UTF-8 text.") from error


def _write(path: Path, text: str) -> None:
    """Write the file whole or not at all."""
    made = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(prefix=".views-", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as written:
            written.write(text)
        os.replace(made, path)
    except OSError as error:
        if made is not None:
            with suppress(OSError):
                os.unlink(made)
        raise ViewsError(f"{path} cannot be written: {error.strerror}.") from error


def _named(path: Path, error: ViewsError) -> ViewsError:
    sentence = str(error)
    return error if sentence.startswith(str(path)) else ViewsError(f"{path}: {sentence}.")
