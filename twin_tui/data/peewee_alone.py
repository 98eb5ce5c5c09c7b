"""Peewee, imported without the PostgreSQL driver that it loads whether needed or not."""

import sys

DRIVERS = ("psycopg", "psycopg2")


def import_peewee_alone() -> None:
    """Import Peewee, if nobody did yet, without a driver.

    The driver takes six times as long to load as Peewee itself, and as much memory as a small app.
    `twin_tui.data.postgres_driver` hands it over where a server is opened. For programs that own their
    process.
    """
    if "peewee" in sys.modules or any(name in sys.modules for name in DRIVERS):
        return
    hidden: dict[str, object] = dict.fromkeys(DRIVERS)
    sys.modules.update(hidden)  # type: ignore[arg-type]
    try:
        import peewee  # noqa: F401, PLC0415
    finally:
        for name in DRIVERS:
            del sys.modules[name]
