"""One frozen value for everything that is configured, and where each value came from."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path, user_documents_path

from twin_tui import setting_values as values

DATABASE_NAME = "ai_twin_analytics.db"
"""Name of the database file that is looked for here, then in the data folder."""


class SettingsError(Exception):
    """A configured value cannot be used; one sentence names the value, its place and what is accepted."""


def system_clock() -> datetime:
    """Return the instant it is, aware UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Settings:
    """How this run behaves; where each value came from is told by ``twin-tui config``."""

    database: str | None = None
    """Path or URL; ``None``: looked for in the documented places."""
    timezone: str = "UTC"
    """IANA name of the report timezone."""
    now: datetime | None = None
    """Aware UTC instant that stands still; ``None``: the system clock."""
    theme: str = "twin-dark"
    page_size: int = 50
    """Lines of one page of the activity table."""
    no_color: bool = False
    period: str = "30d"
    """Period the dashboard opens with, as typed."""
    driver: str = "auto"
    """Way to the terminal, one of `DRIVERS`."""
    live: bool = True
    """Whether the open dashboard shows by itself what other processes write."""
    role: str | None = None
    """One of `ROLES`; ``None``: admin on a file of one's own, else support."""
    privacy: str | None = None
    """One of `PRIVACIES`; ``None``: masked for support and metrics, open for admin."""
    audit: str = "on"
    """One of `AUDITS`: whether reading is recorded, and whether content stays closed where it cannot be."""
    ticket: str | None = None
    """Why content is read: goes into every record."""
    require_ticket: bool = False
    """Whether content stays closed without a ticket."""

    rules: str | None = None
    """File of the limits that mark the cards; ``None``: in a dashboard the usual one, in pictures none."""
    views: str | None = None
    """File of the saved views; ``None``: beside the usual configuration file."""
    exports: str | None = None
    """Folder of what is exported from the dashboard; ``None``: the usual one."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """The constant instant of ``now``, else the system clock."""
        fixed = self.now
        return system_clock if fixed is None else lambda: fixed


@dataclass(frozen=True, slots=True)
class Configuration:
    """Settings and their provenance."""

    settings: Settings
    origins: Mapping[str, str]
    """For each field of `Settings`: "option --tz", "environment TWIN_TUI_TZ", "file …" or "default"."""
    file: Path
    """The configuration file that was, or would be, read."""
    file_exists: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One configurable value: its field, its name in the file (the option's too), and how it is read."""

    field: str
    name: str
    read: Callable[[Any], Any]
    """Raw text (or a TOML value) → the field's value; raises `ValueError` with what is accepted."""
    option: bool = True
    """Whether every command has a ``--name`` for it."""
    variables: tuple[str, ...] = ()
    """Environment variables, the stronger first."""


ENTRIES = (
    Entry("database", "db", values.read_database, variables=("TWIN_TUI_DB",)),
    Entry("timezone", "tz", values.read_timezone, variables=("TWIN_TUI_TZ",)),
    Entry("now", "now", values.parse_instant, variables=("TWIN_TUI_NOW",)),
    Entry("theme", "theme", values.read_theme, variables=("TWIN_TUI_THEME",)),
    Entry("page_size", "page_size", values.read_page_size, option=False, variables=("TWIN_TUI_PAGE_SIZE",)),
    Entry("no_color", "no_color", values.read_flag, option=False, variables=("TWIN_TUI_NO_COLOR",)),
    Entry("period", "period", values.read_period, option=False, variables=("TWIN_TUI_PERIOD",)),
    Entry("driver", "driver", values.read_driver, variables=("TWIN_TUI_DRIVER",)),
    Entry("live", "live", values.read_flag, option=False, variables=("TWIN_TUI_LIVE",)),
    Entry("role", "role", values.read_role, option=False, variables=("TWIN_TUI_ROLE",)),
    Entry("privacy", "privacy", values.read_privacy, option=False, variables=("TWIN_TUI_PRIVACY",)),
    Entry("audit", "audit", values.read_audit, option=False, variables=("TWIN_TUI_AUDIT",)),
    Entry("ticket", "ticket", values.read_ticket, variables=("TWIN_TUI_TICKET",)),
    Entry(
        "require_ticket",
        "require_ticket",
        values.read_flag,
        option=False,
        variables=("TWIN_TUI_REQUIRE_TICKET",),
    ),
    Entry("rules", "rules", values.read_path, option=False, variables=("TWIN_TUI_RULES",)),
    Entry("views", "views", values.read_path, option=False, variables=("TWIN_TUI_VIEWS",)),
    Entry("exports", "exports", values.read_path, option=False, variables=("TWIN_TUI_EXPORTS",)),
)
"""Everything that can be configured: flags > environment > file > default."""


def config_file(environment: Mapping[str, str]) -> Path:
    """Return where the configuration file is: ``TWIN_TUI_CONFIG``, else the platform's config folder."""
    named = environment.get("TWIN_TUI_CONFIG")
    return (
        Path(named).expanduser() if named else user_config_path("twin-tui", appauthor=False) / "config.toml"
    )


