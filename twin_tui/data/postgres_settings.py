"""From a PostgreSQL URL to what the driver connects with."""

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from twin_tui.data.errors import DatabaseError

_MISUNDERSTOOD = (
    "The PostgreSQL URL cannot be understood: write postgresql://user:password@host:5432/database,"
    " with special characters of the password percent-encoded."
)


def connection_settings(url: str) -> dict[str, Any]:
    """Return what the driver is told to connect with; raises `DatabaseError`."""
    try:
        found = conninfo_to_dict(url)
    except psycopg.Error as error:
        raise DatabaseError(_MISUNDERSTOOD) from error
    # A / in a password that is not escaped makes the rest of it a port or a database's name.
    ports = str(found.get("port") or "5432").split(",")
    if not all(port.isdecimal() for port in ports) or "@" in str(found.get("dbname") or ""):
        raise DatabaseError(_MISUNDERSTOOD)
    defaults = {
        "connect_timeout": 3,
        "application_name": "twin-tui",
        "client_encoding": "UTF8",
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
    }
    settings = {**defaults, **{key: value for key, value in found.items() if value is not None}}
    for option in psycopg.pq.Conninfo.get_defaults():
        key = option.keyword.decode()
        if key in ("dbname", "host", "port", "user") and key not in settings and option.val:
            settings[key] = option.val.decode()
    settings.setdefault("dbname", settings.get("user", "postgres"))
    return settings
