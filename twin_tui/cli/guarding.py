"""From settings to rights: the role, the mask, and the record of what is read."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from twin_tui.cli.recent import remembered
from twin_tui.settings import Settings, is_path

if TYPE_CHECKING:
    from twin_tui.analytics.guard import Guard, Role
    from twin_tui.store.act import Act
    from twin_tui.store.audit import Audit
    from twin_tui.store.desk import Desk

NO_TICKET = "Content stays closed without a ticket: say why with --ticket NAME."


def role_of(settings: Settings, place: str) -> "Role":
    """Return the role in force: as configured, else admin on a SQLite file of one's own, else support."""
    if settings.role is not None:
        return cast("Role", settings.role)
    path = _file_of(place)
    try:
        return "admin" if path is not None and path.stat().st_uid == os.geteuid() else "support"
    except (OSError, AttributeError):
        return "admin" if path is not None else "support"


def is_masked(settings: Settings, role: str) -> bool:
    """Return whether names and private parts are hidden: as configured, else unless one is admin."""
    return role != "admin" if settings.privacy is None else settings.privacy == "masked"


def guard_for(settings: Settings, place: str, *, masking: bool | None = None) -> "Guard":
    """Return the rights over one database, masked as settings say unless ``masking`` does.

    Raises `CommandError` where the key cannot be had.
    """
    from twin_tui.analytics.guard import Guard  # noqa: PLC0415 - only where something is opened

    role = role_of(settings, place)
    is_hidden = is_masked(settings, role) if masking is None else masking
    return Guard(
        role,
        masking_key=derived_key("pseudonyms") if is_hidden else None,
        record=recorder(settings, place),
        is_required=settings.audit == "required",
        closed=NO_TICKET if settings.require_ticket and settings.ticket is None else None,
    )


def derived_key(purpose: str) -> bytes:
    """Return this account's key for one purpose; raises `CommandError`."""
    from twin_tui.cli import exits  # noqa: PLC0415
    from twin_tui.store.errors import StoreError  # noqa: PLC0415

    try:
        return _key(purpose)
    except StoreError as error:
        raise exits.CommandError(str(error), exits.OUR_FAULT) from error


def recorder(settings: Settings, place: str) -> "Callable[[Act], None] | None":
    """Return what records an act on one database, ``None`` where nothing is to be."""
    if settings.audit == "off":
        return None

    def record(act: "Act") -> None:
        audit_of(settings, place).append(act)

    return record


def audit_of(settings: Settings, place: str) -> "Audit":
    """Return the record of one database; raises `StoreError`. Nothing is made before the first act."""
    from twin_tui.store.audit import Audit  # noqa: PLC0415
    from twin_tui.store.file import StoreFile  # noqa: PLC0415
    from twin_tui.store.places import store_file  # noqa: PLC0415

    return Audit(
        StoreFile(store_file(remembered(place))),
        _key("audit"),
        db_user=_database_user(place),
        role=role_of(settings, place),
        ticket=settings.ticket,
    )


def desk_of(settings: Settings, place: str) -> "Desk":
    """Return the notes and marks of one database."""
    from twin_tui.store.desk import Desk  # noqa: PLC0415
    from twin_tui.store.file import StoreFile  # noqa: PLC0415
    from twin_tui.store.places import store_file  # noqa: PLC0415

    return Desk(StoreFile(store_file(remembered(place))), settings.clock)


def note_act(settings: Settings, place: str, action: str, **detail: str | int) -> None:
    """Record what a command is about to do to a database; raises `CommandError` where that is required."""
    from twin_tui.analytics.errors import RefusedError  # noqa: PLC0415
    from twin_tui.analytics.guard import Guard  # noqa: PLC0415
    from twin_tui.cli import exits  # noqa: PLC0415
    from twin_tui.store.act import Act  # noqa: PLC0415

    guard = Guard("admin", record=recorder(settings, place), is_required=settings.audit == "required")
    try:
        guard.note(Act(action, detail=detail))
    except RefusedError as error:
        raise exits.CommandError(str(error), exits.OUR_FAULT) from error


def _key(purpose: str) -> bytes:
    import hashlib  # noqa: PLC0415 - only where something is signed
    import hmac  # noqa: PLC0415

    from twin_tui.store.places import secret_key  # noqa: PLC0415

    return hmac.new(secret_key(), purpose.encode("ascii"), hashlib.sha256).digest()


def _file_of(place: str) -> Path | None:
    if is_path(place):
        return Path(place).expanduser()
    if place.partition("://")[0].lower() != "sqlite":
        return None
    return Path(remembered(place))


def _database_user(place: str) -> str:
    if is_path(place) or _file_of(place) is not None:
        return ""
    address = remembered(place).partition("://")[2].partition("?")[0]
    user, at, _ = address.rpartition("@")
    return user if at else os.environ.get("PGUSER", "")