def with_usual_rules(settings: Settings) -> Settings:
    """Return settings with the rules beside the usual configuration file, where no others are named.

    For a dashboard alone: a picture is the same on every machine.
    """
    if settings.rules is not None:
        return settings
    return replace(settings, rules=str(user_config_path("twin-tui", appauthor=False) / "rules.toml"))


def views_file(settings: Settings) -> Path:
    """Return where saved views are kept."""
    if settings.views is not None:
        return Path(settings.views).expanduser()
    return user_config_path("twin-tui", appauthor=False) / "views.toml"


def exports_folder(settings: Settings) -> Path:
    """Return where the dashboard writes what is exported, whole: it need not exist yet.

    Usually ``twin-tui`` among the documents of this account, where there is such a folder, else ``exports``
    in the platform's data folder.
    """
    if settings.exports is not None:
        return Path(settings.exports).expanduser().absolute()
    documents = user_documents_path()
    if documents.is_dir():
        return documents / "twin-tui"
    return user_data_path("twin-tui", appauthor=False) / "exports"


def sample_database() -> Path:
    """Return the file in the platform's data folder that the demo makes and the dashboard falls back to."""
    return user_data_path("twin-tui", appauthor=False) / DATABASE_NAME


def find_database(settings: Settings) -> tuple[str | None, str]:
    """Return which database a viewer opens, and why; ``None`` when there is none anywhere.

    The order: what is configured, ``./ai_twin_analytics.db``, the same name in the platform's data folder.
    """
    if settings.database is not None:
        return settings.database, "configured"
    for place, why in (
        (Path(DATABASE_NAME), "found in this folder"),
        (sample_database(), "found in the data folder"),
    ):
        if place.is_file():
            return str(place), why
    return None, "none found"


def load_settings(
    flags: Mapping[str, str | None], environment: Mapping[str, str] | None = None, file: Path | None = None
) -> Configuration:
    """Return the settings of this run with their provenance; raises `SettingsError`.

    ``flags`` are named as in the file (``db``, ``tz`` …), ``None`` meaning "not given"; ``file`` must exist
    when it is named here or by ``TWIN_TUI_CONFIG``.
    """
    env = os.environ if environment is None else environment
    path = file or config_file(env)
    stored = _read_file(path, must_exist=file is not None or bool(env.get("TWIN_TUI_CONFIG")))
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for entry in ENTRIES:
        raw, origin = _strongest(entry, flags, env, stored or {}, path)
        origins[entry.field] = origin
        if raw is None:
            continue
        try:
            values[entry.field] = entry.read(raw)
        except ValueError as error:
            shown = without_password(raw) if isinstance(raw, str) else repr(raw)
            raise SettingsError(f"{origin}: {shown!r} cannot be used: {error}.") from error
    if origins["database"].startswith("file") and is_path(values["database"]):
        values["database"] = str(path.parent / Path(values["database"]).expanduser())
    if "no_color" not in values and env.get("NO_COLOR"):
        values["no_color"], origins["no_color"] = True, "environment NO_COLOR"
    return Configuration(replace(Settings(), **values), origins, path, stored is not None)


def _strongest(
    entry: Entry,
    flags: Mapping[str, str | None],
    env: Mapping[str, str],
    stored: Mapping[str, Any],
    path: Path,
) -> tuple[Any, str]:
    if flags.get(entry.name) is not None:
        denied = "no-" if entry.read is values.read_flag and flags[entry.name] == "false" else ""
        return flags[entry.name], f"option --{denied}{entry.name}"
    for variable in entry.variables:
        if env.get(variable):
            return env[variable], f"environment {variable}"
    if entry.name in stored:
        return stored[entry.name], f"file {path}"
    return None, "default"


def _read_file(path: Path, *, must_exist: bool) -> dict[str, Any] | None:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as error:
        if must_exist:
            raise SettingsError(f"There is no configuration file {path}.") from error
        return None
    except OSError as error:
        raise SettingsError(f"The configuration file {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"The configuration file {path} is not valid TOML.") from error
    import tomllib  # noqa: PLC0415 - only where there is a file

    try:
        stored = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"The configuration file {path} is not valid TOML.") from error
    known = [entry.name for entry in ENTRIES]
    if unknown := sorted(set(stored) - set(known)):
        raise SettingsError(
            f"The configuration file {path} holds unknown keys: {', '.join(unknown)}"
            f" (known are {', '.join(known)})."
        )
    return stored


def is_path(database: str) -> bool:
    """Return whether a database is given as a path, not as a URL."""
    return "://" not in database


def without_password(database: str) -> str:
    """Return a path or URL as it may be shown: any password is replaced by ``***``.

    >>> without_password("postgresql://ann:s3cret@db.example/twins?sslmode=require&password=x")
    'postgresql://ann:***@db.example/twins?sslmode=require&password=***'
    """
    if is_path(database):
        return re.sub(r"(?i)(password\s*=\s*)('[^']*'|\S+)", r"\1***", database)
    shown = re.sub(r"^([^:/]+://[^:/@]*:).*@", r"\1***@", database, flags=re.DOTALL)
    return re.sub(r"(?i)([?&][^=&]*pass[^=&]*=)[^&]*", r"\1***", shown)
